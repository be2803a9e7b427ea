"""A worry, a goal and numbers for our people, each with anything changed: `a_worry(cast, kind="worry")`."""

from datetime import timedelta
from decimal import Decimal

from kith.casework.mapping import actions
from kith.casework.mapping.words import About, GoalWords, Put, Who, WorryWords
from kith.people.entries.words import Here, Talk
from tests.cast import NOW

FULL = (
    "Nana Mo and Leah are worried. When Craig drinks after late shifts he shouts, throws things and pushes Kavi."
    " On 17 May a plate hit the wall above Jude’s bouncer. If this goes on, Jude or Maya could be badly hurt."
)
ENDS = {
    "question": "How calm and safe are the nights?",
    "anchor_0": "Someone will be hurt this week",
    "anchor_10": "Calm nights, grown-ups up, we can say goodbye",
}
CHILDREN = ("ellis", "maya", "jude")


def talk(cast, *there, ago=timedelta(hours=1)):
    return Talk(NOW - ago, present=tuple(Here(person=cast.people[n]) for n in there))


def worry_words(cast, **but):
    return WorryWords(
        **{
            "happened": "When Craig drinks he shouts and throws things, as on 17 May",
            "feared": [About(cast.people[n], f"{n.title()} could be badly hurt.") for n in CHILDREN],
            "context": "It is most likely on pay day.",
            "child_version": "Dad can shout. It is not your fault.",
        }
        | but
    )


def a_worry(cast, **but):
    return {
        "family": cast.solanki_reid,
        "files": cast.solanki_files,
        "talk": talk(cast, "kavi"),
        "kind": "danger",
        "worried": [Who(staff=cast.leah), Who(person=cast.mo)],
        "words": worry_words(cast),
        "by": cast.actor("leah"),
        "at": NOW,
    } | but


def a_goal(cast, statement, **but):
    return {
        "statement": statement,
        "talk": talk(cast, "kavi"),
        "kind": "safety",
        "words": GoalWords(
            "Home will be calm at night for six months.",
            "Craig sleeps at Mo’s when he has had a drink.",
            network_will="Hansa gets a text before he leaves work.",
            family_words="Calm nights. Drink means Mo’s.",
            child_version="Nights will be quiet. Dad sleeps at Mo’s if he has had beer.",
        ),
        "weeks_needed": 26,
        "step_down_to": "goodbye",
        "by": cast.actor("leah"),
        "at": NOW,
    } | but


def a_scale(cast, statement=None, **but):
    return {
        "family": cast.solanki_reid,
        "files": cast.solanki_files,
        "talk": talk(cast, "kavi"),
        "statement": statement,
        "by": cast.actor("leah"),
        "at": NOW,
        **ENDS,
        **but,
    }


def put(cast, name, value, **but):
    who = Who(person=cast.people[name]) if name in cast.people else Who(staff=cast.staff[name])
    number = None if value is None else Decimal(value)
    return Put(who, number, **({"high": f"{name} says it is getting better"} | but))


def numbers(cast, scale, *scores, **but):
    return {
        "scale": scale,
        "talk": talk(cast, "ellis", "maya", "kavi", "craig"),
        "scores": scores or (put(cast, "ellis", "6"), put(cast, "maya", "7"), put(cast, "kavi", "6")),
        "by": cast.actor("leah"),
        "at": NOW,
    } | but


def written(cast, **but):
    """A danger statement with its goal and its scale, in the store."""
    statement = actions.compose_statement(**a_worry(cast, **but))
    actions.write_goal(**a_goal(cast, statement))
    return statement, actions.set_scale(**a_scale(cast, statement))
