"""Pages about what this council sets, from which day, and why. No family is on them."""

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from kith.access.edge import actor_of, asks, form_key, posted, reads, saw, signed_in
from kith.council.settings import actions, policies, queries
from kith.council.settings.forms import SettingForm
from kith.kit.refusal import require


@signed_in
@reads
def settings(request: HttpRequest) -> HttpResponse:
    """Show everything the council may set, what is in force, and every change."""
    require(policies.see_settings(actor=actor_of(request)))
    saw(request, "settings")
    return render(request, "settings/list.html", {"shown": queries.settings_shown(on=timezone.localdate())})


@signed_in
@asks
def setting_change(request: HttpRequest, key: str) -> HttpResponse:
    """Change one thing, from a day, for a reason."""
    require(policies.see_settings(actor=actor_of(request)))
    known = queries.known().get(key)
    if known is None:
        raise Http404
    saw(request, "settings", key=key)
    at = timezone.now()
    today = timezone.localdate(at)
    now = {"value": queries.setting(key, on=today), "since": today}
    form = SettingForm(posted(request), known=known, today=today, initial=now)
    form.mark = queries.mark_of(key)
    if form.is_valid():
        change = partial(actions.change_setting, key=key, by=actor_of(request), at=at, **form.cleaned_data)
        if form.saves(change, lambda: ({"value": queries.setting(key, on=today)}, queries.mark_of(key))):
            return redirect("settings")
    return render(request, "settings/change.html", {"known": known, "form": form, "once": form_key()})
