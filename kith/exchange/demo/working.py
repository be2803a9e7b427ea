"""The work of a story: notes, worries, goals, numbers and decisions, each by whoever wrote it."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from kith.casework.decisions import actions as decisions
from kith.casework.mapping import actions as mapping
from kith.casework.mapping.words import GoalWords, Put, WorryWords
from kith.casework.visits import actions as visits
from kith.casework.visits.models import Promise
from kith.exchange.demo.scene import Event, Scene, when
from kith.people.entries import actions as entries
from kith.people.persons.models import File

SOON = timedelta(minutes=2)


def note(scene: Scene, event: Event) -> None:
    """A visit, a call or a meeting, with each child's own words."""
    visit = visits.write_note(
        family=scene.home,
        promises=[visits.Made(scene.people[who], words, due) for who, words, due in event.get("promises", ())],
        **_note(scene, event),
    )
    scene.written.notes[event.get("key", "")] = visit


def correct_note(scene: Scene, event: Event) -> None:
    """The same note again, put right beside the first."""
    older = scene.written.notes[event["note"]]
    newer = visits.correct_note(entry=older.entry, why=event["why"], **_note(scene, event))
    scene.written.notes[event["note"]] = newer


def _note(scene: Scene, event: Event) -> dict[str, Any]:
    files = scene.files(event)
    return {
        "files": files,
        "talk": scene.talk(event),
        "words": visits.NoteWords(
            what=event["what"],
            together=event.get("together", ""),
            analysis=event.get("analysis", ""),
            strengths=event.get("strengths", ""),
            worries=event.get("worries", ""),
            aside=event.get("aside", ""),
            aside_about=scene.people[event["aside_about"]] if "aside_about" in event else None,
        ),
        "children": [_child(scene, f, event) for f in files],
        "people": list(scene.people.values()),
        "planned": event.get("planned"),
        **scene.by(event),
    }


def _child(scene: Scene, file: File, event: Event) -> visits.ChildThere:
    key = next(k for k, p in scene.people.items() if p.pk == file.person_id)
    seen = key in event.get("with", ()) and event.get("place") != "phone"
    return visits.ChildThere(
        file,
        seen=seen,
        alone_minutes=event.get("alone", {}).get(key, 0) if seen else None,
        why_not="" if seen else event.get("why_not", {}).get(key, "Not there that day."),
        words=event.get("words", {}).get(key, ""),
        written_to=f"ear {file.person.known_as}" in event["what"][:60],
    )


def promise_late(scene: Scene, event: Event) -> None:
    """Sorry, and when: a promise that was not kept."""
    promise = Promise.objects.get(entry=scene.written.notes[event["note"]].entry, row=0)
    visits.explain_promise(
        promise=promise, why_late=event["why"], told_on=when(event).date(), due_on=event["due"], **scene.by(event)
    )


def promise_kept(scene: Scene, event: Event) -> None:
    """A promise that was kept, and on which day."""
    promise = Promise.objects.get(entry=scene.written.notes[event["note"]].entry, row=0)
    visits.keep_promise(promise=promise, kept_on=when(event).date(), **scene.by(event))


def worry(scene: Scene, event: Event) -> None:
    """One worry, as a draft to be read back."""
    words = WorryWords(
        happened=event["happened"],
        feared=scene.about(event["feared"]),
        context=event["context"],
        full_text=event.get("full_text", ""),
        child_version=event.get("child_version", ""),
        reasonable_cause=event.get("reasonable_cause", ""),
        differently=scene.about(event.get("differently", {})),
    )
    scene.written.worries[event["key"]] = mapping.compose_statement(
        family=scene.home,
        files=scene.files(event),
        talk=scene.talk(event),
        kind=event["kind"],
        worried=[scene.who(k) for k in event["worried"]],
        words=words,
        **scene.by(event),
    )


def goal(scene: Scene, event: Event) -> None:
    """What good looks like for one worry."""
    words = GoalWords(
        full_text=event["full_text"],
        adults_will=event["adults_will"],
        child_will=scene.about(event["child_will"]),
        network_will=event.get("network_will", ""),
        professionals_see=event["professionals_see"],
        family_words=event["family_words"],
        child_version=event.get("child_version", ""),
    )
    mapping.write_goal(
        statement=scene.written.worries[event["worry"]],
        talk=scene.talk(event),
        kind=event["kind"],
        words=words,
        weeks_needed=event["weeks"],
        step_down_to=event["step_down"],
        **scene.by(event),
    )


def scale(scene: Scene, event: Event) -> None:
    """The scale of one worry; then the worry is read back to the family and agreed."""
    statement = scene.written.worries[event["worry"]]
    scene.written.scales[event["worry"]] = mapping.set_scale(
        family=scene.home,
        files=scene.files(event),
        talk=scene.talk(event),
        question=event["question"],
        anchor_0=event["anchor_0"],
        anchor_10=event["anchor_10"],
        statement=statement,
        **scene.by(event),
    )
    who = scene.by(event)
    who["at"] += SOON
    mapping.take_to_family(statement=statement, **who)
    statement.refresh_from_db()
    mapping.agree_statement(statement=statement, **who)


def scores(scene: Scene, event: Event) -> None:
    """Where each person put us, in one conversation."""
    puts = [_put(scene, key, said, event["by"]) for key, said in event["put"].items()]
    there = [k for k, said in event["put"].items() if said[0] != "not-asked" and "reported" not in said[3:]]
    mapping.take_scores(
        scale=scene.written.scales[event["worry"]],
        talk=scene.talk({**event, "with": there}),
        scores=puts,
        **scene.by(event),
    )


def _put(scene: Scene, key: str, said: list[Any], by: str) -> Put:
    if said[0] == "not-asked":
        return Put(scene.who(key), unscored="not-asked", reason=said[1])
    reported = scene.staff[by].name if "reported" in said[3:] else ""
    value = Decimal(str(said[0]))
    high, not_higher = (*said[1:3], "", "")[:2]
    return Put(scene.who(key), value, high, not_higher, reported_by=reported, own_words=not reported)


def settle(scene: Scene, event: Event) -> None:
    """A worry that has eased, or whose goal is met."""
    statement = scene.written.worries[event["worry"]]
    statement.refresh_from_db()
    mapping.settle_statement(
        statement=statement, status=event["status"], why=event["why"], talk=scene.talk(event), **scene.by(event)
    )


def decision(scene: Scene, event: Event) -> None:
    """A decision, or a proposal, with everyone's view and who sees it differently."""
    day = when(event).date()
    views = [
        decisions.ViewTaken(scene.people[k], v[0], v[1], day, event.get("told", "In the room, in words they use"))
        for k, v in event["views"].items()
    ]
    made = decisions.record_decision(
        family=scene.home,
        files=scene.files(event),
        talk=scene.talk({"place": "office", **event}),
        matter=event["matter"],
        reasons=decisions.Reasons(
            event["what"], event["facts"], event["analysis"], event["appeal"], event.get("network", "")
        ),
        options=[decisions.OptionConsidered(what, why) for what, why in event["options"]],
        views=views,
        people=scene.persons(event["views"]),
        power=event["power"],
        reversible=event.get("reversible", True),
        review_on=event.get("review_on"),
        rests_on=[scene.written.on_map(key) for key in event.get("rests_on", ())],
        **scene.by(event),
    )
    for key, words in event.get("differs", {}).items():
        entries.add_dissent(entry=made.entry, person=scene.people[key], words=words, said_on=day, **scene.by(event))
    scene.written.decisions[event.get("key", "")] = made


def decide(scene: Scene, event: Event) -> None:
    """What one worker proposed, decided by whoever may."""
    decisions.decide_proposed(decision=scene.written.decisions[event["decision"]], **scene.by(event))
