"""Help: one page that anyone may read, signed in or not. It holds nothing of anybody."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kith.access.edge import bare
from kith.framework import clocks

SHOWN = ("K1", "K2", "K3")
"""The clocks that pages of Kith show now, each with its question."""


@require_safe
@bare
def guide(request: HttpRequest) -> HttpResponse:
    """How each thing is done, who sees what, what to do when something is wrong, and whom we owe."""
    return render(request, "guide/help.html", {"clocks": [clocks.clock(key) for key in SHOWN]})
