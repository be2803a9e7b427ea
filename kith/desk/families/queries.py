"""What a worker's front page and a family's page gather, each from the shelf that knows."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Q

from kith.access.actor import Actor
from kith.access.notices.models import Notice
from kith.casework.decisions.models import Decision
from kith.casework.decisions.queries import Shown, decisions_among
from kith.casework.mapping.numbers import Series
from kith.casework.mapping.queries import Front
from kith.casework.mapping.queries import Shown as Worry
from kith.casework.plans.queries import plan_among, tonight
from kith.casework.plans.shown import Line
from kith.framework.kinds import Content, Tie, Verb
from kith.people.entries.models import EntryFile
from kith.people.entries.queries import Reading
from kith.people.entries.story import Story
from kith.people.involvement.frame import Opened, standing
from kith.people.involvement.models import Involvement, Relation
from kith.people.involvement.queries import current, who_works_with
from kith.people.locations.models import SafeContact
from kith.people.persons.models import Family, File, Membership, Person
from kith.people.sight.queries import sight_of

ON_THE_PAGE, DECISIONS = 8, 3
STANDS = Q(kind__in=["decision", "statement", "goal", "scale", "scores"], superseded_by__isnull=True) | Q(
    safety_plan__agreed_on__isnull=False, safety_plan__ended_on__isnull=True
)
"""What a family's first page tells however old it is. A plan is lived by until the version after it is agreed."""
MANY = {"worry": "worried", "score": "scores", "rule": "safety_plan__rules"}
BESIDE = (
    *("decision", "statement", "goal", "scale", "safety_plan"),
    *("worry__person", "worry__staff", "worry__professional"),
    *("score__person", "score__staff", "score__professional"),
    *("rule__who_does", "rule__makes_sure", "rule__makes_sure_staff"),
)


@dataclass
class FamilyLine:
    """One family on my desk: its children, where things stand, and when anything was last written."""

    family: Family
    children: list[Person] = field(default_factory=list)
    files: list[File] = field(default_factory=list)
    line: str = ""
    last: datetime | None = None
    mine: bool = False


def my_families(actor: Actor, *, at: datetime) -> list[FamilyLine]:
    """Families with a child I may see because of a tie of mine: those I am allocated to first, then by name.

    Never ordered by danger (look 4). A fixed number of queries however many families there are.
    """
    ids = sight_of(actor).my_files()
    rows = Membership.objects.filter(person__file__in=ids, since__lte=at, until__gt=at, is_child=True)
    rows = rows.select_related("family", "person", "person__file").order_by("person__born_on", "pk")
    lines: dict[int, FamilyLine] = {}
    for row in rows:
        line = lines.setdefault(row.family_id, FamilyLine(row.family))
        line.children.append(row.person)
        line.files.append(row.person.file)
    _stand(actor, list(lines.values()), at)
    return sorted(lines.values(), key=lambda one: (not one.mine, one.family.name, one.family.pk))


def _stand(actor: Actor, found: Sequence[FamilyLine], at: datetime) -> None:
    files = [f for line in found for f in line.files]
    involved: dict[int, list[Involvement]] = defaultdict(list)
    ties: dict[int, list[Relation]] = defaultdict(list)
    for involvement in current(files, at=at):
        involved[involvement.file_id].append(involvement)
    for tie in who_works_with(files, at=at):
        ties[tie.file_id].append(tie)
    newest = _newest(files)
    for line in found:
        mine = [t for f in line.files for t in ties[f.pk]]
        line.line = standing([i for f in line.files for i in involved[f.pk]], mine)
        line.mine = any(t.staff_id == actor.account_id and t.kind == Tie.ALLOCATED for t in mine)
        line.last = max((newest[f.pk] for f in line.files if f.pk in newest), default=None)


def _newest(files: Sequence[File]) -> dict[int, datetime]:
    rows = EntryFile.objects.filter(file__in=files).order_by("file_id", "-happened_at")
    newest: dict[int, datetime] = {}
    for file_id, happened_at in rows.values_list("file_id", "happened_at"):
        newest.setdefault(file_id, happened_at)
    return newest


def proposals_waiting(actor: Actor) -> list[Decision]:
    """Decisions others proposed about children I may see, that nobody has decided yet. Policies say if I may."""
    ids = sight_of(actor).my_files()
    rows = Decision.objects.waiting().filter(entry__files__file__in=ids).exclude(entry__author=actor.account_id)
    return list(
        rows.select_related("entry", "entry__author", "entry__family").distinct().order_by("entry__recorded_at")
    )


def unread(actor: Actor) -> list[Notice]:
    """Notices to me that I have not read, newest first, at most twenty."""
    rows = Notice.objects.filter(account=actor.account_id, read_at__isnull=True)
    return list(rows.order_by("-at", "-pk")[:20])


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
