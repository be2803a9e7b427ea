"""What a family's page gathers, each from the shelf that knows."""

from dataclasses import dataclass

from django.db.models import Q

from kith.access.actor import Actor
from kith.casework.decisions.queries import Shown, decisions_among
from kith.casework.mapping import front
from kith.casework.mapping.front import Front
from kith.casework.mapping.numbers import Series
from kith.casework.mapping.queries import Shown as Worry
from kith.casework.plans.queries import plan_among, tonight
from kith.casework.plans.shown import Line
from kith.framework.kinds import Content, Verb
from kith.people.entries.queries import Reading
from kith.people.entries.story import Story
from kith.people.involvement.frame import Opened
from kith.people.locations.models import SafeContact

ON_THE_PAGE, DECISIONS = 8, 3
STANDS = Q(kind__in=["decision", "statement", "goal", "scale", "scores"], superseded_by__isnull=True) | Q(
    safety_plan__agreed_on__isnull=False, safety_plan__ended_on__isnull=True
)
"""What a family's first page tells however old it is. A plan is lived by until the version after it is agreed."""
MANY = {**front.MANY, "rule": "safety_plan__rules"}
BESIDE = (
    *("decision", "statement", "goal", "scale", "safety_plan"),
    *front.BESIDE,
    *("rule__who_does", "rule__makes_sure", "rule__makes_sure_staff"),
)


@dataclass
class FamilyPage:
    """Everything a family's first page gathers."""

    opened: Opened
    before: list[SafeContact] | None
    decisions: list[Shown]
    happened: list[Reading]
    open_worries: list[Worry]
    series: Series | None
    tonight: list[Line]

    @property
    def strengths(self) -> list[tuple[str, Reading]]:
        """What went well, from the newest notes: at most two."""
        said = [(r.text("strengths"), r) for r in self.happened if r.text("strengths")]
        return said[:2]


def _works_with(actor: Actor, opened: Opened) -> bool:
    """Say whether this reader may know what one grown-up asked of those who ring: as on that person's own page."""
    return bool(actor.sees([f.pk for f in opened.files], Verb.READ, Content.OTHER_PARTY))


def family_page(actor: Actor, opened: Opened) -> FamilyPage:
    """Gather a family's page: what has happened lately, and all that stands, in one reading of the family's entries.

    Entries are judged by their files first; then the words of those the page tells are read together.
    """
    story = Story(actor, opened.files, ON_THE_PAGE, also=STANDS, beside=BESIDE, many=MANY)
    stands, plan = story.standing, plan_among(story.seen)
    decisions, front = (
        decisions_among(stands)[:DECISIONS],
        Front(stands, story.several["worry"], story.several["score"]),
    )
    picked = [*front.picked, *(d.reading for d in decisions), *([plan] if plan else [])]
    return FamilyPage(
        opened,
        opened.safe_contacts if _works_with(actor, opened) else None,
        decisions,
        story.newest(with_=picked),
        front.worries,
        front.series,
        tonight(plan, story.several["rule"][plan.entry.pk].values(), opened.at) if plan else [],
    )
