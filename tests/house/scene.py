"""One of each thing about Ellis's family, made by the shelves' own actions, and the addresses that lead to them."""

import logging
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import DataError, IntegrityError, models, transaction
from django.test import Client, override_settings
from django.utils import timezone

from kith.access.accounts.models import Account, Clearance
from kith.access.notices.actions import tell
from kith.access.roles import Work
from kith.casework.decisions import actions as decisions
from kith.casework.decisions.tests.test_decisions import a_decision
from kith.casework.mapping.tests.scene import talk, written
from kith.casework.maps.actions import agree_bottom_line, put_on_map
from kith.casework.maps.tests.scene import a_harm, a_line, a_strength, on_map
from kith.casework.network.actions import add_member
from kith.casework.network.tests.scene import in_network, stands
from kith.casework.plans.tests.test_plans import a_plan
from kith.casework.visits import actions as visits
from kith.casework.visits.tests.test_visits import a_visit
from kith.council.settings.queries import known as known_settings
from kith.council.teams.models import Leads, TeamMember
from kith.disclosure.papers.tests.test_papers import gave
from kith.framework.kinds import Level, Tie
from kith.pathway.contacts import actions as contacts
from kith.pathway.contacts.tests.test_contacts import a_call, known
from kith.pathway.contacts.words import Somebody
from kith.people.drafts.models import Draft, DraftFile
from kith.people.entries import actions as entries
from kith.people.entries.imprint import imprint_of
from kith.people.entries.models import Paragraph
from kith.people.files.actions import keep_file
from kith.people.files.tests.pictures import jpeg
from kith.people.involvement.models import Relation
from kith.people.locations import actions as locations
from kith.people.persons import actions as persons
from kith.people.persons.models import File
from kith.people.professionals import actions as professionals
from kith.people.relationships import actions as relationships
from kith.people.restriction import actions as restriction
from tests.cast import EARLIER, NOW, Cast, belong, make_account, make_cast, tie

CHILDREN = ("ellis", "maya", "jude")
REASON = "Mum rang the duty line in tears and I must know who is at home."
Named = dict[str, Any]


@dataclass
class House:
    """The family with one of each thing written about them, and where each is found."""

    cast: Cast
    things: dict[str, Named]

    def address(self, takes: str) -> Named:
        """Give what an address of this kind needs."""
        return self.things[takes]


@contextmanager
def put_back() -> Iterator[None]:
    """Whatever is done inside is undone after, in both ledgers' stores."""
    with ExitStack() as both:
        for alias in ("default", "looks"):
            both.enter_context(transaction.atomic(using=alias))
        yield
        for alias in ("default", "looks"):
            transaction.set_rollback(True, using=alias)


@contextmanager
def built_once(blocker: Any, papers: Path) -> Iterator["House"]:
    """The family's house for every test of a module: dear to build, so each test puts back what it did."""
    hashers = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    with blocker.unblock(), override_settings(DEMO=True, PASSWORD_HASHERS=hashers, PAPERS=papers), put_back():
        logging.disable(logging.WARNING)
        try:
            yield make_house(make_cast())
        finally:
            logging.disable(logging.NOTSET)


def at_desk(account: Account | None = None) -> Client:
    """A browser-without-a-screen that stays signed in, whatever a route does to its session."""
    browser: Any = Client(raise_request_exception=False)
    if account:
        browser.force_login(account)
    signed_in = browser.cookies.get(settings.SESSION_COOKIE_NAME)
    browser.kept = signed_in.value if signed_in else ""
    return browser


def make_house(cast: Cast) -> House:
    """Write one of each thing about the family, by whoever would write it."""
    things = {**written_about(cast), "grant": {"ref": glass_broken(cast)}, "merge": {"ref": _merge(cast)}}
    return House(cast, {**things, **_at_work(cast), **_drafts(cast)})


def written_about(cast: Cast) -> dict[str, Named]:
    """Write one of each thing that stands on the children's files, and give what leads to each."""
    leah = cast.actor("leah")
    note = visits.write_note(**a_visit(cast))
    decision = decisions.record_decision(**a_decision(cast, by=leah))
    statement, scale = written(cast)
    plan = a_plan(cast, statement)
    good = put_on_map(**on_map(cast, a_strength(cast)))
    harm = put_on_map(**on_map(cast, a_harm(cast), files=[cast.file("ellis")]))
    line = put_on_map(**on_map(cast, a_line(cast, statement)))
    agreed = put_on_map(**on_map(cast, a_line(cast, statement, said={"requirement": "Somebody sober is up by seven"})))
    agree_bottom_line(item=agreed, words="Nothing lighter has held", talk=talk(cast), by=cast.actor("joy"), at=NOW)
    member = add_member(**in_network(cast, stands(cast, "hansa")))
    people = [Somebody(is_child=True, known=known(cast, "amrit", "ellis"))]
    contact = contacts.take_contact(call=a_call(), people=people, by=cast.actor("amrit"), at=NOW)
    Relation.objects.filter(call__contact=contact).delete()
    return {
        "family": {"ref": cast.solanki_reid.ref},
        "child": {"ref": cast.ellis.ref},
        "adult": {"ref": cast.kavi.ref},
        "file": {"ref": cast.file("ellis").ref},
        "note": {"ref": note.entry.ref},
        "entry": {"ref": note.entry.ref},
        "promise": {"ref": note.entry.promises.get().ref},
        "decision": {"ref": decision.entry.ref},
        "statement": {"ref": statement.entry.ref},
        "scale": {"ref": scale.entry.ref},
        "good-thing": {"ref": good.entry.ref},
        "harm": {"ref": harm.entry.ref},
        "bottom-line": {"ref": line.entry.ref},
        "network-member": {"ref": member.entry.ref},
        "agreed-line": {"ref": agreed.entry.ref},
        "plan": {"ref": plan.entry.ref},
        "contact": {"ref": contact.entry.ref},
        "paper": {"ref": gave(cast, note.entry, "kavi").ref},
        "stored": _stored(cast, note.entry),
        "words": {"ref": note.entry.ref, "position": 1},
        "seal": {"ref": _seal(cast, note.entry)},
        **_around(cast, leah),
    }


def _stored(cast: Cast, entry: Any) -> Named:
    """A picture kept with the note."""
    leah = cast.actor("leah")
    stored = keep_file(content=jpeg(), name="drum", files=cast.solanki_files, by=leah, at=NOW)
    entries.attach(entry=entry, stored=stored, words="The drum", by=leah, at=NOW)
    return {"ref": entry.ref, "file": stored.ref}


def _seal(cast: Cast, entry: Any) -> UUID:
    last = Paragraph.objects.filter(part__entry=entry, part__file=None).order_by("-pk")[0]
    return entries.ask_seal(paragraph=last, why="The wrong family", by=cast.actor("joy"), at=NOW).ref


def glass_broken(cast: Cast) -> UUID:
    """The glass broken by somebody of another team, told to those who lead."""
    stepped = replace(cast.actor("rosa"), stepped_up_at=NOW - timedelta(minutes=1))
    return restriction.break_glass(file=cast.file("ellis"), reason=REASON, by=stepped, at=NOW).ref


def _merge(cast: Cast) -> UUID:
    """Hansa written down a second time in the same family."""
    leah = cast.actor("leah")
    again = persons.add_person(details=persons.Details(given="Hansa", family="Solankee"), by=leah, at=NOW)
    belong(cast.solanki_reid, again, "aunt")
    asked = {"kept": cast.hansa, "folded_in": again, "why": "One birthday"}
    return persons.propose_merge(**asked, by=cast.actor("joy"), at=NOW).ref


def _around(cast: Cast, leah: Any) -> dict[str, Named]:
    """Where Ellis is found, how he is reached, whom he belongs to and who else works with him."""
    who = {"person": cast.ellis, "by": leah, "at": NOW}
    place = locations.add_location(**who, kind="home", lines="4 Larch Close", postcode="WR1 9ZZ")
    detail = locations.add_contact_detail(**who, kind="phone", value="0116 496 0199")
    locations.say_safe_contact(**who, words="Ring after four, when he is home")
    kin = relationships.add_relationship(one=cast.ellis, other=cast.kavi, kind="parent", by=leah, at=NOW)
    household = relationships.begin_household(**who, name="Mum’s")
    agency = cast.teams["Oak team"].agency
    told = {"name": "Tomasz Zielinski", "job": "Teacher", "agency": agency, "as_what": "drum club"}
    other = professionals.add_professional(file=cast.file("ellis"), **told, by=leah, at=NOW)
    ref = cast.ellis.ref
    return {
        "place": {"ref": ref, "place": place.ref},
        "detail": {"ref": ref, "detail": detail.ref},
        "kin": {"ref": ref, "tie": kin.ref},
        "household": {"ref": ref, "household": household.ref},
        "professional": {"ref": ref, "professional": other.professional.ref},
    }


def _at_work(cast: Cast) -> dict[str, Named]:
    """What is about those who work here."""
    team = cast.teams["Mornings team"]
    return {
        "nothing": {},
        "account": {"ref": cast.marcus.ref},
        "cleared": {"ref": _cleared(cast)},
        "work": {"ref": cast.marcus.ref, "kind": Work.TEAM_LEADER},
        "team": {"ref": team.ref},
        "member": {"ref": team.ref, "person": cast.nadia.ref},
        "setting": {"key": next(iter(known_settings()))},
        "provider": {"provider_id": "nobody"},
        "link": {"ref": cast.marcus.ref, "token": "nobody-gave-this"},
        "step": {"step": 1},
        "form": {"form": "note"},
        "notice": {"ref": _notice(cast, cast.marcus)},
    }


def _cleared(cast: Cast) -> UUID:
    """Helen may see sealed files, when she is named on one."""
    Clearance.objects.create(account=cast.helen, since=EARLIER, why="Reviews after adoption", given_by=cast.ruth)
    return cast.helen.ref


def _notice(cast: Cast, account: Account) -> UUID:
    return tell(account=account, kind="call", words="Somebody rang.", by=cast.actor("leah"), at=NOW).ref


def _drafts(cast: Cast) -> dict[str, Named]:
    """Words somebody else has begun."""
    return {"held": {"ref": draft_of(cast, cast.nadia, held=True, form="worry").ref}}


def draft_of(cast: Cast, author: Account, *, held: bool = False, form: str = "note") -> Draft:
    """Words begun about the family and not finished."""
    at = timezone.now()
    place = str(cast.solanki_reid.ref)
    begun = {"form": form, "place": place, "called": "A note", "fields": {"what": ["Craig rang"]}, "kept_at": at}
    draft = Draft.objects.create(author=author, held_since=at if held else None, **begun)
    DraftFile.objects.bulk_create(DraftFile(draft=draft, file=f) for f in cast.solanki_files)
    return draft


def put_words(row: models.Model, name: str, words: str) -> int:
    """Put words into one field of one row, by hand. Gives 0 where the store lets none stand: a code, a key."""
    model = type(row)
    field = model._meta.get_field(name)
    value: Any = words
    if isinstance(field, models.JSONField):
        value = {"what": [words]} if isinstance(getattr(row, name), dict) else [words]
    try:
        with transaction.atomic():
            return model._default_manager.filter(pk=row.pk).update(**{name: value})
    except (IntegrityError, DataError):
        return 0


def imprint_again() -> None:
    """Take the imprint of every paragraph anew, after words were put in the store by hand."""
    for paragraph in Paragraph.objects.all():
        Paragraph.objects.filter(pk=paragraph.pk).update(imprint=imprint_of(paragraph))


def unsealing_asked(house: House) -> None:
    """Ellis's file is sealed, Joy and Ruth are cleared and named, and Joy has asked for it to be opened."""
    cast, file = house.cast, house.cast.file("ellis")
    for account in (cast.joy, cast.ruth):
        Clearance.objects.create(account=account, since=EARLIER, why="Adoption", given_by=cast.sam)
    sealing = {"level": Level.SEALED, "custodian": cast.joy, "staying": [cast.ruth]}
    restriction.set_level(file=file, why="Adopted", **sealing, by=cast.actor("joy"), at=NOW)
    stepped = replace(cast.actor("joy"), stepped_up_at=NOW - timedelta(minutes=1))
    restriction.ask_unseal(file=file, level=Level.OPEN, why="It did not go on", by=stepped, at=NOW)


# Who comes, and how they stand to the family.

SPOKEN_FOR = {Work.PARTNER, Work.LEGAL, Work.GOVERNANCE}
"""Kinds of work that reach a child only by being named on the file."""


def somebody_of_each_work() -> dict[str, Account]:
    """One account for each kind of work, tied to nobody."""
    return {work: make_account(f"one-{work}", f"One {work}", work) for work in Work}


def stand(cast: Cast, account: Account, situation: str) -> None:
    """Tie this worker to the three children as this situation has it. The level is `hold_at`'s."""
    kinds = {
        "own": [Tie.ALLOCATED, *([Tie.NAMED] if _speaks(account) else [])],
        "restricted": [Tie.ALLOCATED],
        "named": [Tie.ALLOCATED, Tie.NAMED],
        "sealed": [Tie.ALLOCATED, Tie.NAMED],
        "barred": [Tie.ALLOCATED, Tie.NAMED, Tie.BARRED],
        "ended": [Tie.ALLOCATED, Tie.NAMED],
        "chairs": [Tie.CHAIRS],
        "glass": [Tie.GLASS],
    }
    ended = {"until": NOW} if situation == "ended" else {}
    if situation == "team":
        TeamMember.objects.create(team=cast.teams["Mornings team"], account=account, since=EARLIER)
    if situation == "leads":
        Leads.objects.filter(worker=cast.nadia).delete()
        Leads.objects.create(leader=account, worker=cast.nadia, since=EARLIER)
    Relation.objects.filter(kind=Tie.ALLOCATED, staff=cast.leah).update(until=NOW)  # one child, one lead worker
    for file in cast.solanki_files:
        for kind in kinds.get(situation, []):
            tie(file, kind, account, **ended)


def _speaks(account: Account) -> bool:
    return account.roles.filter(work__in=SPOKEN_FOR).exists()


def hold_at(cast: Cast, situation: str) -> None:
    """Close the family's files, or not."""
    levels = {"restricted": Level.RESTRICTED, "named": Level.RESTRICTED, "sealed": Level.SEALED}
    files = File.objects.filter(pk__in=[f.pk for f in cast.solanki_files])
    files.update(level=levels.get(situation, Level.OPEN))
