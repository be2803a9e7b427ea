"""Pages of the network: the circles beside their list, one person's place, putting somebody in, what has changed."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from kith.access.edge import actor_of, asks, form_key, posted, reads, require_first, saw, signed_in
from kith.casework.mapping.queries import high_for_all, round_the_family
from kith.casework.network import actions, policies, queries
from kith.casework.network.checks import asked
from kith.casework.network.circles import drawn
from kith.casework.network.forms import LeaveForm, StandsForm
from kith.casework.network.models import Stage
from kith.casework.network.queries import Stood
from kith.kit.refusal import Refused
from kith.people.drafts.unfinished import Unfinished, begin
from kith.people.entries.forms import version_read
from kith.people.entries.policies import REPLACED_ALREADY
from kith.people.involvement.frame import Opened, frame, open_or_none


@signed_in
@reads
def network(request: HttpRequest, ref: UUID) -> HttpResponse:
    """The people round the children: the circles, and the same as a list."""
    opened, actor = _open(request, ref), actor_of(request)
    found = queries.network_of(actor, opened.files, opened.adults, at=opened.at)
    saw(request, "network", files=opened.refs)
    page = {
        **_frame(opened),
        "network": found,
        "circles": drawn(found, opened.children),
        "stages": [s.label for s in Stage],
        "asks": asked(found, opened.adults, high=high_for_all(opened.files, at=opened.at)),
        "refusal": policies.write(actor=actor, files=opened.written_by(actor)),
        "today": timezone.localdate(opened.at),
    }
    return render(request, "network/network.html", page)


@signed_in
@asks
def member_new(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Put somebody in the circles, where they stand."""
    opened, actor = _open(request, ref), actor_of(request)
    require_first(request, policies.write(actor=actor, files=opened.written_by(actor)))
    draft = begin(request, "network-add", ref, called=f"Somebody round the {opened.family.name} children")
    form = draft.fill(_form(request, opened))
    if form.is_valid():
        draft.finish(actions.add_member, family=opened.family, by=actor, at=opened.at, **form.arguments())
        return redirect("network", ref=ref)
    saw(request, "network form", files=opened.refs)
    return _page(request, opened, form, draft)


@signed_in
@reads
def member(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Where one person stands, what they do, and where they stood before."""
    stood, opened = _stood(request, ref)
    actor = actor_of(request)
    saw(request, "network", files=[f.ref for f in stood.reading.files], entry=str(stood.ref))
    page = {
        **_frame(opened),
        "stood": stood,
        "stages": [s.label for s in Stage],
        "before": queries.stood_before(actor, stood),
        "refusal": policies.go_on_with(actor=actor, stood=stood),
    }
    return render(request, "network/member.html", page)


@signed_in
@asks
def member_change(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Say what has changed about where somebody stands. When somebody saved first, both stand side by side."""
    stood, opened = _stood(request, ref)
    actor = actor_of(request)
    refusal = policies.go_on_with(actor=actor, stood=stood)
    require_first(request, refusal or (policies.LEFT_ALREADY if stood.member.left_in_id else None))
    newest = stood.reading.entry
    draft = begin(request, f"network-{ref.hex}", opened.family.ref, called=f"Where {stood.person.called} stands")
    form = draft.fill(_form(request, opened, stood))
    theirs = ""
    if form.is_valid():
        read = version_read(request.POST, newest)
        told = {**form.arguments(), "why": form.cleaned_data["why"], "read": read}
        try:
            draft.finish(actions.move_member, member=stood.member, by=actor, at=opened.at, **told)
            return redirect("network-member", ref=ref)
        except Refused as no:
            if no.refusal is not REPLACED_ALREADY:
                raise
            theirs = stood.reading.text("helps") or stood.member.get_ring_display()
    saw(request, "network form", files=opened.refs, entry=str(newest.ref))
    begun = draft.data.get("read") if request.method != "POST" else None
    return _page(request, opened, form, draft, stood=stood, theirs=theirs, read=str(begun or newest.ref))


@signed_in
@asks
def member_leave(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Say that somebody has left the network, and why."""
    stood, opened = _stood(request, ref)
    refusal = policies.go_on_with(actor=actor_of(request), stood=stood)
    require_first(request, refusal or (policies.LEFT_ALREADY if stood.member.left_in_id else None))
    draft = begin(request, f"network-leave-{ref.hex}", opened.family.ref, called=f"{stood.person.called} has left")
    form = draft.fill(LeaveForm(posted(request), at=opened.at))
    if form.is_valid():
        draft.finish(actions.leave_network, member=stood.member, by=actor_of(request), at=opened.at, **form.arguments())
        return redirect("network", ref=opened.family.ref)
    saw(request, "network form", files=opened.refs, entry=str(ref))
    page = {**_frame(opened), "form": form, "draft": draft, "once": form_key(), "stood": stood}
    return render(request, "network/leave.html", page)


def _form(request: HttpRequest, opened: Opened, stood: Stood | None = None) -> StandsForm:
    actor = actor_of(request)
    return StandsForm(
        posted(request),
        files=opened.written_by(actor),
        people=opened.adults,
        round_=[w for w in round_the_family(opened.people, opened.files, at=opened.at) if not w.professional],
        by=actor,
        shown=stood,
        at=opened.at,
        initial=StandsForm.begin(stood) if stood else None,
    )


def _page(request: HttpRequest, opened: Opened, form: StandsForm, draft: Unfinished, **more: object) -> HttpResponse:
    page = {"form": form, "draft": draft, "once": form_key(), "stood": None, "theirs": "", "read": "", **more}
    return render(request, "network/form.html", {**_frame(opened), **page})


def _frame(opened: Opened) -> dict[str, object]:
    return {"family": frame(opened, "network"), "ref": opened.family.ref}


def _stood(request: HttpRequest, ref: UUID) -> tuple[Stood, Opened]:
    stood = queries.open_member(actor_of(request), ref)
    if stood is None:
        raise Http404
    opened = _open(request, stood.reading.entry.family.ref)
    if stood.member.person_id not in {p.pk for p in opened.people}:
        raise Http404
    return stood, opened


def _open(request: HttpRequest, ref: UUID) -> Opened:
    opened = open_or_none(actor_of(request), ref, at=timezone.now())
    if opened is None:
        raise Http404
    return opened
