"""Coming in, in a real browser: with and without script, at a desk and on a phone, by password and by passkey."""

import re
from datetime import UTC, datetime

import pytest
from django.core.cache import cache
from playwright.sync_api import Page, expect

from tests.cast import PASSWORD, make_cast
from tests.door import digits

pytestmark = [pytest.mark.journey, pytest.mark.django_db(databases=["default", "looks"], transaction=True)]


@pytest.fixture
def everyone(transactional_db, settings):
    cache.clear()
    settings.ALLOWED_HOSTS = ["localhost"]
    return make_cast()


def come_in(page: Page, live_server, who: str) -> None:
    page.goto(f"{live_server.url}/sign-in/?next=/account/")
    page.get_by_label("Username").fill(who)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def set_up(page: Page) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text("Set up your second step")
    key = re.search(r"[A-Z2-7]{4}( [A-Z2-7]{4})+", page.get_by_role("main").inner_text())[0].replace(" ", "")
    page.get_by_label("The six digits").fill(digits(key, datetime.now(UTC)))
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your recovery codes")


def test_leahs_first_morning_without_script(page_without_script: Page, live_server, everyone):
    page = page_without_script
    come_in(page, live_server, "leah")
    set_up(page)
    page.get_by_role("button", name="I have kept them").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your account")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_text("You have signed out.")).to_be_visible()


def test_every_page_at_the_door_keeps_nobody_out(phone: Page, axe, live_server, everyone):
    phone.goto(f"{live_server.url}/sign-in/")
    axe(phone)
    phone.get_by_role("button", name="Sign in", exact=True).click()
    expect(phone.get_by_role("alert")).to_contain_text("Enter your username.")
    axe(phone)
    come_in(phone, live_server, "leah")
    axe(phone)
    set_up(phone)
    axe(phone)
    phone.get_by_role("button", name="I have kept them").click()
    axe(phone)


def test_a_passkey_opens_the_door_by_itself(page: Page, live_server, everyone):
    cdp = page.context.new_cdp_session(page)
    cdp.send("WebAuthn.enable")
    key = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    cdp.send("WebAuthn.addVirtualAuthenticator", {"options": key | {"isUserVerified": True}})
    come_in(page, live_server, "leah")
    set_up(page)
    page.get_by_role("button", name="I have kept them").click()
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("What is it on?").fill("my work laptop")
    page.get_by_role("button", name="Add this passkey").click()
    expect(page.get_by_text("A passkey: my work laptop")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()

    page.goto(f"{live_server.url}/sign-in/?next=/account/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your account")


def test_sam_looks_after_accounts_and_the_pages_keep_nobody_out(page: Page, axe, live_server, everyone, settings):
    settings.DEMO = True
    come_in(page, live_server, "sam")
    leah = everyone.leah.ref
    mornings = everyone.teams["Mornings team"].ref
    for path in (
        "accounts/", "accounts/new/", f"accounts/{leah}/", f"accounts/{leah}/work/", f"accounts/{leah}/leave/",
        f"accounts/{leah}/team/", "teams/", "teams/new/", f"teams/{mornings}/", "settings/", "settings/clock-K4-review/",
        "account/again/", "account/sign-out-everywhere/", "sign-out/",
    ):  # fmt: skip
        page.goto(f"{live_server.url}/{path}")
        assert "went wrong" not in page.content(), path
        axe(page)


def test_two_minutes_before_the_end_leah_is_told_and_can_stay(page: Page, axe, live_server, everyone, settings):
    settings.DEMO = True
    page.clock.install()
    come_in(page, live_server, "leah")
    warning = page.get_by_text("In two minutes Kith signs you out.")
    expect(warning).to_be_hidden()
    page.clock.fast_forward(18 * 60 * 1000 + 1000)
    expect(warning).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Stay signed in").click()
    expect(warning).to_be_hidden()
    page.context.clear_cookies()
    page.clock.fast_forward(18 * 60 * 1000 + 1000)
    page.get_by_role("button", name="Stay signed in").click()
    expect(page.get_by_text("You are signed out now.")).to_be_visible()
