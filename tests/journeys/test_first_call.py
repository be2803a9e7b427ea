"""From the first call to a plan on the fridge, by hand: the Doyle-Rahmans, who are new to everyone here.

Amrit takes the call, Joy decides what follows, Leah meets the family and writes with them, Joy decides what Leah
proposes, and Siobhan is given the papers. Everyone reads what the page says and nobody types anything twice. With and without script, and
with the keys alone (trust B 45, 48).
"""

from datetime import date

import pypdfium2
import pytest
from django.core.cache import cache
from playwright.sync_api import Browser, expect

from tests.cast import make_cast
from tests.journeys.by_hand import Hands, Story, in_days, now
from tests.journeys.by_keys import Keys

pytestmark = [pytest.mark.journey, pytest.mark.django_db(databases=["default", "looks"], transaction=True)]

ROUTES = {
    "desk", "contact-new", "contact", "contacts", "contact-decide", "family", "note-new", "note", "statement-new",
    "statement", "thread", "goal", "scale", "scores", "plan-new", "plan", "plan-share", "plan-agree", "paper-new",
    "paper", "decision-new", "decision", "timeline", "papers",
}  # fmt: skip
"""Every kind of page the journey comes to, each looked at whole, every time, at a desk and on a phone."""
FAMILY = "Doyle–Rahman family"
SIOBHAN = "I want the door to stay shut because somebody closed it, not because it is broken."
KAMAL = "I want people to ask me before they write about me."
RULE = "When Kamal is loud I ring my mum, and she comes in without knocking."
SEES = {
    "Aisha": ("I do not want to be the one who rings.", "No rule asks Aisha to ring anyone."),
    "Finn": ("Can you mend my goal net as well?", "Ade from football mends it on Saturday."),
    "Noor": (
        "She held on to Nan when voices rose, and let go when it was quiet.",
        "Noor’s bedtime is at Nan’s on Fridays.",
    ),
    "Siobhan": (SIOBHAN, "Mending the door is the first thing we do."),
    "Kamal": (KAMAL, "Every page is read to Kamal before it is kept."),
}
NUMBERS = {
    "Aisha": ("4", "Nan comes when I text her."),
    "Finn": ("3", "My net is still up."),
    "Siobhan": ("5", "We have talked about it sober."),
    "Kamal": ("8", "I went for a walk instead, twice."),
    "Leah Whitcombe": ("4.5", "Two calm evenings that three people saw."),
}


@pytest.fixture
def everyone(transactional_db, settings):
    cache.clear()
    settings.ALLOWED_HOSTS = ["localhost"]
    settings.DEMO = True
    return make_cast()


@pytest.mark.parametrize(
    ("hands", "script", "looks"),
    [(Hands, True, True), (Hands, False, False), (Keys, True, False)],
    ids=["with script", "without script", "by keys alone"],
)
def test_a_new_family_from_the_first_call_to_papers_in_siobhans_hand(
    browser: Browser, live_server, everyone, axe, hands: type[Hands], script: bool, looks: bool
):
    story = Story(browser, live_server.url, hands, script, axe if looks else None)
    with story.signed_in("amrit") as amrit:
        takes_the_call(amrit)
    with story.signed_in("joy") as joy:
        decides_what_follows(joy)
    with story.signed_in("leah") as leah:
        leah.follows(FAMILY)
        writes_the_note(leah)
        writes_the_worry(leah)
        says_what_good_looks_like(leah)
        asks_for_numbers(leah)
        agrees_the_worry(leah)
        writes_the_plan(leah)
        shares_and_agrees_the_plan(leah)
        plan_paper(leah)
        proposes(leah)
    with story.signed_in("joy") as joy:
        decides(joy)
    with story.signed_in("leah") as leah:
        decision_letter(leah)
        finds_it_all_on_the_timeline(leah)
    with story.signed_in("rosa") as rosa:
        finds_none_of_it(rosa)
    assert not looks or story.looked_at >= ROUTES


def takes_the_call(amrit: Hands) -> None:
    amrit.follows("Take a call")
    amrit.writes(
        "What are they worried about, in their own words?",
        "Third day off. Finn said mum was crying on the kitchen floor.",
    )
    amrit.writes("What is going well?", "Finn is kind to the little ones. His mum always answers when we ring.")
    amrit.chooses("How soon must somebody read this?", "Today")
    people = (
        ("Siobhan", "Doyle", 31, "Grown-up", "mum"),
        ("Kamal", "Rahman", 36, "Grown-up", "Mum’s partner"),
        ("Aisha", "", 15, "Child", ""),
        ("Finn", "", 9, "Child", ""),
    )
    for row, (given, last, years, which, role) in enumerate(people, start=1):
        adds(amrit.under(f"Person {row}"), given, last, in_days(-365 * years), which, role)
    amrit.presses("Add rows for more people")
    noor = amrit.under("Person 5")
    born = in_days(-425)
    adds(noor, "Noor", "", born, "Child", "the baby")
    noor.numbers("Month", born.month)
    amrit.writes("What does the family call itself, if you know?", "Doyle–Rahman")
    amrit.chooses("Who is ringing?", "School or nursery")
    amrit.writes("Their name, and how to ring them back", "Mrs Hale in the school office, before four")
    amrit.chooses("May we tell the family who rang?", "Yes, they agree")
    amrit.chooses("Does the family know about this call?", "Yes")
    amrit.presses("Save the call")
    amrit.reads("Finn said mum was crying on the kitchen floor.", "Finn is kind to the little ones.")


def adds(row: Hands, given: str, last: str, born: date, which: str, role: str) -> None:
    row.writes("First names", given)
    if last:
        row.writes("Family name", last)
    if role:
        row.writes("Who are they in the family?", role)
    row.numbers("Year", born.year)
    row.chooses("Child or grown-up?", which)


def decides_what_follows(joy: Hands) -> None:
    joy.follows("Calls to decide")
    joy.follows("Finn", exact=False)
    joy.presses("Read it and decide")
    joy.follows("Decide what follows")
    joy.chooses("What follows?", "Family help")
    joy.writes(
        "Why this, and why is nothing lighter enough?",
        "School has tried for a term. Someone must sit at the table with them.",
    )
    joy.picks("Who will work with the children?", "Leah Whitcombe")
    joy.dates("If whoever rang has been told, on which day?", now().date())
    joy.presses("Decide")
    joy.reads("Family help", "Decided by Joy Achebe")
    joy.follows("Doyle–Rahman", exact=False)
    joy.reads("What has happened", "about 9")


def writes_the_note(leah: Hands) -> None:
    leah.follows("Write a note")
    leah.chooses("Who is it written to?", "Finn")
    leah.writes(
        "What happened, and what did you notice?",
        "Dear Finn, today you showed me your goal net. You told me the door bangs and that Nan makes it stop.",
    )
    leah.chooses("Who was there?", "Finn", "Siobhan", "Noor")
    finn = leah.under("Finn")
    finn.writes("Finn’s exact words", "The door is louder than the telly.")
    finn.chooses("Time on their own with you: Finn", "About 10 minutes")
    leah.presses("Save the note")
    leah.reads("you showed me your goal net", "The door is louder than the telly.")


def writes_the_worry(leah: Hands) -> None:
    leah.follows("Write a worry together")
    leah.dates("When did you talk about this?", now())
    leah.chooses("Who was there?", "Siobhan", "Kamal")
    leah.chooses("1. Who is worried?", "Siobhan", "Leah Whitcombe")
    leah.writes("2. What has happened?", "There has been domestic violence at home.")
    leah.writes("Aisha, ", "Aisha may go on staying up to listen, and be too tired for school.")
    leah.writes("Finn, ", "Finn may be hurt running to the door.")
    leah.writes("Noor, ", "Noor may be knocked over on the mat.")
    leah.writes("4. When is it most likely?", "Friday nights, after the shift, when there has been drink.")
    checks_the_words(leah)
    leah.writes(
        "2. What has happened?",
        "Kamal shouted and broke the kitchen door with Finn and Noor in the room, on two Fridays in June.",
    )
    if not leah.page.get_by_label("Kamal sees it differently").is_visible():
        leah.opens("Write down, in their own words")
    leah.writes("Kamal sees it differently", "I shouted. The lock was already loose.")
    leah.writes("The same worry, for the children", "Grown-ups shouted and a door broke. It is not your fault.")
    leah.presses("Save to read back")
    leah.reads("broke the kitchen door", "The lock was already loose.")
    expect(leah.page.locator("main")).not_to_contain_text("domestic violence")


def checks_the_words(leah: Hands) -> None:
    if leah.story.script:
        leah.page.keyboard.press("Tab")
    else:
        leah.presses("Check the words")
    expect(leah.page.locator("#reads mark")).to_have_text("domestic violence")


def says_what_good_looks_like(leah: Hands) -> None:
    leah.follows("Write it together")
    leah.dates("When did you talk about this?", now())
    leah.writes(
        "What will the grown-ups be doing differently?", "Kamal walks to the shop and back when he feels it coming."
    )
    for name, words in (
        ("Aisha", "a quiet house on a Friday"),
        ("Finn", "the door shut, not banged"),
        ("Noor", "somebody picking her up first"),
    ):
        leah.writes(f"What will {name} see, hear and feel?", words)
    leah.writes("What will the family’s own people do to make sure?", "Nan and Shazia ring at nine on Fridays.")
    leah.writes("What will school, health and we see?", "Finn at school, awake.")
    leah.numbers("For how long must it be seen?", 8)
    leah.chooses("What happens then?", "Early help")
    leah.writes(
        "The whole goal, as it will be read aloud",
        "On Fridays the house stays calm, Kamal takes a walk, and Nan hears it is so.",
    )
    leah.writes("How does the family say it?", "Fridays are for films.")
    leah.presses("Save the goal")
    leah.reads("On Fridays the house stays calm")


def asks_for_numbers(leah: Hands) -> None:
    leah.follows("Say what 0 and 10 mean")
    leah.writes("What are we asking?", "How calm are Fridays?")
    leah.writes("What does 0 mean?", "Finn and Noor cannot sleep here tonight.")
    leah.writes("What does 10 mean?", "Eight Fridays calm, and Nan does not need to ring.")
    leah.dates("When did you talk about this?", now())
    leah.presses("Keep these words")
    leah.dates("When did you talk about this?", now())
    for name, (number, why) in NUMBERS.items():
        who = leah.under(name)
        who.writes(f"Where does {name} put us, from 0 to 10?", number)
        who.writes("What makes it that high?", why)
    leah.presses("Keep these numbers")
    leah.reads("Finn says 3 and Kamal says 8", "My net is still up.")


def agrees_the_worry(leah: Hands) -> None:
    leah.reads("The family has not heard this worry yet.", "Nothing that Noor said or showed us is written down since")
    leah.follows("Open the worry")
    leah.presses("Take it to the family")
    leah.presses("The family has heard it: it is agreed")
    leah.reads("Agreed, and somebody sees it differently")


def writes_the_plan(leah: Hands) -> None:
    leah.follows("Make a plan for it")
    leah.dates("When did you sit down together?", now())
    leah.chooses("How long is it for?", "For now, while we try it")
    leah.chooses("Whose words is it in?", "A parent’s")
    leah.dates("From which day?", in_days(0))
    leah.dates("When do you look at it again, together?", in_days(14))
    rule = leah.under("Rule 1")
    rule.writes("What is the rule, as the person who will do it would say it?", RULE)
    rule.picks("Whose words are these?", "Siobhan")
    rule.picks("Who does it?", "Siobhan")
    rule.picks("Who else makes sure?", "Leah Whitcombe, worker")
    rule.chooses("Which times does it cover?", "Through the night", "Weekends")
    rule.writes("How would a child know it is happening?", "Nan’s shoes are in the hall.")
    rule.picks_the_first("Which worry does it guard against?")
    leah.presses("Keep this draft")
    leah.reads(RULE, "Nan’s shoes are in the hall.")


def shares_and_agrees_the_plan(leah: Hands) -> None:
    leah.follows("Write down who was shown it")
    for name in ("Aisha", "Finn", "Siobhan", "Kamal"):
        person = leah.under(name)
        person.picks(f"How was {name} shown it?", "Read to them")
        person.dates("On which day?", in_days(0))
    leah.presses("They were shown it")
    leah.reads("With the family")
    leah.follows("Write down who agrees")
    leah.dates("When did you agree it together?", now())
    says = {
        "Aisha": "Fine, if Nan really comes.",
        "Finn": "Nan has a key.",
        "Siobhan": "Yes. It is my mum, not a stranger.",
        "Kamal": "All right.",
    }
    for name, words in says.items():
        person = leah.under(name)
        person.chooses(f"What does {name} say?", f"{name} agrees")
        person.writes(f"In {name}’s own words; or why {name} was not asked", words)
    for name in ("Siobhan", "Kamal"):
        leah.under(name).ticks(f"{name} is a parent")
    leah.presses("The family agrees this plan")
    leah.reads("Agreed on", "Yes. It is my mum, not a stranger.")


def plan_paper(leah: Hands) -> None:
    leah.follows("Print it")
    words = makes_a_paper_for_siobhan(leah)
    assert RULE in words
    assert "All right." not in words


def proposes(leah: Hands) -> None:
    leah.follows(FAMILY)
    leah.follows("Record a decision")
    leah.picks("What kind of decision is it?", "Open or close an assessment")
    leah.dates("When did you settle on this?", now())
    leah.writes("What do you propose?", "We look together at what Aisha, Finn and Noor need, for twenty days.")
    leah.writes("The lightest thing that could have been done", "School goes on as it is, with a word at the gate.")
    leah.under("Option 1, and why not").writes(
        "Why not this one?", "They have done that since Easter and Finn is still tired."
    )
    leah.writes("Option 2", "Leah visits weekly and we write down what each child needs.")
    leah.writes(
        "What does it rest on?", "Two Fridays in June, told by Finn and by Siobhan. Attendance is 81 in a hundred."
    )
    leah.writes("What do you make of it?", "Both grown-ups want help, and want it before the next Friday.")
    leah.writes("Which law or power?", "Help we offer by agreement (section 17)")
    for name, (view, difference) in SEES.items():
        person = leah.under(name)
        person.writes(f"What does {name} think?", view)
        person.writes("What difference did it make?", difference)
        person.dates(f"When was {name} told?", in_days(0))
        person.writes("How, or why not yet?", f"Sitting with {name} and Nan")
    leah.dates("When will it be looked at again?", in_days(20))
    leah.chooses("Can it be changed back?", "Yes")
    leah.writes("What can the family do if they disagree?", "Tell Joy, who reads it again with you within ten days.")
    leah.presses("Send it to be decided")
    leah.reads("This is a proposal.", SIOBHAN, KAMAL)


def decides(joy: Hands) -> None:
    joy.follows("A proposal about the Doyle–Rahman family", exact=False)
    joy.reads("Not this, because: They have done that since Easter")
    joy.presses("Decide this")
    joy.reads("Decided by Joy Achebe")


def decision_letter(leah: Hands) -> None:
    leah.reads("Joy Achebe decided what you proposed.")
    leah.follows("Joy Achebe decided what you proposed", exact=False)
    leah.follows("Make a letter of this for one person")
    words = makes_a_paper_for_siobhan(leah)
    assert "Dear Siobhan" in words
    assert SIOBHAN in words
    assert KAMAL not in words
    assert SEES["Kamal"][1] not in words


def makes_a_paper_for_siobhan(leah: Hands) -> str:
    """Give the words of the PDF, on one line."""
    leah.chooses("Who will hold this paper?", "Siobhan")
    leah.presses("Show me their copy")
    leah.ticks("I have read this copy through")
    leah.presses("Make the paper")
    leah.reads("For Siobhan, and nobody else.")
    paper = pypdfium2.PdfDocument(leah.opens_paper("Open the paper"))
    assert pypdfium2.raw.FPDFCatalog_IsTagged(paper.raw)
    return " ".join(" ".join(sheet.get_textpage().get_text_range() for sheet in paper).split())


def finds_it_all_on_the_timeline(leah: Hands) -> None:
    leah.follows("Timeline")
    leah.reads(
        "Finn said mum was crying",
        "you showed me your goal net",
        "broke the kitchen door",
        "On Fridays the house stays calm",
        RULE,
        "We look together at what Aisha, Finn and Noor need",
    )
    leah.follows("Papers")
    leah.reads("What was decided, for Siobhan", "Our plan, for Siobhan")


def finds_none_of_it(rosa: Hands) -> None:
    """Rosa works beside another family, in another team: every page the others came to is not there for her."""
    expect(rosa.page.get_by_role("main")).not_to_contain_text("Doyle")
    addresses = rosa.story.about_somebody()
    assert len(addresses) > 15
    for address in addresses:
        answer = rosa.page.request.get(address)
        assert answer.status == 404, address
        assert "Finn" not in answer.text(), address
