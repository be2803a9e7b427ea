"""What every kind of question has in common: its words, and what it says when nobody answered."""

from typing import Any, TypedDict


class Asked(TypedDict, total=False):
    """What any question may be given.

    `missing` is the sentence that says what to do when there is no answer; giving it makes an answer needed.
    `hint` stands beneath the label. `initial` is what the page begins with.
    """

    missing: str
    hint: str
    initial: object


def question(label: str, asked: Asked, **messages: str) -> dict[str, Any]:
    """A question in the terms a Django field takes. `messages` are further sentences by their code."""
    missing = asked.get("missing", "")
    return {
        "label": label,
        "help_text": asked.get("hint", ""),
        "initial": asked.get("initial"),
        "required": bool(missing),
        "error_messages": {"required": missing, **messages},
    }
