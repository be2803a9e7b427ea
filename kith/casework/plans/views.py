"""Pages about plans: the plan as the family reads it, writing one, taking it to them, agreeing it, the next version."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from kith.access.accounts.models import Account
from kith.access.edge import actor_of, asks, form_key, posted, reads, refuse_if_sent, saw, signed_in
from kith.casework.plans import actions, policies, queries
from kith.casework.plans.family_forms import AgreeForm, EndForm, ShareForm, TakeBackForm
from kith.casework.plans.forms import PlanForm
from kith.casework.plans.shown import PlanShown
from kith.casework.plans.words import WAYS
from kith.kit.forms import Form
from kith.kit.refusal import Refusal, Refused
from kith.people.drafts.unfinished import Unfinished, begin
from kith.people.entries.policies import REPLACED_ALREADY
from kith.people.involvement.frame import Opened, frame, open_or_none
from kith.people.involvement.queries import who_works_with
from kith.people.persons.called import tell_apart
from kith.people.persons.models import Person

NEWER = 409
"""The answer's status when somebody has saved a newer version of what was sent."""


@signed_in
@reads
def plans(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Show the plan a family lives by, as they would read it, with tonight on top and whatever is coming."""
    opened = _open(request, ref)
    actor = actor_of(request)
    standing = queries.plans_of(actor, opened.files)
    today = timezone.localdate(opened.at)
    saw(request, "plan", files=opened.refs)
    page = _plan_page(request, opened, standing.current) | {
        "standing": standing,
        "today": today,
        "tonight": queries.lines_of(standing.current, today) if standing.current else [],
        "refusal": policies.make_plan(actor=actor, files=opened.written_by(actor)),
    }
    return render(request, "plans/family.html", page)


@signed_in
@asks
def plan_new(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Write a plan down with the family, as a draft."""
    opened = _open(request, ref)
    ours = replace(opened, files=opened.written_by(actor_of(request)))
    draft = begin(request, "plan", ref, called="A plan")
    form = draft.fill(PlanForm(posted(request), kept=draft.data, **_choices(request, ours)))
    if form.is_valid():
        said = {"family": opened.family, **form.arguments()}
        made = draft.finish(actions.make_plan, by=actor_of(request), at=opened.at, **said)
        return redirect("plan", ref=made.entry.ref)
    refusal = policies.make_plan(actor=actor_of(request), files=ours.files)
    refuse_if_sent(request, refusal)
    saw(request, "plan form", files=opened.refs)
    page = _form_page(opened, form, reverse("plans", kwargs={"ref": ref})) | {"refusal": refusal, "draft": draft}
    return render(request, "plans/new.html", page)


@signed_in
@reads
def plan(request: HttpRequest, ref: UUID) -> HttpResponse:
    """One version of a plan whole, with where it stands and what may be done next."""
    shown, opened = _found(request, ref)
    saw(request, "plan", files=[f.ref for f in shown.reading.files], entry=str(ref))
    newer = queries.newer_than(actor_of(request), shown.plan)
    return render(request, "plans/one.html", _plan_page(request, opened, shown) | {"newer": newer})


@signed_in
@asks
def plan_share(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Write down who in the family was shown the plan, how and when."""
    shown, opened = _found(request, ref)
    actor = actor_of(request)
    refusal = policies.share_with_family(actor=actor, plan=shown.plan, files=shown.reading.files)
    people = _together(opened, _asked(request, shown, opened))
    draft = begin(request, f"plan-shown-{ref.hex}", opened.family.ref, called="Who was shown the plan")
    form = draft.fill(ShareForm(posted(request), people=people, today=timezone.localdate(opened.at)))
    if form.is_valid():
        draft.finish(actions.share_with_family, plan=shown.plan, shown=form.shown(), by=actor, at=opened.at)
        return redirect("plan", ref=ref)
    return _ask(request, shown, opened, "share", form, refusal, draft=draft, people=people)


@signed_in
@asks
def plan_take_back(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Take a plan back as a draft, because somebody wants it changed before they agree."""
    shown, opened = _found(request, ref)
    actor = actor_of(request)
    refusal = policies.take_back_plan(actor=actor, plan=shown.plan, files=shown.reading.files)
    people = _asked(request, shown, opened)
    draft = begin(request, f"plan-back-{ref.hex}", opened.family.ref, called="Who wants the plan changed")
    form = draft.fill(TakeBackForm(posted(request), shown=shown, people=people, at=opened.at))
    if form.is_valid():
        draft.finish(actions.take_back_plan, plan=shown.plan, by=actor, at=opened.at, **form.arguments())
        return redirect("plan", ref=ref)
    return _ask(request, shown, opened, "take_back", form, refusal, draft=draft)


@signed_in
@asks
def plan_agree(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Write down what each person says to the plan, and that the family agrees it."""
    shown, opened = _found(request, ref)
    actor = actor_of(request)
    refusal = policies.agree_plan(actor=actor, plan=shown.plan, files=shown.reading.files)
    people = _asked(request, shown, opened)
    draft = begin(request, f"plan-agreed-{ref.hex}", opened.family.ref, called="What each person says to the plan")
    form = draft.fill(AgreeForm(posted(request), shown=shown, asked=people, opened=opened))
    if form.is_valid():
        said = {"plan": shown.plan, "talk": form.talk(), "answers": form.answers()}
        draft.finish(actions.agree_plan, by=actor, at=opened.at, **said)
        return redirect("plan", ref=ref)
    return _ask(request, shown, opened, "agree", form, refusal, draft=draft, people=people)


@signed_in
@asks
def plan_version(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Write a newer version. If somebody saved one first, theirs stands beside what was typed and nothing is lost."""
    shown, opened = _found(request, ref)
    draft = begin(request, "plan-version", opened.family.ref, called="A newer version of the plan")
    form = draft.fill(PlanForm(posted(request), before=shown, kept=draft.data, **_choices(request, opened)))
    newer = _read_since(request, shown, draft)
    if form.is_valid():
        said = {"plan": shown.plan, **form.arguments()}
        try:
            made = draft.finish(actions.revise_plan, by=actor_of(request), at=opened.at, **said)
        except Refused as no:
            newer = _theirs(request, shown, no)
        else:
            return redirect("plan", ref=made.entry.ref)
    elif draft.kept is None and newer:
        return redirect("plan-version", ref=newer.reading.entry.ref)
    refusal = policies.revise_plan(actor=actor_of(request), plan=shown.plan, files=shown.reading.files)
    if refusal is not REPLACED_ALREADY:
        refuse_if_sent(request, refusal)
    saw(request, "plan form", files=[f.ref for f in shown.reading.files], entry=str(ref))
    page = _form_page(opened, form, reverse("plan", kwargs={"ref": ref}))
    page |= {"shown": shown, "newer": newer, "refusal": None if refusal is REPLACED_ALREADY else refusal}
    late = newer and request.method == "POST"
    return render(request, "plans/version.html", page | {"draft": draft}, status=NEWER if late else None)


@signed_in
@asks
def plan_end(request: HttpRequest, ref: UUID) -> HttpResponse:
    """End a plan the family lives by, saying why."""
    shown, opened = _found(request, ref)
    actor, today = actor_of(request), timezone.localdate(opened.at)
    refusal = policies.end_plan(actor=actor, plan=shown.plan, files=shown.reading.files, why="because")
    draft = begin(request, f"plan-end-{ref.hex}", opened.family.ref, called="Why a plan ended")
    form = draft.fill(EndForm(posted(request), agreed_on=shown.plan.agreed_on, today=today))
    if form.is_valid():
        draft.finish(actions.end_plan, plan=shown.plan, by=actor, at=opened.at, **form.cleaned_data)
        return redirect("plan", ref=ref)
    return _ask(request, shown, opened, "end", form, refusal, draft=draft)


def _open(request: HttpRequest, ref: UUID) -> Opened:
    opened = open_or_none(actor_of(request), ref, at=timezone.now())
    if opened is None:
        raise Http404
    return opened


def _found(request: HttpRequest, ref: UUID) -> tuple[PlanShown, Opened]:
    shown = queries.open_plan(actor_of(request), ref)
    if shown is None:
        raise Http404
    return shown, _open(request, shown.reading.entry.family.ref)


def _read_since(request: HttpRequest, shown: PlanShown, draft: Unfinished) -> PlanShown | None:
    """Give a version saved since this page, or these unfinished words, were begun. Only for a page that is opened."""
    if request.method != "GET":
        return None
    begun_on_another = draft.kept is not None and draft.kept.address not in {"", request.get_full_path()}
    return queries.newer_than(actor_of(request), shown.plan) or (shown if begun_on_another else None)


def _theirs(request: HttpRequest, shown: PlanShown, no: Refused) -> PlanShown:
    """Give the version somebody else saved meanwhile; any other refusal goes on its way."""
    theirs = queries.newer_than(actor_of(request), shown.plan) if no.refusal is REPLACED_ALREADY else None
    if theirs is None:
        raise no
    return theirs


def _choices(request: HttpRequest, opened: Opened) -> dict[str, Any]:
    """What the questions of a plan choose among: the people shown, their workers, the worries written with them."""
    workers: dict[int, Account] = {}
    for tie in who_works_with(opened.files, at=opened.at):
        if tie.staff is not None:
            workers[tie.staff.pk] = tie.staff
    worries = queries.worries_of(actor_of(request), opened.files)
    return {"opened": opened, "workers": list(workers.values()), "worries": worries}


def _asked(request: HttpRequest, shown: PlanShown, opened: Opened) -> list[Person]:
    people = queries.asked_of(actor_of(request), shown.plan, at=opened.at)
    tell_apart(people)
    return people


def _together(opened: Opened, asked: Sequence[Any]) -> list[Any]:
    """Everybody who may be shown a plan: those asked about it first, then the youngest."""
    known = {p.pk for p in asked}
    return [*asked, *(p for p in opened.people if p.pk not in known)]


def _plan_page(request: HttpRequest, opened: Opened, shown: PlanShown | None) -> dict[str, Any]:
    page: dict[str, Any] = {"family": frame(opened, "plans"), "ref": opened.family.ref, "shown": shown}
    if shown is None:
        return page
    return page | {
        "standing_words": queries.in_words(shown),
        "ways": _ways(request, shown),
        "prompts": queries.prompts(shown),
        "way_words": WAYS,
        "paper": reverse("paper-new", kwargs={"ref": shown.reading.entry.ref}),
    }


def _ways(request: HttpRequest, shown: PlanShown) -> list[dict[str, str]]:
    """What may be done with this version now, in the order it is done."""
    asked: dict[str, Any] = {"actor": actor_of(request), "plan": shown.plan, "files": shown.reading.files}
    found = (
        ("plan-share", "Write down who was shown it", policies.share_with_family(**asked)),
        ("plan-agree", "Write down who agrees", policies.agree_plan(**asked)),
        ("plan-take-back", "Take it back to change it", policies.take_back_plan(**asked)),
        ("plan-version", "Write a newer version", policies.revise_plan(**asked)),
        ("plan-end", "End this plan", policies.end_plan(**asked, why="because")),
    )
    ref = shown.reading.entry.ref
    return [{"label": label, "url": reverse(name, kwargs={"ref": ref})} for name, label, no in found if no is None]


def _form_page(opened: Opened, form: Form, back: str) -> dict[str, Any]:
    return {"family": frame(opened, "plans"), "ref": opened.family.ref, "form": form, "back": back, "once": form_key()}


def _ask(
    request: HttpRequest,
    shown: PlanShown,
    opened: Opened,
    which: str,
    form: Form,
    refusal: Refusal | None,
    *,
    draft: Unfinished,
    **more: object,
) -> HttpResponse:
    """Show one of the questions asked of a plan, beside the plan itself; or why it cannot be asked now."""
    refuse_if_sent(request, refusal)
    ref = shown.reading.entry.ref
    saw(request, "plan form", files=[f.ref for f in shown.reading.files], entry=str(ref))
    page = _form_page(opened, form, reverse("plan", kwargs={"ref": ref}))
    return render(request, f"plans/{which}.html", page | {"shown": shown, "refusal": refusal, "draft": draft} | more)
