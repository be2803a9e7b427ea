"""A control: a server that says "kept" and writes a moment later. It must be seen to lose notes, or the count proves nothing."""

from collections.abc import Callable
from threading import Thread
from time import sleep
from uuid import uuid4

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from kith.config.settings import *  # noqa: F403
from kith.config.settings import MIDDLEWARE

MIDDLEWARE = ["tests.strength.hasty_settings.answer_first", *MIDDLEWARE]
A_MOMENT = 0.5  # seconds


def answer_first(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Answer a note before it is written."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.method != "POST" or not request.path.endswith("/notes/new/"):
            return get_response(request)
        len(request.body)  # read while there is somebody to read it from

        def later() -> None:
            sleep(A_MOMENT)
            get_response(request)

        Thread(target=later).start()
        return HttpResponseRedirect(f"/notes/{uuid4()}/")

    return middleware
