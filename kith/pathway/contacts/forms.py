"""The questions of a call, on one page to fill in while the caller talks; and of somebody new in a family."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.forms.utils import ErrorDict
from django.utils import timezone

from kith.access.accounts.models import Account
from kith.access.actor import Actor
from kith.kit.days import PartDay
from kith.kit.forms import Choice, Day, Form, LongAnswer, Moment, PartialDay, Pick, ShortAnswer, Tick, YesNo
from kith.pathway.contacts.models import Outcome, Source, Urgency
from kith.pathway.contacts.policies import LEVEL_OF
from kith.pathway.contacts.words import Call, Somebody
from kith.people.persons.actions import Details
from kith.people.persons.called import full_name
from kith.people.persons.keys import Particulars, fold
from kith.people.sight.finding import Found, known_by_ref, known_like
from kith.people.sight.known import Known
from kith.people.sight.lines import born_words, why_words

ROWS = 4
MOST_ROWS = 20
MORE = 3
NEW = "new"
PARTS = ("given", "family", "same", "born", "child", "role", "who")
LONGEST_FOLDED = 420
BEFORE_BIRTH = timedelta(days=300)
PRECISIONS = {"day": "exact", "month": "month", "year": "year"}
CHILD, GROWN = "child", "grown-up"


class PeopleForm(Form):
    """Rows of people, each with those we may know already. Checking is offered and never asked for.

    A person chosen is looked for again when the form comes back: hidden and unknown are the same wrong answer.
    """

    needs_first = False

    def __init__(self, *args: Any, actor: Actor, at: datetime, rows: int, **named: Any) -> None:
        super().__init__(*args, **named)
        self.actor, self.at, self.rows = actor, at, rows
        self.chosen: dict[str, Known] = {}
        for row in range(rows):
            self._ask_person(row)
        self._find_chosen()

    def _ask_person(self, row: int) -> None:
        needed = "Write a name, even if it is only a first name" if self.needs_first and not row else ""
        self.fields[f"p{row}_given"] = ShortAnswer("First names", missing=needed)
        self.fields[f"p{row}_family"] = ShortAnswer("Family name")
        if row:
            self.fields[f"p{row}_same"] = Tick("The same family name as person 1")
        self.fields[f"p{row}_born"] = PartialDay(
            "When were they born?",
            hint="As much as you know: a year is enough. For a baby on the way, the day it is due.",
            latest=timezone.localdate(self.at) + BEFORE_BIRTH,
            too_late="That is too far ahead. Check the year.",
        )
        self.fields[f"p{row}_child"] = Choice("Child or grown-up?", [(CHILD, "Child"), (GROWN, "Grown-up")])
        self.fields[f"p{row}_role"] = ShortAnswer(
            "Who are they in the family?", hint="For example mum, Nana, the baby, next door.", longest=100
        )
        self.fields[f"p{row}_who"] = Choice("Is this somebody we know?", [(NEW, "Somebody new")], down=True)

    def _find_chosen(self) -> None:
        """Look for the people chosen among those this worker may know of, so that they are answers to choose."""
        sent = {row: str(self.data.get(f"p{row}_who", "")) for row in range(self.rows)} if self.is_bound else {}
        refs = {value for value in sent.values() if _is_ref(value)}
        self.chosen = known_by_ref(self.actor, refs, at=self.at) if refs else {}
        for row, value in sent.items():
            if known := self.chosen.get(value):
                self._offer(row, [known], [""])

    def _offer(self, row: int, people: Sequence[Known], whys: Sequence[str]) -> None:
        labels = [(str(k.person.ref), f"This is {full_name(k.person)}") for k in people]
        field = self.fields[f"p{row}_who"]
        field.choices = [*labels, (NEW, "Somebody new")]  # type: ignore[attr-defined]
        field.hints = {  # type: ignore[attr-defined]
            str(k.person.ref): _hint(k, why, self.at) for k, why in zip(people, whys, strict=True)
        }

    def check(self, *, only: bool) -> list[Found]:
        """Put beside each row the people it may be. With `only`, only the rows are found wrong."""
        if only:
            kept = {k: v for k, v in self.errors.items() if k.endswith(("_born", "_given", "_family"))}
            self._errors = ErrorDict({k: v for k, v in kept.items() if not _is_missing(v)})
        everyone: list[Found] = []
        for row in self.written():
            found = known_like(self.actor, self._particulars(row), at=self.at)
            known = {str(f.known.person.ref): f.known for f in found}
            whys = {str(f.known.person.ref): why_words(f.match) for f in found}
            kept_ref = str(self.data.get(f"p{row}_who", ""))
            if kept_ref in self.chosen and kept_ref not in known:
                known[kept_ref] = self.chosen[kept_ref]
            if known:
                self._offer(row, list(known.values()), [whys.get(ref, "") for ref in known])
            everyone += found
        return everyone

    def written(self) -> list[int]:
        """Rows in which somebody is named or chosen."""
        sent = [
            (row, [str(self.data.get(f"p{row}_{p}", "")).strip() for p in ("given", "family")])
            for row in range(self.rows)
        ]
        return [row for row, words in sent if any(words) or str(self.data.get(f"p{row}_who", "")) in self.chosen]

    def offered(self, row: int) -> bool:
        """Whether there is anyone to choose from beside this row."""
        return len(self.fields[f"p{row}_who"].choices) > 1  # type: ignore[attr-defined]

    def _particulars(self, row: int) -> Particulars:
        born = self.cleaned_data.get(f"p{row}_born")
        words = (self.cleaned_data.get(f"p{row}_{part}") or "" for part in ("given", "family"))
        on, precision = _born(born, timezone.localdate(self.at))
        return Particulars(names=(" ".join(words).strip(),), born=on, born_precision=precision)  # type: ignore[arg-type]

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        self._share_names(answers)
        self._ask_whose(answers)
        for row in self.written():
            folded = fold(f"{answers.get(f'p{row}_given') or ''} {answers.get(f'p{row}_family') or ''}")
            if len(folded) > LONGEST_FOLDED:
                self.add_error(f"p{row}_given", "Shorten this name")
            if not answers.get(f"p{row}_child") and f"p{row}_child" not in self.errors:
                self.add_error(f"p{row}_child", "Say whether they are a child or a grown-up")
        chosen = [answers.get(f"p{row}_who") for row in self.written()]
        for row in self.written():
            who = answers.get(f"p{row}_who")
            if who in self.chosen and chosen.count(who) > 1:
                self.add_error(f"p{row}_who", "You have chosen the same person twice. Leave one of the rows empty")
        return answers

    def _ask_whose(self, answers: dict[str, Any]) -> None:
        """Ask whose they are about a birthday or a place in the family that stands beside no name: it would be lost."""
        for row in set(range(self.rows)) - set(self.written()):
            if answers.get(f"p{row}_role") or answers.get(f"p{row}_born"):
                self.add_error(f"p{row}_given", "Write whose this is, even a first name, or empty the row")

    def _share_names(self, answers: dict[str, Any]) -> None:
        """Give the first person's family name to whoever was said to share it, so that nobody types it five times."""
        for row in range(1, self.rows):
            if answers.get(f"p{row}_same") and not answers.get(f"p{row}_family"):
                answers[f"p{row}_family"] = answers.get("p0_family", "")

    def people(self) -> list[Somebody]:
        """Give everyone written down, as the action takes them."""
        return [self._somebody(row) for row in self.written()]

    def _somebody(self, row: int) -> Somebody:
        a = self.cleaned_data
        known = self.chosen.get(a[f"p{row}_who"])
        on, precision = _born(a[f"p{row}_born"], timezone.localdate(self.at))
        given, family = a.get(f"p{row}_given", ""), a[f"p{row}_family"]
        details = Details(given=given, family=family, born_on=on, born_precision=precision)
        return Somebody(
            is_child=a[f"p{row}_child"] == CHILD,
            role=a[f"p{row}_role"],
            known=known,
            details=None if known else details,
        )

    def row_fields(self) -> Iterator[dict[str, Any]]:
        """Give each row for the page: its number, its questions in order, and whether anyone is offered."""
        for row in range(self.rows):
            parts = [part for part in PARTS if f"p{row}_{part}" in self.fields]
            asked = [self[f"p{row}_{part}"] for part in parts if part != "who" or self.offered(row)]
            yield {"number": row + 1, "fields": asked}


class ContactForm(PeopleForm):
    """One call: who is ringing, the worry in their words, what is going well, who is in the family, where, and told."""

    source = Choice("Who is ringing?", Source.choices, missing="Choose who is ringing")
    caller = ShortAnswer(
        "Their name, and how to ring them back",
        hint="If they will not say, write that they would not.",
        missing="Write who is ringing, or that they would not say",
    )
    may_be_named = YesNo(
        "May we tell the family who rang?",
        yes="Yes, they agree",
        no="No, or not asked",
        missing="Say whether the family may be told who rang",
    )
    worry = LongAnswer(
        "What are they worried about, in their own words?",
        hint="As they say it, not as a report would.",
        missing="Write the worry, as they said it",
    )
    going_well = LongAnswer(
        "What is going well?",
        hint="Ask: what do you like about this family? Who helps? When was it better?",
        rows=4,
        missing="Write what is going well, or that they could think of nothing when you asked",
    )
    where_now = LongAnswer("Where are the children now, and who is with them?", rows=2)
    asked_for = LongAnswer("What are they hoping we will do?", rows=2)
    urgency = Choice("How soon must somebody read this?", Urgency.choices, missing="Choose how soon", down=True)
    told_family = YesNo("Does the family know about this call?", missing="Say whether the family knows")
    why_not = ShortAnswer("If they do not, why not?", longest=500)
    happened_at = Moment("When did they ring, if it was not just now?", hint="For example 23 11 2026, 4.10 pm")
    family_name = ShortAnswer("What does the family call itself, if you know?")

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        if answers.get("told_family") is False and not answers.get("why_not"):
            self.add_error("why_not", "Say why the family does not know yet")
        happened = answers.get("happened_at")
        if happened and happened > self.at:
            self.add_error("happened_at", "That time has not come yet. Check the day and the time")
        if not any(answers.get(f"p{row}_child") == CHILD for row in self.written()):
            self.add_error("p0_given", "Write down at least one child, even if all you know is a first name")
        return answers

    def arguments(self) -> dict[str, Any]:
        """Give the answers as `take_contact` takes them."""
        a = self.cleaned_data
        words = ("source", "caller", "worry", "going_well", "urgency", "told_family", "why_not", "where_now")
        call = Call(
            **{word: a[word] for word in words},
            asked_for=a["asked_for"],
            may_be_named=a["may_be_named"],
            happened_at=a["happened_at"] or self.at,
        )
        return {"call": call, "people": self.people(), "family_name": a["family_name"]}


class NewPersonForm(PeopleForm):
    """Somebody to add to a family."""

    needs_first = True

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        if "p0_given" in self.errors and answers.get("p0_who") in self.chosen:
            del self.errors["p0_given"]
        return answers


class DecideForm(Form):
    """What follows a call, and why."""

    outcome = Choice("What follows?", Outcome.choices, missing="Choose what follows", down=True)
    reason = LongAnswer(
        "Why this, and why is nothing lighter enough?",
        hint="In words you would say to the family.",
        missing="Write why",
    )
    worker = Pick("Who will work with the children?")
    reply_sent_on = Day("If whoever rang has been told, on which day?")

    def __init__(self, *args: Any, workers: Sequence[Account], at: datetime, **named: Any) -> None:
        super().__init__(*args, **named)
        self.workers = {str(w.ref): w for w in workers}
        choices = [("", "Nobody: no help from us is needed"), *((ref, w.name) for ref, w in self.workers.items())]
        self.fields["worker"].choices = choices  # type: ignore[attr-defined]
        bound_day(self.fields["reply_sent_on"], timezone.localdate(at))

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        if answers.get("outcome") in LEVEL_OF and not answers.get("worker") and "worker" not in self.errors:
            self.add_error("worker", "Choose who will work with the children")
        return answers

    def arguments(self) -> dict[str, Any]:
        """Give the answers as `decide_contact` takes them."""
        return {**self.cleaned_data, "worker": self.workers.get(self.cleaned_data["worker"])}


class ReplyForm(Form):
    """On which day whoever rang was told what follows."""

    sent_on = Day("On which day was whoever rang told?", missing="Write the day they were told")

    def __init__(self, *args: Any, at: datetime, **named: Any) -> None:
        super().__init__(*args, **named)
        bound_day(self.fields["sent_on"], timezone.localdate(at))


def bound_day(field: Any, latest: date) -> None:
    """Let a day be today at the latest."""
    field.latest, field.too_late = latest, "That day has not come yet. Check the date."


def _born(born: PartDay | None, today: date) -> tuple[date | None, str]:
    if born is None:
        return None, "exact"
    return born.date, "expected" if born.date > today else PRECISIONS[born.precision]


def _hint(known: Known, why: str, at: datetime) -> str:
    families = ", ".join(f"{f.name} family" for f in known.open_families)
    return ". ".join(words for words in (born_words(known.person, at), families, why) if words)


def _is_ref(value: str) -> bool:
    try:
        return str(UUID(value)) == value
    except ValueError:
        return False


def _is_missing(errors: Any) -> bool:
    return any(isinstance(e, ValidationError) and e.code == "required" for e in errors.as_data())
