"""Plays the stories' days in the order they happened, each through the real actions by whoever did it."""

from collections.abc import Callable, Sequence

from kith.exchange.demo import arriving, circles, holding, mapped, planning, working
from kith.exchange.demo.scene import Event, Scene

VERBS: dict[str, Callable[[Scene, Event], None]] = {
    "contact": arriving.contact,
    "contact-again": arriving.contact_again,
    "decide-contact": arriving.decide_contact,
    "add": arriving.add,
    "names": arriving.names,
    "details": arriving.details,
    "numbers": arriving.numbers,
    "kin": arriving.kin,
    "responsible": arriving.responsible,
    "household": arriving.household,
    "leave-household": arriving.leave_household,
    "places": arriving.places,
    "reach": arriving.reach,
    "safe": arriving.safe,
    "professional": arriving.professional,
    "note": working.note,
    "correct-note": working.correct_note,
    "promise-late": working.promise_late,
    "promise-kept": working.promise_kept,
    "worry": working.worry,
    "goal": working.goal,
    "scale": working.scale,
    "scores": working.scores,
    "settle": working.settle,
    "on-map": mapped.put_on,
    "map-ended": mapped.ended,
    "line-agreed": mapped.line_agreed,
    "line-told": mapped.line_told,
    "circles": circles.circles,
    "decision": working.decision,
    "decide": working.decide,
    "plan": planning.plan,
    "plan-shown": planning.plan_shown,
    "plan-agreed": planning.plan_agreed,
    "plan-ended": planning.plan_ended,
    "paper": planning.paper,
    "level": holding.level,
    "end-level": holding.end_level,
    "tie": holding.tie,
    "end-tie": holding.end_tie,
    "bar": holding.bar,
    "cleared": holding.cleared,
    "hold": holding.hold,
    "glass": holding.glass,
    "glass-reviewed": holding.glass_reviewed,
    "same-person": holding.same_person,
    "not-same-person": holding.not_same_person,
    "sealed-words": holding.sealed_words,
    "unfinished": holding.unfinished,
    "notices-read": holding.notices_read,
}
"""What can happen in a story, by its word."""


def play(scenes: Sequence[Scene]) -> int:
    """Play every event of every story, the earliest first; give how many there were."""
    days = [(event["on"], scene, event) for scene in scenes for event in scene.story["event"]]
    for _, scene, event in sorted(days, key=lambda day: day[0]):
        try:
            VERBS[event["do"]](scene, event)
        except Exception as fault:
            fault.add_note(f"{scene.story['family']}, {event['on']}: {event['do']}")
            raise
    return len(days)
