"""The questions about somebody round the children. What is rarely known waits behind a heading."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.utils import timezone

from kith.access.actor import Actor
from kith.casework.mapping.forms import TalkForm
from kith.casework.mapping.words import Who
from kith.casework.network import policies
from kith.casework.network.models import Believes, Bond, Ring, Safe, Stage, ToldWith, WrittenDown
from kith.casework.network.queries import Stood, told_day
from kith.casework.network.words import KNOWS, WILLING, Stands, Told
from kith.kit.forms import Choice, Choices, LongAnswer, PartialDay, Pick, ShortAnswer
from kith.kit.refusal import Refusal
from kith.people.entries.words import Talk
from kith.people.persons.models import File, Person

SLOTS = ("helps", "limits", "safe-why", "protecting", "why-inner", "hoped")


class StandsForm(TalkForm):
    """Where somebody stands round the children, and how they came to stand there (domain 2.2)."""

    more: ClassVar[tuple[str, ...]] = (
        *("knows", "believes", "willing", "limits", "stands_in"),
        *("hope_ring", "hoped", "protecting", "why_inner"),
    )
    beside: ClassVar[Mapping[Refusal, str]] = {
        policies.STANDS_ALREADY: "person",
        policies.SAFE_NEEDS_WHY: "safe_why",
        policies.NOT_SAFE_INSIDE: "ring",
        policies.INNER_NEEDS_TELLING: "told_on",
        policies.TOLD_NEEDS_LEAVE: "told_with",
        policies.TOLD_NEEDS_WHY: "protecting",
        policies.STAGE_NEEDS_TELLING: "stage",
        policies.STAGE_NEEDS_PROMISE: "willing",
        policies.HURT_NEEDS_LEADER: "why_inner",
    }

    bond = Choice(
        "How do they come to be in the children’s life?",
        [(b.value, b.label) for b in Bond],
        missing="Say how they come to be in the children’s life",
    )
    ring = Choice(
        "How much do they know?",
        [(r.value, r.label) for r in Ring],
        hint="Nobody tells them for the family.",
        missing="Say how much they know",
        down=True,
    )
    stage = Choice("How far have they come?", [(s.value, s.label) for s in Stage], missing="Say how far they have come")
    safe = Choice(
        "Is it safe to have them there?",
        [(s.value, s.label) for s in Safe],
        hint="Ask each parent alone, and the children in their own way.",
        missing="Say whether it is safe to have them there",
    )
    safe_why = LongAnswer("If it takes care, or is not safe: why?", rows=2)
    written_down = Choice(
        "Do they agree to be written down here?",
        [(w.value, w.label) for w in WrittenDown],
        hint="Somebody who says no is not written down.",
        missing="Say whether they agree to be written down here",
    )
    helps = LongAnswer(
        "Who are they to the children, and what do they do?",
        hint="In their words where you can.",
        rows=3,
        missing="Say who they are to the children, and what they do",
    )
    told_on = PartialDay("When were they told?", hint="Leave out the day or the month if nobody knows it.")
    told_with = Choice(
        "Why could they be told?", [("", "They have not been told"), *((w.value, w.label) for w in ToldWith)], down=True
    )
    knows = Choices("What have they been told?", KNOWS)
    believes = Choice("Do they share the worry?", [(b.value, b.label) for b in Believes], initial=Believes.NOT_ASKED)
    willing = Choices("What are they willing to do?", [(key, words[0].upper() + words[1:]) for key, words in WILLING])
    limits = LongAnswer("What can they not do?", hint="For example: not Tuesdays.", rows=2)
    hope_ring = Choice(
        "Where would the family like them to be?",
        [("", "Where they are"), *((r.value, r.label) for r in Ring)],
        down=True,
    )
    hoped = LongAnswer("What makes it hard, and who could tell them with the family?", rows=2)
    protecting = LongAnswer(
        "If they were told without a parent’s agreement: what did the child need protecting from?", rows=2
    )
    why_inner = LongAnswer(
        "If the map says that they hurt somebody: why may they know everything?",
        hint="A leader writes this.",
        rows=2,
    )

    def __init__(
        self,
        *args: Any,
        files: Sequence[File],
        people: Sequence[Person],
        round_: Sequence[Who],
        by: Actor,
        shown: Stood | None = None,
        **named: Any,
    ) -> None:
        super().__init__(*args, **named)
        self.files_here, self.people, self.round, self.by, self.shown = files, people, round_, by, shown
        self._ask_who()
        self.fields["told_on"].latest = timezone.localdate(self.at)  # type: ignore[attr-defined]
        self.fields["told_on"].too_late = "That day has not come yet. Check the date."  # type: ignore[attr-defined]
        self.fields["children"] = Choices(
            "Round which children?",
            [(f.ref.hex, f.person.called) for f in files],
            missing="Choose at least one child",
            initial=[f.ref.hex for f in files],
        )
        if shown is not None:
            self.fields["why"] = ShortAnswer("What has changed?", missing="Say what has changed")
        first = ("person", "bond", "ring", "stage", "told_on", "told_by", "told_with", "helps", "safe", "safe_why")
        self.order_fields([*first, "written_down", "happened_at", "children", "why", *self.more])

    def _ask_who(self) -> None:
        names = [(p.ref.hex, p.called) for p in self.people]
        told = [("", "Nobody yet"), *((w.key, w.called) for w in self.round)]
        if self.shown is None:
            self.fields["person"] = Pick("Who is it?", [("", "Choose one person"), *names], missing="Say who it is")
        self.fields["told_by"] = Pick("Who told them?", told)
        self.fields["stands_in"] = Pick("Who stands in for them?", [("", "Nobody yet"), *names])

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        if not self.errors and (refusal := self._refusal()):
            self.add_error(self.beside.get(refusal), refusal.reason)
        return answers

    def _refusal(self) -> Refusal | None:
        files, stands = self.chosen(), self.stands()
        if self.shown is None:
            return policies.add_member(actor=self.by, files=files, stands=stands)
        return policies.move_member(actor=self.by, files=files, member=self.shown.member, stands=stands)

    def chosen(self) -> list[File]:
        """The files of the children it is about."""
        return [f for f in self.files_here if f.ref.hex in self.cleaned_data.get("children", ())]

    def stands(self) -> Stands:
        """Give the answers as where somebody stands."""
        a = self.cleaned_data
        person = self.shown.person if self.shown else next(p for p in self.people if p.ref.hex == a["person"])
        chosen = ("ring", "bond", "stage", "safe", "written_down", "believes", "hope_ring")
        return Stands(
            person,
            **{name: a.get(name) or "" for name in chosen},
            said={slot: a.get(slot.replace("-", "_")) or "" for slot in SLOTS},
            told=self._told(),
            knows=a.get("knows") or (),
            willing=a.get("willing") or (),
            stands_in=self._person(a.get("stands_in", "")),
        )

    def _told(self) -> Told:
        a, on = self.cleaned_data, self.cleaned_data.get("told_on")
        by = next((w for w in self.round if w.key == a.get("told_by")), None)
        return Told(on.date, on.precision, by, a.get("told_with") or "") if on else Told(by=by)

    def _person(self, sent: str) -> Person | None:
        return next((p for p in self.people if p.ref.hex == sent), None)

    def arguments(self) -> dict[str, Any]:
        """Give the answers as the verbs of the network take them."""
        return {"files": self.chosen(), "talk": Talk(self.cleaned_data["happened_at"]), "stands": self.stands()}

    @classmethod
    def begin(cls, stood: Stood) -> dict[str, Any]:
        """Give what is written about somebody now, for the form that changes it."""
        member, reading = stood.member, stood.reading
        kept = (
            "ring",
            "hope_ring",
            "bond",
            "stage",
            "safe",
            "believes",
            "written_down",
            "told_with",
            "knows",
            "willing",
        )
        by = Who(person=member.told_by, staff=member.told_by_staff)
        return {
            **{name: getattr(member, name) for name in kept},
            **{slot.replace("-", "_"): reading.text(slot) for slot in SLOTS},
            "told_on": told_day(member),
            "told_by": by.key if by.person or by.staff else "",
            "stands_in": member.stands_in.ref.hex if member.stands_in else "",
            "children": [f.ref.hex for f in reading.files],
        }


class LeaveForm(TalkForm):
    """Why somebody is not in the network any more."""

    words = LongAnswer("Why have they left?", hint="In words they could read.", rows=3, missing="Say why they left")

    def arguments(self) -> dict[str, Any]:
        """Give the answers as `leave_network` takes them."""
        return {"words": self.cleaned_data["words"], "talk": Talk(self.cleaned_data["happened_at"])}
