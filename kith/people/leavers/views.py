"""Pages of a last day: ending what somebody holds here, and the children who wait for another worker."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from kith.access.accounts.forms import WhyForm
from kith.access.accounts.policies import see_accounts
from kith.access.accounts.queries import person as person_at
from kith.access.edge import actor_of, asks, form_key, posted, reads, saw, signed_in
from kith.kit.refusal import require
from kith.people.leavers import actions, policies, queries
from kith.people.persons.pages import face


@signed_in
@asks
def account_leave(request: HttpRequest, ref: UUID) -> HttpResponse:
    """End everything somebody holds here. No child is named on this page, nor how many there are."""
    actor = actor_of(request)
    require(see_accounts(actor=actor))
    saw(request, "account", account=str(ref))
    account = person_at(ref)
    if account is None:
        raise Http404
    refusal = policies.say_goodbye(actor=actor, account=account)
    form = WhyForm(posted(request))
    if refusal is None and form.is_valid():
        actions.say_goodbye(account=account, by=actor, at=timezone.now(), **form.cleaned_data)
        return redirect("account", ref=ref)
    words = {"account": account, "form": form, "refusal": refusal, "once": form_key()}
    return render(request, "leavers/leaver.html", words)


@signed_in
@reads
def without_worker(request: HttpRequest) -> HttpResponse:
    """The children I may read with whom nobody is allocated to work, the longest without first."""
    actor, at = actor_of(request), timezone.now()
    require(policies.see_without_worker(actor=actor))
    waiting = queries.without_worker(actor, at=at)
    saw(request, "without worker", files=[one.file.ref for one in waiting])
    return render(request, "leavers/without_worker.html", {"waiting": waiting, "face": face})
