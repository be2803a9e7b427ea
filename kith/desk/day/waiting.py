"""What waits for me, and what I wait for from others: two lists of the same length and tone (look 4)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from kith.access.notices.models import Notice
from kith.casework.decisions.models import Decision
from kith.casework.maps.models import MapItem
from kith.desk.day.lines import Line, matter_of
from kith.framework.decisions import authority, kinds_of_work
from kith.kit.wording import day, listed
from kith.people.drafts.models import Draft
from kith.people.entries.models import Entry, Status

FIRST = 6
"""How many of each list stand open; the rest are behind one press."""


@dataclass(frozen=True)
class Waits:
    """One thing that waits: what it is, since when, for whom in words, and where somebody goes on with it."""

    what: str
    by: str
    since: datetime
    url: str = ""


def on_me(
    *,
    drafts: Iterable[Draft],
    places: Mapping[str, str],
    proposals: Iterable[Decision],
    notices: Iterable[Notice],
    written: Sequence[Entry],
) -> list[Waits]:
    """Give what waits for this worker, whatever has waited longest first.

    `places` names whom each draft is about; `proposals` are those they may decide; `written` are the plans and
    worries of theirs that are not agreed.
    """
    found = [_proposal(one) for one in proposals]
    found += [_to_show(entry) for entry in written if entry.status == Status.DRAFT]
    found += [_draft(draft, places.get(draft.place, "")) for draft in drafts]
    found += [_notice(notice) for notice in notices]
    return sorted(found, key=lambda one: one.since)


def on_others(*, proposals: Iterable[Decision], written: Sequence[Entry]) -> list[Waits]:
    """Give what this worker proposed that nobody has decided, and what they took to a family, the oldest first."""
    found = [_proposed(one) for one in proposals]
    found += [_taken(entry) for entry in written if entry.status == Status.WITH_FAMILY]
    return sorted(found, key=lambda one: one.since)


def written_by(me: int, lines: Iterable[Line]) -> list[Entry]:
    """Give the plans and open worries of these families that this worker wrote and that are not agreed yet."""
    return [entry for line in lines for entry in _not_agreed(line) if entry.author_id == me]


def _not_agreed(line: Line) -> Iterator[Entry]:
    open_now = {Status.DRAFT, Status.WITH_FAMILY}
    for entry in [w.reading.entry for w in line.worries] + [r.entry for r in line.plans]:
        if entry.status in open_now:
            entry.family = line.family
            yield entry


def _proposal(decision: Decision) -> Waits:
    entry = decision.entry
    by = f"{entry.author.name}, since {day(entry.happened_at)}"
    return Waits(_named("A proposal about", decision), by, entry.happened_at, _url("decision", entry))


def _proposed(decision: Decision) -> Waits:
    entry = decision.entry
    by = f"{_deciders(decision)}, since {day(entry.happened_at)}"
    return Waits(_named("Your proposal about", decision), by, entry.happened_at, _url("decision", entry))


def _named(what: str, decision: Decision) -> str:
    """Name a proposal by its family and its matter: two about one family are told apart."""
    return ": ".join(words for words in (_about(what, decision.entry), matter_of(decision)) if words)


def _deciders(decision: Decision) -> str:
    row, names = authority().get(decision.matter), kinds_of_work()
    return listed([names[work] for work in row.deciders()], "or") if row else "Whoever decides it"


def line_on_me(item: MapItem) -> Waits:
    """Give a bottom line that waits for this person: for their agreement, or for the family to be told by them."""
    entry = item.entry
    if item.bottom_line.agreed_in_id:
        by = "Agreed. The family has not been told yet."
        return Waits(_about("Your bottom line for", entry), by, entry.happened_at, _url("map-item", entry))
    by = f"{entry.author.name}, since {day(entry.happened_at)}"
    return Waits(_about("A bottom line to agree, for", entry), by, entry.happened_at, _url("map-item", entry))


def line_on_others(item: MapItem) -> Waits:
    """Give a bottom line of this worker's that no manager has agreed yet."""
    by = f"A manager, since {day(item.entry.happened_at)}"
    return Waits(_about("Your bottom line for", item.entry), by, item.entry.happened_at, _url("map-item", item.entry))


def _to_show(entry: Entry) -> Waits:
    what = "A plan for" if hasattr(entry, "safety_plan") else "A worry about"
    written = f"{_about(what, entry)}, of {day(entry.happened_at)}"
    return Waits(written, "You wrote it. They have not heard it yet.", entry.happened_at, _url_of(entry))


def _taken(entry: Entry) -> Waits:
    plan = getattr(entry, "safety_plan", None)
    since = plan.shown_on if plan else entry.happened_at
    what = f"What they say to the {'plan' if plan else 'worry'} of {day(entry.happened_at)}:"
    return Waits(_about(what, entry), f"The family, since {day(since)}", entry.happened_at, _url_of(entry))


def _draft(draft: Draft, place: str) -> Waits:
    what = ", ".join(words for words in (draft.called or "Something you began", place) if words)
    return Waits(what, f"Unfinished, kept on {day(draft.kept_at)}", draft.kept_at, draft.address)


def _notice(notice: Notice) -> Waits:
    return Waits(notice.words, f"You were told on {day(notice.at)}", notice.at, notice.link)


def _about(what: str, entry: Entry) -> str:
    return f"{what} the {entry.family.name} family"


def _url(name: str, entry: Entry) -> str:
    return reverse(name, kwargs={"ref": entry.ref})


def _url_of(entry: Entry) -> str:
    return _url("plan" if hasattr(entry, "safety_plan") else "statement", entry)
