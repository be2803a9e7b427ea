"""Things on the map for our people, each with anything changed: `a_strength(cast, what="...")`."""

from datetime import date, timedelta

from kith.casework.mapping.tests.scene import talk
from kith.casework.mapping.words import Who
from kith.casework.maps.words import HarmFacts, Put, Time
from tests.cast import NOW

SOON = NOW.date() + timedelta(days=14)


def who(cast, name):
    return Who(person=cast.people[name]) if name in cast.people else Who(staff=cast.staff[name])


def whos(cast, *names):
    return [who(cast, n) for n in names]


def on_map(cast, put, **but):
    return {
        "family": cast.solanki_reid,
        "files": cast.solanki_files,
        "talk": talk(cast, "kavi"),
        "put": put,
        "by": cast.actor("leah"),
        "at": NOW,
    } | but


def a_strength(cast, what="Bedtimes with Kavi: bath, song, story", **but):
    return Put("strength", {"what": what}, {"who": whos(cast, "kavi"), "seen-by": whos(cast, "maya", "leah")}, **but)


def a_safety(cast, **but):
    said = {
        "danger": "Craig had had five cans",
        "did": "Craig went to Mo’s and told Hansa",
        "result": "Everyone slept",
    }
    named = {"who": whos(cast, "craig"), "told-by": whos(cast, "hansa", "mo")}
    facts = {"on": date(2025, 8, 2), "precision": "day", "evidence": "once"}
    return Put("existing-safety", said | but.pop("said", {}), named | but.pop("named", {}), **(facts | but))


def a_factor(cast, **but):
    said = {"what": "Late shifts, and a job that may go", "effect": "Nobody has slept when the children wake"}
    return Put("factor", said, {}, **({"belongs_to": "parent"} | but))


def a_step(cast, **but):
    named = {"owner": whos(cast, "craig"), "with": whos(cast, "mo")}
    return Put("next-step", {"action": "Ring the GP about sleep"}, named, **({"by_when": SOON} | but))


def an_unknown(cast, **but):
    said = {"what": "What mornings are like when Hansa is away"}
    return Put("not-known", said, {"owner": whos(cast, "leah")}, **({"by_when": SOON} | but))


def a_wondering(cast, **but):
    said = {
        "what": "Why Craig does not answer the door",
        "first-guess": "He drinks and is ashamed. For: cans. Against: he answers to Mo.",
        "second-guess": "He is asleep after nights. For: his rota. Against: it was noon.",
        "change-mind": "He answers when we come at six",
    }
    return Put("wondering", said | but.pop("said", {}), {"owner": whos(cast, "leah")}, **({"by_when": SOON} | but))


def a_need(cast, **but):
    said = {
        "seen": "Ellis warms the milk and will not go upstairs",
        "telling": "He does not trust that anybody will wake",
        "need": "To be sure that a grown-up wakes first",
        "meets": "Somebody up at half past six, who says good morning to him",
    }
    return Put("need", said | but.pop("said", {}), {"who": whos(cast, "ellis")} | but.pop("named", {}), **but)


def a_line(cast, statement, **but):
    said = {
        "requirement": "Nobody who has had a drink looks after the children alone",
        "until": "Eight weeks of calm nights that the children and Hansa have seen",
        "if-not": "Nadia asks for a meeting about the children within two days",
    }
    facts = {"statement": statement, "by_when": SOON}
    return Put("bottom-line", said | but.pop("said", {}), {}, **(facts | but))


def a_hope(cast, **but):
    return Put("best-hope", {"what": "To sleep like a stone"}, {"who": whos(cast, "ellis")}, **but)


def a_harm(cast, said=None, **but):
    words = {
        "behaviour": "No adult gets up in the morning",
        "worst": "Ellis carried Jude downstairs and warmed milk in a pan",
        "latest": "Ellis was late, and slept in class",
        "impact": "Late 31 times; says “I’m the man in the mornings”",
    }
    times = (Time("worst", date(2025, 2, 3), "day", 2), Time("latest", date(2025, 3, 1), "month"))
    facts = {"often": "several-times-a-week", "lasted": "1-6-months", "reported_by": ("school",), "times": times}
    harm = HarmFacts(**({"whose": "known", "severity": 2, "borne_out": "strong"} | facts | but))
    return Put("harm", words | (said or {}), {"who": whos(cast, "kavi", "craig")}, harm=harm)
