"""Pages that belong to no shelf: what happened, and what to do next."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from kith.access.actor import Actor
from kith.access.permissions import Permission

WORDS = {
    "store": (
        "Kith cannot reach its records just now",
        "Nothing was saved by this page. Wait a minute and try again. If it goes on, ring the duty desk"
        " and write on paper until it is back.",
        "Where the page said that a draft is kept, it is on your desk, a few seconds old at most.",
    ),
    "fault": (
        "Something went wrong on our side",
        "Nothing was saved by this page, and nothing was lost from the record. Go back and try once more."
        " If it happens again, tell the people who look after Kith what you were doing.",
        "Where the page said that a draft is kept, it is on your desk.",
    ),
    "saved": (
        "It was saved, but the page after it went wrong",
        "What you sent is in the record. Something went wrong after that, on our side.",
        "You need not send it again. Open it from your desk. If it happens again, tell the people who look after"
        " Kith what you were doing.",
    ),
    "saved-unlooked": (
        "It was saved, but we cannot show you the page",
        "What you sent is in the record. Kith shows nothing unless it can write down who looked, and just now it"
        " cannot.",
        "You need not send it again. Wait a minute, then open what you saved. If it goes on, ring the duty desk.",
    ),
    "perhaps-saved": (
        "We cannot say whether it was saved",
        "Kith lost touch with its records just as it was saving what you sent.",
        "Wait a minute, then look for it. If it is not there, go back and send the same page again:"
        " it cannot be saved twice. Ring the duty desk if it goes on.",
    ),
    "refused": ("That cannot be done here", "", ""),
    "refused-kept": ("That cannot be done here", "", "What you typed is kept, with your unfinished pages."),
    "not-found": (
        "We could not find that page",
        "The address may be mistyped, or it may be something you are not working with."
        " Check the address, or search for the person or family.",
        "",
    ),
    "unreadable": (
        "We could not read what was sent",
        "Nothing was saved. It may be more than one page can take, or it was cut off on its way."
        " Go back: what you typed should still be there. Send it in two or more parts.",
        "",
    ),
    "from-its-page": (
        "That address only takes what a form sends",
        "You may have come here from an old link, or by signing in again while a form was being sent."
        " Nothing was saved by coming here. Open the page the form was on, and send it from there.",
        "Where the page said that a draft is kept, it is on your desk, a few seconds old at most.",
    ),
    "form-too-old": (
        "This page had been open too long to be sent safely",
        "Nothing was saved. Go back, open the page again, and send it once more.",
        "Where the page said that a draft is kept, it is on your desk.",
    ),
}

TO_DRAFTS = [{"label": "Open my unfinished pages", "url": "/drafts/"}, {"label": "Go to my desk", "url": "/"}]


def calm_page(
    which: str,
    *,
    status: int,
    reason: str = "",
    request: HttpRequest | None = None,
    ways: list[dict[str, str]] | None = None,
    typed: list[str] | None = None,
) -> HttpResponse:
    """Answer with one of the plain pages. `ways` lead on, to the desk unless given.

    It holds nothing of anybody, but for what whoever asks has this moment `typed`: given back, to be copied.
    """
    title, happened, what_next = WORDS[which]
    words: dict[str, object] = {"title": title, "happened": reason or happened, "what_next": what_next, "typed": typed}
    if ways:
        words["ways"] = ways
    answer = HttpResponse(render_to_string("kit/plain.html", words, request), status=status)
    answer.shows_nobody = True  # type: ignore[attr-defined]
    return answer


def frame(request: HttpRequest) -> dict[str, object]:
    """Give every page its frame: where this person can go, who they are, and whether this is the demo."""
    actor = getattr(request, "actor", None)
    words: dict[str, object] = {"demo": settings.DEMO, "nav": [], "search_url": "", "stay": 0, "help_url": "/help/"}
    if actor is not None:
        words["stay"] = settings.KITH_IDLE_SECONDS
        words |= {"signed_in": {"name": actor.name, "url": "/account/"}, "nav": _places(actor)}
        words["search_url"] = "/search/" if actor.may(Permission.PERSON_FIND) else ""
    return words


def _places(actor: Actor) -> list[dict[str, str]]:
    places = [{"label": "My desk", "url": "/"}]
    if actor.may(Permission.CONTACT_TAKE):
        places.append({"label": "Take a call", "url": "/contacts/new/"})
    if actor.may(Permission.CONTACT_DECIDE):
        places.append({"label": "Calls to decide", "url": "/contacts/"})
    if actor.may(Permission.FILE_ALLOCATE):
        places.append({"label": "My team", "url": "/team/"})
        places.append({"label": "Without a worker", "url": "/without-a-worker/"})
    places.append({"label": "Notices", "url": "/notices/"})
    if actor.may(Permission.LOOKS_READ):
        places.append({"label": "Who looked", "url": "/looks/"})
    if actor.may(Permission.CLEARANCE_GIVE):
        places.append({"label": "Clearances", "url": "/clearances/"})
    if actor.may(Permission.ACCOUNT_MANAGE):
        places.append({"label": "Accounts", "url": "/accounts/"})
    return places


def form_too_old(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """Say that a form's token had run out, without saying how forms are guarded."""
    return calm_page("form-too-old", status=403, request=request)


def unreadable(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """Answer what cannot be read at all: too much of it, broken on its way, or made by no browser."""
    return calm_page("unreadable", status=400)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """Answer an unknown address exactly as a hidden one."""
    return calm_page("not-found", status=404, request=request)
