"""What we make of what we see: something we wonder about, and the need that may be underneath."""

from collections.abc import Mapping
from typing import ClassVar

from kith.casework.maps.forms import ByWhenForm, ItemForm
from kith.casework.maps.models import Kind, Role
from kith.kit.forms import LongAnswer


class WonderingForm(ByWhenForm):
    """Something we wonder about, seen in two ways at least, with who looks into it (capabilities 26 and 50)."""

    kind = Kind.WONDERING
    slots = ("what", "first-guess", "second-guess", "change-mind")
    roles: ClassVar[Mapping[str, Role]] = {"owner": Role.OWNER}
    order = ("what", "first_guess", "second_guess", "change_mind", "owner", "by_when")
    what = LongAnswer(
        "What do we wonder about?",
        hint="For example: why does Dad not answer the door?",
        rows=2,
        missing="Say what you wonder about",
    )
    first_guess = LongAnswer(
        "One way of seeing it",
        hint="What speaks for it, and what speaks against it?",
        rows=3,
        missing="Write one way of seeing it",
    )
    second_guess = LongAnswer(
        "Another way of seeing it",
        hint="What would somebody who is on their side say? What would they say themselves?",
        rows=3,
        missing="Write another way of seeing it",
    )
    change_mind = LongAnswer(
        "What would change your mind?", rows=2, missing="Say what you would see or hear that would change your mind"
    )

    def ask(self) -> None:
        super().ask()
        self.ask_one("owner", "Who will look into it?", missing="Say who will look into it")


class NeedForm(ItemForm):
    """From what people see somebody do to what they need, and what would meet it (capability 43)."""

    kind = Kind.NEED
    slots = ("seen", "telling", "need", "meets")
    roles: ClassVar[Mapping[str, Role]] = {"who": Role.WHO}
    order = ("who", "seen", "telling", "need", "meets")
    seen = LongAnswer("What do people see them do?", rows=2, missing="Say what people see")
    telling = LongAnswer(
        "What might it be telling us?",
        hint="Ask them first. What came before it, and what does it get them?",
        rows=2,
        missing="Say what it might be telling us",
    )
    need = LongAnswer(
        "So what do they need?",
        hint="A need, not a service: to be sure somebody wakes me, not a morning club.",
        rows=2,
        missing="Say what they need",
    )
    meets = LongAnswer("What would meet it?", rows=2, missing="Say what would meet the need")

    def ask(self) -> None:
        super().ask()
        self.ask_who("who", "Whose need is it?", missing="Say whose need it is", paid=False)
