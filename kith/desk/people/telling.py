"""Saying what the record holds of a person in sentences, and what it does not hold as a question."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone

from kith.desk.people.queries import Page
from kith.framework.codes import code_list
from kith.framework.kinds import Content, Tie, Verb
from kith.kit.wording import MONTHS, age, day, listed
from kith.people.involvement.forms import TIE_WORDS
from kith.people.locations.forms import PLACES, SAFE
from kith.people.persons.forms import NUMBERS, USES, language_words
from kith.people.persons.models import Membership, Person
from kith.people.relationships.forms import KIND_WORDS, QUALITY_WORDS
from kith.people.relationships.models import ParentalResponsibility, Relationship


def born(person: Person) -> str:
    """Say when somebody was born, as far as it is known."""
    on = person.born_on
    if on is None:
        return ""
    said = {"month": f"{MONTHS[on.month - 1]} {on.year}", "year": str(on.year)}.get(person.born_precision, day(on))
    return {"estimated": f"about {on.year}, a guess", "expected": f"due {day(on)}"}.get(person.born_precision, said)


def age_line(person: Person, today: date) -> str:
    """Say how old somebody is, and by which words they go."""
    if person.died_on:
        return f"Died on {day(person.died_on)}"
    old = "not born yet" if person.born_precision == "expected" else age(person.born_on, today)
    return ", ".join(word for word in (old, person.pronouns) if word)


def facts(person: Person) -> list[dict[str, str]]:
    """Lay out simple facts, each with what to say when nobody has asked. National codes are shown as words."""
    ethnicity = code_list("ethnicity").words(person.ethnicity) if person.ethnicity else ""
    said = person.ethnicity_words
    disabilities = [code_list("disability").words(code) for code in person.disabilities]
    return [
        {"name": "Born", "value": born(person), "gap": "Nobody has written it down"},
        {"name": "Languages", "value": listed(language_words(w) for w in person.languages), "gap": "Not asked yet"},
        {"name": "Interpreter", "value": person.interpreter, "gap": "Not asked yet"},
        {
            "name": "Ethnicity",
            "value": f"{said} ({ethnicity})" if said and ethnicity else said or ethnicity,
            "gap": "Not asked yet",
        },
        {"name": "Disability", "value": "; ".join(disabilities), "gap": "Not asked yet"},
        {"name": "Faith", "value": person.faith, "gap": "Not asked, or not to be written"},
        {"name": "Gender", "value": person.gender, "gap": "Not asked, or not to be written"},
        {
            "name": "Sex as registered",
            "value": code_list("sex").words(person.sex_registered) if person.sex_registered else "",
            "gap": "Not asked yet",
        },
    ]


def names(page: Page) -> list[dict[str, str]]:
    """Lay out every name with its use and dates."""
    uses = dict(USES)
    return [
        {
            "name": uses.get(n.use, n.use),
            "value": f"{n.given} {n.family}".strip()
            + (f", since {day(n.since)}" if n.since else "")
            + (f", until {day(n.until)}" if n.until else ""),
        }
        for n in page.names
    ]


def numbers(page: Page) -> list[dict[str, str]]:
    """Lay out the numbers others know them by."""
    kinds = dict(NUMBERS)
    return [{"name": kinds.get(i.kind, i.kind), "value": i.value} for i in page.numbers]


def members(page: Page, today: date) -> list[dict[str, Any]]:
    """Lay out each family open to this reader: its name, its page, and who stands in it, children first."""
    return [
        {
            "name": f"{family.name} family",
            "url": f"/families/{family.ref}/",
            "children": [_member(m, today) for m in each if m.is_child and m.person not in page.bodies],
            "adults": [_member(m, today) for m in each if not m.is_child and m.person not in page.bodies],
            "role": next((m.role for m in each if m.person in page.bodies and m.role), ""),
        }
        for family, each in page.families.items()
    ]


def _member(member: Membership, today: date) -> dict[str, Any]:
    person = member.person
    what = age_line(person, today) if member.is_child else member.role
    url = reverse("person", args=[person.ref])
    return {"name": person.called, "drawing": person.token, "child": member.is_child, "what": what, "url": url}


def kin(page: Page) -> list[dict[str, Any]]:
    """Say who people are to this one. How they get on only where one adult's private matters are open."""
    private = page.may(Verb.READ, Content.OTHER_PARTY)
    return [_kin(tie, page, private=private) for tie in page.kin]


def _kin(tie: Relationship, page: Page, *, private: bool) -> dict[str, Any]:
    whose, who = tie.one.known_as, tie.other.known_as
    words = KIND_WORDS.get(tie.kind, tie.kind)
    said = f"{who} is {whose}’s {words}." if tie.kind != "like-family" else f"{who} is like family to {whose}."
    if tie.child_calls_them:
        said += f" {whose} says “{tie.child_calls_them}”."
    if private and tie.quality:
        said += f" How they get on: {QUALITY_WORDS.get(tie.quality, tie.quality)}."
    return {"words": said, "since": tie.since, "tie": tie.ref, "ends": tie.one == page.person}


def responsible(page: Page) -> list[dict[str, str]]:
    """Say parental responsibility as sentences, each with how we know and who wrote it."""
    return [{"words": _holds(row), "by": _source(row)} for row in page.responsibility]


def _holds(row: ParentalResponsibility) -> str:
    adult, child = row.adult.known_as, row.child.known_as
    return {
        "yes": f"{adult} has parental responsibility for {child}.",
        "no": f"{adult} does not have parental responsibility for {child}.",
    }.get(row.holds, f"It is not clear yet whether {adult} has parental responsibility for {child}.")


def _source(row: ParentalResponsibility) -> str:
    since = f" Since {day(row.since)}." if row.since else ""
    return f"{row.source.rstrip('.')}.{since} Written by {row.recorded_by.name}, {day(row.recorded_at)}."


def whom_to_ask(page: Page) -> str:
    """Name somebody who would know: a parent's name first, else whoever of the family there is."""
    adults = [m for each in page.families.values() for m in each if not m.is_child and m.person not in page.bodies]
    parents = [m for m in adults if m.role.lower().startswith(("mum", "dad", "mother", "father"))]
    chosen = (parents or adults)[:1]
    return chosen[0].person.known_as if chosen else "the family"


def living(page: Page) -> list[dict[str, Any]]:
    """Say whom they live with, home by home."""
    return [
        {
            "name": household.name,
            "ref": household.ref,
            "with": listed(s.person.known_as for s in stays if s.person not in page.bodies),
            "since": next((s.since for s in stays if s.person in page.bodies), None),
        }
        for household, stays in page.homes.items()
    ]


def found(page: Page) -> list[dict[str, Any]]:
    """Say where they can be found, only what this reader may know, with who else may and whether post may go."""
    kinds = dict(PLACES)
    return [
        {
            "kind": kinds.get(p.kind, p.kind),
            "where": [line for line in (p.name, *p.lines.splitlines(), p.postcode) if line],
            "kept": p.protected,
            "post": p.post_is_safe,
            "since": timezone.localdate(p.since),
            "ref": p.ref,
            "ends": p.person_id == page.person.pk,
        }
        for p in page.places
    ]


def reached(page: Page) -> list[dict[str, Any]]:
    """Say how they can be reached, and whether it is safe."""
    safe = dict(SAFE)
    return [
        {
            "value": d.value,
            "safe": safe[d.safe],
            "kept": d.protected,
            "ref": d.ref,
            "ends": d.person_id == page.person.pk,
        }
        for d in page.details
    ]


def workers(page: Page) -> list[dict[str, str]]:
    """Say who works with them."""
    return [
        _worker(t.staff.name if t.staff else t.team.name if t.team else "", TIE_WORDS[Tie(t.kind)])
        for t in page.workers
    ]


def _worker(name: str, words: str) -> dict[str, str]:
    return {"name": name, "what": words}


def others(page: Page) -> list[dict[str, Any]]:
    """Say who of other agencies works with them."""
    return [
        {
            "name": w.professional.name,
            "what": f"{w.as_what}; {w.professional.job}, {w.professional.agency.name}",
            "reach": listed(r for r in (w.professional.phone, w.professional.email) if r),
            "ref": w.professional.ref,
        }
        for w in page.professionals
    ]
