"""What may be kept, known by its bytes and never by its name; and what is taken out before it is.

Pictures are drawn anew, so that nothing but the picture is left: no place, no camera, nothing hidden behind
it. Recordings lose their tags. A PDF is written anew by a process of its own (`pdf.py`), so that its pages are
left and nothing of who made it or of what it would do; it is only ever given as a download.
"""

import io
import os
import signal
import subprocess
import sys
import warnings
import zipfile
from dataclasses import dataclass
from pathlib import Path
from struct import error as struct_error
from struct import unpack_from
from zlib import error as zlib_error

from PIL import Image, ImageOps

from kith.kit.refusal import Refusal, Refused
from kith.people.files import pdf

MEGABYTE = 1_000_000
LARGEST = 20 * MEGABYTE
LARGEST_RECORDING = 10 * MEGABYTE
MOST_PIXELS = 40_000_000
DEEPEST_BOX = 8  # a recording has its tracks two boxes down
LONGEST_SIDE = 2400
"""Pixels: enough to read a page of handwriting or to see a drawing on any screen."""

UNDRAWABLE = (
    OSError, ValueError, SyntaxError, EOFError, LookupError, ArithmeticError, TypeError, AttributeError, struct_error,
    zlib_error,
)  # fmt: skip
"""What reading a picture raises when its bytes are not what they say they are."""

TOO_BIG = Refusal("file-too-big", "Choose a file under 20 MB, or a recording under 10 MB.")
EMPTY = Refusal("file-empty", "That file is empty. Choose another.")
NOT_KEPT = Refusal(
    "file-not-kept",
    "Kith keeps pictures (JPEG, PNG, WebP), PDFs and voice notes (MP3, M4A, WAV). This file is none of those inside,"
    " whatever its name says.",
)
BROKEN = Refusal("file-broken", "That file is broken or not finished. Open it on your own device, and save it again.")
TWO_THINGS = Refusal(
    "file-two-things", "That file has something else hidden inside it. Take a new picture or save a clean copy."
)
TOO_MANY_PIXELS = Refusal("file-too-many-pixels", "That picture is too large to open safely. Save a smaller copy.")
ACTIVE = Refusal(
    "file-active",
    "That PDF plays things or carries other files. Print it to a new PDF, and keep what it carries by itself.",
)
LOCKED = Refusal("file-locked", "That PDF has a password on it. Save a copy without one.")
TOO_MUCH = Refusal("file-too-much", "There is more in that PDF than can be opened safely. Keep it in smaller pieces.")
REFUSALS = (TOO_BIG, EMPTY, NOT_KEPT, BROKEN, TWO_THINGS, TOO_MANY_PIXELS, ACTIVE, LOCKED, TOO_MUCH)
"""Everything that may be said of a file that is not kept, to be said beside the box it was chosen in."""

WRITER = str(Path(pdf.__file__))
NO_SECRETS = ("PATH", "LANG", "LD_LIBRARY_PATH")
LONGEST_WAIT = 2 * pdf.SECONDS
"""Seconds by the clock: twice what the process may compute, for a machine that is busy."""

SAID = {
    pdf.Ends.LOCKED: LOCKED,
    pdf.Ends.ACTIVE: ACTIVE,
    pdf.Ends.TOO_MUCH: TOO_MUCH,
    -signal.SIGXCPU: TOO_MUCH,
    -signal.SIGKILL: TOO_MUCH,
}


@dataclass(frozen=True)
class Clean:
    """Bytes fit to keep, what they are, and the ending a name of theirs has."""

    content: bytes
    media_type: str
    ending: str


def clean(content: bytes) -> Clean:
    """Give what may be kept of these bytes. Raises `Refused` with a sentence for anything else."""
    _measure(content)
    if content.startswith(b"\xff\xd8\xff"):
        return _picture(content, "JPEG", "image/jpeg", ".jpg")
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return _picture(content, "PNG", "image/png", ".png")
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return _picture(content, "WEBP", "image/webp", ".webp")
    if content.startswith(b"%PDF-"):
        return _paper(content)
    return _recording(content)


def _measure(content: bytes) -> None:
    if not content:
        raise Refused(EMPTY)
    if len(content) > LARGEST:
        raise Refused(TOO_BIG)
    head = content[:4096].lower()
    hidden = any(tag in head for tag in (b"<html", b"<script", b"<svg", b"<?php", b"<!doctype"))
    if hidden and not content.startswith(b"<"):
        raise Refused(TWO_THINGS)
    if not content.startswith(b"PK") and zipfile.is_zipfile(io.BytesIO(content)):
        raise Refused(TWO_THINGS)


def _picture(content: bytes, kind: str, media_type: str, ending: str) -> Clean:
    """Draw the first frame anew. The size is read from the head, so a huge picture is refused before it is opened."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            opened = Image.open(io.BytesIO(content), formats=[kind])
            if opened.width * opened.height > MOST_PIXELS:
                raise Refused(TOO_MANY_PIXELS)
            drawn = ImageOps.exif_transpose(opened)
            drawn.load()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Refused(TOO_MANY_PIXELS) from None
    except UNDRAWABLE:
        raise Refused(BROKEN) from None
    drawn.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    kept = drawn.convert("RGB" if kind == "JPEG" or "A" not in drawn.getbands() else "RGBA")
    kept.info = {}
    out = io.BytesIO()
    kept.save(out, kind, quality=85) if kind != "PNG" else kept.save(out, kind, optimize=True)
    return Clean(out.getvalue(), media_type, ending)


def _paper(content: bytes) -> Clean:
    """Write a PDF that begins and ends as one anew. One that is half there is not mended: its end may be missing."""
    _, found, offset = content[-2048:].rpartition(b"startxref")
    if not found or b"%%EOF" not in offset:
        raise Refused(BROKEN)
    where = offset.split(b"%%EOF")[0].strip()
    if not where.isdigit() or int(where) >= len(content):
        raise Refused(BROKEN)
    made = _anew(content)
    if len(made) > LARGEST:
        raise Refused(TOO_BIG)
    return Clean(made, "application/pdf", ".pdf")


def _anew(content: bytes) -> bytes:
    """Have a PDF written anew by a process that knows none of our secrets and is stopped when it takes too much."""
    known = {name: os.environ[name] for name in NO_SECRETS if name in os.environ}
    try:
        done = subprocess.run(  # noqa: S603 our own file, with nothing of the sender's on its line
            [sys.executable, "-I", WRITER],
            check=False,
            capture_output=True,
            env=known,
            input=content,
            timeout=LONGEST_WAIT,
        )
    except subprocess.TimeoutExpired:
        raise Refused(TOO_MUCH) from None
    if done.returncode != pdf.Ends.WHOLE:
        raise Refused(SAID.get(done.returncode, BROKEN))
    return done.stdout


def _recording(content: bytes) -> Clean:
    if content[:3] == b"ID3" or (content[0] == 0xFF and len(content) > 4 and content[1] & 0xE6 == 0xE2):  # noqa: PLR2004 a layer III frame
        made = Clean(_bare_mp3(content), "audio/mpeg", ".mp3")
    elif content[4:8] == b"ftyp" and content[8:12] in (b"M4A ", b"M4B ", b"mp42", b"isom", b"iso5"):
        made = Clean(_bare_m4a(content), "audio/mp4", ".m4a")
    elif content[:4] == b"RIFF" and content[8:12] == b"WAVE":
        made = Clean(_bare_wav(content), "audio/wav", ".wav")
    else:
        raise Refused(NOT_KEPT)
    if len(content) > LARGEST_RECORDING:
        raise Refused(TOO_BIG)
    return made


def _bare_mp3(content: bytes) -> bytes:
    """Take the tags off both ends of an MP3."""
    if content[:3] == b"ID3" and len(content) > 10:  # noqa: PLR2004 the head of a tag
        size = sum((byte & 0x7F) << shift for byte, shift in zip(content[6:10], (21, 14, 7, 0), strict=True))
        content = content[10 + size :]
    if content[-128:-125] == b"TAG":
        content = content[:-128]
    if len(content) < 4 or content[0] != 0xFF or content[1] & 0xE0 != 0xE0:  # noqa: PLR2004 a frame's first bits
        raise Refused(BROKEN)
    return content


def _bare_wav(content: bytes) -> bytes:
    """Keep how a recording is written and the recording; leave every other chunk out."""
    kept, at = b"", 12
    names = []
    while at + 8 <= len(content):
        name, size = unpack_from("<4sI", content, at)
        if name in (b"fmt ", b"data"):
            names.append(name)
            body = content[at + 8 : at + 8 + size]
            kept += name + len(body).to_bytes(4, "little") + body + b"\0" * (len(body) % 2)
        at += 8 + size + size % 2
    if names != [b"fmt ", b"data"]:
        raise Refused(BROKEN)
    return b"RIFF" + (4 + len(kept)).to_bytes(4, "little") + b"WAVE" + kept


def _bare_m4a(content: bytes) -> bytes:
    """Blank what a telephone writes about who, where and with what, in place: offsets must not move."""
    bare = bytearray(content)
    names = _blank(bare, 0, len(bare))
    if not {b"moov", b"mdat"} <= names:
        raise Refused(BROKEN)
    return bytes(bare)


def _blank(bare: bytearray, start: int, end: int, deep: int = 0) -> set[bytes]:
    """Walk the boxes between two places; turn tags into empty space. Gives the names met."""
    if deep > DEEPEST_BOX:
        raise Refused(BROKEN)
    names, at = set(), start
    while at + 8 <= end:
        size, name = unpack_from(">I4s", bare, at)
        size = end - at if size == 0 else size
        if size < 8 or at + size > end:  # noqa: PLR2004 a box is at least its own head
            raise Refused(BROKEN)
        names.add(name)
        if name in (b"udta", b"meta", b"uuid"):
            bare[at + 4 : at + size] = b"free" + bytes(size - 8)
        elif name in (b"moov", b"trak"):
            _blank(bare, at + 8, at + size, deep + 1)
        at += size
    return names
