"""What the small pages about one person share: finding them or not, and one form that asks."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kith.access.edge import actor_of, form_key, refuse_if_sent, saw
from kith.kit.forms import Form
from kith.kit.refusal import Refusal
from kith.people.persons.models import File, Person
from kith.people.persons.queries import open_person


@dataclass(frozen=True)
class Opened:
    """Somebody open to this reader, through which files, at which moment."""

    person: Person
    files: list[File]
    at: datetime

    @property
    def refs(self) -> list[UUID]:
        """Addresses of the files that open them, for the ledgers."""
        return [f.ref for f in self.files]


def open_or_404(request: HttpRequest, ref: UUID) -> Opened:
    """Open somebody for a page; unknown and hidden are both not found."""
    at = timezone.now()
    found = open_person(actor_of(request), ref, at=at)
    if found is None:
        raise Http404
    return Opened(*found, at)


def face(person: Person) -> dict[str, Any]:
    """Lay somebody out for a token."""
    return {"name": person.called, "drawing": person.token, "child": hasattr(person, "file")}


def ask(
    request: HttpRequest,
    opened: Opened,
    form: Form,
    *,
    title: str,
    button: str,
    lead: str = "",
    refusal: Refusal | None = None,
) -> HttpResponse:
    """Show one form about one person, or the reason it is not for this reader to fill in."""
    refuse_if_sent(request, refusal)
    saw(request, "person form", files=opened.refs, person=str(opened.person.ref))
    page = {
        "face": face(opened.person),
        "title": title,
        "unnamed": title.replace(opened.person.known_as, "somebody"),
        "lead": lead,
        "form": form,
        "button": button,
        "refusal": refusal,
        "back_url": reverse("person", args=[opened.person.ref]),
        "back": f"Back to {opened.person.known_as}",
        "once": form_key(),
    }
    return render(request, "persons/ask.html", page)
