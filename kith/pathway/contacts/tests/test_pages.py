"""The front door as a worker meets it, on the telephone and in a hurry."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kith.access.audit.models import Act, Look
from kith.framework.kinds import Level, Tie
from kith.pathway.contacts.models import Contact
from kith.people.persons.actions import write_keys
from kith.people.persons.models import Family, File, LevelSet, Membership, Person
from tests.cast import EARLIER, restrict, tie

pytestmark = pytest.mark.django_db(databases=["default", "looks"])

NEW = "/contacts/new/"


@pytest.fixture
def keyed(cast):
    for person in cast.people.values():
        write_keys(person)
    return cast


def filled(**but):
    sent = {
        "rows": "4", "once": "k1",
        "worry": "Mum was <b>crying</b>.", "going_well": "Finn loves football.", "urgency": "today",
        "source": "school", "caller": "Ms Quill", "may_be_named": "yes", "told_family": "yes",
        "p0_given": "Finn", "p0_family": "Doyle", "p0_child": "child", "p0_born-year": "2016",
        "p1_given": "Siobhan", "p1_family": "Doyle", "p1_child": "grown-up", "p1_role": "mum",
    }  # fmt: skip
    return sent | but


def ellis(**but):
    born = {"p0_born-day": "5", "p0_born-month": "11", "p0_born-year": "2016"}
    return filled(p0_given="Ellis", p0_family="Solanki-Reid", p1_given="", p1_family="", p1_role="", **born) | but


def plain(answer):
    """A page without what differs each time it is made."""
    return re.sub(r'csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())


def counts():
    return [m.objects.count() for m in (Person, Family, File, Membership, Contact, Act)]


def test_amrit_takes_a_call_and_reads_it_back(as_, cast):
    page = as_("amrit").post(NEW, filled(), follow=True).content.decode()
    assert "A call about <bdi>Finn</bdi>" in page
    assert "Mum was &lt;b&gt;crying&lt;/b&gt;." in page
    assert "Have we written the worry in the person" in page
    assert Person.objects.get(known_as="Finn").born_precision == "year"


def test_the_same_call_sent_twice_is_one_contact(as_, cast):
    browser = as_("amrit")
    places = {browser.post(NEW, filled())["Location"] for _ in range(2)}
    assert len(places) == Contact.objects.count() == 1
    assert Person.objects.filter(known_as="Finn").count() == 1


def test_checking_shows_people_we_know_and_keeps_nothing(as_, keyed):
    before = counts()
    page = as_("amrit").post(NEW, ellis(check="1", worry="")).content.decode()
    assert f'value="{keyed.ellis.ref}"' in page
    assert "Same name; same birth date" in page
    assert "things to finish" not in page
    assert counts() == before
    assert Look.objects.get().showed.filter(file=keyed.file("ellis").ref).exists()


def test_somebody_chosen_is_not_typed_again(as_, keyed):
    as_("amrit").post(NEW, ellis(p0_who=str(keyed.ellis.ref)))
    assert Contact.objects.get().entry.family == keyed.solanki_reid
    assert Person.objects.filter(known_as="Ellis").count() == 1


def test_not_choosing_is_no_gate(as_, keyed):
    assert as_("amrit").post(NEW, ellis()).status_code == 302
    assert Person.objects.filter(known_as="Ellis").count() == 2


def test_the_same_person_chosen_twice_is_asked_about(as_, keyed):
    ref = str(keyed.ellis.ref)
    page = as_("amrit").post(NEW, ellis(p0_who=ref, p1_who=ref, p1_given="Ellis")).content.decode()
    assert "You have chosen the same person twice" in page
    assert not Contact.objects.exists()


HIDINGS = {
    "restricted": lambda cast: close(cast, Level.RESTRICTED),
    "sealed": lambda cast: close(cast, Level.SEALED),
    "barred": lambda cast: tie(cast.file("kacper"), Tie.BARRED, cast.leah),
}


def close(cast, level):
    LevelSet.objects.create(
        file=cast.file("kacper"), level=level, why="kin", custodian=cast.joy, set_by=cast.joy, set_at=EARLIER
    )
    restrict(cast.file("kacper"), level)


def take_away(cast):
    person, file = cast.kacper, cast.file("kacper")
    for rows in (file.relations, file.involvements, file.levels, person.memberships, person.keys, person.names):
        rows.all().delete()
    file.delete()
    person.delete()


def kacper(**but):
    born = {"p0_born-day": "2", "p0_born-month": "11", "p0_born-year": "2008"}
    return filled(p0_given="Kacper", p0_family="Wójcik", p1_given="Agnieszka", p1_family="Nowak", **born) | but


@pytest.mark.parametrize("how", HIDINGS)
def test_checking_a_hidden_child_and_an_absent_one_is_the_same_page(as_, keyed, how):
    HIDINGS[how](keyed)
    ref = str(keyed.kacper.ref)
    asked = [kacper(check="1"), kacper(worry=""), kacper(p0_who=ref), kacper(check="1", p0_who=ref)]
    there = [plain(as_("leah").post(NEW, sent)) for sent in asked]
    take_away(keyed)
    assert [plain(as_("leah").post(NEW, sent)) for sent in asked] == there


@pytest.mark.parametrize("how", HIDINGS)
def test_saving_a_hidden_child_answers_as_for_an_absent_one(as_, keyed, how):
    HIDINGS[how](keyed)
    there = as_("leah").post(NEW, kacper(once="a"), follow=True)
    first = Contact.objects.get().entry
    take_away(keyed)
    absent = as_("leah").post(NEW, kacper(once="b"), follow=True)
    second = Contact.objects.order_by("-pk").first().entry
    known = {str(e.ref): "" for e in (first, second)} | {str(e.family.ref): "" for e in (first, second)}

    def same(answer):
        text = re.sub(r'name="once" value="\w+"', "", plain(answer))
        return re.sub("|".join(known), "", re.sub(r"\d+(\.\d+)? [ap]m", "", text))

    assert same(there) == same(absent)


@pytest.mark.parametrize("how", HIDINGS)
def test_adding_a_hidden_child_to_a_family_is_the_same_page_as_an_absent_one(as_, keyed, how):
    HIDINGS[how](keyed)
    address = reverse("person-new", args=[keyed.solanki_reid.ref])
    asked = [kacper(check="1"), kacper(p0_who=str(keyed.kacper.ref)), kacper(p0_child="")]
    there = [plain(as_("leah").post(address, sent)) for sent in asked]
    take_away(keyed)
    assert [plain(as_("leah").post(address, sent)) for sent in asked] == there


def test_a_canary_in_every_word_about_a_hidden_child_is_on_no_page(as_, keyed):
    canary = "Zzyzxqueue"
    for name in ("known_as", "pronouns", "gender", "ethnicity_words", "interpreter", "faith", "about"):
        setattr(keyed.kacper, name, canary)
    keyed.kacper.save()
    keyed.kacper.names.update(family=canary)
    Membership.objects.filter(person=keyed.kacper).update(role=canary)
    close(keyed, Level.SEALED)
    pages = [
        as_("leah").post(NEW, kacper(check="1")),
        as_("leah").post(reverse("person-new", args=[keyed.solanki_reid.ref]), kacper(check="1")),
    ]
    pages += [as_("joy").get("/contacts/"), as_("leah").post(NEW, kacper(), follow=True)]
    assert all(canary not in page.content.decode() for page in pages)


@pytest.mark.parametrize(
    ("but", "sentence"),
    [
        ({"worry": ""}, "Write the worry, as they said it"),
        ({"going_well": ""}, "Write what is going well"),
        ({"worry": "w" * 100_000}, "Shorten this by 80,000 characters"),
        ({"p0_given": "F" * 100_000}, "Shorten this by"),
        ({"p0_given": "\ufdfa" * 200}, "Shorten this name"),
        ({"p0_born-day": "31", "p0_born-month": "2"}, "31 February is not a day"),
        ({"p0_born-year": "2099"}, "That is too far ahead"),
        ({"p0_child": ""}, "Say whether they are a child or a grown-up"),
        ({"p0_child": "grown-up"}, "Write down at least one child"),
        ({"told_family": "no"}, "Say why the family does not know yet"),
        ({"p0_who": "7d2c7b3e-0000-4000-8000-000000000000"}, "Choose one of the answers shown"),
        ({"happened_at-day": "1", "happened_at-month": "1", "happened_at-year": "2090", "happened_at-time": "4 pm"}, "That time has not come yet"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_and_nothing_is_half_written(as_, cast, but, sentence):
    before = counts()
    answer = as_("amrit").post(NEW, filled(**but))
    assert sentence in answer.content.decode()
    assert answer.status_code == 200
    assert counts() == before


def test_nothing_at_all_is_answered_with_what_to_do(as_, cast):
    page = as_("amrit").post(NEW, {}).content.decode()
    assert "This field is required" not in page
    assert "Write the worry, as they said it" in page


@pytest.mark.parametrize("name", ["سلمى", "🙂", "\u202eFinn", "Ó Súilleabháin-" * 10, "<script>"])
def test_any_name_can_be_written(as_, cast, name):
    answer = as_("amrit").post(NEW, filled(p0_given=name), follow=True)
    assert answer.status_code == 200
    assert "<script>" not in answer.content.decode()


def test_more_rows_keep_what_was_typed(as_, cast):
    page = as_("amrit").post(NEW, filled(more="1", p3_given="Shazia")).content.decode()
    assert "Person 7" in page
    assert "Shazia" in page
    assert "Ms Quill" in page


def test_a_leader_takes_up_decides_and_answers(as_, cast):
    as_("rosa").post(NEW, filled())
    ref = Contact.objects.get().entry.ref
    joy = as_("joy")
    assert "You have not opened this call" in joy.get(reverse("contact", args=[ref])).content.decode()
    assert "crying" not in joy.get(reverse("contact", args=[ref])).content.decode()
    assert "crying" in joy.post(reverse("contact-take-up", args=[ref]), follow=True).content.decode()
    sent = {"outcome": "family-help", "reason": "They asked for it.", "worker": str(cast.nadia.ref), "once": "k2"}
    page = joy.post(reverse("contact-decide", args=[ref]), sent, follow=True).content.decode()
    assert "Decided by Joy Achebe" in page
    assert "Does the reply say what we will do and why" in page
    sent = {"sent_on-day": "1", "sent_on-month": "6", "sent_on-year": "2026"}
    assert "Monday 1 June 2026" in joy.post(reverse("contact-reply", args=[ref]), sent, follow=True).content.decode()


def test_a_taker_who_may_not_read_the_file_is_told_that_the_call_is_saved(as_, keyed):
    page = as_("rosa").post(NEW, ellis(p0_who=str(keyed.ellis.ref)), follow=True).content.decode()
    assert "The call is saved" in page
    assert "crying" in as_("leah").get(reverse("contact", args=[Contact.objects.get().entry.ref])).content.decode()


def test_deciding_without_words_says_what_to_do(as_, cast):
    as_("rosa").post(NEW, filled())
    ref = Contact.objects.get().entry.ref
    page = as_("marcus").post(reverse("contact-decide", args=[ref]), {"outcome": "referral"}).content.decode()
    assert "Write why" in page
    assert "Choose who will work with the children" in page
    assert not Contact.objects.get().outcome


ROLES = {
    "leah": 200,
    "amrit": 200,
    "joy": 200,
    "ruth": 200,
    "peter": 403,
    "helen": 403,
    "farrah": 403,
    "gwen": 403,
    "ivo": 403,
    "sam": 403,
    "anil": 403,
}


@pytest.mark.parametrize("who", ROLES)
def test_who_may_open_the_form_of_a_call(as_, cast, who):
    assert as_(who).get(NEW).status_code == ROLES[who]


@pytest.mark.parametrize("who", ["leah", "peter", "farrah", "ivo", "sam", "anil", "helen"])
def test_a_contact_you_have_nothing_to_do_with_is_not_found(as_, cast, who):
    as_("rosa").post(NEW, filled())
    ref = Contact.objects.get().entry.ref
    for name in ("contact", "contact-decide"):
        assert as_(who).get(reverse(name, args=[ref])).status_code == 404
    for name in ("contact-take-up", "contact-reply"):
        assert as_(who).post(reverse(name, args=[ref])).status_code == 404


def test_the_list_says_when_nobody_waits(as_, cast):
    assert "No call is waiting" in as_("joy").get("/contacts/").content.decode()


def test_the_list_asks_the_store_no_more_for_ten_than_for_one(as_, cast):
    def asked():
        with CaptureQueriesContext(connection) as made:
            as_("joy").get("/contacts/")
        return len(made)

    as_("amrit").post(NEW, filled())
    one = asked()
    for number in range(9):
        as_("amrit").post(NEW, filled(once=f"n{number}", p0_given=f"Child {number}"))
    assert asked() == one


def test_somebody_is_added_to_a_family_with_why_they_may_be_known(as_, keyed):
    address = reverse("person-new", args=[keyed.solanki_reid.ref])
    page = as_("leah").post(address, ellis(check="1")).content.decode()
    assert "Same name; same birth date" in page
    as_("leah").post(address, {"p0_given": "Asha", "p0_child": "child", "p0_born-year": "2026", "once": "k"})
    asha = Person.objects.get(known_as="Asha")
    assert asha.born_on == date(2026, 1, 1)
    assert File.objects.filter(person=asha).exists()


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("leah", 200),
        ("peter", 200),
        ("amrit", 200),
        ("gwen", 200),
        ("rosa", 404),
        ("farrah", 404),
        ("sam", 404),
        ("ivo", 404),
    ],
)
def test_who_reaches_the_form_of_a_new_person(as_, cast, who, status):
    assert as_(who).get(reverse("person-new", args=[cast.solanki_reid.ref])).status_code == status


def test_a_call_that_breaks_off_is_there_with_everyone_named_when_amrit_comes_back(as_, cast):
    amrit = as_("amrit")
    sent = filled(rows="7", p5_given="Noor", p5_child="child", draft_by=str(cast.amrit.ref), draft_address=NEW)
    amrit.post(reverse("draft-keep", kwargs={"form": "call"}), sent)
    page = amrit.get(NEW).content.decode()
    assert "Mum was &lt;b&gt;crying&lt;/b&gt;." in page
    assert 'value="Noor"' in page
    assert "Mum was" not in as_("leah").get(NEW).content.decode()
    amrit.post(NEW, filled(draft_version="1"))
    assert "Mum was" not in amrit.get(NEW).content.decode()


def test_a_family_name_is_typed_once_and_shared_with_a_tick(as_, cast):
    as_("amrit").post(NEW, filled(p1_family="", p1_same="on"))
    assert Person.objects.get(known_as="Siobhan").names.get().family == "Doyle"


def test_a_family_name_that_is_typed_is_kept_whatever_is_ticked(as_, cast):
    as_("amrit").post(NEW, filled(p1_family="Ade", p1_same="on"))
    assert Person.objects.get(known_as="Siobhan").names.get().family == "Ade"
