"""Keeping a file: cleaned, written to disk and flushed, and only then spoken of in the store."""

import os
from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from pathlib import Path, PurePath
from uuid import uuid4

from kith.access.actor import Actor
from kith.access.audit.acts import action, note
from kith.kit.forms import tidy
from kith.kit.refusal import require
from kith.people.files import policies
from kith.people.files.content import clean
from kith.people.files.models import StoredFile
from kith.people.files.queries import place_of
from kith.people.persons.models import File

LONGEST_NAME = 80


@action
def keep_file(*, content: bytes, name: str, files: Sequence[File], by: Actor, at: datetime) -> StoredFile:
    """Keep a picture, a PDF or a voice note with these children's records. `name` is what its owner called it.

    Raises `Refused` with a sentence for bytes that are broken, too large, hidden in one another, or none of
    what may be kept. Nobody sees it until an entry takes it in.
    """
    require(policies.keep_file(actor=by, files=files))
    cleaned = clean(content)
    digest = sha256(cleaned.content).hexdigest()
    _write(place_of(digest), cleaned.content)
    stored = StoredFile.objects.create(
        shown_as=_called(name, cleaned.ending),
        media_type=cleaned.media_type,
        size=len(cleaned.content),
        digest=digest,
        kept_by_id=by.account_id,
        kept_at=at,
    )
    note("file.kept", about=stored, files=[f.ref for f in files], media_type=cleaned.media_type, digest=digest)
    return stored


def _called(name: str, ending: str) -> str:
    """Keep the words of a name and none of its path or its ending: the bytes say what it is."""
    stem = PurePath(tidy(name).replace("\\", "/").replace("\n", " ")).stem.strip(" .")[:LONGEST_NAME]
    return f"{stem or 'file'}{ending}"


def _write(place: Path, content: bytes) -> None:
    """Write bytes so that after a power cut they are whole or not there."""
    if place.exists():
        return
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    begun = place.with_name(f".{uuid4().hex}")
    with begun.open("xb") as out:
        os.fchmod(out.fileno(), 0o600)
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    begun.replace(place)
    for folder in (place.parent, place.parent.parent):
        _flush(folder)


def _flush(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
