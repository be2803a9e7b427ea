"""How people come into a story: by a call, beside those already there, and with what becomes known of them."""

from collections.abc import Sequence
from datetime import date

from kith.council.teams.models import Agency
from kith.exchange.demo.scene import Event, Scene, when
from kith.pathway.contacts import actions as contacts
from kith.pathway.contacts.words import Call, Somebody
from kith.people.locations import actions as locations
from kith.people.persons import actions as persons
from kith.people.persons.actions import Details
from kith.people.persons.queries import SIMPLE_FACTS
from kith.people.professionals import actions as professionals
from kith.people.relationships import actions as relationships
from kith.people.sight.finding import known_by_ref

PLAIN = ("family", "known_as", "pronouns", "interpreter", "faith", "about", "token", "ethnicity", "ethnicity_words")


def contact(scene: Scene, event: Event) -> None:
    """A first call about a family nobody here knows yet."""
    first = [k for k, p in scene.story["people"].items() if not p.get("later")]
    people = [_somebody(scene, k) for k in first]
    made = contacts.take_contact(call=_call(event), people=people, family_name=scene.story["family"], **scene.by(event))
    scene.written.contacts[event.get("key", "first")] = made
    scene.family = made.entry.family
    _meet(scene, first)


def contact_again(scene: Scene, event: Event) -> None:
    """Another call about the same people."""
    by = scene.by(event)
    keys = [k for k in scene.people if not scene.story["people"][k].get("later")]
    known = known_by_ref(by["by"], [str(scene.people[k].ref) for k in keys], at=by["at"])
    people = [
        Somebody(
            is_child=bool(scene.story["people"][k].get("child")),
            role=scene.story["people"][k].get("role", ""),
            known=known[str(scene.people[k].ref)],
        )
        for k in keys
    ]
    scene.written.contacts[event["key"]] = contacts.take_contact(call=_call(event), people=people, **by)


def decide_contact(scene: Scene, event: Event) -> None:
    """What follows the call, and the answer to whoever rang."""
    found, by = scene.written.contacts[event.get("key", "first")], scene.by(event)
    contacts.take_up_contact(contact=found, **by)
    contacts.decide_contact(
        contact=found,
        outcome=event["outcome"],
        reason=event["reason"],
        worker=scene.staff[event["worker"]],
        reply_sent_on=when(event).date(),
        **by,
    )


def add(scene: Scene, event: Event) -> None:
    """More people of the family's own, as they are found."""
    for key in event["who"]:
        scene.people[key] = contacts.add_member(
            family=scene.home, files=scene.files(event), somebody=_somebody(scene, key), **scene.by(event)
        )


def names(scene: Scene, event: Event) -> None:
    """Another name somebody has or had."""
    persons.add_name(
        person=scene.people[event["who"]],
        given=event["given"],
        family=event.get("family", ""),
        use=event["use"],
        since=event.get("since"),
        until=event.get("until"),
        **scene.by(event),
    )


def details(scene: Scene, event: Event) -> None:
    """Simple facts about somebody, as they told them."""
    changed = {k: v for k, v in event.items() if k in SIMPLE_FACTS}
    persons.change_details(person=scene.people[event["who"]], details=changed, **scene.by(event))


def numbers(scene: Scene, event: Event) -> None:
    """Numbers others know people by."""
    for key, kind, value in event["rows"]:
        persons.add_identifier(person=scene.people[key], kind=kind, value=value, **scene.by(event))


def kin(scene: Scene, event: Event) -> None:
    """Who people are to each other: one, other, what the other is to the one, what they are called, how they get on."""
    for one, other, kind, calls, *quality in event["rows"]:
        relationships.add_relationship(
            one=scene.people[one],
            other=scene.people[other],
            kind=kind,
            child_calls_them=calls,
            quality="".join(quality),
            **scene.by(event),
        )


def responsible(scene: Scene, event: Event) -> None:
    """Parental responsibility, for each child apart: child, adult, yes or no or unclear, how we know, since when."""
    for child, adult, holds, source, *since in event["rows"]:
        relationships.say_responsibility(
            child=scene.people[child],
            adult=scene.people[adult],
            holds=holds,
            source=source,
            since=_first(since),
            **scene.by(event),
        )


def _first(days: Sequence[date]) -> date | None:
    return days[0] if days else None


def household(scene: Scene, event: Event) -> None:
    """Who lives together from now, in a household by the name they give it."""
    first, *rest = scene.persons(event["who"])
    homes = scene.written.households
    if event["key"] in homes:
        rest = [first, *rest]
    else:
        homes[event["key"]] = relationships.begin_household(person=first, name=event["name"], **scene.by(event))
    for person in rest:
        relationships.move_in(person=person, household=homes[event["key"]], **scene.by(event))


def leave_household(scene: Scene, event: Event) -> None:
    """Who does not live there any more."""
    home = scene.written.households[event["key"]]
    for person in scene.persons(event["who"]):
        relationships.move_out(person=person, household=home, **scene.by(event))


def places(scene: Scene, event: Event) -> None:
    """Where people can be found, who may know, and whether post may go there."""
    for row in event["rows"]:
        locations.add_location(
            person=scene.people[row["who"]],
            kind=row["kind"],
            name=row.get("name", ""),
            lines=row.get("lines", ""),
            postcode=row.get("postcode", ""),
            protected=row.get("protected", False),
            post_is_safe=row.get("post", False),
            known_in=scene.home if row.get("protected") else None,
            **scene.by(event),
        )


def reach(scene: Scene, event: Event) -> None:
    """Telephone numbers and addresses, and whether each is safe to use."""
    for key, kind, value, safe in event["rows"]:
        locations.add_contact_detail(person=scene.people[key], kind=kind, value=value, safe=safe, **scene.by(event))


def safe(scene: Scene, event: Event) -> None:
    """How somebody asked to be reached."""
    locations.say_safe_contact(person=scene.people[event["who"]], words=event["words"], **scene.by(event))


def professional(scene: Scene, event: Event) -> None:
    """People of other agencies who work with these children."""
    for key in event["who"]:
        p = scene.story["professionals"][key]
        agency = Agency.objects.get(name=p["agency"])
        for file in scene.files(event):
            tie = professionals.add_professional(
                file=file, name=p["name"], job=p["job"], agency=agency, as_what=p["as_what"], **scene.by(event)
            )
            scene.professionals[key] = tie.professional


def _details(scene: Scene, key: str) -> Details:
    p = scene.story["people"][key]
    return Details(
        given=p["given"],
        born_on=p.get("born"),
        born_precision=p.get("precision", "exact"),
        languages=tuple(p.get("languages", ())),
        **{name: p[name] for name in PLAIN if name in p},
    )


def _somebody(scene: Scene, key: str) -> Somebody:
    p = scene.story["people"][key]
    return Somebody(bool(p.get("child")), p.get("role", ""), details=_details(scene, key))


def _call(event: Event) -> Call:
    return Call(
        source=event["source"],
        caller=event["caller"],
        worry=event["worry"],
        going_well=event["going_well"],
        urgency=event.get("urgency", "today"),
        told_family=event.get("told", True),
        why_not=event.get("why_not", ""),
        happened_at=when(event),
        asked_for=event.get("asked_for", ""),
    )


def _meet(scene: Scene, keys: Sequence[str]) -> None:
    members = {m.person.known_as: m.person for m in scene.home.memberships.select_related("person")}
    for key in keys:
        p = scene.story["people"][key]
        scene.people[key] = members[p.get("known_as") or p["given"]]
