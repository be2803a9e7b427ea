"""Who may change what this council does, and from when."""

from datetime import date

from kith.access.actor import Actor
from kith.access.permissions import Permission
from kith.council.settings.queries import known
from kith.kit.refusal import Refusal

NOT_YOUR_WORK = Refusal("setting-not-your-work", "Changing what the council sets is not part of your work.")
UNKNOWN = Refusal("setting-unknown", "A council cannot set that. Law and guidance are the same everywhere.")
NOT_A_NUMBER = Refusal("setting-not-a-number", "Write a whole number from 0 to 999.")
NOT_WORDS = Refusal("setting-not-words", "Write it in words.")
GONE_BY = Refusal(
    "setting-day-gone-by", "Choose today or a day to come. What was promised before then stays as it was promised."
)
MOST = 999


def see_settings(*, actor: Actor) -> Refusal | None:
    """May this person see and change what the council sets?"""
    return None if actor.may(Permission.SETTING_CHANGE) else NOT_YOUR_WORK


def change_setting(*, actor: Actor, key: str, value: int | str, since: date, today: date) -> Refusal | None:
    """May this person set this, to this, from this day?"""
    if refusal := see_settings(actor=actor):
        return refusal
    if key not in known():
        return UNKNOWN
    if since < today:
        return GONE_BY
    if known()[key].counts:
        return None if isinstance(value, int) and 0 <= value <= MOST else NOT_A_NUMBER
    return None if isinstance(value, str) and value else NOT_WORDS
