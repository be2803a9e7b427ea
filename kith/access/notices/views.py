"""Pages of notices: what the record has told me."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from kith.access.actor import Actor
from kith.access.edge import actor_of, form_key, reads, saw, signed_in, writes
from kith.access.notices import actions, queries
from kith.access.permissions import Permission


@signed_in
@reads
def notices(request: HttpRequest) -> HttpResponse:
    """Everything the record has told this reader, unread first."""
    unread, read = queries.my_notices(actor_of(request))
    saw(request, "notices", shown=len(unread) + len(read))
    page = {"unread": [(notice, form_key()) for notice in unread], "read": read, "ways": _ways(actor_of(request))}
    return render(request, "notices/notices.html", page)


def _ways(actor: Actor) -> list[dict[str, str]]:
    """Where else something may be waiting for this reader."""
    ways = []
    if actor.may(Permission.GRANT_REVIEW):
        ways.append({"label": "Broken glass to look into", "url": reverse("grants")})
    if actor.may(Permission.PERSON_MERGE):
        ways.append({"label": "Records of one person, waiting for a second", "url": reverse("merges")})
    if actor.may(Permission.ENTRY_SEAL):
        ways.append({"label": "Words waiting to be closed", "url": reverse("seals")})
    if actor.may(Permission.FILE_ALLOCATE):
        ways.append({"label": "Words held for people you lead", "url": reverse("drafts-held")})
    return ways


@signed_in
@writes
def notice_read(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Say that one notice has been read."""
    notice = queries.my_notice(actor_of(request), ref)
    if notice is None:
        raise Http404
    actions.read_notice(notice=notice, by=actor_of(request), at=timezone.now())
    return redirect("notices")
