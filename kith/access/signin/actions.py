"""The verbs of the door: come in, be turned away, leave, and prove it is you in a second way."""

from datetime import datetime
from hashlib import sha256

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.db.models import F

from kith.access.accounts.models import Account
from kith.access.actor import Actor
from kith.access.audit.acts import action, note
from kith.access.audit.looks import hashed
from kith.access.signin import policies, throttle
from kith.access.signin.models import SignIn
from kith.access.signin.queries import STEPS
from kith.access.signin.throttle import Comer
from kith.access.step_up import stepped_up
from kith.kit.refusal import require


@action
def show_again(*, account: Account, by: Actor, at: datetime) -> None:  # noqa: ARG001 - as above
    """Note that somebody showed once more that it is them."""
    require(policies.own(actor=by, account=account))
    note("stepped.up", about=account)


@action
def turn_away(*, comer: Comer, step: str, by: Actor, at: datetime) -> None:
    """Count a try in vain and note it. The trail keeps hashes of name and address, never what was typed."""
    require(policies.turn_away(actor=by))
    throttle.count_failure(comer, at=at)
    note("sign-in.refused", name=hashed(comer.name), address=hashed(comer.address), step=step)


@action
def sign_in(*, account: Account, how: str, device: str, by: Actor, at: datetime) -> SignIn:
    """Begin a stay. `how` says how it was proved: password, totp, recovery_codes, webauthn, provider."""
    require(policies.own(actor=by, account=account) or policies.sign_in(account=account))
    stay = SignIn.objects.create(account=account, session=by.session, how=how, device=device, began_at=at, seen_at=at)
    note("signed.in", about=stay, how=how)
    return stay


@action
def sign_out(*, account: Account, why: str, by: Actor, at: datetime) -> None:
    """End this stay. `why` is asked, idle, too-long or closed."""
    require(policies.own(actor=by, account=account))
    SignIn.objects.filter(account=account, session=by.session, ended_at=None).update(ended_at=at)
    note("signed.out", why=why)


@action
def sign_out_everywhere(*, account: Account, by: Actor, at: datetime) -> None:
    """End every stay of this person at once, this one included: the next request of each finds it shut."""
    require(policies.own(actor=by, account=account))
    _end_stays(account, at=at)
    note("signed.out.everywhere", about=account)


def _end_stays(account: Account, *, at: datetime) -> None:
    """Make every session of this account worthless, within whatever act asked for it."""
    Account.objects.filter(pk=account.pk).update(session_version=F("session_version") + 1)
    SignIn.objects.filter(account=account, ended_at=None).update(ended_at=at)


def seen(*, account_id: int, session: str, at: datetime) -> None:
    """Say that a stay is still in use. Not an act: nothing was done; the looks say what was seen."""
    SignIn.objects.filter(account=account_id, session=session, ended_at=None).update(seen_at=at)


@action
def add_app(*, account: Account, secret: str, by: Actor, at: datetime) -> list[str]:  # noqa: ARG001
    """Add an authenticator app, and recovery codes when there are none yet, given back to be shown once."""
    require(policies.own(actor=by, account=account))
    Authenticator.objects.filter(user=account, type=Authenticator.Type.TOTP).delete()
    TOTP.activate(account, secret)
    note("second-step.added", about=account, kind="totp")
    return _first_codes(account)


@action
def add_passkey(*, account: Account, name: str, credential: dict[str, object], by: Actor, at: datetime) -> list[str]:
    """Add a passkey, and recovery codes when there are none yet, given back to be shown once."""
    require(policies.own(actor=by, account=account) or stepped_up(actor=by, at=at))
    WebAuthn.add(account, name, credential)
    note("second-step.added", about=account, kind="webauthn")
    return _first_codes(account)


def _first_codes(account: Account) -> list[str]:
    kind = Authenticator.Type.RECOVERY_CODES
    if Authenticator.objects.filter(user=account, type=kind).exists():
        return []
    return list(RecoveryCodes.activate(account).get_unused_codes())


@action
def renew_codes(*, account: Account, by: Actor, at: datetime) -> list[str]:
    """Make ten new recovery codes. The old ones stop working at once."""
    require(policies.own(actor=by, account=account) or stepped_up(actor=by, at=at))
    Authenticator.objects.filter(user=account, type=Authenticator.Type.RECOVERY_CODES).delete()
    note("recovery-codes.renewed", about=account)
    return _first_codes(account)


@action
def remove_step(*, account: Account, step: Authenticator, by: Actor, at: datetime) -> None:
    """Take away an app or a passkey. The last one cannot be taken away: add another first."""
    require(policies.remove_step(actor=by, account=account) or stepped_up(actor=by, at=at))
    note("second-step.removed", about=account, kind=step.type)
    step.delete()


@action
def use_code(*, account: Account, code: str, by: Actor, at: datetime) -> Authenticator | None:
    """Take a code from the app or from the recovery codes, once. None when it does not fit or was used."""
    require(policies.own(actor=by, account=account))
    print_of = sha256(f"{account.ref}{code.strip()}".encode()).hexdigest()
    for step in Authenticator.objects.select_for_update().filter(user=account).exclude(type=STEPS[1]):
        used = step.data.get("last_used") == print_of
        if not used and step.wrap().validate_code(code):
            step.refresh_from_db()
            step.data["last_used"], step.last_used_at = print_of, at
            step.save(update_fields=["data", "last_used_at"])
            note("second-step.passed", about=account, kind=step.type)
            return step
    note("second-step.failed", about=account)
    return None


@action
def choose_password(*, account: Account, password: str, by: Actor, at: datetime) -> None:
    """Set a password that only its owner knows, and end every stay begun with the old one."""
    require(policies.own(actor=by, account=account) or policies.sign_in(account=account))
    account.set_password(password)
    account.save(update_fields=["password"])
    _end_stays(account, at=at)
    note("password.chosen", about=account)
