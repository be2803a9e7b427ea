"""The questions about somebody of another agency."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from kith.council.teams.models import Agency
from kith.kit.forms import Form, Pick, ShortAnswer


class ProfessionalForm(Form):
    """Somebody of another agency who works with this child."""

    name = ShortAnswer(
        "What are they called?", hint="As the child says it, if you know: Mr Z.", missing="Write their name"
    )
    job = ShortAnswer("What is their job?", missing="Write their job")
    agency = Pick("Where do they work?", missing="Choose where they work")
    as_what = ShortAnswer(
        "What are they to this child?",
        hint="For example: form tutor, or drum teacher.",
        longest=100,
        missing="Write what they are to this child",
    )
    phone = ShortAnswer("Telephone", longest=40, inputs="tel")
    email = ShortAnswer("E-mail", inputs="email")

    def __init__(self, *args: Any, agencies: Sequence[Agency], **named: Any) -> None:
        super().__init__(*args, **named)
        self.agencies = {str(a.ref): a for a in agencies}
        self.fields["agency"].choices = [(ref, a.name) for ref, a in self.agencies.items()]  # type: ignore[attr-defined]

    def clean_agency(self) -> Agency:
        return self.agencies[self.cleaned_data["agency"]]

    def clean_email(self) -> str:
        given: str = self.cleaned_data["email"]
        try:
            validate_email(given or "nobody@example.org")
        except ValidationError:
            raise ValidationError("Check the e-mail address. It needs a name, an @ and a place.") from None
        return given
