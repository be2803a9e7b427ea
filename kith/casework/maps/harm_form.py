"""The questions about harm: one behaviour, one child, the first, the worst and the latest time (domain 1.4)."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.utils import timezone

from kith.casework.maps import policies
from kith.casework.maps.forms import ItemForm
from kith.casework.maps.models import Borne, Kind, Long, Often, Role, Trend, Which, Whose
from kith.casework.maps.queries import Laid, part_day
from kith.casework.maps.words import REPORTED_BY, SEVERITIES, HarmFacts, Time
from kith.kit.forms import Choice, Choices, LongAnswer, PartialDay, Pick, ShortAnswer
from kith.kit.refusal import Refusal
from kith.people.persons.models import File

KNOWN_SO_FAR = "Leave out the day or the month if nobody knows it."
NOT_SAID = ("", "Not said")


class HarmForm(ItemForm):
    """What somebody did or did not do, and what it did to one child. A diagnosis is not harm: it makes life harder."""

    kind = Kind.HARM
    slots = ("behaviour", "first", "worst", "latest", "impact", "expected", "when-unknown", "considered")
    roles: ClassVar[Mapping[str, Role]] = {"who": Role.WHO}
    beside: ClassVar[Mapping[Refusal, str]] = {
        policies.HARM_NEEDS_TIMES: "when_unknown",
        policies.HARM_NEEDS_ANSWER: "considered",
        policies.HARM_NEEDS_CHILD: "impact",
    }
    more: ClassVar[tuple[str, ...]] = (
        *("when_unknown", "worst_severity", "latest_severity", "first", "first_on"),
        *("trend", "expected"),
    )
    order = (
        *("child", "behaviour", "whose", "who", "worst", "worst_on", "latest", "latest_on", "often", "lasted"),
        *("impact", "severity", "considered", "reported_by", "borne_out", "happened_at", *more),
    )
    behaviour = ShortAnswer(
        "What does somebody do, or not do?",
        hint="What anyone could see or hear: “does not wake for the baby”. No labels.",
        missing="Say what somebody does, or does not do",
    )
    whose = Choice("Do we know who?", [(w.value, w.label) for w in Whose], missing="Say whether we know who", down=True)
    worst = LongAnswer("What happened the worst time?", rows=3, missing="Say what happened the worst time")
    worst_on = PartialDay("When was the worst time?", hint=KNOWN_SO_FAR)
    worst_severity = Pick("How bad was the worst time?", [NOT_SAID, *SEVERITIES])
    latest = LongAnswer("What happened the latest time?", rows=3, missing="Say what happened the latest time")
    latest_on = PartialDay("When was the latest time?", hint=KNOWN_SO_FAR)
    latest_severity = Pick("How bad was the latest time?", [NOT_SAID, *SEVERITIES])
    first = LongAnswer("What happened the first time we know of?", rows=2)
    first_on = PartialDay("When was the first time?", hint=KNOWN_SO_FAR)
    when_unknown = ShortAnswer("If no day is known, why not?", longest=300)
    often = Pick("How often does it happen?", [NOT_SAID, *((o.value, o.label.capitalize()) for o in Often)])
    lasted = Pick("Over how long?", [NOT_SAID, *((o.value, o.label.capitalize()) for o in Long)])
    trend = Pick("Which way is it going?", [(t.value, t.label.capitalize()) for t in Trend], initial=Trend.UNKNOWN)
    impact = LongAnswer(
        "What has it done to this child?",
        hint="What adults have seen, or the child has said.",
        rows=3,
        missing="Say what it has done to this child",
    )
    expected = LongAnswer("What would we expect it to do to a child of this age?", rows=2)
    severity = Choice("Taken together, how bad is it?", SEVERITIES, missing="Say how bad it is", down=True)
    considered = LongAnswer(
        "Has a strategy discussion been considered, and what was the answer?",
        hint="Needed when it is 4, or 3 and getting worse.",
        rows=2,
    )
    reported_by = Choices("Who told of it?", REPORTED_BY, missing="Say who told of it")
    borne_out = Choice(
        "Do others bear it out?",
        [(b.value, b.label) for b in Borne],
        missing="Say whether others bear it out",
        down=True,
    )

    def ask(self) -> None:
        children = [("", "Choose one child"), *((f.ref.hex, f.person.called) for f in self.files_here)]
        self.fields["child"] = Pick("Which child?", children, missing="Choose one child")
        self.ask_who("who", "Who does it?", paid=False)
        for which in Which:
            self.fields[f"{which}_on"].latest = timezone.localdate(self.at)  # type: ignore[attr-defined]
            self.fields[f"{which}_on"].too_late = "That day has not come yet. Check the date."  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        if answers.get("whose") == Whose.KNOWN and not answers.get("who") and "who" in self.fields:
            self.add_error("who", "Say who does it")
        for which in Which:
            if not answers.get(which) and which not in self.errors and (answers.get(f"{which}_on")):
                self.add_error(which, "You gave a day. Say what happened then, or take the day out")
        return answers

    def chosen(self) -> list[File]:
        """The one child it is about."""
        return [f for f in self.files_here if f.ref.hex == self.cleaned_data.get("child")]

    def facts(self) -> dict[str, Any]:
        a = self.cleaned_data
        harm = HarmFacts(
            a["whose"],
            int(a["severity"]),
            a["borne_out"],
            a.get("trend") or Trend.UNKNOWN,
            a.get("often", ""),
            a.get("lasted", ""),
            tuple(a["reported_by"]),
            tuple(self._time(which) for which in Which if a.get(which)),
        )
        return {"harm": harm}

    def _time(self, which: str) -> Time:
        on, bad = self.cleaned_data.get(f"{which}_on"), self.cleaned_data.get(f"{which}_severity")
        return Time(which, on.date if on else None, on.precision if on else "", int(bad) if bad else None)

    @classmethod
    def begin_facts(cls, laid: Laid) -> dict[str, Any]:
        harm = laid.item.harm
        begun: dict[str, Any] = {
            name: getattr(harm, name) for name in ("whose", "often", "lasted", "trend", "borne_out")
        }
        for which, time in laid.times.items():
            begun[f"{which}_on"] = part_day(time)
            begun[f"{which}_severity"] = "" if time.severity is None else str(time.severity)
        child = laid.reading.files[0].ref.hex
        return begun | {"severity": str(harm.severity), "reported_by": harm.reported_by, "child": child}


def for_another(laid: Laid) -> dict[str, Any]:
    """Begin another child's line of the same behaviour: what is the same for both, and nothing of the first child."""
    begun = HarmForm.begin(laid)
    ours = ("behaviour", "whose", "who", "often", "lasted", "reported_by", "borne_out")
    return {name: begun[name] for name in ours}
