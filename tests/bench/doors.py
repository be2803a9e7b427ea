"""Signing in to ours and to the floors: two handlers over one store, one of them without our middleware."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from django.http import HttpResponse
from django.test import Client, override_settings

from kith.access.accounts.models import Account
from tests.bench.floor.urls import MIDDLEWARE

URLS = "tests.bench.floor.urls"


@cache
def account(username: str) -> Account:
    """Somebody who works here."""
    return Account.objects.get(username=username)


def ours(username: str) -> Client:
    """A signed-in browser-without-a-screen, as a worker's own."""
    client = Client()
    client.force_login(account(username))
    return client


def floor(username: str) -> Client:
    """The same for the floors: the middleware any Django site has."""
    client = ours(username)
    with override_settings(MIDDLEWARE=MIDDLEWARE):
        client.handler.load_middleware()
    return client


@contextmanager
def both() -> Iterator[None]:
    """The floors' addresses beside ours while a bench runs."""
    with override_settings(ROOT_URLCONF=URLS, ALLOWED_HOSTS=["*"]):
        yield


def answered(answer: HttpResponse, status: int = 200) -> HttpResponse:
    """Give the answer, if it is the one a bench may time: a refusal is quick and proves nothing."""
    if answer.status_code != status:
        raise LookupError(f"{answer.status_code} where {status} was wanted: {answer.content[:400]!r}")
    return answer
