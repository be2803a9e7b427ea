"""A form page's own draft: what was typed before, where it is kept, and how it goes when the form is saved.

A view begins one, fills its form from it, and finishes through it; `templates/drafts/draft.html` does the
page's part. The names of the hidden boxes here and there are the whole of what the two share.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import TypeVar

from django import forms
from django.http import HttpRequest, QueryDict
from django.utils import timezone

from kith.access.actor import Actor
from kith.access.edge import actor_of, saw
from kith.kit.wording import clock_time, day
from kith.people.drafts import actions
from kith.people.drafts.models import Draft
from kith.people.drafts.queries import drafts_for, files_by_draft
from kith.people.sight.queries import file_refs

F = TypeVar("F", bound=forms.BaseForm)
R = TypeVar("R")
OWN = "draft_"
NEVER = frozenset({"csrfmiddlewaretoken", "once", "later", "being_hurt"})
"""Boxes that belong to the page and not to what somebody typed; so do names that begin with `draft_`.

Who is being hurt is never kept: the form promises that no page shows it, and a leader may read a held draft.
"""


@dataclass(frozen=True)
class Unfinished:
    """The draft of one form on one page, as its author left it. Made by `begin`."""

    form: str
    place: str
    called: str
    address: str
    by: str
    version: int = 0
    page: str = ""
    kept: Draft | None = None
    beside: list[Draft] = field(default_factory=list)

    @property
    def kept_words(self) -> str:
        """When the words on this page were kept, or "" when nothing was."""
        return when(self.kept.kept_at) if self.kept else ""

    @property
    def data(self) -> QueryDict:
        """What was typed, as the form would send it: every box's name with each of its values."""
        typed = QueryDict(mutable=True)
        for name, values in (self.kept.fields if self.kept else {}).items():
            typed.setlist(name, values)
        return typed

    def fill(self, form: F) -> F:
        """Put what was typed back in the boxes of a form that is only shown. A form sent keeps its own."""
        if self.kept is None or form.is_bound:
            return form
        typed = self.data
        for name, asked in form.fields.items():
            box = form.add_prefix(name)
            if not isinstance(asked, forms.FileField) and not asked.widget.value_omitted_from_data(typed, {}, box):
                form.initial[name] = asked.widget.value_from_datadict(typed, {}, box)
        return form

    def finish(self, do: Callable[..., R], *, by: Actor, at: datetime, **named: object) -> R:
        """Do the form's own action with these arguments and take the draft with it, or neither."""
        return actions.finish(
            do=partial(do, **named),
            form=self.form,
            place=self.place,
            version=self.version,
            page=self.page,
            by=by,
            at=at,
        )


def begin(request: HttpRequest, form: str, place: object = "", *, called: str) -> Unfinished:
    """Begin a form's page: with its author's unfinished words for this family or file, if there are any.

    `form` names the form in the house (letters, digits and hyphens; a form that changes one record adds that
    record's ref). `place` is the family's or file's ref, or "" when it is about nobody yet. `called` is how
    the author finds it among their unfinished pages. A look is written when there are words to show.
    """
    actor, where = actor_of(request), str(place)
    mine = drafts_for(actor, form, where)
    if mine:
        about = files_by_draft(mine)
        saw(request, "draft", files=file_refs(f for files in about.values() for f in files), form=form)
    sent = request.POST if request.method == "POST" else None
    newest = mine[0] if mine else None
    return Unfinished(
        form=form,
        place=where,
        called=called,
        address=request.get_full_path(),
        by=str(actor.ref),
        version=whole(sent, "draft_version") if sent is not None else (newest.version if newest else 0),
        page=sent.get("draft_page", "")[:40] if sent is not None else "",
        kept=newest,
        beside=mine[1:],
    )


def typed_in(sent: QueryDict) -> dict[str, list[str]]:
    """Give what somebody typed: every box but the page's own, its values as strings a store can hold."""
    names = [n for n in sent if n not in NEVER and not n.startswith(OWN)]
    return {_storable(n): [_storable(v) for v in sent.getlist(n)] for n in names}


def _storable(text: str) -> str:
    return text.replace("\x00", "").encode("utf-8", "replace").decode()


def whole(sent: QueryDict, name: str) -> int:
    """Read a count the page sent; anything else is none."""
    text = sent.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0  # noqa: PLR2004 fits the column


def when(at: datetime) -> str:
    """Say when words were kept: the time alone today, the day too before that."""
    today = timezone.localtime(at).date() == timezone.localdate()
    return clock_time(at) if today else f"{clock_time(at)} on {day(at)}"
