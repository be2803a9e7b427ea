"""What the door asks."""

import unicodedata
from typing import Any

from allauth.mfa.totp.internal.auth import validate_totp_code
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from kith.access.accounts.models import Account
from kith.kit.forms import Form, ShortAnswer

LONGEST_PASSWORD = 4096


class Password(ShortAnswer):
    """Secret words: taken exactly as typed, in one composed form, and never shown again."""

    def __init__(self, label: str, *, fill: str = "current-password", **rest: Any) -> None:
        super().__init__(label, inputs="password", fill=fill, longest=LONGEST_PASSWORD, **rest)

    def to_python(self, value: Any) -> str:
        return unicodedata.normalize("NFKC", str(value or ""))

    def bound_data(self, data: Any, initial: Any) -> str:  # noqa: ARG002
        return ""


class SignInForm(Form):
    """Who are you, and can you show it?"""

    username = ShortAnswer("Username", missing="Enter your username.", fill="username", longest=150)
    password = Password("Password", missing="Enter your password.")


class CodeForm(Form):
    """A second way of showing it."""

    code = ShortAnswer(
        "Code",
        missing="Enter the six digits from your app, or one of your recovery codes.",
        hint="Six digits from your authenticator app, or one of your recovery codes.",
        fill="one-time-code",
        longest=20,
    )


class AppForm(CodeForm):
    """Show that the app has taken the secret."""

    def __init__(self, *given: Any, secret: str, **named: Any) -> None:
        super().__init__(*given, **named)
        self.secret = secret
        self.fields["code"].label = "The six digits your app shows now"
        self.fields["code"].help_text = ""

    def clean_code(self) -> str:
        """Check the code against the secret being offered."""
        code: str = self.cleaned_data["code"]
        if not validate_totp_code(self.secret, code.replace(" ", "")):
            raise ValidationError("That code does not fit. Wait for the next one and type it while it shows.")
        return code


class PasskeyForm(Form):
    """What to call a passkey, so that its owner knows it again."""

    name = ShortAnswer("What is it on?", missing="Say where it is, such as my work laptop.", longest=60)


class PasswordForm(Form):
    """Show once more that it is you."""

    password = Password("Password", missing="Enter your password.")


class NewPasswordForm(Form):
    """A password only its owner knows. Twelve characters or more, no other recipe (NIST 800-63B, ASVS 6.2)."""

    password = Password(
        "New password",
        missing="Choose a password.",
        hint="Twelve characters or more. Four words that do not belong together are easier to remember.",
        fill="new-password",
    )
    again = Password("The same again", missing="Type it once more.", fill="new-password")

    def __init__(self, *given: Any, account: Account, **named: Any) -> None:
        super().__init__(*given, **named)
        self.account = account

    def clean_password(self) -> str:
        """Say what makes this one easy to guess, in a sentence each."""
        password: str = self.cleaned_data["password"]
        validate_password(password, self.account)
        return password

    def clean(self) -> dict[str, Any]:
        """Both must be the same, or a slip of the finger locks somebody out."""
        given = super().clean() or {}
        if {"password", "again"} <= given.keys() and given["password"] != given["again"]:
            self.add_error("again", ValidationError("The two are not the same. Type it once more."))
        return given
