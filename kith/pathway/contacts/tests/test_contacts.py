"""Contacts: what taking one makes, who sees it, who decides, and that a hidden child is not there."""

from datetime import date, timedelta

import pytest

from kith.access.audit.models import Act
from kith.access.notices.models import Notice
from kith.framework.kinds import Content, Level, Tie, Verb
from kith.kit.refusal import Refused
from kith.pathway.contacts import actions, policies
from kith.pathway.contacts.models import Contact, Outcome
from kith.pathway.contacts.queries import contacts_waiting, due_of, files_in, open_contact
from kith.pathway.contacts.words import Call, Somebody
from kith.people.entries.models import Entry
from kith.people.involvement.models import Involvement, Relation
from kith.people.persons.actions import Details, write_keys
from kith.people.persons.models import Family, File, LevelSet, Membership, Person
from kith.people.sight.finding import known_by_ref
from tests.cast import EARLIER, NOW, restrict, tie

pytestmark = pytest.mark.django_db(databases=["default", "looks"])

FINN = Details("Finn", "Doyle", born_on=date(2016, 4, 1))
SIOBHAN = Details("Siobhan", "Doyle", born_on=date(1994, 1, 1), born_precision="year")


def a_call(**but):
    said = {
        "source": "school", "caller": "Ms Quill, 0116 496 0123", "worry": "Mum was crying on the kitchen floor.",
        "going_well": "Finn is kind and loves football.", "urgency": "today", "told_family": True,
        "happened_at": NOW - timedelta(minutes=20), "where_now": "At school till three.",
    }  # fmt: skip
    return Call(**(said | but))


def taken(cast, who="amrit", people=None, at=NOW, **but):
    people = people or [Somebody(True, details=FINN), Somebody(False, "mum", details=SIOBHAN)]
    return actions.take_contact(call=a_call(**but), people=people, by=cast.actor(who, at), at=at)


def known(cast, who, name):
    return known_by_ref(cast.actor(who), [str(cast.people[name].ref)], at=NOW)[str(cast.people[name].ref)]


def test_a_call_makes_people_a_family_a_file_for_each_child_and_the_words(cast):
    contact = taken(cast)
    assert contact.entry.family.name == "Doyle"
    assert [f.person.known_as for f in files_in(contact)] == ["Finn"]
    roles = {m.person.known_as: (m.role, m.is_child) for m in contact.entry.family.memberships.select_related("person")}
    assert roles == {"Finn": ("", True), "Siobhan": ("mum", False)}
    reading = open_contact(cast.actor("amrit"), contact.entry.ref).reading
    assert reading.text("worry") == "Mum was crying on the kitchen floor."
    assert reading.text("where-now") == "At school till three."
    assert Act.objects.filter(what="contact.taken").exists()


def test_where_the_children_are_is_for_those_who_may_know_it(cast):
    contact = taken(cast)
    reading = open_contact(cast.actor("gwen"), contact.entry.ref).reading
    assert reading.text("worry")
    assert not reading.text("where-now")


def test_the_taker_sees_it_and_their_tie_lapses_after_three_working_days(cast):
    contact = taken(cast, "rosa")
    [tied] = Relation.objects.filter(call__contact=contact)
    assert (tied.staff, tied.kind, tied.until.date()) == (cast.rosa, "coworker", date(2025, 9, 15))
    later = NOW + timedelta(days=7)
    assert open_contact(cast.actor("rosa"), contact.entry.ref)
    assert open_contact(cast.actor("rosa", later), contact.entry.ref) is None


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("rosa", "all"), ("marcus", "all"), ("amrit", "all"), ("gwen", "all"),
        ("joy", "waiting"), ("ruth", "waiting"),
        ("leah", None), ("peter", None), ("farrah", None), ("ivo", None), ("sam", None), ("anil", None),
    ],
)  # fmt: skip
def test_who_sees_a_contact_until_it_is_decided(cast, who, sees):
    contact = taken(cast, "rosa")
    shown = open_contact(cast.actor(who), contact.entry.ref)
    assert (shown and ("all" if shown.reading else "waiting")) == sees


def test_a_decider_in_no_line_takes_it_up_and_that_is_written_down(cast):
    contact = taken(cast, "rosa")
    actions.take_up_contact(contact=contact, by=cast.actor("joy"), at=NOW)
    assert open_contact(cast.actor("joy"), contact.entry.ref).reading
    assert Act.objects.filter(what="contact.taken-up").exists()


def test_a_contact_about_somebody_known_uses_their_family_and_tells_their_worker(cast):
    contact = taken(
        cast, people=[Somebody(True, known=known(cast, "amrit", "ellis")), Somebody(False, "aunt", details=SIOBHAN)]
    )
    assert contact.entry.family == cast.solanki_reid
    assert Membership.objects.filter(person=cast.ellis).count() == 1
    assert Notice.objects.get().account == cast.leah
    assert Person.objects.filter(known_as="Ellis").count() == 1


def test_a_call_about_a_child_somebody_works_with_gives_the_taker_no_sight_of_them(cast):
    contact = taken(cast, "rosa", people=[Somebody(True, known=known(cast, "rosa", "ellis"))])
    assert open_contact(cast.actor("rosa"), contact.entry.ref) is None
    assert open_contact(cast.actor("leah"), contact.entry.ref).reading.text("worry")
    assert not Relation.objects.filter(file=cast.file("ellis"), staff=cast.rosa).exists()


def test_a_new_child_in_a_known_family_is_told_to_those_who_work_with_the_family(cast):
    taken(cast, "rosa", people=[Somebody(True, details=FINN), Somebody(False, known=known(cast, "rosa", "craig"))])
    assert Notice.objects.get().account == cast.leah


def test_a_call_about_a_hidden_child_is_not_told_to_the_worker_of_their_brother(cast):
    close(cast, "jude", Level.RESTRICTED)
    tie(cast.file("jude"), Tie.NAMED, cast.amrit)
    taken(cast, people=[Somebody(True, known=known(cast, "amrit", "jude"))])
    assert not Notice.objects.exists()
    tie(cast.file("jude"), Tie.NAMED, cast.leah)
    taken(cast, people=[Somebody(True, known=known(cast, "amrit", "jude"))])
    assert Notice.objects.get().account == cast.leah


def test_writing_somebody_into_another_family_is_told_to_those_who_work_with_them(cast):
    somebody = Somebody(False, "uncle", known=known(cast, "rosa", "hansa"))
    files = [cast.file("zosia"), cast.file("kacper")]
    family = cast.families["nowak-campbell"]
    actions.add_member(family=family, files=files, somebody=somebody, by=cast.actor("rosa"), at=NOW)
    assert "into another family" in Notice.objects.get(account=cast.leah).words


def test_a_known_adult_with_a_new_child_brings_the_family(cast):
    contact = taken(cast, people=[Somebody(False, known=known(cast, "amrit", "craig")), Somebody(True, details=FINN)])
    assert contact.entry.family == cast.solanki_reid


@pytest.mark.parametrize(("who", "told"), [("rosa", {"marcus"}), ("amrit", {"joy", "marcus"})])
def test_at_once_tells_those_who_lead_the_taker_or_every_team_leader(cast, who, told):
    taken(cast, who, urgency="at-once")
    assert {n.account for n in Notice.objects.all()} == {cast.staff[name] for name in told}


@pytest.mark.parametrize(
    ("who", "people", "refusal"),
    [
        ("amrit", [Somebody(True, details=FINN)], None),
        ("leah", [Somebody(True, details=FINN)], None),
        ("amrit", [Somebody(False, details=SIOBHAN)], policies.NEEDS_A_CHILD),
        ("peter", [Somebody(True, details=FINN)], policies.NOT_YOUR_WORK),
        ("gwen", [Somebody(True, details=FINN)], policies.NOT_YOUR_WORK),
        ("farrah", [Somebody(True, details=FINN)], policies.NOT_YOUR_WORK),
        ("sam", [Somebody(True, details=FINN)], policies.NOT_YOUR_WORK),
    ],
)
def test_who_may_take_a_contact(cast, who, people, refusal):
    assert policies.take_contact(actor=cast.actor(who), people=people) is refusal


def test_somebody_hidden_cannot_be_chosen(cast):
    ellis = known(cast, "amrit", "ellis")
    restrict(cast.file("ellis"))
    assert known_by_ref(cast.actor("amrit"), [str(cast.ellis.ref)], at=NOW) == {}
    ellis.own = type(ellis.own)(ellis.own.work, ellis.own.ties, Level.RESTRICTED, ellis.own.content, ellis.own.verb)
    assert policies.take_contact(actor=cast.actor("amrit"), people=[Somebody(True, known=ellis)]) is policies.NOT_KNOWN


def close(cast, name, level):
    LevelSet.objects.create(
        file=cast.file(name), level=level, why="kin", custodian=cast.joy, set_by=cast.joy, set_at=EARLIER
    )
    restrict(cast.file(name), level)
    write_keys(cast.people[name])


@pytest.mark.parametrize("level", [Level.RESTRICTED, Level.SEALED])
def test_a_call_about_a_hidden_child_makes_somebody_new_and_their_keeper_is_told(cast, level):
    close(cast, "ellis", level)
    again = Details("Ellis", "Solanki-Reid", born_on=date(2016, 11, 5))
    contact = taken(cast, people=[Somebody(True, details=again)])
    assert files_in(contact)[0].person != cast.ellis
    assert contact.entry.family != cast.solanki_reid
    notice = Notice.objects.get()
    assert (notice.account, notice.kind) == (cast.joy, "sealed-attempt")
    assert "Ellis" not in notice.words


def test_a_call_by_somebody_barred_tells_whoever_is_allocated(cast):
    write_keys(cast.ellis)
    tie(cast.file("ellis"), Tie.BARRED, cast.amrit)
    taken(cast, people=[Somebody(True, details=Details("Ellis", "Solanki-Reid", born_on=date(2016, 11, 5)))])
    assert Notice.objects.get().account == cast.leah


def decided(cast, contact, who="marcus", outcome="family-help", worker="nadia", **but):
    worker = cast.staff[worker] if worker else None
    return actions.decide_contact(
        contact=contact,
        outcome=outcome,
        reason="They asked for help.",
        worker=worker,
        by=cast.actor(who),
        at=NOW,
        **but,
    )


def test_deciding_begins_work_names_a_worker_and_their_team_and_ends_the_ties_of_the_call(cast):
    contact = taken(cast, "rosa")
    decided(cast, contact)
    [file] = files_in(contact)
    assert Involvement.objects.get(file=file).level == "family-help"
    now = Relation.objects.filter(file=file, until__gt=NOW)
    assert {(r.kind, r.staff or r.team) for r in now} == {
        ("allocated", cast.nadia), ("team", cast.teams["Mornings team"]),
    }  # fmt: skip
    assert not cast.actor("rosa").sees([file.pk])
    assert cast.actor("nadia").sees([file.pk], Verb.WRITE, Content.CORE)
    assert open_contact(cast.actor("nadia"), contact.entry.ref).decision.text("reason") == "They asked for help."


@pytest.mark.parametrize("outcome", ["advice", "universal"])
def test_advice_begins_nothing(cast, outcome):
    contact = taken(cast, "rosa")
    decided(cast, contact, outcome=outcome, worker=None)
    [file] = files_in(contact)
    assert not Involvement.objects.filter(file=file).exists()
    assert not Relation.objects.filter(file=file, until__gt=NOW).exists()


def test_a_child_already_worked_with_keeps_level_and_worker(cast):
    contact = taken(cast, people=[Somebody(True, known=known(cast, "amrit", "ellis"))])
    decided(cast, contact, "joy", worker="leah")
    assert [i.level for i in Involvement.objects.filter(file=cast.file("ellis"))] == ["child-protection"]
    assert Relation.objects.filter(file=cast.file("ellis"), staff=cast.leah, kind="allocated").count() == 1


@pytest.mark.parametrize(
    ("who", "refusal"),
    [
        ("marcus", None),
        ("joy", policies.TAKE_UP_FIRST),
        ("rosa", policies.NOT_YOURS_TO_DECIDE),
        ("amrit", policies.NOT_YOURS_TO_DECIDE),
        ("gwen", policies.NOT_YOURS_TO_DECIDE),
    ],
)
def test_who_may_decide(cast, who, refusal):
    contact = taken(cast, "rosa")
    files = files_in(contact)
    assert policies.ask_to_decide(actor=cast.actor(who), contact=contact, files=files) is refusal


def test_help_needs_a_worker_and_a_decision_is_made_once(cast):
    contact = taken(cast, "rosa")
    with pytest.raises(Refused) as no:
        decided(cast, contact, worker=None)
    assert no.value.refusal is policies.NEEDS_A_WORKER
    decided(cast, contact)
    with pytest.raises(Refused) as no:
        decided(cast, contact)
    assert no.value.refusal is policies.DECIDED_ALREADY


def test_no_decision_by_somebody_to_whom_one_child_is_hidden(cast):
    contact = taken(
        cast, "rosa", people=[Somebody(True, details=FINN), Somebody(True, details=Details("Noor", "Doyle"))]
    )
    restrict(files_in(contact)[0])
    with pytest.raises(Refused) as no:
        decided(cast, contact)
    assert no.value.refusal is policies.OUT_OF_SIGHT
    assert Contact.objects.waiting().exists()


def test_every_outcome_that_is_help_has_a_level_and_none_is_a_protection_plan(cast):
    assert set(policies.LEVEL_OF) == set(Outcome) - {Outcome.ADVICE, Outcome.UNIVERSAL}
    assert "child-protection" not in policies.LEVEL_OF.values()


def test_k1_k2_and_k3_stand_with_their_questions(cast):
    contact = taken(cast, "rosa")
    assert [(d.by, bool(d.ask)) for d in due_of(contact)] == [(date(2025, 9, 10), True), (date(2025, 9, 11), True)]
    contact = decided(cast, contact)
    assert [d.by for d in due_of(contact)] == [date(2025, 9, 11), date(2025, 9, 15)]
    contact = actions.record_reply(contact=contact, sent_on=NOW.date(), by=cast.actor("nadia"), at=NOW)
    assert due_of(contact) == []


def test_calls_are_still_taken_when_the_calendar_of_bank_holidays_has_run_out(cast):
    contact = taken(cast, "amrit", at=NOW.replace(year=2041), happened_at=NOW)
    assert contact.ties.get().relation.until.year == 2041


def test_those_to_be_read_at_once_stand_first_and_hidden_ones_nowhere(cast):
    taken(cast, "rosa")
    first = taken(cast, "amrit", urgency="at-once", people=[Somebody(True, details=Details("Noor", "Doyle"))])
    hidden = taken(cast, "rosa", people=[Somebody(True, details=Details("Aisha", "Doyle"))])
    restrict(files_in(hidden)[0])
    lines, more = contacts_waiting(cast.actor("joy"))
    assert [line.names for line in lines] == ["Noor", "Finn"]
    assert lines[0].contact == first
    assert not more


def test_nothing_is_left_behind_when_a_call_fails(cast):
    before = [m.objects.count() for m in (Person, Family, File, Entry, Membership, Relation, Act)]
    with pytest.raises(Exception, match="constraint"):
        taken(cast, told_family=False, why_not="")
    assert [m.objects.count() for m in (Person, Family, File, Entry, Membership, Relation, Act)] == before


def test_adding_a_baby_to_an_open_family_opens_a_file_in_the_sight_of_whoever_added_them(cast):
    actions.add_member(
        family=cast.solanki_reid, files=cast.solanki_files, somebody=Somebody(True, "the baby", details=Details("Asha")),
        by=cast.actor("nadia"), at=NOW,
    )  # fmt: skip
    file = File.objects.get(person__known_as="Asha")
    assert cast.actor("nadia").sees([file.pk])
    assert cast.actor("joy").sees([file.pk])


@pytest.mark.parametrize(
    ("who", "refusal"),
    [
        ("leah", None),
        ("peter", None),
        ("amrit", policies.NOT_WITH_FAMILY),
        ("rosa", policies.NOT_WITH_FAMILY),
        ("gwen", policies.NOT_YOURS_TO_ADD),
    ],
)
def test_who_may_add_somebody_to_a_family(cast, who, refusal):
    somebody = Somebody(False, "dad’s friend", details=SIOBHAN)
    assert policies.add_member(actor=cast.actor(who), files=cast.solanki_files, somebody=somebody) is refusal


@pytest.mark.parametrize(("who", "refusal"), [("leah", None), ("farrah", policies.COUNCIL_ANSWERS)])
def test_whoever_rang_is_answered_by_the_council_and_not_by_a_partner(cast, who, refusal):
    """Farrah holds the work and is named on the file: the whole table of routes found that she could."""
    Relation.objects.filter(staff=cast.leah, kind=Tie.ALLOCATED).update(until=NOW)
    for kind in (Tie.ALLOCATED, Tie.NAMED):
        tie(cast.file("ellis"), kind, cast.staff[who])
    assert policies.record_reply(actor=cast.actor(who), files=[cast.file("ellis")]) is refusal
