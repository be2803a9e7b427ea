"""What is asked about teams, and about somebody who joins."""

import re
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError

from kith.access.accounts.forms import HINTS, WORKS, DetailsForm
from kith.access.accounts.models import Account
from kith.access.roles import Work
from kith.council.teams.models import Agency, Team
from kith.kit.forms import Choices, Form, Pick, Read, ShortAnswer

USERNAME = r"^[a-zA-Z0-9][a-zA-Z0-9._-]{1,149}$"


def _by_ref(rows: Iterable[Any]) -> dict[str, Any]:
    return {str(row.ref): row for row in rows}


class OrNobody(Pick):
    """A choice that may be left. The answer is then None."""

    nothing = None


class TeamForm(Form):
    """A new team: what it is called, and whose it is."""

    name = ShortAnswer("What is the team called?", missing="Enter what the team is called.")
    agency = Pick("Whose team is it?", missing="Choose whose team it is.")

    def __init__(self, *given: Any, agencies: Iterable[Agency], **named: Any) -> None:
        super().__init__(*given, **named)
        found = _by_ref(agencies)
        self.fields["agency"].choices = [(ref, a.name) for ref, a in found.items()]  # type: ignore[attr-defined]
        self.fields["agency"].coerce = found.__getitem__  # type: ignore[attr-defined]


class PersonForm(Form):
    """Somebody who works here."""

    account = Pick("Who?", missing="Choose a person.")

    def __init__(self, *given: Any, people: Iterable[Account], **named: Any) -> None:
        super().__init__(*given, **named)
        offer_people(self, "account", people)


class LeaderForm(Form):
    """Who leads somebody."""

    leader = OrNobody("Who leads them?", hint="Leave it empty if nobody does.")
    read = Read()

    def __init__(self, *given: Any, people: Iterable[Account], **named: Any) -> None:
        super().__init__(*given, **named)
        offer_people(self, "leader", people)


class JoinerForm(DetailsForm):
    """Somebody who joins: who they are, what they will do, and where they belong."""

    username = ShortAnswer(
        "Username", hint="What they will sign in with. Letters, numbers, full stops and dashes.",
        missing="Choose a username.", longest=150,
    )  # fmt: skip
    works = Choices(
        "What kind of work will they do?", WORKS, hints=HINTS, down=True, coerce=Work,
        missing="Choose at least one kind of work.",
    )  # fmt: skip
    why = ShortAnswer("Why?", missing="Say why, such as new to the Mornings team.")
    team = OrNobody("Which team?")
    leader = OrNobody("Who leads them?")

    def __init__(self, *given: Any, teams: Iterable[Team], people: Iterable[Account], **named: Any) -> None:
        super().__init__(*given, **named)
        found = _by_ref(teams)
        self.fields["team"].choices = [(ref, t.name) for ref, t in found.items()]  # type: ignore[attr-defined]
        self.fields["team"].coerce = found.__getitem__  # type: ignore[attr-defined]
        offer_people(self, "leader", people)

    def clean_username(self) -> str:
        """Keep usernames to what can be typed anywhere."""
        given: str = self.cleaned_data["username"]
        if not re.fullmatch(USERNAME, given):
            raise ValidationError("Use letters, numbers, full stops and dashes only, such as mina.shah.")
        return given


def offer_people(form: Form, name: str, people: Iterable[Account]) -> None:
    """Offer people to choose among in this question, told apart by their job."""
    found = _by_ref(people)
    field = form.fields[name]
    field.choices = [(ref, _told_apart(p)) for ref, p in found.items()]  # type: ignore[attr-defined]
    field.coerce = found.__getitem__  # type: ignore[attr-defined]


def _told_apart(person: Account) -> str:
    return f"{person.name}, {person.job_title}" if person.job_title else person.name
