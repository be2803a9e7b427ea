"""The questions before the glass is broken, after it, and before a file is closed or opened."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from kith.access.accounts.models import Account
from kith.framework.kinds import Level
from kith.kit.forms import Choice, Choices, Day, Form, LongAnswer, Pick

CLEARED_AT_MOST = timedelta(days=365)  # local: no clearance stands longer without somebody asking again

LEVELS = [
    (Level.OPEN, "Open: staff can find that somebody is known here"),
    (Level.RESTRICTED, "Restricted: only those named see it, and an exact search says whom to speak to"),
    (Level.SEALED, "Sealed: nobody else can find it or break the glass; for adoption and protected identity"),
]


class GlassForm(Form):
    """Why this has to be seen now."""

    reason = LongAnswer(
        "Why do you need to see this now?",
        rows=3,
        longest=1000,
        hint="What has happened, and what you need to know. Leave out names: readers may not know the family.",
        missing="Say why you need to see this now",
    )


class FindingForm(Form):
    """What came of looking into why."""

    finding = LongAnswer(
        "What did you find?",
        rows=3,
        longest=1000,
        hint="Was it needed? Was the right thing read? What happens next?",
        missing="Say what you found",
    )


def _level(value: str) -> Level:
    return Level(int(value))


class LevelForm(Form):
    """How closely a file is to be held, who keeps it, and who goes on working with the child."""

    level = Choice(
        "How is this file to be held?", LEVELS, missing="Choose how it is to be held", coerce=_level, down=True
    )
    why = LongAnswer("Why?", rows=3, longest=1000, missing="Say why")
    custodian = Pick(
        "Who keeps it?",
        hint="People who find that a record exists will be told to speak to them. Not needed to open a file.",
    )
    staying = Choices(
        "Who goes on working with them?",
        hint="Everyone you leave out loses sight of the file at once. Not needed to open a file.",
        down=True,
    )

    def __init__(self, *args: Any, workers: Sequence[Account], known: Sequence[Account], **named: Any) -> None:
        super().__init__(*args, **named)
        self.workers = {str(a.ref): a for a in workers}
        self.fields["custodian"].choices = [("", "Nobody"), *((str(a.ref), a.name) for a in workers)]  # type: ignore[attr-defined]
        self.fields["staying"].choices = [(str(a.ref), a.name) for a in known]  # type: ignore[attr-defined]
        self.fields["staying"].initial = [str(a.ref) for a in known]

    def clean_custodian(self) -> Account | None:
        return self.workers.get(self.cleaned_data["custodian"])

    def clean_staying(self) -> list[Account]:
        return [self.workers[ref] for ref in self.cleaned_data["staying"] if ref in self.workers]


class ClearanceForm(Form):
    """Who is to be cleared for sealed files, until when, and why."""

    account = Pick("Who?", missing="Choose who is to be cleared")
    until = Day(
        "Until which day?",
        hint="A year at most. It ends by itself at the end of that day.",
        missing="Say until which day",
        too_early="Choose today or a day to come.",
        too_late="Choose a day within a year from today.",
    )
    why = LongAnswer("Why?", rows=3, longest=500, missing="Say why they need to see sealed files")

    def __init__(self, *args: Any, workers: Sequence[Account], today: date, **named: Any) -> None:
        super().__init__(*args, **named)
        self.workers = {str(a.ref): a for a in workers}
        self.fields["account"].choices = [(ref, a.name) for ref, a in self.workers.items()]  # type: ignore[attr-defined]
        self.fields["until"].earliest = today  # type: ignore[attr-defined]
        self.fields["until"].latest = today + CLEARED_AT_MOST  # type: ignore[attr-defined]

    def clean_account(self) -> Account:
        return self.workers[self.cleaned_data["account"]]
