"""A PDF written anew: its pages, what leads about in it and how it is read aloud, and nothing of who made it.

Run by itself, with the PDF on standard input and the new one on standard output: what opens a stranger's file has
none of the server's secrets, a little memory and a little time. What it cannot do it says by how it ends (`Ends`).
It asks nothing of the rest of Kith, so that it starts quickly.

The catalogue, the trailer and what a link may do are lists of what is kept; so what nobody has thought of is left out.
"""

import io
import resource
import sys
import zlib
from collections.abc import Iterator
from contextlib import suppress
from enum import IntEnum

import pikepdf

MOST_PAGES = 2_000
MOST_PARTS = 300_000
MOST_UNFOLDED = 500_000_000
"""Bytes of all its parts together, when they are unfolded: twenty sheets scanned in colour and kept badly."""

STEP = 1_000_000
MEMORY = 1_000_000_000
SECONDS = 10


class Ends(IntEnum):
    """How a writing ends: what the process gives back to whoever started it."""

    WHOLE = 0
    BROKEN = 1
    LOCKED = 3
    ACTIVE = 4
    TOO_MUCH = 5


class NotWritten(Exception):
    """A PDF that is not written anew, and why."""

    def __init__(self, why: Ends) -> None:
        super().__init__(why)
        self.why = why


CATALOGUE = {
    "/Type", "/Version", "/Pages", "/PageLabels", "/PageLayout", "/Dests", "/Names", "/Outlines", "/OCProperties",
    "/AcroForm", "/MarkInfo", "/StructTreeRoot", "/Lang", "/OutputIntents",
}  # fmt: skip
"""What is kept at the root: the pages, their order and names, layers, filled boxes, tags for reading aloud."""

ACTIONS = {
    "/GoTo", "/GoToR", "/GoToE", "/GoToDp", "/GoTo3DView", "/Launch", "/Thread", "/URI", "/Sound", "/Movie", "/Hide",
    "/Named", "/SubmitForm", "/ResetForm", "/ImportData", "/JavaScript", "/SetOCGState", "/Rendition", "/Trans",
    "/RichMediaExecute",
}  # fmt: skip
"""ISO 32000-2, table 201: everything that pressing something, opening a page or printing may do."""

HARMLESS = {"/GoTo", "/Named"}
ADDRESSES = ("https:", "http:", "mailto:", "tel:")
PLAYED = {"/RichMedia", "/Movie", "/Sound", "/Screen", "/3D"}
MAKERS = ("/PieceInfo", "/LastModified", "/CreatorInfo")
SIGNED = ("/T", "/M", "/CreationDate", "/NM")
"""On somebody's remark: their name, when they wrote it, and a name of the remark's own."""

FOREIGN = ("/F", "/FFilter", "/FDecodeParms")
"""On a part: that its bytes are in another file."""


def anew(content: bytes) -> bytes:
    """Write a PDF anew. The same pages give the same bytes. Raises `NotWritten`."""
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            return _written(pdf)
    except pikepdf.PasswordError:
        raise NotWritten(Ends.LOCKED) from None
    except MemoryError:
        raise NotWritten(Ends.TOO_MUCH) from None
    except (pikepdf.PdfError, ValueError, TypeError, LookupError, AttributeError, RuntimeError, RecursionError):
        raise NotWritten(Ends.BROKEN) from None


def _written(pdf: pikepdf.Pdf) -> bytes:
    if pdf.is_encrypted:
        raise NotWritten(Ends.LOCKED)
    if len(pdf.objects) > MOST_PARTS or len(pdf.pages) > MOST_PAGES:
        raise NotWritten(Ends.TOO_MUCH)
    if not len(pdf.pages):
        raise NotWritten(Ends.BROKEN)
    _bare_root(pdf)
    _measured(pdf)
    for part in _parts(pdf):
        _bare(part)
    out = io.BytesIO()
    pdf.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return out.getvalue()


def _bare_root(pdf: pikepdf.Pdf) -> None:
    for key in set(pdf.trailer.keys()) - {"/Root", "/Size"}:
        del pdf.trailer[key]
    if pdf.Root.get("/NeedsRendering"):  # its pages are made by its own programme
        raise NotWritten(Ends.ACTIVE)
    _only(pdf.Root, CATALOGUE)
    if "/Names" in pdf.Root:
        if "/EmbeddedFiles" in pdf.Root.Names:
            raise NotWritten(Ends.ACTIVE)
        _only(pdf.Root.Names, {"/Dests"})
    if "/AcroForm" in pdf.Root:
        _only(pdf.Root.AcroForm, {"/Fields", "/NeedAppearances", "/DR", "/DA", "/Q"})


def _only(part: pikepdf.Object, kept: set[str]) -> None:
    for key in set(part.keys()) - kept:
        del part[key]


def _measured(pdf: pikepdf.Pdf) -> None:
    """Unfold every part and add them up, stopping as soon as it is too much."""
    left = MOST_UNFOLDED
    for part in pdf.objects:
        if isinstance(part, pikepdf.Stream):
            left -= _unfolds_to(part, left)
        if left < 0:
            raise NotWritten(Ends.TOO_MUCH)


def _unfolds_to(part: pikepdf.Object, most: int) -> int:
    """Count the bytes a part unfolds to; those of a picture count as they are kept."""
    raw, folds = part.read_raw_bytes(), part.get("/Filter")
    if isinstance(folds, pikepdf.Array):
        folds = folds[0] if len(folds) == 1 else None
    if folds == pikepdf.Name.FlateDecode:
        return _inflates_to(raw, most)
    try:
        return len(part.read_bytes())
    except pikepdf.DataDecodingError as no:
        raise NotWritten(Ends.TOO_MUCH if "alloc" in str(no) else Ends.BROKEN) from None
    except pikepdf.PdfError:
        return len(raw)


def _inflates_to(raw: bytes, most: int) -> int:
    """Count without holding what is counted, up to a step past `most`. What is spoilt counts as far as it goes."""
    unfolding, counted = zlib.decompressobj(), 0
    while raw and counted <= most:
        try:
            counted += len(unfolding.decompress(raw, STEP))
        except zlib.error:
            break
        raw = unfolding.unconsumed_tail
    return counted


def _parts(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """Every dictionary and stream of a PDF, however deep."""
    waiting = list(pdf.objects)
    while waiting:
        part = waiting.pop()
        if isinstance(part, pikepdf.Dictionary | pikepdf.Stream):
            yield part
            inside = [part[key] for key in part.keys()]  # noqa: SIM118 what is walked is no mapping
        elif isinstance(part, pikepdf.Array):
            inside = list(part)
        else:
            continue
        waiting += [one for one in inside if isinstance(one, pikepdf.Object) and not one.is_indirect]


def _word(part: pikepdf.Object, key: str) -> str:
    """What a part says under a key when that is a name, as `/GoTo`; else nothing."""
    said = part.get(key)
    return str(said) if isinstance(said, pikepdf.Name) else ""


def _bare(part: pikepdf.Object) -> None:
    """Take out of one part what acts, what is carried, and what says who made it. Raises `NotWritten`."""
    kind, sort = _word(part, "/Type"), _word(part, "/Subtype")
    if "/EF" in part or kind == "/EmbeddedFile" or ("/Rect" in part and sort in PLAYED):
        raise NotWritten(Ends.ACTIVE)
    if _acts(part) or kind == "/Sig" or "/ByteRange" in part:
        _only(part, set())
        return
    gone = list(MAKERS)
    if _word(part, "/S") in ACTIONS:
        gone.append("/Next")
    if "/Rect" in part and sort != "/Widget":
        gone += SIGNED
    for key in gone:
        _without(part, key)
    _bare_of_triggers(part)
    if isinstance(part, pikepdf.Stream):
        _bare_stream(part)


def _without(part: pikepdf.Object, key: str) -> None:
    if key in part:
        del part[key]


def _acts(part: pikepdf.Object) -> bool:
    """Say whether this is something to do that is more than turning to a page or following an address."""
    does = _word(part, "/S")
    if does == "/URI":
        return not str(part.get("/URI", "")).strip().lower().startswith(ADDRESSES)
    return does not in HARMLESS and (does in ACTIONS or _word(part, "/Type") == "/Action")


def _bare_of_triggers(part: pikepdf.Object) -> None:
    """Take out what happens by itself. A font may be called AA, and has a type: it is left."""
    for key in ("/AA", "/Metadata"):
        held = part.get(key)
        if isinstance(held, pikepdf.Dictionary | pikepdf.Stream) and _word(held, "/Type") in {"", "/Metadata"}:
            del part[key]


def _bare_stream(part: pikepdf.Object) -> None:
    for key in FOREIGN:
        _without(part, key)
    if _word(part, "/Filter") == "/DCTDecode":
        raw = part.read_raw_bytes()
        part.write(bare_jpeg(raw), filter=pikepdf.Name.DCTDecode, decode_parms=part.get("/DecodeParms"))


def bare_jpeg(raw: bytes) -> bytes:
    """Leave what a camera wrote about where, when and with what out of a picture; its colours and its drawing stay."""
    kept, at = raw[:2], 2
    while raw[at : at + 1] == b"\xff" and at + 4 <= len(raw):
        mark, size = raw[at + 1], int.from_bytes(raw[at + 2 : at + 4], "big")
        if mark == 0xDA:  # noqa: PLR2004 the drawing begins
            break
        segment = raw[at : at + 2 + size]
        if mark in {0xE0, 0xEE} or not (0xE0 <= mark <= 0xEF or mark == 0xFE) or segment[4:15] == b"ICC_PROFILE":  # noqa: PLR2004 who made it, or a remark
            kept += segment
        at += 2 + size
    return kept + raw[at:]


def main() -> int:
    """Write what is on standard input anew, within a little memory and a little time."""
    with suppress(ValueError, OSError):  # a Mac may know no such limit
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        sys.stdout.buffer.write(anew(sys.stdin.buffer.read()))
    except NotWritten as no:
        return no.why
    return Ends.WHOLE


if __name__ == "__main__":
    sys.exit(main())
