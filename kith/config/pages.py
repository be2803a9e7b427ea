"""Pages that belong to no shelf: what happened, and what to do next."""

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

WORDS = {
    "store": (
        "Kith cannot reach its records just now",
        "Nothing you see here has been changed. Your draft is kept as it was a few seconds ago.",
        "Wait a minute and try again. If it goes on, ring the duty desk and write on paper until it is back.",
    ),
    "fault": (
        "Something went wrong on our side",
        "Nothing was saved by this page, and nothing was lost from the record. Your draft is kept.",
        "Go back and try once more. If it happens again, tell the people who look after Kith what you were doing.",
    ),
    "refused": ("That cannot be done here", "", "Go back, or ask the person named above."),
    "not-found": (
        "We could not find that page",
        "The address may be mistyped, or it may be something you are not working with.",
        "Check the address, or search for the person or family.",
    ),
    "form-too-old": (
        "This page had been open too long to be sent safely",
        "Nothing was saved. What you typed is kept as a draft.",
        "Go back, open the page again, and send it once more.",
    ),
}


def calm_page(
    which: str, *, status: int, reason: str = "", request: HttpRequest | None = None
) -> HttpResponse:
    """Answer with one of the plain pages. Holds nothing of anybody."""
    title, happened, next_step = WORDS[which]
    words = {"title": title, "happened": reason or happened, "what_next": next_step, "on_page": which}
    answer = HttpResponse(render_to_string("kit/plain.html", words, request), status=status)
    answer.shows_nobody = True  # type: ignore[attr-defined]
    return answer


def form_too_old(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """Say that a form's token had run out, without saying how forms are guarded."""
    return calm_page("form-too-old", status=403, request=request)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """Answer an unknown address exactly as a hidden one."""
    return calm_page("not-found", status=404, request=request)
