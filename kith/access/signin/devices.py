"""What is known of the browser at the door: its kind, its address, its mark of having been here before."""

from secrets import token_urlsafe

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from kith.access.accounts.models import Account
from kith.access.signin.throttle import Comer

MARK_LASTS = 180 * 24 * 3600
KNOWN = (("Firefox/", "Firefox"), ("Edg/", "Edge"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
MACHINES = (
    ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"),
    ("Macintosh", "Mac"), ("Linux", "Linux"),
)  # fmt: skip


def described(request: HttpRequest) -> str:
    """Describe the browser as its owner would: "Firefox on Windows". Empty when it does not say."""
    agent = request.headers.get("User-Agent", "")
    browser = next((words for sign, words in KNOWN if sign in agent), "")
    machine = next((words for sign, words in MACHINES if sign in agent), "")
    return " on ".join(filter(None, (browser, machine)))


def address(request: HttpRequest) -> str:
    """Give the address a request came from. Behind proxies of our own, as many steps back as settings say."""
    told = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    steps: int = settings.KITH_PROXIES
    return told[-steps] if 0 < steps <= len(told) else request.META.get("REMOTE_ADDR", "")


def comer(request: HttpRequest, name: str) -> Comer:
    """Say who is at the door, so that tries can be counted."""
    plain = name.strip().lower()
    marks = request.get_signed_cookie(_cookie(), "", salt="known", max_age=MARK_LASTS)
    mark, _, whose = str(marks).partition(" ")
    return Comer(plain, address(request), mark if whose == plain else "")


def remember(request: HttpRequest, answer: HttpResponse, account: Account) -> None:
    """Mark this browser as one this person has signed in with. The mark opens nothing."""
    known = comer(request, account.username).mark or token_urlsafe(12)
    answer.set_signed_cookie(
        _cookie(),
        f"{known} {account.username.lower()}",
        salt="known",
        max_age=MARK_LASTS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _cookie() -> str:
    return f"{settings.SESSION_COOKIE_NAME}-known"
