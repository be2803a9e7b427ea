"""Coming in, in a real browser: with and without script, at a desk and on a phone, by password and by passkey."""

import re
from datetime import UTC, datetime

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.tokens import default_token_generator
from django.core.cache import cache
from playwright.sync_api import Page, expect

from tests.browser import DESKTOP, NARROW, PHONE
from tests.cast import PASSWORD, make_cast
from tests.door import digits, give_app
from tests.journeys.by_hand import TOO_WIDE

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


@pytest.fixture
def looked(axe):
    """Look at a page of the door as it stands: at a desk, on a phone, and at 320 pixels, which is 400 %."""

    def look(page: Page, heading: str, fault: str = "") -> None:
        expect(page.get_by_role("heading", level=1)).to_have_text(heading)
        if fault:
            expect(page.get_by_role("alert")).to_contain_text(fault)
        for size in (DESKTOP, PHONE, NARROW):
            page.set_viewport_size(size)
            assert not page.evaluate(TOO_WIDE), (heading, size)
            if size is not PHONE:  # laid out as at 320, which is looked at: tests/journeys/test_every_page.py
                axe(page)

    return look


def send(page: Page, button: str, **typed: str) -> None:
    """Answer a form by its labels, and send it."""
    for label, words in typed.items():
        page.get_by_label(label.replace("_", " "), exact=False).fill(words)
    with page.expect_navigation():
        page.get_by_role("button", name=button, exact=True).click()


def test_every_page_of_a_first_morning_keeps_nobody_out(page: Page, looked, live_server, everyone):
    page.goto(f"{live_server.url}/sign-in/?next=/account/")
    looked(page, "Sign in")
    send(page, "Sign in")
    looked(page, "Sign in", "Enter your username.")
    send(page, "Sign in", Username="leah", Password="not hers")
    looked(page, "Sign in", "do not go together")
    send(page, "Sign in", Username="leah", Password=PASSWORD)
    looked(page, "Set up your second step")
    send(page, "Go on")
    looked(page, "Set up your second step", "Enter the six digits")
    set_up(page)
    looked(page, "Your recovery codes")
    send(page, "I have kept them")
    looked(page, "Your account")


def test_every_page_of_coming_in_by_a_second_step_and_going_out_keeps_nobody_out(
    page: Page, looked, live_server, everyone
):
    give_app(everyone.leah)
    come_in(page, live_server, "leah")
    looked(page, "Your second step")
    send(page, "Go on")
    looked(page, "Your second step", "Enter the six digits")
    send(page, "Go on", Code="123 456")
    looked(page, "Your second step", "does not fit")
    send(page, "Go on", Code=digits())
    looked(page, "Your account")
    page.goto(f"{live_server.url}/sign-out/")
    looked(page, "Sign out?")
    send(page, "Sign out")
    looked(page, "Sign in")


def test_every_page_of_my_own_account_keeps_nobody_out(page: Page, looked, live_server, everyone):
    give_app(everyone.leah)
    come_in(page, live_server, "leah")
    send(page, "Go on", Code=digits())
    page.goto(f"{live_server.url}/account/two-step/codes/")
    looked(page, "Show once more that it is you")
    send(page, "Go on")
    looked(page, "Show once more that it is you", "Enter your password.")
    send(page, "Go on", Password=PASSWORD)
    for path, heading in (
        ("two-step/codes/", "Make new recovery codes?"),
        ("two-step/passkey/", "Add a passkey"),
        (f"two-step/{Authenticator.objects.get(type='totp').pk}/remove/", "Take away your authenticator app?"),
        ("sign-out-everywhere/", "Sign out everywhere?"),
    ):
        page.goto(f"{live_server.url}/account/{path}")
        looked(page, heading)
    for path, heading, button, fault in (
        ("password/", "Choose a new password", "Keep this password", "password"),
        ("two-step/app/", "Set up an authenticator app", "Go on", "Enter the six digits"),
    ):
        page.goto(f"{live_server.url}/account/{path}")
        looked(page, heading)
        send(page, button)
        looked(page, heading, fault)


def test_every_page_of_joining_keeps_nobody_out(page: Page, looked, live_server, everyone):
    link = f"{everyone.leah.ref}/{default_token_generator.make_token(everyone.leah)}"
    page.goto(f"{live_server.url}/sign-in/join/{link}/")
    looked(page, "Choose your password")
    send(page, "Keep this password")
    looked(page, "Choose your password", "password")


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
