"""The plans of a story, version by version, and the papers that were given."""

from collections.abc import Callable
from datetime import time
from functools import partial

from kith.casework.mapping.models import Statement
from kith.casework.plans import actions as plans
from kith.casework.plans.models import SafetyPlan
from kith.casework.plans.words import Answer, PlanWords, RuleWords, ShownTo, WhatIfWords
from kith.disclosure.papers import actions as papers
from kith.disclosure.papers import press, queries
from kith.exchange.demo.scene import Event, Scene, when
from kith.kit.paper import PaperUnavailable


def plan(scene: Scene, event: Event) -> None:
    """A plan as a draft: a first one, or with `replaces` the next version of one, saying why."""
    guards = scene.written.worries.get(event.get("guards", ""))
    words = PlanWords(
        event["kind"],
        event["whose"],
        when(event).date(),
        event["review"],
        [_rule(scene, r, guards) for r in event["rules"]],
        [_what_if(scene, w) for w in event.get("what_ifs", ())],
        scene.persons(event.get("being_hurt", ())),
    )
    files, talk, by = scene.files(event), scene.talk(event), scene.by(event)
    if "replaces" in event:
        older = _now(scene, event["replaces"])
        made = plans.revise_plan(plan=older, why=event["why"], files=files, talk=talk, words=words, **by)
    else:
        made = plans.make_plan(family=scene.home, files=files, talk=talk, words=words, **by)
    scene.written.plans[event["key"]] = made


def _rule(scene: Scene, r: Event, guards: Statement | None) -> RuleWords:
    hour, minute = map(int, r["at"].split(":"))
    sure = scene.who(r["sure"])
    return RuleWords(
        text=r["text"],
        who_does=scene.people[r["who"]],
        makes_sure=sure.person,
        makes_sure_staff=sure.staff,
        times=r["times"],
        at=time(hour, minute),
        given_by=scene.people[r["who"]],
        child_knows=r.get("know", ""),
        instead=r.get("instead", ""),
        guards=scene.written.worries.get(r.get("guards", ""), guards),
    )


def _what_if(scene: Scene, w: Event) -> WhatIfWords:
    return WhatIfWords(w["when"], w["then"], scene.people[w["who"]], w.get("backup", ""), w.get("call_999", ""))


def plan_shown(scene: Scene, event: Event) -> None:
    """The plan in the family's hands: who was shown it."""
    day = when(event).date()
    shown = [ShownTo(scene.people[k], event.get("how", "read-aloud"), day) for k in event["to"]]
    _go_on(scene, event, partial(plans.share_with_family, shown=shown))


def plan_agreed(scene: Scene, event: Event) -> None:
    """What each person says to the plan; from then they live by it."""
    day = when(event).date()
    said = [
        Answer(scene.people[k], "agrees", words, day, "In the room", carer=k in event["carers"])
        for k, words in event["answers"].items()
    ]
    said += [Answer(scene.people[k], "not-asked", why) for k, why in event.get("not_asked", {}).items()]
    _go_on(scene, event, partial(plans.agree_plan, talk=scene.talk(event), answers=said))


def plan_ended(scene: Scene, event: Event) -> None:
    """A plan that is over, and why."""
    _go_on(scene, event, partial(plans.end_plan, why=event["why"], on=when(event).date()))


def _go_on(scene: Scene, event: Event, do: Callable[..., SafetyPlan]) -> None:
    scene.written.plans[event["plan"]] = do(plan=_now(scene, event["plan"]), **scene.by(event))


def _now(scene: Scene, key: str) -> SafetyPlan:
    return SafetyPlan.objects.select_related("entry__family").get(pk=scene.written.plans[key].pk)


def paper(scene: Scene, event: Event) -> None:
    """A copy of a decision or a plan for one person at a time, pressed and numbered as at the desk.

    A machine that cannot press paper goes on without: its pages say so themselves when a paper is asked for.
    """
    found = scene.written.plans if event["of"] == "plan" else scene.written.decisions
    entry = found[event["key"]].entry
    by = scene.by(event)
    reading = queries.open_to_give(by["by"], entry.ref)
    if reading is None:
        raise LookupError(event["key"])
    for person in scene.persons(event["to"]):
        chosen, number = queries.choose(reading, person), papers.new_number()
        title = press.title_of(chosen)
        try:
            pdf = press.pressed(press.laid_out(chosen, number=number, by=by["by"].name, at=by["at"]), title=title)
        except PaperUnavailable:
            return
        members = queries.members_of_entry(entry, at=by["at"])
        papers.give_paper(
            chosen=chosen, files=reading.files, members=members, title=title, number=number, pdf=pdf, **by
        )
