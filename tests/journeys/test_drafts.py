"""What typing costs when things go wrong: never more than five seconds of it (trust design B, rows 6, 9, 24, 41)."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser import FLAGS, chromium
from tests.journeys.drafts_desk import Desk, opened_desk

pytestmark = pytest.mark.journey

KEYS_A_SECOND = 5
MOST_LOST = 5 * KEYS_A_SECOND
STORY = "Maya was up when I came and Ellis had made her toast. He said the mornings are better like a lighthouse now. "
CANARY = "Wrenlightcanary"

expect.set_options(timeout=15_000)  # a page that was refused tries again every few seconds, and the machine is busy


@pytest.fixture(scope="module")
def desk() -> Iterator[Desk]:
    with opened_desk() as desk:
        yield desk


@pytest.fixture
def leah(browser: Browser, desk: Desk) -> Iterator[BrowserContext]:
    """Leah's browser, signed in, with nothing unfinished."""
    context = browser.new_context(locale="en-GB", timezone_id="Europe/London")
    context.set_default_timeout(15_000)
    desk.forget("people_draftfile", "people_draft")
    page = context.new_page()
    page.goto(f"{desk.address}/come-in/leah/")
    page.close()
    yield context
    context.close()


def note(context: BrowserContext, desk: Desk) -> Page:
    page = context.new_page()
    page.goto(desk.note_page)
    return page


def type_in(page: Page, words: str) -> None:
    box = page.locator("#id_what")
    box.focus()
    page.keyboard.press("Control+End")
    box.press_sequentially(words, delay=1000 / KEYS_A_SECOND)


def kept(context: BrowserContext, desk: Desk) -> str:
    page = note(context, desk)
    words = page.input_value("#id_what")
    page.close()
    return words


def line(page: Page):
    return page.locator("[data-kept]")


def cost_little(words: str, found: str) -> None:
    print(f"{len(words) - len(found)} of {len(words)} keys lost")
    assert words.startswith(found)
    assert len(words) - len(found) <= MOST_LOST


@pytest.mark.parametrize("seconds", [3, 7])
def test_a_closed_tab_costs_no_more_than_five_seconds(leah, desk, seconds):
    page, words = note(leah, desk), STORY[: seconds * KEYS_A_SECOND]
    type_in(page, words)
    page.close()
    cost_little(words, kept(leah, desk))


@pytest.mark.parametrize("seconds", [4, 6.2, 8])
def test_a_killed_server_and_a_lost_browser_cost_no_more_than_five_seconds(leah, desk, seconds):
    page, words = note(leah, desk), STORY[: int(seconds * KEYS_A_SECOND)]
    type_in(page, words)
    desk.kill()
    page.close()
    desk.serve()
    cost_little(words, kept(leah, desk))


def test_a_page_left_open_loses_nothing_when_the_server_comes_back(leah, desk):
    page = note(leah, desk)
    type_in(page, STORY[:20])
    desk.kill()
    type_in(page, STORY[20:40])
    expect(line(page)).to_contain_text("no connection. Keep this page open.")
    desk.serve()
    expect(line(page)).to_contain_text("Draft kept at")
    assert kept(leah, desk) == STORY[:40]


def test_a_dead_network_is_said_and_nothing_is_lost_when_it_returns(leah, desk):
    page = note(leah, desk)
    type_in(page, STORY[:15])
    expect(line(page)).to_contain_text("Draft kept at")
    leah.set_offline(True)
    type_in(page, STORY[15:40])
    expect(line(page)).to_contain_text("Not kept since")
    expect(line(page)).to_contain_text("no connection. Keep this page open.")
    page.get_by_role("button", name="Save the note").click()
    assert page.input_value("#id_what") == STORY[:40]
    assert page.url == desk.note_page
    leah.set_offline(False)
    expect(line(page)).to_contain_text("Draft kept at")
    assert kept(leah, desk) == STORY[:40]
    page.get_by_role("button", name="Save the note").click()
    expect(page).to_have_title("Saved")
    assert kept(leah, desk) == ""


def test_a_session_that_ends_mid_sentence_loses_nothing_and_the_page_can_still_be_sent(leah, desk):
    page = note(leah, desk)
    type_in(page, STORY[:10])
    desk.forget("django_session")
    type_in(page, STORY[10:30])
    expect(line(page)).to_contain_text("signed out")
    page.get_by_role("button", name="Save the note").click()
    assert page.input_value("#id_what") == STORY[:30]
    other = leah.new_page()
    other.goto(f"{desk.address}/come-in/leah/")
    expect(line(page)).to_contain_text("Draft kept at")
    assert kept(leah, desk) == STORY[:30]
    page.get_by_role("button", name="Save the note").click()
    expect(page).to_have_title("Saved")


def test_words_typed_as_leah_are_not_kept_for_nadia_who_signs_in_on_the_same_computer(leah, desk):
    page = note(leah, desk)
    page.fill("#id_what", STORY[:20])
    expect(line(page)).to_contain_text("Draft kept at")
    leah.new_page().goto(f"{desk.address}/come-in/nadia/")
    type_in(page, STORY[20:30])
    expect(line(page)).to_contain_text("Somebody else is signed in")
    page.get_by_role("button", name="Save the note").click()
    assert page.url == desk.note_page
    assert kept(leah, desk) == ""
    leah.new_page().goto(f"{desk.address}/come-in/leah/")
    assert kept(leah, desk) == STORY[:20]


def test_two_tabs_keep_both_texts_side_by_side(leah, desk):
    one, two = note(leah, desk), note(leah, desk)
    one.fill("#id_what", "The toast was burnt.")
    expect(line(one)).to_contain_text("Draft kept at")
    two.fill("#id_what", "Maya drew a house.")
    two.get_by_role("link", name="Read both, side by side").wait_for()
    one.fill("#id_what", "The toast was burnt and we laughed.")
    one.get_by_role("link", name="Read both, side by side").click()
    expect(one.locator("main")).to_contain_text("The toast was burnt and we laughed.")
    expect(one.locator("main")).to_contain_text("Maya drew a house.")
    older = one.locator("section", has_text="Maya drew a house.")
    older.get_by_role("button", name="Go on with these words").click()
    assert one.input_value("#id_what") == "Maya drew a house."
    expect(one.locator("[data-both]")).to_be_visible()


PARALLEL = """async () => {
  const form = document.querySelector("form[data-draft]");
  const send = (i) => {
    const words = new URLSearchParams(new FormData(form));
    words.set("what", `text ${i}.`); words.set("draft_page", `tab ${i}`); words.set("draft_turn", "1");
    return fetch(form.dataset.keeps, {method: "POST", body: words}).then((answer) => answer.status);
  };
  return Promise.all([...Array(12).keys()].map(send));
}"""


def test_twelve_tabs_at_the_same_moment_lose_nothing(leah, desk):
    page = note(leah, desk)
    statuses = page.evaluate(PARALLEL)
    assert sorted(statuses) == [200] + [409] * 11
    page.goto(desk.note_page)
    page.get_by_role("link", name="Read both, side by side").click()
    told = page.locator("main").inner_text()
    assert all(f"text {i}." in told for i in range(12))


def test_finish_later_works_without_script(page_without_script, desk):
    page = page_without_script
    page.goto(f"{desk.address}/come-in/nadia/")
    page.goto(desk.note_page)
    page.fill("#id_what", "Jude can say 'light'.")
    page.check("[value=maya]")
    page.get_by_role("button", name="Finish later").click()
    expect(page.locator("h1")).to_have_text("Your unfinished pages")
    page.get_by_role("link", name="A note").first.click()
    assert page.input_value("#id_what") == "Jude can say 'light'."
    assert page.is_checked("[value=maya]")


def test_the_pages_of_drafts_keep_nobody_out(leah, desk, axe):
    one, two = note(leah, desk), note(leah, desk)
    one.fill("#id_what", "The toast was burnt.")
    expect(line(one)).to_contain_text("Draft kept at")
    two.fill("#id_what", "Maya drew a house.")
    two.get_by_role("link", name="Read both, side by side").wait_for()
    for page in (one, two):
        axe(page)
    two.get_by_role("link", name="Read both, side by side").click()
    axe(two)
    two.goto(f"{desk.address}/drafts/")
    axe(two)


def test_nothing_typed_stays_in_the_browser_after_signing_out(desk, tmp_path: Path, browser: Browser):
    """Row 41: the profile on the disk holds none of it, in either of the ways a browser writes words."""
    profile = tmp_path / "profile"
    context = browser.browser_type.launch_persistent_context(
        str(profile), executable_path=chromium(), args=list(FLAGS), locale="en-GB"
    )
    page = context.pages[0]
    page.goto(f"{desk.address}/come-in/leah/")
    page.goto(desk.note_page)
    type_in(page, CANARY)
    expect(line(page)).to_contain_text("Draft kept at")
    storage = "[localStorage.length, sessionStorage.length, indexedDB.databases().then(d => d.length)]"
    assert page.evaluate(f"Promise.all({storage})") == [0, 0, 0]
    page.goto(f"{desk.address}/go-out/")
    context.close()
    words = (CANARY.encode(), CANARY.encode("utf-16-le"))
    written = [p.read_bytes() for p in profile.rglob("*") if p.is_file()]
    assert len(written) > 10
    assert not any(word in held for held in written for word in words)


def test_a_form_that_comes_back_unfinished_goes_on_with_the_same_draft(leah, desk):
    page = note(leah, desk)
    page.fill("#id_where", "home")
    page.get_by_role("button", name="Save the note").click()
    expect(page.locator("#errors")).to_contain_text("Write what happened")
    page.fill("#id_what", STORY)
    expect(line(page)).to_contain_text("Draft kept at")
    expect(page.locator("[data-both]")).to_be_hidden()
    page.get_by_role("button", name="Save the note").click()
    expect(page).to_have_title("Saved")
    assert kept(leah, desk) == ""


def test_a_hundred_thousand_characters_are_kept_and_come_back_whole(leah, desk):
    page, words = note(leah, desk), ("é\u202bخاله\u202c \t<b>" * 90 + "\n") * 100
    box = page.locator("#id_what")
    box.evaluate("(box, words) => { box.value = words; box.dispatchEvent(new Event('input', {bubbles: true})) }", words)
    expect(line(page)).to_contain_text("Draft kept at")
    assert kept(leah, desk) == words


def test_a_page_opened_again_mid_sentence_loses_nothing(leah, desk):
    """The new page may be answered a moment before the old one's last words: then it is the next that shows them."""
    page = note(leah, desk)
    type_in(page, STORY[:12])
    page.reload()
    assert kept(leah, desk) == STORY[:12]


def test_leaving_a_page_that_cannot_be_kept_asks_first(leah, desk):
    page = note(leah, desk)
    leah.set_offline(True)
    type_in(page, STORY[:12])
    expect(line(page)).to_contain_text("Not kept: no connection.")
    with page.expect_event("dialog") as asked:
        page.close(run_before_unload=True)
    assert asked.value.type == "beforeunload"
    asked.value.dismiss()
    leah.set_offline(False)
    expect(line(page)).to_contain_text("Draft kept at")
