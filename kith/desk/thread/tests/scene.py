"""A worry followed all the way: its goal, numbers twice, a plan they live by, a note with the children's words."""

from datetime import date, timedelta

from django.urls import reverse

from kith.casework.decisions import actions as decisions
from kith.casework.decisions.actions import Reasons
from kith.casework.decisions.tests.test_decisions import a_decision
from kith.casework.mapping import actions as mapping
from kith.casework.mapping.tests.scene import a_goal, a_scale, a_worry, numbers, put, talk
from kith.casework.plans.models import SafetyPlan
from kith.casework.plans.tests.test_plans import a_plan, agree, with_family
from kith.casework.visits import actions as visits
from kith.casework.visits.actions import ChildThere
from kith.casework.visits.tests.test_visits import a_visit
from kith.people.entries.queries import newest_version

NEXT_REVIEW = date.max
LONG_AGO, LATER = timedelta(days=40), timedelta(days=20)
DECIDED = Reasons(
    "Craig comes home on Sundays.", "Everyone’s number, and the night of 17 May.", "It holds.", "Ring Joy."
)


def worried(cast, **but):
    """A danger statement of forty days ago, with its goal and its scale."""
    statement = mapping.compose_statement(**a_worry(cast, talk=talk(cast, "kavi", ago=LONG_AGO), **but))
    mapping.write_goal(**a_goal(cast, statement))
    return statement, mapping.set_scale(**a_scale(cast, statement))


def asked(cast, scale, *scores, ago=timedelta(hours=1)):
    """Everyone is asked for a number: (who, number) each."""
    given = [put(cast, who, value) for who, value in scores]
    return mapping.take_scores(**numbers(cast, scale, *given, talk=talk(cast, "ellis", "maya", "kavi", ago=ago)))


def noted(cast, ago=timedelta(days=2), **words):
    """A note at home with the exact words of the children named: `noted(cast, ellis="Good boring.")`."""
    files = dict(zip(("ellis", "maya", "jude"), cast.solanki_files, strict=True))
    there = [ChildThere(files[n], seen=True, words=said) for n, said in words.items()]
    return visits.write_note(**a_visit(cast, talk=talk(cast, *words, ago=ago), children=there, promises=[]))


def whole(cast, *, resting=True):
    """All of it. Gives the worry, its scale and the plan. The decision says that it rests on the worry, or does not."""
    statement, scale = worried(cast)
    mapping.take_to_family(statement=statement, by=cast.actor("leah"), at=a_worry(cast)["at"])
    statement.refresh_from_db()
    mapping.agree_statement(statement=statement, by=cast.actor("leah"), at=a_worry(cast)["at"])
    asked(cast, scale, ("ellis", "3"), ("maya", "2"), ("kavi", "5"), ("leah", "3"), ago=LATER)
    asked(cast, scale, ("ellis", "6"), ("maya", "7"), ("kavi", "6"), ("leah", "5"))
    plan = agree(cast, with_family(cast, a_plan(cast, statement)))
    SafetyPlan.objects.update(review_by=NEXT_REVIEW)  # the page reads today's date, and the scene is of last year
    noted(cast, ellis="Good boring.", maya="Bear was on duty.", jude="Settled in a minute.")
    rests_on = [newest_version(statement.entry)] if resting else []
    decisions.record_decision(**a_decision(cast, reasons=DECIDED, rests_on=rests_on))
    return statement, scale, plan


def address(statement):
    """Where its thread is."""
    return reverse("thread", kwargs={"ref": statement.entry.ref})


def thread(browser, statement):
    """The page of its thread."""
    answer = browser.get(address(statement))
    assert answer.status_code == 200
    return answer.content.decode()
