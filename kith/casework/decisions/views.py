"""Pages about decisions: a family's decisions, one of them, recording one, deciding a proposal."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from kith.access.edge import actor_of, asks, form_key, posted, reads, saw, signed_in, writes
from kith.casework.decisions import actions, policies, queries
from kith.casework.decisions.forms import DecisionForm
from kith.framework.decisions import authority
from kith.kit.refusal import require
from kith.people.drafts.unfinished import begin
from kith.people.involvement.frame import Opened, frame, open_or_none


@signed_in
@reads
def decisions(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Every decision that stands for a family, newest first, with what is waiting to be decided on top."""
    opened = _open(request, ref)
    actor = actor_of(request)
    found, files = queries.decisions_in(actor, opened.files), opened.written_by(actor)
    saw(request, "decisions", files=opened.refs)
    may = policies.begin_decision(actor=actor, files=files)
    page = {
        "family": frame(opened, "decisions"),
        "ref": ref,
        "decisions": found,
        "refusal": may,
        "matters": authority(),
    }
    return render(request, "decisions/list.html", page)


@signed_in
@asks
def decision_new(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Record a decision, or propose one. What is typed is kept until it is."""
    opened = _open(request, ref)
    at = timezone.now()
    files = opened.written_by(actor_of(request))
    require(policies.begin_decision(actor=actor_of(request), files=files))
    says = {matter: queries.say_of(actor_of(request).work, matter) for matter in authority()}
    rests_on = queries.to_rest_on(actor_of(request), files)
    draft = begin(request, "decision", ref, called=f"A decision: the {opened.family.name} family")
    asked = DecisionForm(posted(request), people=opened.people, files=files, says=says, at=at, rests_on=rests_on)
    form = draft.fill(asked)
    if form.is_valid():
        record, by = actions.record_decision, actor_of(request)
        decision = draft.finish(record, family=opened.family, by=by, at=at, **form.arguments())
        return redirect("decision", ref=decision.entry.ref)
    saw(request, "decision form", files=opened.refs)
    page = {
        "family": frame(opened, "decisions"),
        "ref": ref,
        "form": form,
        "draft": draft,
        "people": opened.people,
        "once": form_key(),
    }
    return render(request, "decisions/new.html", page)


@signed_in
@reads
def decision(request: HttpRequest, ref: UUID) -> HttpResponse:
    """One decision whole: what, what else, whose views, what difference, what next."""
    actor = actor_of(request)
    shown = queries.open_decision(actor, ref)
    if shown is None:
        raise Http404
    opened = _open(request, shown.reading.entry.family.ref)
    saw(request, "decision", files=[f.ref for f in shown.reading.files], entry=str(ref))
    refusal = policies.decide_proposed(actor=actor, decision=shown.decision, files=shown.reading.files)
    page = {
        "family": frame(opened, "decisions"),
        "shown": shown,
        "matter": authority()[shown.decision.matter].label,
        "refusal": refusal,
        "once": form_key(),
    }
    return render(request, "decisions/one.html", page)


@signed_in
@writes
def decision_decide(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Decide what another proposed."""
    shown = queries.open_decision(actor_of(request), ref)
    if shown is None:
        raise Http404
    actions.decide_proposed(decision=shown.decision, by=actor_of(request), at=timezone.now())
    return redirect("decision", ref=ref)


def _open(request: HttpRequest, ref: UUID) -> Opened:
    opened = open_or_none(actor_of(request), ref, at=timezone.now())
    if opened is None:
        raise Http404
    return opened
