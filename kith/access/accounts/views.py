"""Pages about the people who work here: who they are, what they may do, how they come in. No family is on them."""

from collections.abc import Mapping
from functools import partial
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from kith.access.accounts import actions, policies, queries
from kith.access.accounts.forms import ChangeForm, WhyForm, WorkForm
from kith.access.accounts.models import Account
from kith.access.edge import actor_of, asks, form_key, posted, reads, saw, show_again_first, signed_in, writes
from kith.access.roles import ROLES, Work
from kith.kit.refusal import require


def found(request: HttpRequest, ref: UUID) -> Account:
    """Give the account at this address to somebody who may see it, and say that it was looked at."""
    require(policies.see_accounts(actor=actor_of(request)))
    account = queries.person(ref)
    if account is None:
        raise Http404
    saw(request, "account", account=str(ref))
    return account


@signed_in
@reads
def accounts(request: HttpRequest) -> HttpResponse:
    """Show who works here, or who has left."""
    require(policies.see_accounts(actor=actor_of(request)))
    like, left = request.GET.get("like", "").strip(), request.GET.get("left") == "1"
    saw(request, "accounts", left=left)
    shown = queries.people(at=timezone.now(), like=like, closed=left)
    words = {"accounts": shown, "like": like, "left": left, "roles": ROLES}
    return render(request, "accounts/list.html", words)


@signed_in
@reads
def account(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Show one account: what its person may do, from when, why, and what has happened to it."""
    account, at = found(request, ref), timezone.now()
    words = {
        "account": account,
        "held": [(h, ROLES[Work(h.work)].shown_as) for h in queries.held_now(account, at=at)],
        "history": queries.history(account),
        "steps": queries.second_steps_set_up(account),
        "refusal": policies.change_account(actor=actor_of(request), account=account),
        "once": form_key(),
    }
    return render(request, "accounts/one.html", words)


@signed_in
@asks
def details(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Change what somebody is called and how to reach them."""
    account = found(request, ref)
    form = ChangeForm(posted(request), initial=queries.details_now(account))
    form.mark = queries.mark_of(account)
    if form.is_valid():
        change = partial(actions.change_details, account=account, by=actor_of(request), at=timezone.now())
        if form.saves(partial(change, **form.cleaned_data), lambda: _as_it_stands(ref)):
            return redirect("account", ref=ref)
    return _ask(request, account, form, "Change details", "Keep these details")


def _as_it_stands(ref: UUID) -> tuple[Mapping[str, str], str]:
    account = queries.person(ref)
    if account is None:
        raise Http404
    return queries.details_now(account), queries.mark_of(account)


@signed_in
@asks
def work(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Give somebody a kind of work, from a day, for a reason."""
    account, at = found(request, ref), timezone.now()
    today = timezone.localdate(at)
    form = WorkForm(posted(request), today=today, initial={"since": today})
    if form.is_valid():
        actions.add_work(account=account, by=actor_of(request), at=at, **form.cleaned_data)
        return redirect("account", ref=ref)
    return _ask(request, account, form, "Give a kind of work", "Give this work")


@signed_in
@asks
def work_end(request: HttpRequest, ref: UUID, kind: str) -> HttpResponse:
    """End a kind of work now, for a reason."""
    account, at = found(request, ref), timezone.now()
    held = queries.held_now(account, at=at).filter(work=kind).first()
    if held is None:
        raise Http404
    form = WhyForm(posted(request))
    if form.is_valid():
        actions.end_work(held=held, by=actor_of(request), at=at, **form.cleaned_data)
        return redirect("account", ref=ref)
    return _ask(request, account, form, f"End work as {ROLES[Work(kind)].shown_as}", "End it now")


@signed_in
@asks
def way_in(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Make a one-time link, shown once, to be handed over in person."""
    account = found(request, ref)
    if show := show_again_first(request):
        return show
    link = ""
    if request.method == "POST":
        token = actions.give_link(account=account, by=actor_of(request), at=timezone.now())
        link = request.build_absolute_uri(reverse("join-link", kwargs={"ref": ref, "token": token}))
    return render(request, "accounts/way_in.html", {"account": account, "link": link})


@signed_in
@asks
def second_steps(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Take away the second steps of somebody whose phone is lost."""
    account = found(request, ref)
    if show := show_again_first(request):
        return show
    if request.method != "POST":
        return render(request, "accounts/second_steps.html", {"account": account, "once": form_key()})
    actions.clear_second_steps(account=account, by=actor_of(request), at=timezone.now())
    return redirect("account", ref=ref)


@signed_in
@writes
def open_again(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Open the account of somebody who comes back."""
    actions.open_again(account=found(request, ref), by=actor_of(request), at=timezone.now())
    return redirect("account", ref=ref)


def _ask(
    request: HttpRequest, account: Account, form: ChangeForm | WorkForm | WhyForm, title: str, button: str
) -> HttpResponse:
    words = {"account": account, "form": form, "title": title, "button": button, "once": form_key()}
    return render(request, "accounts/ask.html", words)
