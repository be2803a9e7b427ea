"""What the map still asks of us: Q1 to Q10, HM-1 and HM-2, BL-1 and BL-2 (domain 1.3, 1.4, 1.10).

Gentle, and nothing is counted as late.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain

from django.utils import timezone

from kith.casework.mapping.models import Kind as WorryKind
from kith.casework.mapping.queries import Shown
from kith.casework.mapping.words import how_it_reads
from kith.casework.maps.models import Kind
from kith.casework.maps.queries import Laid, TheMap
from kith.casework.maps.words import service_named
from kith.kit.wording import day
from kith.people.persons.models import Person

UNREVIEWED = timedelta(days=365)
"""Q7: after this long without a word changed, a thing on the map asks whether it is still so."""

MOST_WORRIES = 4
"""Q3: danger statements on one map; one to three is best."""

LINKS = {
    "safety-new": "Write one",
    "unknown-new": "Write what we do not know",
    "need-new": "Write what may be underneath",
    "bottom-line-tell": "Write down that they were told",
    "statement-change": "Read it with them, and change it",
    "map-change": "Say how often",
    "statements": "Look at them together",
}


@dataclass(frozen=True)
class Ask:
    """One question the map asks: its rule, its words, and the route that puts it right, with what it is about."""

    rule: str
    words: str
    route: str = ""
    about: str = ""

    @property
    def link(self) -> str:
        """The words of the link that leads there."""
        return LINKS.get(self.route, "Look at it")


def asked(the: TheMap, children: Sequence[Person], *, at: datetime) -> list[Ask]:
    """Everything this map still asks, in the order of the rules."""
    open_now = the.standing
    return [
        *chain.from_iterable(_of_worry(w) for w in open_now),
        *_of_number(open_now),
        *_of_balance(the),
        *chain.from_iterable(_of_harm(h) for h in the.of(Kind.HARM)),
        *_of_needs(the),
        *chain.from_iterable(_of_bottom_line(laid, at) for laid in the.of(Kind.BOTTOM)),
        *_of_age(the, at),
        *_of_children(the, children),
        *_of_unknown(the),
    ]


def _of_worry(worry: Shown) -> Iterator[Ask]:
    """Q1 a goal and a scale; Q2 one main worry; Q8 plain words."""
    at = str(worry.reading.entry.ref)
    text = worry.reading.text("full-text")
    for gap in worry.gaps[: 1 if worry.goal is None else 2]:
        yield Ask("Q1", gap, "statement", at)
    if text.lower().count("and also") > 1 or text.lower().count(" also ") > 2:  # noqa: PLR2004 domain 1.5
        yield Ask("Q2", "One worry tells of more than one main thing. Would two say it better?", "statement", at)
    if text and how_it_reads(text, children=[f.person.known_as for f in worry.reading.files]).findings:
        yield Ask("Q8", "One worry has words that could be plainer.", "statement-change", at)


def _of_number(open_now: Sequence[Shown]) -> Iterator[Ask]:
    """Q3: one to three worries is best, and four the most."""
    dangers = [w for w in open_now if w.statement.kind == WorryKind.DANGER]
    if len(dangers) > MOST_WORRIES:
        yield Ask("Q3", f"There are {len(dangers)} danger statements. Which two or three hold the rest?", "statements")


def _of_balance(the: TheMap) -> Iterator[Ask]:
    """Q4: worry and strength get the same room; Q6: existing safety has been asked about."""
    if the.worried and the.working * 2 < the.worried:
        yield Ask("Q4", "There is much more here that worries us than that works. What have we not asked about?")
    if not the.of(Kind.SAFETY):
        yield Ask(
            "Q6", "When was the danger near, and somebody kept the children safe? Nobody has said yet.", "safety-new"
        )


def _of_harm(laid: Laid) -> Iterator[Ask]:
    """Q5 a day for each time; HM-1 how often and over how long."""
    at, harm = str(laid.ref), laid.item.harm
    child = laid.child.called if laid.child else "a child"
    if not laid.at("worst") and not laid.at("latest"):
        yield Ask("Q5", f"No day is known for what happened to {child}. Who would know?", "map-item", at)
    if not (harm.often and harm.lasted):
        words = f"What happened to {child} reads like one event. How often was it, and over how long?"
        yield Ask("HM-1", words, "map-change", at)


def _of_needs(the: TheMap) -> Iterator[Ask]:
    """Capability 43: what people see tells of a need, and the plan meets the need."""
    if the.of(Kind.HARM) and not the.of(Kind.NEED):
        words = "What may be underneath what people see? Nobody has said what anybody needs."
        yield Ask("capability 43", words, "need-new")


def _of_bottom_line(laid: Laid, at: datetime) -> Iterator[Ask]:
    """BL-1: agreed by a manager, told to the family, looked at again. BL-2: it says what, never a service."""
    if not laid.reading.shared_open:
        return
    ref, line = str(laid.ref), laid.item.bottom_line
    if not line.agreed_in_id:
        words = "A bottom line waits for a manager to agree it. It does not hold until then."
        yield Ask("BL-1", words, "map-item", ref)
    elif not line.told_in_id:
        words = "A bottom line is agreed, and the family has not been told. It does not hold until they are."
        yield Ask("BL-1", words, "bottom-line-tell", ref)
    if laid.item.by_when and laid.item.by_when < timezone.localdate(at):
        words = f"A bottom line was to be looked at again by {day(laid.item.by_when)}. Is it still needed?"
        yield Ask("BL-1", words, "map-item", ref)
    if named := service_named(laid.what):
        yield Ask("BL-2", f"A bottom line says “{named}”. Is that the only way to be safe?", "map-change", ref)


def _of_age(the: TheMap, at: datetime) -> Iterator[Ask]:
    """Q7: nothing stands a year without being looked at."""
    old = [laid for laid in chain.from_iterable(the.items.values()) if at - laid.reading.entry.recorded_at > UNREVIEWED]
    if old:
        one = len(old) == 1
        words = (
            f"{len(old)} {'thing' if one else 'things'} here {'was' if one else 'were'} written more than a year ago."
        )
        yield Ask("Q7", f"{words} {'Is it' if one else 'Are they'} still so?", "map-item", str(old[0].ref))


def _of_children(the: TheMap, children: Sequence[Person]) -> Iterator[Ask]:
    """Q9: each child is named at least once."""
    about = [r.files for r in chain((w.reading for w in the.worries), (i.reading for i in _all(the)))]
    here = {f.person_id for f in chain.from_iterable(about)}
    for child in children:
        if child.pk not in here and (the.worries or the.items):
            yield Ask("Q9", f"Nothing here is about {child.called}.")


def _of_unknown(the: TheMap) -> Iterator[Ask]:
    """Q10: what we do not know yet is never blank."""
    if not the.of(Kind.UNKNOWN):
        yield Ask("Q10", "What do we not know yet? Nobody has said.", "unknown-new")


def _all(the: TheMap) -> Iterator[Laid]:
    return chain.from_iterable(the.items.values())
