"""My own account, in pages: what shows that it is me, and where I am signed in."""

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import clear_totp_secret
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from kith.access.edge import actor_of, asks, bare, posted, reads, show_again_first, signed_in
from kith.access.roles import ROLES
from kith.access.signin import actions, devices, knocking, policies
from kith.access.signin.forms import AppForm, CodeForm, NewPasswordForm, PasswordForm
from kith.access.signin.queries import account_of, codes_left, second_steps, stays
from kith.access.signin.views import WAIT_STATUS, app_secret, leave, next_page, picture_of
from kith.kit.refusal import Refusal


@signed_in
@reads
@bare
def account(request: HttpRequest) -> HttpResponse:
    """Show me what there is about my own account."""
    me, by, at = account_of(actor_of(request)), actor_of(request), timezone.now()
    words = {
        "me": me,
        "work": [ROLES[kind].shown_as for kind in sorted(by.work)],
        "steps": second_steps(me),
        "codes_left": codes_left(me),
        "stays": stays(me, at=at),
        "here": by.session,
    }
    return render(request, "signin/account.html", words)


@signed_in
@asks
@bare
def again(request: HttpRequest) -> HttpResponse:
    """Ask once more for the password or a code, before something that cannot be taken back."""
    form_kind = PasswordForm if account_of(actor_of(request)).has_usable_password() else CodeForm
    form, status = form_kind(posted(request)), 200
    if form.is_valid():
        shown = _show(request, form.cleaned_data)
        if not isinstance(shown, Refusal):
            return redirect(next_page(request))
        form.add_error(None, shown.reason)
        status = WAIT_STATUS if shown is policies.WAIT else 200
    return render(request, "signin/again.html", {"form": form, "next": next_page(request)}, status=status)


def _show(request: HttpRequest, given: dict[str, str]) -> Refusal | None:
    me, at = account_of(actor_of(request)), timezone.now()
    comer = devices.comer(request, me.username)
    refusal = knocking.step_up(comer=comer, account=me, by=actor_of(request), at=at, **given)
    if refusal is None:
        request.session["stepped_up_at"] = at.isoformat()
        record_authentication(request, me, method="password", reauthenticated=True)
    return refusal


@signed_in
@asks
@bare
def password(request: HttpRequest) -> HttpResponse:
    """Let me choose a new password. I stay signed in here and nowhere else."""
    if show := show_again_first(request):
        return show
    me = account_of(actor_of(request))
    form = NewPasswordForm(posted(request), account=me)
    if not form.is_valid():
        return render(request, "signin/password.html", {"form": form})
    actions.choose_password(account=me, password=form.cleaned_data["password"], by=actor_of(request), at=timezone.now())
    me.refresh_from_db()
    update_session_auth_hash(request, me)
    return redirect("my-account")


@signed_in
@asks
@bare
def everywhere(request: HttpRequest) -> HttpResponse:
    """Sign me out on every computer and phone, this one too."""
    if request.method != "POST":
        return render(request, "signin/everywhere.html")
    actions.sign_out_everywhere(account=account_of(actor_of(request)), by=actor_of(request), at=timezone.now())
    return leave(request, "everywhere")


@signed_in
@asks
@bare
def app(request: HttpRequest) -> HttpResponse:
    """Set up an authenticator app, or a new one in place of the old."""
    if show := show_again_first(request):
        return show
    me = account_of(actor_of(request))
    form = AppForm(posted(request), secret=app_secret(request))
    if not form.is_valid():
        return render(request, "signin/app.html", {"form": form} | picture_of(me, form.secret))
    fresh = actions.add_app(account=me, secret=form.secret, by=actor_of(request), at=timezone.now())
    clear_totp_secret(request)
    return show_codes(request, fresh)


@signed_in
@asks
@bare
def codes(request: HttpRequest) -> HttpResponse:
    """Make new recovery codes, and show them this once."""
    if show := show_again_first(request):
        return show
    me = account_of(actor_of(request))
    if request.method != "POST":
        return render(request, "signin/codes_ask.html", {"left": codes_left(me)})
    return show_codes(request, actions.renew_codes(account=me, by=actor_of(request), at=timezone.now()))


def show_codes(request: HttpRequest, fresh: list[str]) -> HttpResponse:
    """Show recovery codes once, when there are new ones."""
    if not fresh:
        return redirect("my-account")
    return render(request, "signin/codes.html", {"codes": fresh, "then": ""})


@signed_in
@asks
@bare
def remove(request: HttpRequest, step: int) -> HttpResponse:
    """Take away one of my second steps."""
    if show := show_again_first(request):
        return show
    me = account_of(actor_of(request))
    found = get_object_or_404(Authenticator, pk=step, user=me, type__in=["totp", "webauthn"])
    refusal = policies.remove_step(actor=actor_of(request), account=me)
    if request.method != "POST":
        return render(request, "signin/remove_step.html", {"step": found, "refusal": refusal})
    actions.remove_step(account=me, step=found, by=actor_of(request), at=timezone.now())
    return redirect("my-account")
