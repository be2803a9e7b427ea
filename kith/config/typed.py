"""What somebody typed on a page that could not be taken: kept as the draft of its form, or given back to be copied."""

from django.http import HttpRequest

from kith.access.actor import Actor
from kith.kit.refusal import Refused
from kith.people.drafts.unfinished import typed_in
from kith.people.drafts.views import keep_sent

SECRET = frozenset({"password", "again", "code"})
"""Boxes whose words are shown on no page, whatever became of them."""


def keep_typed(request: HttpRequest, by: Actor) -> bool:
    """Keep the words of a form that keeps a draft, for whoever opened its page. Say whether they are kept."""
    form = request.POST.get("draft_form", "")
    if not form or request.POST.get("draft_by") != str(by.ref):
        return False
    try:
        keep_sent(request, form, by)
    except Refused:
        return False
    return True


def sentences_typed(request: HttpRequest) -> list[str]:
    """Give every answer of more than one word, as it came and in the order of the page. Only for whoever sent it."""
    boxes = typed_in(request.POST) if request.method == "POST" else {}
    return [
        words for name, answers in boxes.items() if name not in SECRET for words in answers if len(words.split()) > 1
    ]
