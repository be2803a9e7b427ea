"""The questions about who works with a child."""

from collections.abc import Sequence
from typing import Any

from kith.access.accounts.models import Account
from kith.framework.kinds import Tie
from kith.kit.forms import Choice, Form, LongAnswer, Pick
from kith.people.involvement.models import Relation

AS_WHAT = [
    (Tie.ALLOCATED, "Allocated: holds the work"),
    (Tie.COWORKER, "Works beside them"),
    (Tie.CHAIRS, "Chairs the meetings"),
    (Tie.NAMED, "Named on this file"),
]
TIE_WORDS = {
    Tie.ALLOCATED: "holds the work",
    Tie.COWORKER: "works beside them",
    Tie.CHAIRS: "chairs the meetings",
    Tie.NAMED: "named on this file",
    Tie.TEAM: "the team that holds it together",
    Tie.BARRED: "kept from this file",
}


def _workers(accounts: Sequence[Account]) -> list[tuple[str, str]]:
    return [(str(a.ref), f"{a.name}, {a.job_title}" if a.job_title else a.name) for a in accounts]


def tie_key(tie: Relation) -> str:
    """Name a tie without its number: its kind, and who is tied."""
    who = tie.staff or tie.team
    return f"{tie.kind}:{who.ref if who else ''}"


class WorkerForm(Form):
    """One worker, chosen by name, and why."""

    staff = Pick("Who?", missing="Choose who it is")
    why = LongAnswer("Why?", rows=3, longest=500, missing="Say why, so that the next reader understands")

    def __init__(self, *args: Any, workers: Sequence[Account], **named: Any) -> None:
        super().__init__(*args, **named)
        self.workers = {str(a.ref): a for a in workers}
        self.fields["staff"].choices = _workers(workers)  # type: ignore[attr-defined]

    def clean_staff(self) -> Account:
        return self.workers[self.cleaned_data["staff"]]


class AllocateForm(WorkerForm):
    """Who will work with this child, and as what."""

    kind = Choice("As what?", AS_WHAT, missing="Choose what they will do", coerce=Tie, down=True)
    field_order = ["staff", "kind", "why"]


class EndTieForm(Form):
    """Whose work with this child ends."""

    tie = Choice("Whose work with this child ends?", missing="Choose whose work ends", down=True)
    why = LongAnswer(
        "Why?", rows=3, longest=500, hint="They lose sight of the file at once.", missing="Say why it ends"
    )

    def __init__(self, *args: Any, ties: Sequence[Relation], **named: Any) -> None:
        super().__init__(*args, **named)
        self.ties = {tie_key(t): t for t in ties}
        self.fields["tie"].choices = [  # type: ignore[attr-defined]
            (key, f"{(t.staff or t.team).name}, {TIE_WORDS[Tie(t.kind)]}")  # type: ignore[union-attr]  # one is set
            for key, t in self.ties.items()
        ]

    def clean_tie(self) -> Relation:
        return self.ties[self.cleaned_data["tie"]]
