"""Who may put things on the map, and each kind's own test of whether it belongs there (domain 1.2, 1.4, 1.10)."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from kith.access.actor import Actor
from kith.access.permissions import Permission
from kith.casework.mapping import policies as worries
from kith.casework.mapping.models import Where
from kith.casework.mapping.queries import worries_in
from kith.casework.maps.models import WORST_OF_ALL, Kind, MapItem, Precision, Role, Trend, Which
from kith.casework.maps.queries import Laid, most_bottom_lines
from kith.casework.maps.words import MOST_BOTTOM_LINES, OUTCOMES, HarmFacts, Put, service_named
from kith.kit.refusal import Refusal
from kith.people.persons.models import File

NOT_YOUR_WORK = Refusal(
    "map-not-your-work", "Writing on the map is not part of your work. Ask the worker who holds the family."
)
NEEDS_WORDS = Refusal("map-needs-words", "Say what it is, in words everyone in the room can say aloud.")
HARM_NEEDS_TIMES = Refusal(
    "map-harm-needs-times",
    "Say what happened the worst time and the latest time, each with its day as far as it is known. If no day is"
    " known, say why.",
)
HARM_NEEDS_CHILD = Refusal(
    "map-harm-needs-child",
    "Say what it did to this child. If it did nothing to the child, it makes things harder: keep it as that.",
)
HARM_ONE_CHILD = Refusal("map-harm-one-child", "Write what happened for one child at a time. Each has their own line.")
HARM_NEEDS_ANSWER = Refusal(
    "map-harm-needs-answer",
    "This is grave, or grave and getting worse. Say whether a strategy discussion has been considered, and the answer.",
)
NOT_SEVERITY = Refusal("map-harm-severity", "How bad it was runs from 0 to 4.")
SAFETY_NEEDS_DANGER = Refusal(
    "map-safety-needs-danger",
    "Which danger did this protect the children from, and when? If none, it is a good thing: keep it as that.",
)
SAFETY_NEEDS_DEED = Refusal(
    "map-safety-needs-deed", "Say who acted, what they did, and what it meant for the children."
)
STRENGTH_NEEDS_SEEN = Refusal("map-strength-needs-seen", "Say whose good thing it is, and who has seen it.")
FACTOR_NEEDS_EFFECT = Refusal(
    "map-factor-needs-effect", "Say whose it is, and how it makes things harder for this family."
)
HOPE_NEEDS_WHOSE = Refusal("map-hope-needs-whose", "Say whose hope it is.")
STEP_NEEDS_OWNER = Refusal("map-step-needs-owner", "Say who will do it, one person, and by which day.")
UNKNOWN_NEEDS_OWNER = Refusal("map-unknown-needs-owner", "Say who will find out, and by which day.")
WONDERING_NEEDS_TWO = Refusal(
    "map-wondering-needs-two",
    "Write two ways of seeing it, what would change your mind, who looks into it, and by which day.",
)
NEED_NEEDS_MEETING = Refusal(
    "map-need-needs-meeting",
    "Say whose it is, what people see, what it may be telling us, and what would meet the need.",
)
BOTTOM_NEEDS_END = Refusal(
    "map-bottom-line-needs-end",
    "Say which worry it is for, what must be seen for it to end, what happens if it is not so, and when you look at it"
    " again.",
)
BOTTOM_NAMES_SERVICE = Refusal(
    "map-bottom-line-names-service",
    "This names a service or a course. Is that the only way to be safe? Write what must be so instead, or say what"
    " else you and the family thought of.",
)
BOTTOM_NEEDS_WORRY = Refusal(
    "map-bottom-line-needs-worry",
    "A bottom line is for a worry that stands, and there is none that you may see. Write the worry first.",
)
BOTTOM_ENOUGH = Refusal(
    "map-bottom-line-enough",
    f"{MOST_BOTTOM_LINES} bottom lines stand for one of these children already. Say first which of them is met.",
)
NOT_A_BOTTOM_LINE = Refusal("map-not-a-bottom-line", "This bottom line does not stand any more.")
NOT_A_MANAGER = Refusal("map-bottom-line-manager", "A team leader or somebody above them agrees a bottom line.")
NOT_YOUR_OWN_LINE = Refusal("map-bottom-line-own", "Somebody other than the person who wrote it must agree it.")
AGREED_ALREADY = Refusal("map-bottom-line-agreed", "This bottom line has been agreed already.")
AGREED_NEEDS_WHY = Refusal("map-bottom-line-needs-why", "Say why it must be so, and why nothing lighter would do.")
NOT_AGREED_YET = Refusal(
    "map-bottom-line-not-agreed", "A manager has to agree this bottom line before the family is told of it."
)
TOLD_ALREADY = Refusal("map-bottom-line-told", "It is written down already when the family was told.")
TOLD_NEEDS_WORDS = Refusal("map-bottom-line-needs-words", "Say in what words they were told, and what they said.")
ENDED_ALREADY = Refusal("map-ended", "Somebody has said already what became of this.")
NOT_AN_OUTCOME = Refusal("map-not-an-outcome", "Say what became of it, and how you know.")
NOT_GROWN = Refusal("map-not-grown", "Only a good thing that stands on the map can be shown as safety.")


def write(*, actor: Actor, files: Sequence[File]) -> Refusal | None:
    """May this actor write on the map of these children? Whoever may write their worries may."""
    refusal = worries.write(actor=actor, files=files)
    return NOT_YOUR_WORK if refusal is worries.NOT_YOUR_WORK else refusal


def go_on_with(*, actor: Actor, laid: Laid) -> Refusal | None:
    """May this actor go on with a thing on the map? They read all of it, and write about every child it is about."""
    if refusal := write(actor=actor, files=laid.reading.files):
        return refusal
    return None if laid.reading.shared_open else worries.NOT_WORKING_WITH


def put_on_map(*, actor: Actor, files: Sequence[File], put: Put) -> Refusal | None:
    """May this be put on the map, and does it belong where it is put?"""
    if refusal := write(actor=actor, files=files):
        return refusal
    if put.kind == Kind.BOTTOM and (refusal := _of_an_open_worry(put) or _room_for_another(files)):
        return refusal
    if put.grew_from and (put.grew_from.kind != Kind.STRENGTH or put.grew_from.outcome):
        return NOT_GROWN
    return whole(files=files, put=put)


def change_item(*, actor: Actor, files: Sequence[File], item: MapItem, put: Put) -> Refusal | None:
    """May this thing on the map be put in other words? Its kind stays what it is."""
    if refusal := write(actor=actor, files=files):
        return refusal
    if item.outcome or item.kind != put.kind:
        return ENDED_ALREADY
    return whole(files=files, put=put)


def end_item(*, actor: Actor, files: Sequence[File], item: MapItem, outcome: str, words: str) -> Refusal | None:
    """May this actor say what became of it? It says how we know."""
    if refusal := write(actor=actor, files=files):
        return refusal
    if item.outcome:
        return ENDED_ALREADY
    return None if outcome in OUTCOMES[item.kind] and words.strip() else NOT_AN_OUTCOME


def whole(*, files: Sequence[File], put: Put) -> Refusal | None:
    """Ask the test of its kind: is this whole, and does it belong in this place on the map?"""
    return _TESTS[put.kind](files, put)


def _harm(files: Sequence[File], put: Put) -> Refusal | None:
    """Harm is a thing somebody did or did not do, when, and what it did to one child. HM-2: grave asks its question."""
    facts = put.harm
    if not put.words("behaviour") or facts is None:
        return NEEDS_WORDS
    if len(files) != 1:
        return HARM_ONE_CHILD
    if not put.words("impact"):
        return HARM_NEEDS_CHILD
    times = {t.which: t.on for t in facts.times}
    if not all(put.words(which) and _dated(times.get(which), put) for which in (Which.WORST, Which.LATEST)):
        return HARM_NEEDS_TIMES
    if not all(0 <= s <= WORST_OF_ALL for s in _severities(facts)):
        return NOT_SEVERITY
    return HARM_NEEDS_ANSWER if is_grave(facts) and not put.words("considered") else None


def _dated(on: date | None, put: Put) -> bool:
    return on is not None or bool(put.words("when-unknown"))


def _severities(facts: HarmFacts) -> list[int]:
    return [facts.severity, *(t.severity for t in facts.times if t.severity is not None)]


def is_grave(facts: HarmFacts) -> bool:
    """HM-2: severity 4, or 3 and getting worse, asks whether a strategy discussion has been considered."""
    return facts.severity >= WORST_OF_ALL or (facts.severity == WORST_OF_ALL - 1 and facts.trend == Trend.WORSENING)


def _safety(_files: Sequence[File], put: Put) -> Refusal | None:
    """Existing safety: the danger was there, somebody acted, the child was safe. It is dated."""
    if not (put.statement or put.words("danger")) or put.on is None or put.precision not in Precision.values:
        return SAFETY_NEEDS_DANGER
    if not (put.who(Role.WHO) and put.words("did") and put.words("result") and put.who(Role.TOLD_BY) and put.evidence):
        return SAFETY_NEEDS_DEED
    return None


def _strength(_files: Sequence[File], put: Put) -> Refusal | None:
    """A strength is a good thing that does not itself stop the danger."""
    if not put.words("what"):
        return NEEDS_WORDS
    return None if put.who(Role.WHO) and put.who(Role.SEEN_BY) else STRENGTH_NEEDS_SEEN


def _factor(_files: Sequence[File], put: Put) -> Refusal | None:
    """A factor makes things harder and is not itself harm; it says how."""
    if not put.words("what"):
        return NEEDS_WORDS
    return None if put.belongs_to and put.words("effect") else FACTOR_NEEDS_EFFECT


def _hope(_files: Sequence[File], put: Put) -> Refusal | None:
    """A best hope is somebody's own."""
    if not put.words("what"):
        return NEEDS_WORDS
    return None if len(put.who(Role.WHO)) == 1 else HOPE_NEEDS_WHOSE


def _step(_files: Sequence[File], put: Put) -> Refusal | None:
    """A next step is small, owned by one person, and has a day."""
    if not put.words("action"):
        return NEEDS_WORDS
    return None if len(put.who(Role.OWNER)) == 1 and put.by_when else STEP_NEEDS_OWNER


def _unknown(_files: Sequence[File], put: Put) -> Refusal | None:
    """What we do not know says who finds out, and by when."""
    if not put.words("what"):
        return NEEDS_WORDS
    return None if len(put.who(Role.OWNER)) == 1 and put.by_when else UNKNOWN_NEEDS_OWNER


def _wondering(_files: Sequence[File], put: Put) -> Refusal | None:
    """A wondering holds two ways of seeing it, and is somebody's to look into (capabilities 26 and 50)."""
    if not put.words("what"):
        return NEEDS_WORDS
    seen = all(put.words(slot) for slot in ("first-guess", "second-guess", "change-mind"))
    return None if seen and len(put.who(Role.OWNER)) == 1 and put.by_when else WONDERING_NEEDS_TWO


def _need(_files: Sequence[File], put: Put) -> Refusal | None:
    """An underlying need goes from what people see to what would meet it (capability 43)."""
    if not put.words("need"):
        return NEEDS_WORDS
    seen = all(put.words(slot) for slot in ("seen", "telling", "meets"))
    return None if seen and put.who(Role.WHO) else NEED_NEEDS_MEETING


def _bottom(_files: Sequence[File], put: Put) -> Refusal | None:
    """A bottom line is for a worry and has an end (BL-1); one that names a service says why only that (BL-2)."""
    if not put.words("requirement"):
        return NEEDS_WORDS
    if not (put.statement and put.words("until") and put.words("if-not") and put.by_when):
        return BOTTOM_NEEDS_END
    return BOTTOM_NAMES_SERVICE if service_named(put.words("requirement")) and not put.words("other-ways") else None


def begin_bottom_line(*, actor: Actor, files: Sequence[File]) -> Refusal | None:
    """May this actor begin another bottom line? Asked before they type. It is for a worry, and few stand (BL-1)."""
    if not any(w.statement.status == Where.OPEN for w in worries_in(actor, files)):
        return BOTTOM_NEEDS_WORRY
    return _room_for_another(files)


def _of_an_open_worry(put: Put) -> Refusal | None:
    return BOTTOM_NEEDS_WORRY if put.statement and put.statement.status != Where.OPEN else None


def _room_for_another(files: Sequence[File]) -> Refusal | None:
    return BOTTOM_ENOUGH if most_bottom_lines(files) >= MOST_BOTTOM_LINES else None


def agree_bottom_line(*, actor: Actor, files: Sequence[File], item: MapItem, words: str) -> Refusal | None:
    """May this actor agree this bottom line (domain 1.10)? A manager does, never whoever wrote it, and says why."""
    if refusal := may_agree(actor=actor, files=files, item=item):
        return refusal
    return None if words.strip() else AGREED_NEEDS_WHY


def may_agree(*, actor: Actor, files: Sequence[File], item: MapItem) -> Refusal | None:
    """May this actor come to agree it? Asked before they type."""
    if not actor.may(Permission.BOTTOM_LINE_AGREE):
        return NOT_A_MANAGER
    if refusal := write(actor=actor, files=files) or _stands(item):
        return refusal
    if item.bottom_line.agreed_in_id:
        return AGREED_ALREADY
    return NOT_YOUR_OWN_LINE if item.entry.author_id == actor.account_id else None


def tell_bottom_line(*, actor: Actor, files: Sequence[File], item: MapItem, words: str) -> Refusal | None:
    """May this actor write down that the family was told? Agreed first, and in what words (capability 60)."""
    if refusal := may_tell(actor=actor, files=files, item=item):
        return refusal
    return None if words.strip() else TOLD_NEEDS_WORDS


def may_tell(*, actor: Actor, files: Sequence[File], item: MapItem) -> Refusal | None:
    """May this actor come to write it down? Asked before they type."""
    if refusal := write(actor=actor, files=files) or _stands(item):
        return refusal
    if not item.bottom_line.agreed_in_id:
        return NOT_AGREED_YET
    return TOLD_ALREADY if item.bottom_line.told_in_id else None


def _stands(item: MapItem) -> Refusal | None:
    return NOT_A_BOTTOM_LINE if item.kind != Kind.BOTTOM or item.outcome else None


_TESTS: Mapping[str, Callable[[Sequence[File], Put], Refusal | None]] = {
    Kind.HARM: _harm,
    Kind.SAFETY: _safety,
    Kind.STRENGTH: _strength,
    Kind.FACTOR: _factor,
    Kind.HOPE: _hope,
    Kind.STEP: _step,
    Kind.UNKNOWN: _unknown,
    Kind.WONDERING: _wondering,
    Kind.NEED: _need,
    Kind.BOTTOM: _bottom,
}
