"""The questions each kind of thing on the map asks. Its own test of whether it belongs there is among them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, ClassVar

from django.utils import timezone

from kith.casework.mapping.forms import TalkForm, faces
from kith.casework.mapping.queries import Shown
from kith.casework.mapping.words import Who
from kith.casework.maps import policies
from kith.casework.maps.models import Belongs, Evidence, Kind, Role
from kith.casework.maps.queries import Laid, part_day
from kith.casework.maps.words import OUTCOMES, Put
from kith.kit.forms import Choice, Choices, Day, LongAnswer, Number, PartialDay, Pick, ShortAnswer
from kith.kit.refusal import Refusal
from kith.people.entries.words import Talk
from kith.people.persons.models import File

WEEKS_AHEAD = 4
"""Weeks within which a next step should be done: small enough to see (domain 1.10, local default 28 days)."""


class ItemForm(TalkForm):
    """One thing for the map. `slots` are its paragraphs, `roles` who is asked for in which box; `more` waits
    behind a heading, for when it is known.
    """

    kind: ClassVar[Kind]
    slots: ClassVar[tuple[str, ...]] = ("what",)
    roles: ClassVar[Mapping[str, Role]] = {}
    beside: ClassVar[Mapping[Refusal, str]] = {}
    order: ClassVar[tuple[str, ...]] = ()
    more: ClassVar[tuple[str, ...]] = ()

    def __init__(
        self,
        *args: Any,
        files: Sequence[File],
        round_: Sequence[Who],
        worries: Sequence[Shown] = (),
        shown: Laid | None = None,
        **named: Any,
    ) -> None:
        super().__init__(*args, **named)
        self.files_here, self.round, self.worries, self.shown = files, round_, worries, shown
        self.tokens = faces(round_, [f.person for f in files])
        self.ask()
        if shown is not None:
            self.fields["why"] = ShortAnswer("Why are you changing it?", missing="Say why you are changing it")
        self.order_fields([*self.order, "happened_at", "children", "why"])

    def ask(self) -> None:
        """Ask what depends on who is in the family. Every kind asks which children it is about."""
        self.fields["children"] = Choices(
            "Which children is it about?",
            [(f.ref.hex, f.person.called) for f in self.files_here],
            missing="Choose at least one child",
            initial=[f.ref.hex for f in self.files_here],
        )

    def ask_who(self, name: str, label: str, *, hint: str = "", missing: str = "", paid: bool = True) -> None:
        """Ask for any number of the people round the family; without `paid`, only the family and its own people."""
        among = [w for w in self.round if paid or not w.paid]
        names = [(w.key, w.called) for w in among]
        self.fields[name] = Choices(label, names, hint=hint, missing=missing, people=self.tokens)

    def ask_one(self, name: str, label: str, *, hint: str = "", missing: str = "") -> None:
        """Ask for one of the people round the family."""
        names = [("", "Choose one person"), *((w.key, w.called) for w in self.round)]
        self.fields[name] = Pick(label, names, hint=hint, missing=missing)

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        if not self.errors and (refusal := policies.whole(files=self.chosen(), put=self.put())):
            self.add_error(self.beside.get(refusal), refusal.reason)
        return answers

    def chosen(self) -> list[File]:
        """The files of the children it is about."""
        return [f for f in self.files_here if f.ref.hex in self.cleaned_data.get("children", ())]

    def whos(self, name: str) -> list[Who]:
        """The people chosen in one box, whether it takes one or many."""
        given = self.cleaned_data.get(name) or ()
        keys = [given] if isinstance(given, str) else given
        return [w for w in self.round if w.key in keys]

    def facts(self) -> dict[str, Any]:
        """What is chosen beside the words, as `Put` takes it."""
        return {}

    def put(self) -> Put:
        """Give the answers as one thing for the map."""
        said = {slot: self.cleaned_data.get(slot.replace("-", "_")) or "" for slot in self.slots}
        named: dict[str, Sequence[Who]] = {role: self.whos(name) for name, role in self.roles.items()}
        return Put(self.kind, said, named, **self.facts())

    def arguments(self) -> dict[str, Any]:
        """Give the answers as `put_on_map` takes them."""
        return {"files": self.chosen(), "talk": Talk(self.cleaned_data["happened_at"]), "put": self.put()}

    @classmethod
    def begin(cls, laid: Laid) -> dict[str, Any]:
        """Give what a thing on the map says now, for the form that changes it."""
        begun: dict[str, Any] = {slot.replace("-", "_"): laid.reading.text(slot) for slot in cls.slots}
        for name, role in cls.roles.items():
            keys = [w.key for w in laid.who(role)]
            begun[name] = (keys or [""])[0] if cls.takes_one(name) else keys
        return begun | {"children": [f.ref.hex for f in laid.reading.files]} | cls.begin_facts(laid)

    @classmethod
    def takes_one(cls, name: str) -> bool:
        """Say whether this box takes one person."""
        return name == "owner"

    @classmethod
    def begin_facts(cls, laid: Laid) -> dict[str, Any]:  # noqa: ARG003 - each kind reads its own
        """Give what was chosen beside the words."""
        return {}


class StrengthForm(ItemForm):
    """A good thing about a child, a parent or family life (domain 1.10). It does not itself stop the danger."""

    kind = Kind.STRENGTH
    roles: ClassVar[Mapping[str, Role]] = {"who": Role.WHO, "seen_by": Role.SEEN_BY}
    order = ("what", "who", "seen_by")
    what = LongAnswer(
        "What is the good thing?",
        hint="What somebody does or is, as people see it. In their words where you can.",
        rows=3,
        missing="Say what the good thing is",
    )

    def ask(self) -> None:
        super().ask()
        self.ask_who("who", "Whose is it?", missing="Say whose good thing it is", paid=False)
        self.ask_who("seen_by", "Who has seen it?", missing="Say who has seen it")


class SafetyForm(ItemForm):
    """A time the danger was there and somebody acted so that the child was safe (domain 1.10)."""

    kind = Kind.SAFETY
    slots = ("danger", "did", "result")
    roles: ClassVar[Mapping[str, Role]] = {"who": Role.WHO, "told_by": Role.TOLD_BY}
    beside: ClassVar[Mapping[Refusal, str]] = {policies.SAFETY_NEEDS_DANGER: "danger"}
    order = ("statement", "danger", "on", "who", "did", "result", "told_by", "times_seen", "evidence")
    danger = LongAnswer("If it was another danger, which?", rows=2)
    on = PartialDay(
        "When was it?",
        hint="Leave out the day or the month if nobody knows it.",
        missing="Say when it was, as far as it is known. Without a day it is a good thing",
    )
    did = LongAnswer("What did they do?", rows=3, missing="Say what they did")
    result = LongAnswer("What did it mean for the children?", rows=2, missing="Say what it meant for the children")
    times_seen = Number("How many times has it happened?", least=1, most=999, unit="times")
    evidence = Choice(
        "How far can it be counted on?",
        [(e.value, e.label) for e in Evidence],
        missing="Say how far it can be counted on",
        down=True,
    )

    def ask(self) -> None:
        super().ask()
        worries = [(w.reading.entry.ref.hex, first_words(w)) for w in self.worries]
        self.fields["statement"] = Choice(
            "Which danger did this protect the children from?", [*worries, ("", "Another danger")], down=True
        )
        self.ask_who("who", "Who acted?", missing="Say who acted")
        self.ask_who("told_by", "Who told us?", missing="Say who told us")
        self.fields["on"].latest = timezone.localdate(self.at)  # type: ignore[attr-defined]
        self.fields["on"].too_late = "That day has not come yet. Check the date."  # type: ignore[attr-defined]

    def facts(self) -> dict[str, Any]:
        a, on = self.cleaned_data, self.cleaned_data.get("on")
        picked = a.get("statement", "")
        worry = next((w.statement for w in self.worries if w.reading.entry.ref.hex == picked), None)
        return {
            "statement": worry,
            "on": on.date if on else None,
            "precision": on.precision if on else "",
            "times_seen": a.get("times_seen"),
            "evidence": a.get("evidence", ""),
        }

    @classmethod
    def begin_facts(cls, laid: Laid) -> dict[str, Any]:
        item = laid.item
        return {
            "statement": item.statement.entry.ref.hex if item.statement else "",
            "on": part_day(item),
            "times_seen": item.times_seen,
            "evidence": item.evidence,
        }


class FactorForm(ItemForm):
    """What makes things harder and is not itself harm (domain 1.10, 7.3). Our own doing belongs here too."""

    kind = Kind.FACTOR
    slots = ("what", "effect", "ease")
    order = ("what", "belongs_to", "effect", "ease")
    what = LongAnswer(
        "What makes it harder?",
        hint="For example low days, debt, a damp flat, nobody near, racism, or what we have done or not done.",
        rows=3,
        missing="Say what makes it harder",
    )
    belongs_to = Choice("Whose is it?", [(b.value, b.label) for b in Belongs], missing="Say whose it is", down=True)
    effect = LongAnswer("How does it make things harder?", rows=2, missing="Say how it makes things harder")
    ease = LongAnswer("What would ease it?", rows=2)

    def facts(self) -> dict[str, Any]:
        return {"belongs_to": self.cleaned_data.get("belongs_to", "")}

    @classmethod
    def begin_facts(cls, laid: Laid) -> dict[str, Any]:
        return {"belongs_to": laid.item.belongs_to}


class HopeForm(ItemForm):
    """Somebody's best hope, in their words (the framework’s Aspirational: are we aiming high enough?)."""

    kind = Kind.HOPE
    roles: ClassVar[Mapping[str, Role]] = {"owner": Role.WHO}
    order = ("owner", "what")
    what = LongAnswer(
        "What do they hope for?",
        hint="It is a year on and we have gone: what is an ordinary Tuesday like?",
        rows=3,
        missing="Say what they hope for",
    )

    def ask(self) -> None:
        super().ask()
        self.ask_one("owner", "Whose hope is it?", missing="Say whose hope it is")


class ByWhenForm(ItemForm):
    """Something somebody does by a day."""

    roles: ClassVar[Mapping[str, Role]] = {"owner": Role.OWNER, "helping": Role.WITH}
    by_when = Day("By when?", missing="Say by when")

    def ask(self) -> None:
        super().ask()
        self.fields["by_when"].earliest = timezone.localdate(self.at)  # type: ignore[attr-defined]

    def facts(self) -> dict[str, Any]:
        return {"by_when": self.cleaned_data.get("by_when")}

    @classmethod
    def begin_facts(cls, laid: Laid) -> dict[str, Any]:
        return {"by_when": laid.item.by_when}


class StepForm(ByWhenForm):
    """A small thing somebody will do that moves a number up (domain 1.10)."""

    kind = Kind.STEP
    slots = ("action",)
    order = ("action", "owner", "helping", "by_when", "scale")
    action = LongAnswer(
        "What will somebody do?",
        hint="Small, and begins with the doing: ask, ring, take, try.",
        rows=2,
        missing="Say what somebody will do",
    )

    def ask(self) -> None:
        super().ask()
        self.ask_one("owner", "Who will do it?", hint="The family’s own people first.", missing="Say who will do it")
        self.ask_who("helping", "Who helps?")
        self.fields["by_when"].help_text = f"Within {WEEKS_AHEAD} weeks is small enough to see."
        scales = [(w.series.scale.entry.ref.hex, w.series.scale.question) for w in self.worries if w.series]
        self.fields["scale"] = Pick("Whose number does it move?", [("", "None of them"), *scales])

    def facts(self) -> dict[str, Any]:
        picked = self.cleaned_data.get("scale", "")
        scales = [w.series.scale for w in self.worries if w.series]
        return super().facts() | {"scale": next((s for s in scales if s.entry.ref.hex == picked), None)}

    @classmethod
    def begin_facts(cls, laid: Laid) -> dict[str, Any]:
        scale = laid.item.scale
        return super().begin_facts(laid) | {"scale": scale.entry.ref.hex if scale else ""}


class UnknownForm(ByWhenForm):
    """What we do not know yet, who finds out, and by when (domain 1.3: never blank)."""

    kind = Kind.UNKNOWN
    roles: ClassVar[Mapping[str, Role]] = {"owner": Role.OWNER}
    order = ("what", "owner", "by_when")
    what = LongAnswer("What do we not know yet?", rows=2, missing="Say what we do not know yet")

    def ask(self) -> None:
        super().ask()
        self.ask_one("owner", "Who will find out?", missing="Say who will find out")


class EndForm(TalkForm):
    """What became of a thing on the map, and how we know."""

    words = LongAnswer("How do you know?", hint="What people saw or said.", rows=3, missing="Say how you know")

    def __init__(self, *args: Any, laid: Laid, at: datetime, **named: Any) -> None:
        super().__init__(*args, at=at, **named)
        ways = [(o.value, o.label) for o in OUTCOMES[laid.item.kind]]
        self.fields["outcome"] = Choice(
            "What has become of it?", ways, missing="Say what has become of it", down=True, initial=ways[0][0]
        )
        self.order_fields(["outcome", "words", "happened_at"])

    def arguments(self) -> dict[str, Any]:
        """Give the answers as `end_item` takes them."""
        a = self.cleaned_data
        return {"outcome": a["outcome"], "words": a["words"], "talk": Talk(a["happened_at"])}


def first_words(worry: Shown) -> str:
    """Give enough of a worry to choose it by."""
    text = worry.reading.text("full-text")
    return text if len(text) <= 160 else f"{text[:157].rsplit(' ', 1)[0]} …"  # noqa: PLR2004 two lines of a choice
