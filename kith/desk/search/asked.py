"""What somebody searched for, kept in their own session under a word that says nothing: no name is in an address.

The last twenty, for an hour. Whoever signs out, or is signed out, takes them along.
"""

import secrets
from datetime import datetime, timedelta

from django.contrib.sessions.backends.base import SessionBase

KEPT = 20
FOR = timedelta(hours=1)
_PLACE = "asked"


def keep(session: SessionBase, words: str, *, at: datetime) -> str:
    """Keep what was asked, and give the word that leads back to it in this session and in no other."""
    token = secrets.token_urlsafe(12)
    rows = [*session.get(_PLACE, []), [token, words, at.isoformat()]]
    session[_PLACE] = rows[-KEPT:]
    return token


def words_of(session: SessionBase, token: str, *, at: datetime) -> str | None:
    """Give what was asked under this word, or None when it was another's, too long ago, or never."""
    for kept, words, when in session.get(_PLACE, []):
        if secrets.compare_digest(kept.encode(), token.encode()) and at - datetime.fromisoformat(when) < FOR:
            return str(words)
    return None
