"""The questions about kin, parental responsibility and who lives with whom."""

from collections.abc import Iterable, Sequence
from typing import Any

from kith.kit.forms import Choice, Day, Form, Pick, ShortAnswer
from kith.people.persons.models import Person
from kith.people.relationships.models import Household

KINDS = [
    ("parent", "Parent"),
    ("adoptive-parent", "Adoptive parent"),
    ("step-parent", "Step-parent"),
    ("foster-carer", "Foster carer"),
    ("kinship-carer", "Kinship carer: family or a friend"),
    ("special-guardian", "Special guardian"),
    ("child", "Child"),
    ("sibling", "Brother or sister"),
    ("half-sibling", "Half-brother or half-sister"),
    ("step-sibling", "Step-brother or step-sister"),
    ("partner", "Partner"),
    ("married", "Husband, wife or civil partner"),
    ("separated", "Partner once, separated now"),
    ("divorced", "Married once, divorced now"),
    ("grandparent", "Grandparent"),
    ("aunt-or-uncle", "Aunt or uncle"),
    ("cousin", "Cousin"),
    ("godparent", "Godparent"),
    ("friend", "Family friend"),
    ("like-family", "Like family"),
    ("other", "Something else"),
]
"""Every kind that domain 1.11 names. Foster and kinship carers are apart; `carer` is how both were once written."""

KIND_WORDS = {
    **{key: words[0].lower() + words[1:] for key, words in KINDS},
    "kinship-carer": "kinship carer",
    "carer": "foster or kinship carer",
}
QUALITIES = [
    ("", "Not asked, or not to be written"),
    ("close", "Close"),
    ("strained", "Strained"),
    ("cut-off", "Cut off"),
    ("conflict", "In conflict"),
    ("frightening", "Frightening"),
]
QUALITY_WORDS = {key: words.lower() for key, words in QUALITIES if key}
HOLDS = [
    ("yes", "Yes, they have it"),
    ("no", "No, they do not"),
    ("unclear", "It is not clear yet"),
]


class _Chooses(Form):
    """A form that asks for one of the people around somebody."""

    field = ""

    def __init__(self, *args: Any, people: Iterable[Person], **named: Any) -> None:
        super().__init__(*args, **named)
        self.people = {str(p.ref): p for p in people}
        self.fields[self.field].choices = [(ref, p.called) for ref, p in self.people.items()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        if chosen := answers.get(self.field):
            answers[self.field] = self.people[chosen]
        return answers


class RelationshipForm(_Chooses):
    """How somebody is related to one of the people around them."""

    field = "other"
    other = Pick("Who?", missing="Choose who it is")
    kind = Pick("Who are they to this person?", KINDS, missing="Choose who they are to this person")
    child_calls_them = ShortAnswer("What does this person call them?", hint="For example Nana Mo.", longest=100)
    quality = Choice("How do they get on?", QUALITIES, hint="Never printed for the other person.", down=True)
    since = Day("Since when, if it began on a day?")


class ResponsibilityForm(_Chooses):
    """Whether one adult has parental responsibility for this child."""

    field = "adult"
    adult = Pick("Which adult?", missing="Choose which adult")
    holds = Choice(
        "Do they have parental responsibility?", HOLDS, missing="Choose yes, no, or not clear yet", down=True
    )
    source = ShortAnswer(
        "How do you know?",
        hint="For example: her mother, from birth; on the birth certificate, which I saw; the order of 21 October.",
        longest=300,
        missing="Say how you know: what you saw, or who told you",
    )
    since = Day("Since when, if you know?")


class HomeForm(Form):
    """Whom somebody lives with."""

    household = Choice("Where do they live?", missing="Choose where they live", down=True)
    name = ShortAnswer("If it is a new home, what do people call it?", hint="For example Mum’s. Never the address.")

    def __init__(self, *args: Any, households: Sequence[tuple[Household, str]], **named: Any) -> None:
        super().__init__(*args, **named)
        self.households = {str(h.ref): h for h, _ in households}
        known = [(str(h.ref), words) for h, words in households]
        self.fields["household"].choices = [*known, ("new", "A new home")]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        if answers.get("household") == "new" and not answers.get("name"):
            self.add_error("name", "Write what people call this home")
        return answers

    @property
    def chosen(self) -> Household | None:
        """The home chosen, or None for a new one."""
        return self.households.get(self.cleaned_data["household"])
