"""The verbs of deciding: record or propose a decision, and decide what another proposed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse

from kith.access.actor import Actor
from kith.access.audit.acts import action, note
from kith.access.notices.actions import tell
from kith.casework.decisions import policies
from kith.casework.decisions.models import Decision, RestsOn, Told
from kith.casework.decisions.queries import say_of
from kith.framework.decisions import Say
from kith.kit.refusal import require
from kith.people.entries.actions import record_entry
from kith.people.entries.models import Entry
from kith.people.entries.queries import files_of
from kith.people.entries.words import Said, Talk
from kith.people.persons.models import Family, File, Person
from kith.people.persons.queries import lock_files


@dataclass(frozen=True)
class OptionConsidered:
    """One thing that could have been done, lightest first; `why_not` is empty for the one that was chosen."""

    what: str
    why_not: str = ""


@dataclass(frozen=True)
class ViewTaken:
    """What one person thinks, what difference it made, and when and how they were told."""

    person: Person
    view: str
    difference: str
    told_on: date | None = None
    how: str = ""


@dataclass(frozen=True)
class Reasons:
    """The words of a decision (domain 6.8)."""

    what: str
    facts: str
    analysis: str
    appeal: str
    network: str = ""


@action
def record_decision(
    *,
    family: Family,
    files: Sequence[File],
    talk: Talk,
    matter: str,
    reasons: Reasons,
    options: Sequence[OptionConsidered],
    views: Sequence[ViewTaken],
    people: Sequence[Person],
    power: str,
    reversible: bool,
    review_on: date | None,
    by: Actor,
    at: datetime,
    rests_on: Sequence[Entry] = (),
) -> Decision:
    """Record a decision about these children with its reasons and everyone's view; or propose it.

    Whose work the authority matrix lets decide, decides; whose work it lets propose, leaves a proposal that
    changes nothing until somebody decides it. `rests_on` are things on the map, in the version that stands now.
    Raises `Refused` when a view, an option or a reason is missing, and for what is not on these children's map.
    """
    files = lock_files(files)
    require(policies.record_decision(actor=by, files=files, matter=matter))
    require(policies.whole(reasons=reasons, options=options, views=views, people=people))
    require(policies.rests_on(actor=by, entries=rests_on, files=files))
    shared, own = _words(reasons, options, views, files)
    entry = record_entry(kind="decision", family=family, files=files, talk=talk, shared=shared, own=own, by=by, at=at)
    decides = say_of(by.work, matter) is Say.DECIDE
    decision = Decision.objects.create(
        entry=entry,
        matter=matter,
        power=power,
        reversible=reversible,
        review_on=review_on,
        decided_by_id=by.account_id if decides else None,
        decided_at=at if decides else None,
    )
    Told.objects.bulk_create(Told(decision=decision, person=v.person, told_on=v.told_on, how=v.how) for v in views)
    RestsOn.objects.bulk_create(RestsOn(decision=decision, entry=entry) for entry in rests_on)
    refs = [f.ref for f in files]
    note("decision.made" if decides else "decision.proposed", about=decision, files=refs, entry=str(entry.ref))
    return decision


@action
def decide_proposed(*, decision: Decision, by: Actor, at: datetime) -> Decision:
    """Decide what another proposed. From this moment it stands, with both names on it, and the proposer is told."""
    files = lock_files(files_of(decision.entry))
    decision = Decision.objects.select_for_update(of=("self",)).select_related("entry__author").get(pk=decision.pk)
    require(policies.decide_proposed(actor=by, decision=decision, files=files))
    decision.decided_by_id, decision.decided_at = by.account_id, at
    decision.save(update_fields=["decided_by", "decided_at"])
    _tell_proposer(decision, by, at)
    note("decision.made", about=decision, files=[f.ref for f in files], entry=str(decision.entry.ref))
    return decision


def _tell_proposer(decision: Decision, by: Actor, at: datetime) -> None:
    author = decision.entry.author
    if author.is_active:
        words = f"{by.name} decided what you proposed. Tell each person what difference they made."
        tell(
            account=author,
            kind="decision",
            words=words,
            link=reverse("decision", args=[decision.entry.ref]),
            by=by,
            at=at,
        )


def _words(
    reasons: Reasons, options: Sequence[OptionConsidered], views: Sequence[ViewTaken], files: Sequence[File]
) -> tuple[list[Said], Mapping[int, list[Said]]]:
    """Lay the words out: a child's own view goes in that child's own part, the rest is shared."""
    shared = [
        Said("what", reasons.what),
        Said("facts", reasons.facts),
        Said("analysis", reasons.analysis),
        Said("network", reasons.network),
        Said("appeal", reasons.appeal),
    ]
    for row, option in enumerate(options):
        shared += [Said("option", option.what, row), Said("why-not", option.why_not, row)]
    own: dict[int, list[Said]] = {f.pk: [] for f in files}
    part_of = {f.person_id: own[f.pk] for f in files}
    for row, taken in enumerate(views):
        where = part_of.get(taken.person.pk, shared)
        where += [
            Said("view", taken.view, row, about=taken.person, given_by=taken.person),
            Said("difference", taken.difference, row, about=taken.person),
        ]
    return shared, own
