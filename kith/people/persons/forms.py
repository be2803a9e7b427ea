"""The questions about one person: what they are called, who they are, which numbers others know them by."""

import re
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from kith.framework.codes import code_list
from kith.kit.days import PartDay, Precision
from kith.kit.drawings import DRAWINGS
from kith.kit.forms import Choice, Choices, Day, Form, LongAnswer, PartialDay, Pick, Read, ShortAnswer
from kith.people.persons.keys import is_nhs_number, is_upn, plain_number
from kith.people.persons.models import Person

USES = [
    ("known-as", "What they go by now"),
    ("legal", "Their legal name now"),
    ("birth", "Their name at birth"),
    ("former", "A name they used to have"),
    ("alias", "Another name people know them by"),
]
NUMBERS = [
    ("nhs", "NHS number"),
    ("upn", "Unique pupil number"),
    ("former-upn", "An earlier unique pupil number"),
    ("ours-before", "Our number for them in an earlier system"),
    ("home-office", "Home Office number"),
    ("other", "Another number"),
]
PRECISIONS = {"day": "exact", "month": "month", "year": "year"}
PARTS: dict[str, Precision] = {"exact": "day", "month": "month", "year": "year"}
_ADDRESS = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")


class NameForm(Form):
    """One more name somebody has or had."""

    given = ShortAnswer("First names", hint="As they say and spell them.")
    family = ShortAnswer("Family name", hint="Leave this empty if they have one name only.")
    use = Choice("Which name is this?", USES, missing="Choose which name this is", down=True)
    since = Day("Since when, if you know?")
    until = Day("Until when, if they use it no more?")

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        since, until = answers.get("since"), answers.get("until")
        if since and until and until < since:
            self.add_error("until", "Check the days. This name would end before it began.")
        if not answers.get("given") and not answers.get("family"):
            self.add_error("given", "Write at least one name")
        return answers


class DetailsForm(Form):
    """Simple facts about somebody, in their own words first."""

    known_as = ShortAnswer("What do they go by?", missing="Write what they go by")
    pronouns = ShortAnswer("Pronouns", hint="For example she, he or they.", longest=60)
    about = ShortAnswer("One human thing to know first", hint="For example: Drums. Hates peas.")
    token = Pick(
        "The drawing they chose", [("", "No drawing, show initials"), *((k, d.words) for k, d in DRAWINGS.items())]
    )
    born_on = PartialDay("When were they born?", hint="Leave out the day or the month if nobody knows it.")
    born_how = Choice(
        "How sure is that?",
        [("known", "It is known"), ("estimated", "It is a guess"), ("expected", "It is the day a baby is due")],
        missing="Choose how sure it is",
        initial="known",
    )
    sex_registered = Pick("Sex as registered", lambda: [("", "Not asked yet"), *code_list("sex").choices(date.max)])
    gender = ShortAnswer("Gender, in their own words, if they want it written", longest=60)
    ethnicity_words = ShortAnswer("How do they describe their ethnicity?", hint="In their own words.")
    ethnicity = Pick(
        "Which of the national list is nearest?",
        lambda: [("", "Not asked yet"), *code_list("ethnicity").choices(date.max)],
    )
    languages = ShortAnswer("Languages they use, first the one they use most", hint="With commas between them.")
    interpreter = ShortAnswer("Do they want an interpreter? In which language or way?", longest=100)
    disabilities = Choices(
        "Is anything hard because of a disability?", lambda: code_list("disability").choices(date.max), down=True
    )
    faith = ShortAnswer("Faith, if they want it written", longest=100)
    read = Read()

    def clean_disabilities(self) -> list[str]:
        chosen: list[str] = self.cleaned_data["disabilities"]
        if "NONE" in chosen and len(chosen) > 1:
            raise ValidationError("Choose “No disability” alone, or choose the others without it.")
        return chosen

    def clean_born_on(self) -> PartDay | None:
        born: PartDay | None = self.cleaned_data["born_on"]
        return born

    def details(self) -> dict[str, Any]:
        """Give the answers as `change_details` takes them."""
        found = dict(self.cleaned_data)
        born, how = found.pop("born_on"), found.pop("born_how")
        found["born_on"] = born.date if born else None
        found["born_precision"] = PRECISIONS[born.precision] if born and how == "known" else "exact"
        if born and how != "known":
            found["born_precision"] = how
        spoken = [word.strip() for word in found.pop("languages").split(",")]
        found["languages"] = [_language_code(word) for word in spoken if word]
        return found


def details_now(person: Person) -> dict[str, Any]:
    """Give what is written about somebody now, as the form begins."""
    exact = person.born_precision in PARTS
    born = PartDay(person.born_on, PARTS.get(person.born_precision, "day")) if person.born_on else None
    plain = ("known_as", "pronouns", "about", "token", "sex_registered", "gender", "ethnicity_words", "ethnicity")
    return {name: getattr(person, name) for name in (*plain, "interpreter", "disabilities", "faith")} | {
        "born_on": born,
        "born_how": "known" if exact else person.born_precision,
        "languages": ", ".join(language_words(word) for word in person.languages),
    }


def language_words(code: str) -> str:
    """Give a language as people say it: the words for a code of our list, or what was typed."""
    found = code_list("language").codes.get(code)
    return found.words if found else code


def _language_code(word: str) -> str:
    named = {each.words.casefold(): each.code for each in code_list("language").codes.values()}
    return named.get(word.casefold(), word)


class IdentifierForm(Form):
    """A number that another body knows somebody by. NHS and pupil numbers are kept without the spaces people write."""

    kind = Choice("Which number is it?", NUMBERS, missing="Choose which number it is", down=True)
    value = ShortAnswer("The number", longest=60, missing="Write the number")

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        kind, value = answers.get("kind"), answers.get("value", "")
        if kind in ("nhs", "upn", "former-upn"):
            answers["value"] = value = plain_number(value)
        if kind == "nhs" and value and not is_nhs_number(value):
            self.add_error("value", "Check the NHS number. It has ten figures, and these do not add up.")
        if kind in ("upn", "former-upn") and value and not is_upn(value):
            self.add_error(
                "value", "Check the pupil number. It has a letter and twelve figures, and this does not fit."
            )
        return answers


class WhyForm(Form):
    """Why, in words the next reader will understand."""

    why = LongAnswer("Why?", rows=3, longest=1000, missing="Say why, so that the next reader understands")
