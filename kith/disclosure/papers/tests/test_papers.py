"""One way out: whose words a copy holds, what stops it at the door, and the trail it leaves."""

import io
from dataclasses import replace
from datetime import timedelta

import pikepdf
import pypdfium2
import pytest
from django.urls import reverse

from kith.access.audit.models import Act
from kith.casework.decisions import actions as decide
from kith.casework.decisions.tests.test_decisions import a_decision
from kith.casework.plans.tests.test_plans import agreed
from kith.council.settings.actions import change_setting
from kith.disclosure.papers import actions, policies, press, queries
from kith.disclosure.papers.models import Rendition
from kith.framework.kinds import Content
from kith.kit.refusal import Refused
from kith.kit.wording import day
from kith.people.entries import actions as entries
from kith.people.entries.queries import open_entry
from kith.people.entries.words import Said, Talk
from kith.people.locations.models import ContactDetail, Location
from kith.people.persons.models import Membership
from kith.people.persons.tests.scene import another_hansa
from kith.people.relationships.models import Relationship
from tests.cast import EARLIER, NOW

pytestmark = pytest.mark.django_db(databases=["default", "looks"])


def a_copy(cast, entry, who, by="leah"):
    reading = open_entry(cast.actor(by), entry.ref)
    return queries.choose(reading, cast.people[who])


def gave(cast, entry, who, by="leah"):
    chosen = a_copy(cast, entry, who, by)
    return actions.give_paper(
        chosen=chosen,
        files=cast.solanki_files,
        members=queries.members_of_entry(entry, at=NOW),
        title="Letter",
        number=actions.new_number(),
        pdf=b"%PDF-1.7 words",
        by=cast.actor(by),
        at=NOW,
    )


def words_of(pdf):
    return pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_bounded()


def a_record(cast, *said, own=None):
    return entries.record_entry(
        kind="note",
        family=cast.solanki_reid,
        files=cast.solanki_files,
        talk=Talk(NOW - timedelta(hours=1)),
        shared=said,
        own=own or {},
        by=cast.actor("leah"),
        at=NOW,
    )


def test_pv_3_one_parent_never_reads_the_other_in_their_letter(cast):
    entry = decide.record_decision(**a_decision(cast)).entry
    craig, kavi = a_copy(cast, entry, "craig"), a_copy(cast, entry, "kavi")
    assert (craig.text("view"), kavi.text("view")) == ("craig says yes", "kavi says yes")
    assert craig.left_out == kavi.left_out == 4


def test_a_childs_own_words_go_to_that_child_alone(cast):
    entry = a_record(cast, Said("what", "Tea."), own={cast.files["ellis"].pk: [Said("words", "I am scared")]})
    assert a_copy(cast, entry, "ellis").text("words") == "I am scared"
    assert a_copy(cast, entry, "kavi").text("words") == a_copy(cast, entry, "maya").text("words") == ""


@pytest.mark.parametrize("kind", [Content.LOCATION, Content.OTHER_PARTY, Content.CHILD_PRIVATE])
def test_private_kinds_never_leave_by_this_door(cast, kind):
    entry = a_record(cast, Said("what", "Tea."), Said("aside", "private", content=kind))
    assert [p.slot for p in a_copy(cast, entry, "kavi").paragraphs] == ["what"]


def test_what_was_said_in_confidence_goes_back_only_to_whoever_said_it(cast):
    entry = a_record(cast, Said("what", "Mo rang.", in_confidence=True, given_by=cast.mo))
    assert a_copy(cast, entry, "mo").paragraphs
    assert not a_copy(cast, entry, "craig").paragraphs


@pytest.mark.parametrize(
    "words",
    ["She is at 14 Larkspur Rise now.", "ring 01632 960 111", "write to WR9 1QX", "14, larkspur  rise"],
)
def test_an_address_or_number_in_free_words_stops_the_paper(cast, words):
    Location.objects.create(
        person=cast.kavi,
        kind="staying",
        lines="14 Larkspur Rise",
        postcode="WR9 1QX",
        protected=True,
        since=EARLIER,
        recorded_by=cast.leah,
        recorded_at=EARLIER,
    )
    ContactDetail.objects.create(
        person=cast.kavi,
        kind="phone",
        value="01632 960111",
        folded="01632960111",
        since=EARLIER,
        recorded_by=cast.leah,
        recorded_at=EARLIER,
    )
    entry = a_record(cast, Said("what", words))
    with pytest.raises(Refused) as no:
        gave(cast, entry, "craig")
    assert no.value.refusal is policies.HOLDS_A_PLACE
    assert not Rendition.objects.exists()
    assert gave(cast, entry, "kavi").recipient == cast.kavi


@pytest.mark.parametrize("how", ["left the family", "related only"])
def test_a_place_is_looked_for_of_everyone_linked_not_only_of_todays_members(cast, how):
    """A mother who has moved out, and a grandmother who was never in the family, have doors too (trust 1.3)."""
    other = cast.mo if how == "related only" else cast.kavi
    Membership.objects.filter(person=other).update(until=EARLIER + timedelta(days=1))
    if how == "related only":
        Membership.objects.filter(person=other).update(family=cast.families["nowak-campbell"])
        Relationship.objects.create(
            one=other, other=cast.people["maya"], kind="grandparent", recorded_by=cast.leah, recorded_at=EARLIER
        )
    ContactDetail.objects.create(
        person=other, kind="phone", value="01632 960111", folded="01632960111", since=EARLIER,
        recorded_by=cast.leah, recorded_at=EARLIER,
    )  # fmt: skip
    entry = a_record(cast, Said("what", "ring 01632 960111"))
    with pytest.raises(Refused) as no:
        gave(cast, entry, "craig")
    assert no.value.refusal is policies.HOLDS_A_PLACE


def test_what_one_person_said_in_their_own_words_is_in_nobody_elses_copy(cast):
    said = Said("high", "He has not shouted since May.", about=cast.kavi, given_by=cast.kavi, own_words=True)
    entry = a_record(cast, Said("what", "We asked everyone for a number."), said)
    assert a_copy(cast, entry, "kavi").text("high") == "He has not shouted since May."
    assert a_copy(cast, entry, "craig").text("high") == a_copy(cast, entry, "maya").text("high") == ""


def test_a_copy_that_may_hold_words_closed_since_is_kept_but_opened_no_more(cast, as_):
    entry = a_record(cast, Said("what", "Another family is named here."))
    made = gave(cast, entry, "craig")
    paper, copy = (reverse(name, kwargs={"ref": made.ref}) for name in ("paper", "paper-file"))
    assert as_("leah").get(copy).status_code == 200
    paragraph = entry.parts.get(file=None).paragraphs.get()
    seal = entries.ask_seal(paragraph=paragraph, why="Names another family", by=cast.actor("joy"), at=NOW)
    assert as_("leah").get(copy).status_code == 200
    entries.agree_seal(seal=seal, by=cast.actor("ivo"), at=NOW)
    assert as_("leah").get(copy).status_code == 403
    assert policies.COPY_CLOSED.reason in as_("leah").get(paper).content.decode()


@pytest.mark.parametrize(
    ("who", "refusal"),
    [
        ("leah", None),
        ("joy", None),
        ("peter", policies.NOT_ALL_YOURS),
        ("rosa", policies.NOT_ALL_YOURS),
        ("farrah", policies.NOT_YOUR_WORK),
        ("gwen", policies.NOT_YOUR_WORK),
        ("sam", policies.NOT_YOUR_WORK),
    ],
)
def test_who_may_give_a_paper(cast, who, refusal):
    entry = a_record(cast, Said("what", "Tea."))
    found = policies.give_paper(
        actor=cast.actor(who),
        files=cast.solanki_files,
        members=queries.members_of_entry(entry, at=NOW),
        chosen=a_copy(cast, entry, "kavi"),
    )
    assert found is refusal


def test_a_paper_is_for_somebody_in_the_family_and_holds_something(cast):
    entry = a_record(cast, Said("what", "Tea."))
    members = queries.members_of_entry(entry, at=NOW)
    stranger = queries.choose(open_entry(cast.actor("leah"), entry.ref), cast.aga)
    empty = queries.Chosen(entry, cast.kavi, [], [], 1, [])
    assert policies.leaves(entry=entry, members=members, recipient=cast.aga, chosen=stranger) is policies.NOT_IN_FAMILY
    assert policies.leaves(entry=entry, members=members, recipient=cast.kavi, chosen=empty) is policies.NOTHING_TO_GIVE


def test_a_draft_does_not_leave(cast):
    entry = a_record(cast, Said("what", "Tea."))
    entry.status = "draft"
    found = policies.leaves(
        entry=entry,
        members=queries.members_of_entry(entry, at=NOW),
        recipient=cast.kavi,
        chosen=a_copy(cast, entry, "kavi"),
    )
    assert found is policies.NOT_SETTLED


def test_a_paper_given_is_numbered_kept_and_on_the_ledger(cast):
    made = gave(cast, a_record(cast, Said("what", "Tea.")), "kavi")
    act = Act.objects.get(what="paper.given")
    assert made.number in act.body
    assert made.digest in act.body
    assert "Tea" not in act.body


def test_the_letter_is_tagged_titled_in_its_language_and_stamped_with_whose_it_is(cast):
    entry = decide.record_decision(**a_decision(cast)).entry
    html = press.laid_out(a_copy(cast, entry, "kavi"), number="ABCD-2345", by="Leah Whitcombe", at=NOW)
    pdf = press.pressed(html, title="What was decided")
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert document.Root.MarkInfo.Marked
        assert str(document.Root.Lang).lower() == "en-gb"
        assert "/StructTreeRoot" in document.Root
        assert document.docinfo["/Title"] == "What was decided"
    words = words_of(pdf)
    assert "ABCD-2345" in words
    assert "kavi says yes" in words
    assert "craig" not in words.lower()


def test_how_we_are_reached_never_stands_alone_on_a_last_sheet(cast):
    change_setting(
        key="duty-phone",
        value="01632 960100",
        since=NOW.date(),
        why="ours",
        by=cast.actor("sam"),
        at=NOW - timedelta(1),
    )
    entry = decide.record_decision(**a_decision(cast)).entry
    html = press.laid_out(a_copy(cast, entry, "kavi"), number="ABCD-2345", by="Leah Whitcombe", at=NOW)
    for more in range(40, 120, 2):
        longer = html.replace("<h2>Why</h2>", f'<h2 style="padding-top: {more}mm">Why</h2>')
        sheets = pypdfium2.PdfDocument(press.pressed(longer, title="What was decided"))
        if len(sheets) > 1:
            break
    last = sheets[len(sheets) - 1].get_textpage().get_text_bounded()
    assert "The duty desk: 01632 960100" in last
    assert "From Leah Whitcombe" in last


def test_leah_makes_kavis_copy_reads_it_and_opens_it(cast, as_):
    entry = decide.record_decision(**a_decision(cast)).entry
    browser, place = as_("leah"), reverse("paper-new", kwargs={"ref": entry.ref})
    shown = browser.post(place, {"recipient": str(cast.kavi.ref), "show": "1"}).content.decode()
    assert "kavi says yes" in shown
    assert "craig says yes" not in shown
    sent = {"recipient": str(cast.kavi.ref), "read_it": "on", "make": "1", "once": "a"}
    page = browser.post(place, sent, follow=True).content.decode()
    made = Rendition.objects.get()
    assert made.number in page
    copy = browser.get(reverse("paper-file", kwargs={"ref": made.ref}))
    assert copy.content.startswith(b"%PDF")


def test_the_copy_of_one_of_two_hansas_is_offered_to_her_alone_and_says_her_name_as_she_goes_by_it(cast, as_):
    another_hansa(cast, family="Mistry")
    entry = decide.record_decision(**a_decision(cast)).entry
    browser, place = as_("leah"), reverse("paper-new", kwargs={"ref": entry.ref})
    shown = browser.post(place, {"recipient": str(cast.hansa.ref), "show": "1"}).content.decode()
    assert "This paper goes to <bdi>Hansa, born 9 March 1984</bdi>" in shown
    browser.post(place, {"recipient": str(cast.hansa.ref), "read_it": "on", "make": "1", "once": "a"})
    made = Rendition.objects.get()
    words = words_of(browser.get(reverse("paper-file", kwargs={"ref": made.ref})).content)
    assert "Dear Hansa," in words
    assert "1984" not in words


def test_a_copy_is_read_for_jargon_before_it_leaves_and_is_made_all_the_same(cast, as_):
    """Domain 0.1.4: what a family will read is checked before it is given. Their own words are left alone."""
    decision = a_decision(cast)
    said = replace(decision["reasons"], analysis="There has been domestic violence.")
    entry = decide.record_decision(**decision | {"reasons": said}).entry
    browser, place = as_("leah"), reverse("paper-new", kwargs={"ref": entry.ref})
    asked = {"recipient": str(cast.kavi.ref)}
    page = browser.post(place, asked | {"show": "1"}).content.decode()
    assert "Instead of “domestic violence”:" in page
    browser.post(place, asked | {"read_it": "on", "make": "1", "once": "a"})
    assert Rendition.objects.count() == 1


def test_what_somebody_said_in_their_own_words_is_not_read_for_jargon(cast):
    told = Said("what", "There has been domestic violence.", given_by=cast.kavi, own_words=True)
    assert queries.to_look_at(a_copy(cast, a_record(cast, told), "kavi")) == []
    ours = Said("what", "There has been domestic violence.")
    found = queries.to_look_at(a_copy(cast, a_record(cast, ours), "kavi"))
    assert any(advice.startswith("Instead of “domestic violence”:") for advice in found)


def test_a_copy_is_not_made_until_it_has_been_read(cast, as_):
    entry = decide.record_decision(**a_decision(cast)).entry
    sent = {"recipient": str(cast.kavi.ref), "make": "1"}
    page = as_("leah").post(reverse("paper-new", kwargs={"ref": entry.ref}), sent).content.decode()
    assert "Read the copy, then tick this" in page
    assert not Rendition.objects.exists()


@pytest.mark.parametrize("who", ["rosa", "sam", "anil"])
def test_papers_of_a_family_you_do_not_work_with_are_not_found(cast, as_, who):
    made = gave(cast, a_record(cast, Said("what", "Tea.")), "kavi")
    for name, ref in (("paper", made.ref), ("paper-file", made.ref), ("papers", cast.solanki_reid.ref)):
        assert as_(who).get(reverse(name, kwargs={"ref": ref})).status_code == 404


def test_a_family_without_papers_says_so(cast, as_):
    page = as_("leah").get(reverse("papers", kwargs={"ref": cast.solanki_reid.ref})).content.decode()
    assert "Nothing has been printed for anyone yet." in page


def test_a_plan_on_paper_says_who_does_each_rule_and_who_makes_sure(cast):
    plan = agreed(cast)
    chosen = queries.choose(open_entry(cast.actor("leah"), plan.entry.ref), cast.kavi)
    html = press.laid_out(chosen, number="ABCD-2345", by="Leah Whitcombe", at=NOW)
    rule = plan.rules.order_by("row").first()
    assert (
        f"<bdi>{rule.who_does.known_as}</bdi>: “" in html or f"<bdi>{rule.who_does.known_as}</bdi> does this." in html
    )
    assert f"<bdi>{rule.makes_sure.known_as}</bdi> makes sure." in html


def papers_of(cast):
    """A letter about a decision and a plan, each as Kavi would hold it."""
    decision = decide.record_decision(**a_decision(cast, by=cast.actor("joy")))
    for entry in (decision.entry, agreed(cast).entry):
        chosen = queries.choose(open_entry(cast.actor("leah"), entry.ref), cast.kavi)
        title = press.title_of(chosen)
        html = press.laid_out(chosen, number="ABCD-2345", by="Leah Whitcombe", at=NOW)
        yield title, pikepdf.open(io.BytesIO(press.pressed(html, title=title)))


def headings(node):
    """The headings of a tagged document, in the order a listener meets them."""
    kind = str(node.get("/S", ""))
    yield from [kind] if kind in {"/H1", "/H2", "/H3", "/H4"} else []
    children = node.get("/K", [])
    for child in children if isinstance(children, pikepdf.Array) else [children]:
        if isinstance(child, pikepdf.Dictionary) and "/S" in child:
            yield from headings(child)


def test_a_letter_and_a_plan_can_be_listened_to_and_say_nothing_of_who_made_them(cast, caplog):
    for title, document in papers_of(cast):
        order = list(headings(document.Root.StructTreeRoot.K[0]))
        assert order[:2] == ["/H1", "/H2"]
        assert order.count("/H1") == 1
        assert document.Root.ViewerPreferences.DisplayDocTitle
        assert str(document.Root.Lang) == "en-GB"
        assert str(document.docinfo["/Title"]) == title
        assert set(document.docinfo.keys()) == {"/Title", "/Producer"}
        fonts = [font for page in document.pages for font in page.Resources.Font.values()]
        assert all(
            "/FontFile3" in f.DescendantFonts[0].FontDescriptor or "/FontFile2" in f.DescendantFonts[0].FontDescriptor
            for f in fonts
        )
        assert all(str(page.get("/Tabs", "/S")) == "/S" for page in document.pages)
    assert [record.getMessage() for record in caplog.records if record.name.startswith("weasyprint")] == []


def test_a_letter_says_who_decided_when_and_under_which_law(cast):
    decision = decide.record_decision(**a_decision(cast, by=cast.actor("joy")))
    chosen = queries.choose(open_entry(cast.actor("leah"), decision.entry.ref), cast.kavi)
    html = press.laid_out(chosen, number="ABCD-2345", by="Leah Whitcombe", at=NOW)
    assert f"Joy Achebe decided this on {day(decision.entry.happened_at)}." in html
    assert f"The law or power we used: {decision.power}" in html


def test_an_address_in_the_law_or_power_stops_a_letter_at_the_door(cast):
    found = {"kind": "home", "lines": "9 Heron Walk", "postcode": "WR1 8ZZ", "since": EARLIER}
    Location.objects.create(person=cast.craig, recorded_by=cast.leah, recorded_at=EARLIER, **found)
    decision = decide.record_decision(**a_decision(cast, by=cast.actor("joy"), power="By agreement at 9 Heron Walk"))
    with pytest.raises(Refused) as stopped:
        gave(cast, decision.entry, "kavi")
    assert stopped.value.refusal is policies.HOLDS_A_PLACE


def test_a_paper_says_who_sends_it_and_how_they_are_reached_by_day_and_at_night(cast):
    entry = decide.record_decision(**a_decision(cast)).entry
    chosen = a_copy(cast, entry, "kavi")
    assert "duty desk" not in press.laid_out(chosen, number="BCDF-2345", by="Leah", at=NOW)
    since = NOW.date()
    for key, value in {
        "council-name": "Wrenshire Council", "duty-phone": "01632 960000", "out-of-hours-phone": "01632 960001",
    }.items():  # fmt: skip
        change_setting(key=key, value=value, since=since, why="Begins", by=cast.actor("sam"), at=NOW)
    paper = press.laid_out(chosen, number="BCDF-2345", by="Leah", at=NOW)
    assert "Wrenshire Council" in paper
    assert "The duty desk: 01632 960000. Nights and weekends: 01632 960001." in paper
