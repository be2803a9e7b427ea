"""The components page: every piece a page is made of, with invented people."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kith.kit import samples
from kith.kit.drawings import DRAWINGS


@require_safe
def components(request: HttpRequest) -> HttpResponse:
    """Show each component as it looks with something, with nothing, and with a fault."""
    words = {
        "samples": samples,
        "family": samples.FAMILY,
        "asked": samples.SampleForm(samples.ANSWERS),
        "drawn": [{"name": drawing.words, "drawing": key} for key, drawing in DRAWINGS.items()],
        "nav": [{"label": label, "url": "#main"} for label in ("My desk", "Write a note", "Measures")],
        "signed_in": {"name": "Leah", "url": "#main"},
        "demo": True,
    }
    answer = render(request, "kit/components.html", words)
    answer.shows_nobody = True  # type: ignore[attr-defined]
    return answer
