"""Pages about files held closely: closing one, breaking the glass, looking into why, and who is cleared to unseal."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from kith.access.accounts.queries import person
from kith.access.edge import (
    actor_of,
    asks,
    form_key,
    posted,
    reads,
    refuse_if_sent,
    saw,
    show_again_first,
    signed_in,
    writes,
)
from kith.access.step_up import SHOW_AGAIN
from kith.framework.kinds import Level, Tie
from kith.kit.refusal import Refused, require
from kith.people.involvement.queries import known_file, open_file, ties_on, workers_to_choose
from kith.people.persons.models import File
from kith.people.persons.pages import face
from kith.people.restriction import actions, policies, queries
from kith.people.restriction.forms import LEVELS, ClearanceForm, FindingForm, GlassForm, LevelForm


@signed_in
@asks
def glass(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Ask why a file must be read now, and open it for an hour. A sealed or barred file is not found."""
    actor, at = actor_of(request), timezone.now()
    file = queries.reachable_file(actor, ref)
    if file is None:
        raise Http404
    refusal = policies.ask_for_glass(actor=actor, file=file, at=at)
    if refusal is SHOW_AGAIN and (show := show_again_first(request)):
        return show
    require(refusal)
    form = GlassForm(posted(request))
    if form.is_valid() and _broken(request, file, form):
        return redirect("person", ref=file.person.ref)
    saw(request, "glass asked", files=[file.ref])
    return render(request, "restriction/glass.html", {"form": form, "once": form_key()})


def _broken(request: HttpRequest, file: File, form: GlassForm) -> bool:
    """Break it, or put a reason that is too short back on the form. A file closed meanwhile is not found."""
    try:
        actions.break_glass(file=file, by=actor_of(request), at=timezone.now(), **form.cleaned_data)
    except Refused as refused:
        if refused.refusal is policies.NOT_THERE:
            raise Http404 from None
        if refused.refusal is not policies.SAY_MORE:
            raise
        form.add_error("reason", refused.refusal.reason)
        return False
    return True


@signed_in
@reads
def grants(request: HttpRequest) -> HttpResponse:
    """Each breaking of the glass that waits for somebody to look into why."""
    actor = actor_of(request)
    require(policies.see_grants(actor=actor))
    waiting = queries.grants_waiting(actor)
    saw(request, "grants", files=[w.grant.file.ref for w in waiting])
    return render(request, "restriction/grants.html", {"waiting": waiting, "today": timezone.localdate()})


@signed_in
@asks
def grant(request: HttpRequest, ref: UUID) -> HttpResponse:
    """One breaking of the glass: who, why, until when, who was told, and what came of it."""
    actor, at = actor_of(request), timezone.now()
    found = queries.open_grant(actor, ref)
    if found is None:
        raise Http404
    form = FindingForm(posted(request))
    if form.is_valid():
        actions.review_grant(grant=found.grant, by=actor, at=at, **form.cleaned_data)
        return redirect("grant", ref=ref)
    saw(request, "grant", files=[found.grant.file.ref], grant=str(ref))
    refusal = policies.review_grant(actor=actor, grant=found.grant)
    page = {"found": found, "grant": found.grant, "form": form, "refusal": refusal, "once": form_key()}
    return render(request, "restriction/grant.html", page | {"told": queries.told_of(found.grant)})


@signed_in
@asks
def file_level(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Close a file, or open it again, and read when that was done before and why."""
    actor, at = actor_of(request), timezone.now()
    reads_it = open_file(actor, ref)
    file = reads_it or known_file(actor, ref)
    if file is None:
        raise Http404
    known = list({t.staff.pk: t.staff for t in ties_on(file, at=at) if t.staff and t.kind != Tie.BARRED}.values())
    if file.level == Level.SEALED and (show := show_again_first(request)):
        return show
    form = LevelForm(posted(request), workers=workers_to_choose(), known=known)
    if form.is_valid() and _levelled(request, file, form):
        if file.level == Level.SEALED:
            return redirect("file-level", ref=ref)
        return redirect("person", ref=file.person.ref) if open_file(actor, ref) else redirect("notices")
    refusal = policies.ask_for_level(actor=actor, file=file)
    refuse_if_sent(request, refusal)
    saw(request, "file level", files=[file.ref])
    waiting = queries.unsealing_waiting(file) if reads_it else None
    page = {
        "file": file,
        "face": face(file.person),
        "form": form,
        "refusal": refusal,
        "sealed": file.level == Level.SEALED,
        "waiting": waiting,
        "becomes": dict(LEVELS)[Level(waiting.level)].partition(":")[0].lower() if waiting else "",
        "mine": bool(waiting and waiting.asked_by_id == actor.account_id),
        "answered": queries.unsealings_of(file) if reads_it else [],
        "now": dict(LEVELS)[Level(file.level)],
        "reads_it": reads_it is not None,
        "before": [(s, dict(LEVELS)[Level(s.level)].partition(":")[0]) for s in queries.levels_of(file)],
        "once": form_key(),
    }
    return render(request, "restriction/level.html", page)


@signed_in
@writes
def file_unseal(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Agree to open a sealed file, as the second person, or leave it sealed; just after showing who you are."""
    actor, at = actor_of(request), timezone.now()
    file = open_file(actor, ref)
    if file is None:
        raise Http404
    if "leave" in request.POST:
        actions.leave_sealed(file=file, by=actor, at=at)
    else:
        actions.agree_unseal(file=file, by=actor, at=at)
    return redirect("file-level", ref=ref) if open_file(actor, ref) else redirect("notices")


def _levelled(request: HttpRequest, file: File, form: LevelForm) -> bool:
    asked = {"file": file, "by": actor_of(request), "at": timezone.now(), **form.cleaned_data}
    try:
        if file.level == Level.SEALED:
            actions.ask_unseal(**{name: value for name, value in asked.items() if name != "staying"})
        else:
            actions.set_level(**asked)
    except Refused as refused:
        form.add_error(None, refused.refusal.reason)
        return False
    return True


@signed_in
@reads
def clearances(request: HttpRequest) -> HttpResponse:
    """Who is cleared for sealed files, by whom, why and until when; and whose clearance ended. No file is named."""
    actor, at = actor_of(request), timezone.now()
    require(policies.see_clearances(actor=actor))
    saw(request, "clearances")
    page = {"now": queries.clearances(at=at), "ended": queries.clearances_ended(at=at), "me": actor.account_id}
    return render(request, "restriction/clearances.html", page)


@signed_in
@asks
def clearance_new(request: HttpRequest) -> HttpResponse:
    """Clear somebody for sealed files, just after showing who you are."""
    actor, at = actor_of(request), timezone.now()
    require(policies.see_clearances(actor=actor))
    if show := show_again_first(request):
        return show
    others = [a for a in workers_to_choose() if a.pk != actor.account_id]
    form = ClearanceForm(posted(request), workers=others, today=timezone.localdate(at))
    if form.is_valid() and _cleared(request, form):
        return redirect("clearances")
    saw(request, "clearances")
    return render(request, "restriction/clearance.html", {"form": form, "once": form_key()})


def _cleared(request: HttpRequest, form: ClearanceForm) -> bool:
    try:
        actions.give_clearance(by=actor_of(request), at=timezone.now(), **form.cleaned_data)
    except Refused as refused:
        form.add_error("account", refused.refusal.reason)
        return False
    return True


@signed_in
@asks
def clearance_end(request: HttpRequest, ref: UUID) -> HttpResponse:
    """End somebody's clearance for sealed files now."""
    actor, at = actor_of(request), timezone.now()
    require(policies.see_clearances(actor=actor))
    account = person(ref)
    if account is None:
        raise Http404
    if request.method == "POST":
        actions.end_clearance(account=account, by=actor, at=at)
        return redirect("clearances")
    saw(request, "clearances", account=str(ref))
    refusal = policies.end_clearance(actor=actor, account=account, at=at)
    page = {"account": account, "refusal": refusal, "once": form_key()}
    return render(request, "restriction/clearance_end.html", page)
