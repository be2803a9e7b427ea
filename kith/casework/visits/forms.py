"""The two-minute note: one box that must be filled, and what else there is time for."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from kith.casework.visits import policies
from kith.casework.visits.actions import ChildThere, Made, NoteWords, Picture
from kith.casework.visits.models import APART
from kith.casework.visits.queries import Note
from kith.kit.forms import Choice, Choices, Day, Form, LongAnswer, Moment, Pick, ShortAnswer, Tick, YesNo
from kith.kit.refusal import Refusal
from kith.people.entries.words import Here, Talk
from kith.people.files.forms import FileForm
from kith.people.involvement.frame import face
from kith.people.persons.models import File, Person

PLACES = (
    ("home", "At home"),
    ("school", "At school or nursery"),
    ("office", "At our office"),
    ("hub", "At a family hub"),
    ("hospital", "In hospital"),
    ("placement", "Where the child lives now"),
    ("outdoors", "Out and about"),
    ("phone", "On the telephone"),
    ("video", "By video"),
    ("message", "By message"),
    ("other", "Somewhere else"),
)
OUTCOMES = (
    ("happened", "It happened"),
    ("no-answer", "Nobody answered"),
    ("moved-by-family", "The family moved it"),
    ("moved-by-us", "We moved it"),
    ("declined", "They did not want it today"),
)
ALONE = (("0", "None today"), ("10", "About 10 minutes"), ("30", "Half an hour"), ("60", "Longer"))
SHARED = ("what", "together", "analysis", "strengths", "worries", "aside")
PROMISES = 2
FURTHEST_BACK = timedelta(days=26 * 366)
"""The oldest person we work with is 25: nothing we saw of them is older than that."""


class NoteForm(FileForm):
    """What happened, who was there, each child's own words, what you make of it. Only `what` must be answered."""

    what = LongAnswer(
        "What happened, and what did you notice?",
        rows=9,
        hint="If it is to a child, write to them: “today you showed me the lamp in the window”.",
        missing="Write what happened, and what you noticed",
    )
    together = LongAnswer("What did you do together?", rows=2)
    strengths = LongAnswer("What is going well?", rows=2, hint="Who did what, and when.")
    worries = LongAnswer("What worries you?", rows=2, hint="What you saw or heard, and when.")
    analysis = LongAnswer("What do you make of it?", rows=3)
    aside = LongAnswer(
        "Something private about one adult",
        rows=2,
        hint="Only for workers with this family. It is left out of what others read.",
    )
    outcome = Pick("Did the visit happen?", OUTCOMES, initial="happened")
    planned = YesNo("Did they know you were coming?")
    happened_at = Moment("When was it?", missing="Say when it was, day and time")
    place = Pick("Where were you?", PLACES, initial="home", missing="Say where you were")
    language = ShortAnswer("Which language did you speak?", initial="English", longest=60)
    interpreter = ShortAnswer(
        "Who interpreted?", hint="Their name. If you speak the language yourself, write your own."
    )
    interpreter_why = ShortAnswer(
        "If it was somebody in the family, what was the emergency?",
        hint="A child or a relative may interpret only in an emergency.",
        longest=500,
    )
    pasted = Tick("Some of this was pasted from somewhere else")

    def __init__(
        self,
        *args: Any,
        files: Sequence[File],
        children: Sequence[Person],
        adults: Sequence[Person],
        at: datetime,
        **named: Any,
    ) -> None:
        super().__init__(*args, **named)
        self.files_here = [f for f in files if f.person_id in {c.pk for c in children}]
        self.people = [*children, *adults]
        self.moment = at
        self.fields["happened_at"].initial = at
        self.fields["happened_at"].latest = timezone.localdate(at)  # type: ignore[attr-defined]
        self.fields["happened_at"].earliest = timezone.localdate(at - FURTHEST_BACK)  # type: ignore[attr-defined]
        self.fields["happened_at"].too_late = policies.NOT_YET.reason  # type: ignore[attr-defined]
        self._ask_who(children, adults)
        self._ask_each_child()
        self._ask_promises(timezone.localdate(at))

    def _ask_who(self, children: Sequence[Person], adults: Sequence[Person]) -> None:
        drawn = {str(p.ref): face(p, child=p in children) for p in self.people}
        young = [(str(f.ref), f.person.called) for f in self.files_here]
        by_file = {str(f.ref): drawn[str(f.person.ref)] for f in self.files_here}
        self.fields["about"] = Choices(
            "Which children is it about?",
            young,
            people=by_file,
            missing="Choose at least one child",
            initial=[ref for ref, _ in young],
        )
        self.fields["written_to"] = Choices(
            "Who is it written to?",
            young,
            people=by_file,
            hint="Write to the child if you can. They may read it one day.",
        )
        self.fields["present"] = Choices("Who was there?", [(str(p.ref), p.called) for p in self.people], people=drawn)
        grown = [(str(p.ref), p.called) for p in adults]
        self.fields["aside_about"] = Pick("Whom is it about?", grown)
        self.fields["picture_of"] = Pick("Whose page does it go on?", [("", "Everyone’s"), *young])

    def _ask_each_child(self) -> None:
        for file in self.files_here:
            key, name = file.ref.hex, file.person.called
            self.fields[f"alone_{key}"] = Choice(f"Time on their own with you: {name}", ALONE)
            self.fields[f"words_{key}"] = LongAnswer(
                f"{name}’s exact words", rows=2, hint=f"These go on {name}’s own page, as said."
            )
            self.fields[f"why_not_{key}"] = ShortAnswer(f"If you did not see {name}, why not?", longest=300)

    def _ask_promises(self, today: date) -> None:
        people = [(str(p.ref), p.called) for p in self.people]
        for row in range(PROMISES):
            self.fields[f"promise_{row}"] = ShortAnswer("I promised", longest=500)
            self.fields[f"promise_to_{row}"] = Pick("To", people)
            self.fields[f"promise_by_{row}"] = Day("By", earliest=today)

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        for row in range(PROMISES):
            if answers.get(f"promise_{row}") and not answers.get(f"promise_to_{row}"):
                self.add_error(f"promise_to_{row}", "Say whom you promised it to")
        if answers.get("aside") and not answers.get("aside_about"):
            self.add_error("aside_about", "Say whom it is about, so that it can be kept from others")
        self._ask_about_words_with_no_place(answers)
        self._ask_rules(answers)
        return answers

    def _ask_about_words_with_no_place(self, answers: dict[str, Any]) -> None:
        """Ask about words a note would let go of: of a child it is not about, or why a child who was seen was not."""
        about, seen = answers.get("about", []), {c.file.pk for c in self.children_there() if c.seen}
        for file in self.files_here:
            key, name = file.ref.hex, file.person.called
            if str(file.ref) not in about and (answers.get(f"words_{key}") or answers.get(f"why_not_{key}")):
                self.add_error("about", f"You wrote about {name}. Choose {name} here, or take those words out")
            elif answers.get(f"why_not_{key}") and file.pk in seen:
                self.add_error(f"why_not_{key}", f"You say that {name} was there. Take this out, or say who was not")

    def _ask_rules(self, answers: dict[str, Any]) -> None:
        """Say the rules of a note beside the question each is about, before anything is sent to be kept."""
        if {"happened_at", "place"} - answers.keys():
            return
        about = {"happened_at": policies.NOT_YET, "place": policies.NOT_IN_THE_ROOM}
        wrong = policies.whole(
            talk=self.talk(), what="said", children=self.children_there(), people=self.people, at=self.moment
        )
        if wrong:
            self.add_error(_beside(about, wrong), wrong.reason)

    def talk(self) -> Talk:
        """Give when, where, in which language and with whom."""
        a = self.cleaned_data
        seen = {c.file.person_id for c in self.children_there() if c.seen}
        here = [p for p in self.people if str(p.ref) in a.get("present", []) or p.pk in seen]
        return Talk(
            a["happened_at"],
            a["place"],
            a.get("language") or "English",
            a.get("interpreter", ""),
            a.get("interpreter_why", ""),
            tuple(Here(person=p) for p in here),
        )

    def children_there(self) -> list[ChildThere]:
        """Give each child it is about: time alone says they were seen, as does being there in the same room."""
        return [self._child(f) for f in self._chosen()]

    def _chosen(self) -> list[File]:
        return [f for f in self.files_here if str(f.ref) in self.cleaned_data.get("about", [])]

    def _child(self, file: File) -> ChildThere:
        a, key = self.cleaned_data, file.ref.hex
        alone = int(a[f"alone_{key}"]) if a.get(f"alone_{key}") else None
        there = str(file.person.ref) in a.get("present", []) and a.get("place") not in APART
        return ChildThere(
            file,
            seen=bool(alone) or (there and a.get("outcome", "happened") == "happened"),
            alone_minutes=alone,
            why_not=a.get(f"why_not_{key}", ""),
            words=a.get(f"words_{key}", ""),
            written_to=str(file.ref) in a.get("written_to", []),
        )

    def words(self) -> NoteWords:
        """Give the words of the note."""
        a = self.cleaned_data
        about = next((p for p in self.people if str(p.ref) == a["aside_about"]), None)
        return NoteWords(**{slot: a[slot] for slot in SHARED}, aside_about=about, pasted=a["pasted"])

    def arguments(self) -> dict[str, Any]:
        """Give the answers as `write_note` takes them."""
        return self.again() | {"promises": self._promises(), "picture": self._picture()}

    def again(self) -> dict[str, Any]:
        """Give what a correction takes as well: everything but promises and pictures."""
        return {
            "files": self._chosen(),
            "talk": self.talk(),
            "words": self.words(),
            "children": self.children_there(),
            "people": self.people,
            "outcome": self.cleaned_data["outcome"] or "happened",
            "planned": self.cleaned_data["planned"],
        }

    def _promises(self) -> list[Made]:
        a, by_ref = self.cleaned_data, {str(p.ref): p for p in self.people}
        return [
            Made(by_ref[a[f"promise_to_{row}"]], a[f"promise_{row}"], a[f"promise_by_{row}"])
            for row in range(PROMISES)
            if a[f"promise_{row}"]
        ]

    def _picture(self) -> Picture | None:
        a = self.cleaned_data
        if not a["picture"]:
            return None
        whose = next((f for f in self.files_here if str(f.ref) == a["picture_of"]), None)
        return Picture(a["picture"].read(), a["picture"].name, a["picture_words"], whose)


def _beside(about: dict[str, Refusal], wrong: Refusal) -> str:
    return next((name for name, refusal in about.items() if refusal is wrong), "interpreter")


class CorrectionForm(NoteForm):
    """A note written again: why first, then every answer as it stands. Promises and pictures go along as they are."""

    why = LongAnswer(
        "What was wrong, and how do you know?",
        rows=2,
        longest=1000,
        hint="Both versions are kept, side by side.",
        missing="Say what was wrong, and how you know",
    )

    def _ask_promises(self, today: date) -> None:
        """Leave promises out: they are kept or explained on the note's own page."""

    def clean(self) -> dict[str, Any]:
        self.cleaned_data |= {f"promise_{row}": "" for row in range(PROMISES)}
        return super().clean()


class KeptForm(Form):
    """The day a promise was kept."""

    kept_on = Day("When did you do it?", missing="Say which day you did it")

    def __init__(self, *args: Any, today: date, **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["kept_on"].latest = today  # type: ignore[attr-defined]
        self.fields["kept_on"].too_late = "That day has not come yet. Come back when it is done."  # type: ignore[attr-defined]
        self.fields["kept_on"].initial = today


class LateForm(Form):
    """Say sorry and say when."""

    why_late = ShortAnswer(
        "What did you tell them?",
        longest=500,
        hint="Why it is late, in the words you used.",
        missing="Write what you told them",
    )
    told_on = Day("When did you tell them?", missing="Say which day you told them")
    due_on = Day("When will it be done?")

    def __init__(self, *args: Any, today: date, **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["told_on"].latest = today  # type: ignore[attr-defined]
        self.fields["told_on"].initial = today
        self.fields["due_on"].earliest = today  # type: ignore[attr-defined]


def as_written(note: Note) -> dict[str, Any]:
    """Give the answers of a note as its form would begin with them, for correcting."""
    entry, reading = note.reading.entry, note.reading
    found: dict[str, Any] = {slot: reading.text(slot) for slot in SHARED}
    found |= {"happened_at": entry.happened_at, "place": entry.place, "language": entry.language}
    found |= {"interpreter": entry.interpreter, "interpreter_why": entry.interpreter_why}
    found["present"] = [str(p.person.ref) for p in reading.present if p.person]
    found["about"] = [str(f.ref) for f in reading.files]
    found["written_to"] = [str(s.file.ref) for s in note.children if s.written_to]
    found["pasted"] = any(p.pasted for p in reading.said("what"))
    found["aside_about"] = next((str(p.about.ref) for p in reading.said("aside") if p.about), "")
    if note.visit:
        found |= {"outcome": note.visit.outcome, "planned": note.visit.planned}
    for seen in note.children:
        key = seen.file.ref.hex
        found[f"alone_{key}"] = "" if seen.alone_minutes is None else str(seen.alone_minutes)
        found[f"why_not_{key}"] = seen.why_not
        found[f"words_{key}"] = "\n\n".join(p.text for p in note.words_of(seen.file))
    return found
