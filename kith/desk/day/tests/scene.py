"""More families of Leah's, each with one child, and one family's line as a reader is told it."""

from datetime import datetime

from kith.casework.visits import actions as visits
from kith.casework.visits.actions import ChildThere
from kith.casework.visits.tests.test_visits import a_visit
from kith.desk.day.lines import Line
from kith.desk.day.matters import Matter, what_matters
from kith.desk.day.queries import my_day
from kith.framework.kinds import Tie
from kith.people.entries.words import Talk
from kith.people.involvement.models import Involvement
from kith.people.persons.models import Family, File, Person
from tests.cast import EARLIER, NOW, Cast, belong, tie


def another_family(cast: Cast, name: str, at: datetime | None, *, level: str = "family-help") -> Family:
    """Make a family of Leah's with one child, last seen at this moment; never, where none is given."""
    child = Person.objects.create(known_as=f"{name} child", recorded_by=cast.leah, recorded_at=EARLIER)
    family = Family.objects.create(name=name, recorded_at=EARLIER)
    belong(family, child, is_child=True)
    file = File.objects.create(person=child, opened_at=EARLIER)
    tie(file, Tie.ALLOCATED, cast.leah)
    told = {"recorded_by": cast.leah, "recorded_at": EARLIER, "since": EARLIER, "why": "for the scene"}
    Involvement.objects.create(file=file, family=family, level=level, **told)
    if at:
        there = {"family": family, "files": [file], "people": [child], "talk": Talk(at), "promises": []}
        visits.write_note(**a_visit(cast, **there, children=[ChildThere(file, seen=True)]))
    return family


def line(cast: Cast, who: str = "leah", at: datetime = NOW, family: str = "Solanki-Reid") -> Line:
    """Give one family's line as this reader is told it at this moment."""
    return next(one for one in my_day(cast.actor(who, at), at=at).lines if one.family.name == family)


def matter(cast: Cast, who: str = "leah", at: datetime = NOW) -> Matter:
    """Give what matters now in Leah's family, as this reader is told it."""
    return what_matters(line(cast, who, at), at.date())
