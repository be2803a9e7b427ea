"""Where a stored file's bytes lie, and reading them back whole."""

from hashlib import sha256
from pathlib import Path

from django.conf import settings

from kith.people.files.models import StoredFile


class NotWhole(Exception):
    """The bytes on disk are missing, or are no longer those that were kept."""


def place_of(digest: str) -> Path:
    """Where the bytes with this SHA-256 lie: the same bytes are kept once."""
    return Path(settings.PAPERS) / digest[:2] / digest


def read_whole(stored: StoredFile) -> bytes:
    """Read a stored file. Raises `NotWhole` rather than give bytes other than those kept."""
    try:
        content = place_of(stored.digest).read_bytes()
    except OSError:
        raise NotWhole(str(stored.ref)) from None
    if sha256(content).hexdigest() != stored.digest:
        raise NotWhole(str(stored.ref))
    return content
