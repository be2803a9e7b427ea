"""What every view says to the edge: who is asking, what it is about to show, and that it shows nobody."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, TypeVar
from uuid import UUID, uuid4

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from kith.access.actor import Actor
from kith.access.audit.acts import taken_before
from kith.access.step_up import stepped_up
from kith.kit.refusal import Refusal, Refused

View = TypeVar("View", bound=Callable[..., HttpResponse])
signed_in = login_required
reads = require_http_methods(["GET", "HEAD"])
asks = require_http_methods(["GET", "HEAD", "POST"])
writes = require_http_methods(["POST"])


def actor_of(request: HttpRequest) -> Actor:
    """Give the actor the edge made for this request. Only behind `signed_in`."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def saw(request: HttpRequest, what: str, *, files: Iterable[UUID] = (), **facts: object) -> None:
    """Say what this page is about to show. Written to the ledger of looks before the answer leaves."""
    request.looking.saw(what, files=files, **facts)  # type: ignore[attr-defined]


def bare(view: View) -> View:
    """Mark a view that shows nobody: sign-in, health, components. Its pages need no look."""

    @wraps(view)
    def shown(*args: Any, **named: Any) -> HttpResponse:
        answer = view(*args, **named)
        answer.shows_nobody = True  # type: ignore[attr-defined]
        return answer

    return shown  # type: ignore[return-value]


def evenly(view: View) -> View:
    """Mark a view whose answer to what is sent leaves on the beat, whoever hidden it may have met (trust B 23)."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
        answer = view(request, *args, **named)
        answer.takes_as_long = request.method == "POST"  # type: ignore[attr-defined]
        return answer

    return answered  # type: ignore[return-value]


def posted(request: HttpRequest) -> Any:
    """Give what was sent, even when it is nothing, or None when the page was only opened: for a form's data."""
    return request.POST if request.method == "POST" else None


def show_again_first(request: HttpRequest) -> HttpResponse | None:
    """Send somebody to show once more that it is them, and back to this page; None when they just have."""
    if stepped_up(actor=actor_of(request), at=timezone.now()) is None:
        return None
    return redirect(f"{reverse('account_reauthenticate')}?{urlencode({'next': request.path})}")


def require_first(request: HttpRequest, refusal: Refusal | None) -> None:
    """Refuse before anybody types. A form that was taken is not refused for what it changed: it leads where it led.

    Raises `Refused`.
    """
    if refusal and not taken_before(actor_of(request)):
        raise Refused(refusal)


def refuse_if_sent(request: HttpRequest, refusal: Refusal | None) -> None:
    """Where a page opens with why its form is not this reader's: one that is sent all the same is refused whole.

    What was typed is then kept or given back (`refused` at the edge), as no page without its boxes could.
    Raises `Refused`.
    """
    if request.method == "POST":
        require_first(request, refusal)


def form_key() -> str:
    """Make the key that lets a form be taken once, however often it is sent."""
    return uuid4().hex
