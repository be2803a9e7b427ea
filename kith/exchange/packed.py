"""The one file of a backup: what it holds, how it is sealed, and how it is opened without trusting it."""

import hmac
import json
import tarfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import IO, Any

from kith.access.audit.chain import canonical, keyed

FORM = "kith-backup-1"
PAPERS = "papers/"
PIECE = 1 << 20
NOT_WHOLE = "This file is not a whole Kith backup: {}. Use another copy."
UNREADABLE = "The store cannot be read. Bring it up to date with `kith migrate`, then try again."
Progress = Callable[[str], None]


class NotDone(Exception):
    """A backup could not be made or restored; the message is one plain sentence, and nothing was changed."""


@dataclass(frozen=True)
class Member:
    """One file inside a backup."""

    name: str
    size: int
    digest: str
    rows: int = 0


def quiet(_words: str) -> None:
    """Progress for nobody."""


def digested(opened: IO[bytes], to: IO[bytes] | None = None) -> tuple[int, str]:
    """Give the length and digest of a file, copying it on the way when asked."""
    size, digest = 0, sha256()
    while piece := opened.read(PIECE):
        size += len(piece)
        digest.update(piece)
        if to is not None:
            to.write(piece)
    return size, digest.hexdigest()


@contextmanager
def opened_backup(path: Path, folder: Path) -> Iterator[tuple[Mapping[str, Any], Path]]:
    """Unpack a backup into a folder, holding every byte to the manifest and the manifest to the key."""
    try:
        with tarfile.open(path, "r:") as tar:
            manifest = _read_manifest(tar)
            _unpack(tar, manifest, folder)
        yield manifest, folder
    except FileNotFoundError:
        raise NotDone(f"There is no file called {path.name}.") from None
    except (tarfile.TarError, EOFError):
        raise NotDone(NOT_WHOLE.format("it cannot be opened to its end")) from None


def _read_manifest(tar: tarfile.TarFile) -> Mapping[str, Any]:
    first = tar.next()
    opened = tar.extractfile(first) if first is not None and first.name == "manifest.json" else None
    try:
        manifest: dict[str, Any] = json.loads(opened.read()) if opened else {}
        seal = manifest.pop("seal")
        form = manifest["form"]
    except (ValueError, KeyError, TypeError, AttributeError):
        raise NotDone(NOT_WHOLE.format("it does not say what is inside")) from None
    if form != FORM:
        raise NotDone("This backup has a form this version of Kith does not know. Restore it with a newer one.")
    if not hmac.compare_digest(str(seal), keyed(canonical(manifest))):
        raise NotDone(
            "This backup was changed after it was made, or was made with another audit key. Put the audit key that"
            " belongs to it in place, or use another copy."
        )
    return manifest


def _unpack(tar: tarfile.TarFile, manifest: Mapping[str, Any], folder: Path) -> None:
    wanted = {member["name"]: member for member in manifest["members"]}
    for entry in tar:
        member = wanted.pop(entry.name, None)
        opened = tar.extractfile(entry) if member and entry.isreg() else None
        if member is None or opened is None:
            if entry.name == "manifest.json":
                continue
            raise NotDone(NOT_WHOLE.format("it holds something its list does not name"))
        target = folder / entry.name
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("wb") as file:
            found = digested(opened, file)
        if found != (member["size"], member["digest"]):
            raise NotDone(NOT_WHOLE.format("part of it is damaged"))
    if wanted:
        raise NotDone(NOT_WHOLE.format("part of it is missing"))
