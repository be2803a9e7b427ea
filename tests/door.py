"""Coming through the door in a test: pages opened and sent with the token they carry, and what an app shows."""

import re
from datetime import UTC, datetime

from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.test import Client

from kith.access.accounts.models import Account
from tests.cast import PASSWORD

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def plain(answer) -> str:
    """Give a page without the token of its forms, which is another each time: for holding two pages together."""
    return re.sub(r'(name="csrfmiddlewaretoken" value=")[^"]*', r"\1", answer.content.decode())


def send(browser: Client, url: str, *, page: str = "", **fields):
    """Open a page and send its form, with the token it carries."""
    shown = browser.get(page or url)
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', shown.content.decode())
    assert token, shown.content.decode()[:2000]
    return browser.post(url, {"csrfmiddlewaretoken": token[1], **fields})


def come_in(browser: Client, who: str = "leah", password: str = "", **more):
    """Sign in by password."""
    return send(browser, "/sign-in/", username=who, password=password or PASSWORD, **more)


def give_app(account: Account) -> None:
    """Set somebody up with an authenticator app."""
    TOTP.activate(account, SECRET)


def digits(secret: str = SECRET, at: datetime | None = None) -> str:
    """What the app shows at a moment."""
    at = at or datetime.now(UTC)
    return format_hotp_value(hotp_value(secret, int(at.timestamp()) // 30))
