"""Asking for one picture, paper or voice note, and for what it is."""

from typing import Any

from kith.kit.forms import Form, ShortAnswer, Upload

ACCEPTED = "image/jpeg,image/png,image/webp,application/pdf,audio/mpeg,audio/mp4,audio/wav"
CHOOSE_IT = "Choose the file these words are about, or take the words out"
SAY_WHAT = "Say what it is, for somebody who cannot see or open it"


class FileForm(Form):
    """One file, if there is one, with words that say what it is. Forms that take a file begin with this one."""

    picture = Upload(
        "A picture, paper or voice note",
        accept=ACCEPTED,
        hint="Where and when it was taken is removed from a picture before it is kept.",
    )
    picture_words = ShortAnswer("What is it?", hint="For example: Maya’s drawing of the lamp.", longest=300)

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        if answers.get("picture") and not answers.get("picture_words"):
            self.add_error("picture_words", SAY_WHAT)
        if answers.get("picture_words") and not answers.get("picture") and "picture" not in self.errors:
            self.add_error("picture", CHOOSE_IT)
        return answers
