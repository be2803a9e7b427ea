"""A bottom line: what must be so, a manager's agreement, and the family told (domain 1.10, BL-1 and BL-2)."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.utils import timezone

from kith.casework.mapping.forms import TalkForm
from kith.casework.maps import policies
from kith.casework.maps.forms import ItemForm, first_words
from kith.casework.maps.models import Kind
from kith.casework.maps.queries import Laid
from kith.kit.forms import Choice, Day, LongAnswer
from kith.kit.refusal import Refusal
from kith.people.entries.words import Talk


class BottomLineForm(ItemForm):
    """One of the few things services insist on: the what, never the how. It has an end, and a day to look again."""

    kind = Kind.BOTTOM
    slots = ("requirement", "until", "if-not", "legal-basis", "other-ways")
    beside: ClassVar[Mapping[Refusal, str]] = {policies.BOTTOM_NAMES_SERVICE: "other_ways"}
    order = ("statement", "requirement", "other_ways", "until", "if_not", "legal_basis", "by_when")
    requirement = LongAnswer(
        "What must be so?",
        hint="In words the family can say aloud. What, never how: the family decides how.",
        rows=2,
        missing="Say what must be so",
    )
    other_ways = LongAnswer(
        "If it names a service or a course: what else did you and the family think of?",
        hint="Is that the only way to be safe? Leave it empty when no service is named.",
        rows=2,
    )
    until = LongAnswer(
        "When does it end?",
        hint="What people will have seen, and for how long.",
        rows=2,
        missing="Say what must be seen for it to end",
    )
    if_not = LongAnswer(
        "What happens if it is not so?",
        hint="Said as it is, with no threat: who would be told, and what they would decide.",
        rows=2,
        missing="Say what happens if it is not so",
    )
    legal_basis = LongAnswer("What law or plan gives us the right to insist, if any?", rows=2)
    by_when = Day("When do we look at it again?", missing="Say when you look at it again")

    def ask(self) -> None:
        super().ask()
        worries = [(w.reading.entry.ref.hex, first_words(w)) for w in self.worries]
        self.fields["statement"] = Choice(
            "Which worry is it for?",
            worries,
            missing="Choose the worry it is for. If there is none yet, write the worry first",
            down=True,
        )
        self.fields["by_when"].earliest = timezone.localdate(self.at)  # type: ignore[attr-defined]

    def facts(self) -> dict[str, Any]:
        picked = self.cleaned_data.get("statement", "")
        worry = next((w.statement for w in self.worries if w.reading.entry.ref.hex == picked), None)
        return {"statement": worry, "by_when": self.cleaned_data.get("by_when")}

    @classmethod
    def begin_facts(cls, laid: Laid) -> dict[str, Any]:
        item = laid.item
        return {"statement": item.statement.entry.ref.hex if item.statement else "", "by_when": item.by_when}


class AgreeForm(TalkForm):
    """A manager's agreement to a bottom line, with its reason."""

    words = LongAnswer(
        "Why must it be so?",
        hint="Why nothing lighter would do. The family can read this.",
        rows=3,
        missing="Say why it must be so",
    )

    def arguments(self) -> dict[str, Any]:
        """Give the answers as the two verbs of a bottom line take them."""
        return {"words": self.cleaned_data["words"], "talk": Talk(self.cleaned_data["happened_at"])}


class TellForm(AgreeForm):
    """When the family was told, in what words, and what they said."""

    words = LongAnswer(
        "In what words were they told, and what did they say?",
        hint="Who told whom. Their own words where you can.",
        rows=4,
        missing="Say in what words they were told, and what they said",
    )
