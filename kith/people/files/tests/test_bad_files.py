"""Files that are broken, disguised or two things at once: each is a sentence, none is a fault (trust B 34)."""

import io
import random
import struct
import zipfile
import zlib
from time import process_time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from kith.kit.refusal import Refused
from kith.people.files import content
from kith.people.files.content import REFUSALS, clean
from kith.people.files.models import StoredFile
from kith.people.files.tests.pictures import (
    box,
    carries,
    jpeg,
    launches,
    locked,
    m4a,
    many_times,
    mp3,
    pdf,
    plays,
    png,
    runs,
    signed,
    swelling,
    wav,
    webp,
    with_place,
)  # fmt: skip
from tests.house.boxes import read

WHOLE = {
    "jpeg": jpeg(), "jpeg with a place": with_place(), "png": png(), "png of a palette": png(mode="P"), "webp": webp(),
    "pdf": pdf(), "mp3": mp3(), "m4a": m4a(), "wav": wav(),
}  # fmt: skip
TYPES = {"image/jpeg", "image/png", "image/webp", "application/pdf", "audio/mpeg", "audio/mp4", "audio/wav"}
SECONDS = 2


def spoilt(whole, dice):
    """One way of spoiling a file, by chance: cut, turned, filled, moved, doubled, or told that it is longer than it is."""
    made = bytearray(whole)
    at = dice.randrange(len(made))
    match dice.randrange(8):
        case 0:
            del made[at:]
        case 1:
            for _ in range(dice.randrange(1, 12)):
                made[dice.randrange(len(made))] ^= 1 << dice.randrange(8)
        case 2:
            made[at : at + dice.randrange(1, 64)] = bytes(dice.randrange(1, 64))
        case 3:
            made[at:at] = dice.randbytes(dice.randrange(1, 200))
        case 4:
            made += made[at:]
        case 5:
            del made[at : at + dice.randrange(1, 40)]
        case 6:
            made[at : at + 4] = dice.choice([b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", b"\0\0\0\0", b"\x80\0\0\0"])
        case _:
            dice.shuffle(tail := list(made[at:]))
            made[at:] = bytes(tail)
    return bytes(made)


def zipped(name="run.js", words="alert(1)"):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as into:
        into.writestr(name, words)
    return out.getvalue()


def chunk(name, body=b""):
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png_of(wide, high, pixels=b"", *more):
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", wide, high, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(more) + chunk(b"IDAT", zlib.compress(pixels)) + chunk(b"IEND")


def disguised():  # noqa: PLR0915 - one line for each
    """Files made on purpose: one thing called another, two things in one, and a great deal folded very small."""
    yield "a zip called a picture", b"\xff\xd8\xff" + zipped()
    yield "a zip", zipped()
    yield "a zip that unfolds to a gigabyte", zipped("a", "0" * 50_000_000)
    yield "a document of an office", zipped("[Content_Types].xml", "<Types/>")
    yield "a picture and a zip", jpeg() + zipped()
    yield "a paper and a zip", pdf() + zipped()
    yield "a recording and a zip", wav() + zipped()
    yield "a moving picture that is a script", b"GIF89a/*" + bytes(20) + b"*/=1;alert(1)"
    yield "a drawing that runs", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"
    yield "a drawing with a head of XML", b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'/>"
    yield "a page called a picture", b"\xff\xd8\xff\xe0<html><script>alert(1)</script></html>"
    yield "a page behind a picture's words", jpeg(comment=b"<?php system($_GET[0]) ?>")
    yield "a programme", b"MZ" + bytes(500)
    yield "a programme of another kind", b"\x7fELF" + bytes(500)
    yield "a test of virus guards", b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
    yield "a flood of pixels", png_of(50_000, 50_000, bytes(100))
    yield "a flood one way", png_of(2**31 - 1, 1, bytes(100))
    yield "no pixels at all", png_of(0, 0)
    yield (
        "words folded small in a picture",
        png_of(8, 8, bytes(200), chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(9_000_000)))),
    )
    yield "a hundred thousand parts", png_of(8, 8, bytes(200), *[chunk(b"tEXt", b"a\0b")] * 100_000)
    yield "a picture that is half there", jpeg((900, 900))[:-4000]
    yield "a picture with more than it should", jpeg() + b"\xff\xd9" * 5000
    yield "a picture of a deep kind", made("I;16", "PNG")
    yield "a picture for printing", made("CMYK", "JPEG")
    yield "a moving picture", made("RGB", "PNG", save_all=True, append_images=[Image.new("RGB", (9, 9))])
    yield "a paper that says who wrote it, folded", pdf(signed)
    yield "a paper that runs, folded", pdf(runs)
    yield "a paper that opens a programme", pdf(launches)
    yield "a paper with another inside", pdf(carries)
    yield "a paper that plays", pdf(plays)
    yield "a paper with a password", locked(user="secret")
    yield "a paper locked with no password", locked()
    yield "a paper that swells", swelling()
    yield "a paper of too many drawings", many_times()
    yield "only the beginning of a paper", b"%PDF-1.7\n%%EOF"
    yield (
        "a recording in boxes without end",
        box(b"ftyp", b"M4A \0\0\0\0") + box(b"moov", box(b"trak", box(b"trak") * 20_000)),
    )
    yield "boxes within boxes", nested(2000)
    yield "a box longer than its file", box(b"ftyp", b"M4A \0\0\0\0") + struct.pack(">I4s", 2**32 - 1, b"moov")
    yield "a long recording of nothing", wav(b"LIST" + struct.pack("<I", 2**32 - 1))
    yield "tags longer than their file", b"ID3\x04\x00\x00\x7f\x7f\x7f\x7f" + bytes(50)
    yield "nothing", b""
    yield "one byte", b"\xff"
    yield "only spaces", b" " * 5000


def made(mode, kind, **more):
    out = io.BytesIO()
    Image.new(mode, (9, 9)).save(out, kind, **more)
    return out.getvalue()


def nested(deep):
    inside = b""
    for _ in range(deep):
        inside = box(b"trak", inside)
    return box(b"ftyp", b"M4A \0\0\0\0") + box(b"moov", inside) + box(b"mdat", b"sound")


def tried(sent):
    """What becomes of a file: kept as one of the kinds we keep, or refused with one of our sentences."""
    try:
        kept = clean(sent)
    except Refused as no:
        refusal, kept = no.refusal, None
    assert refusal in REFUSALS if kept is None else kept.content and kept.media_type in TYPES


@pytest.mark.parametrize("name", WHOLE)
def test_a_spoilt_file_is_kept_clean_or_refused_in_a_sentence(name):
    dice = random.Random(f"spoilt {name}")
    for _ in range(50):
        tried(spoilt(WHOLE[name], dice))


@pytest.mark.parametrize("name", WHOLE)
def test_a_file_spoilt_twice_over(name):
    dice = random.Random(f"twice {name}")
    for _ in range(20):
        tried(spoilt(spoilt(WHOLE[name], dice) or b"\0", dice))


@pytest.mark.parametrize(("name", "sent"), list(disguised()), ids=lambda value: value if isinstance(value, str) else "")
def test_a_file_made_to_deceive_is_kept_clean_or_refused_in_a_sentence(name, sent):
    tried(sent)


@pytest.mark.long
@pytest.mark.parametrize("name", WHOLE)
def test_a_thousand_spoilt_files_of_each_kind_each_in_two_seconds(name):
    dice, slowest = random.Random(f"long {name}"), 0.0
    for _ in range(1000):
        sent = spoilt(WHOLE[name], dice)
        began = process_time()
        tried(sent)
        slowest = max(slowest, process_time() - began)
    assert slowest < SECONDS


@pytest.mark.long
def test_what_is_made_to_deceive_is_answered_in_two_seconds():
    for name, sent in disguised():
        began = process_time()
        tried(sent)
        assert process_time() - began < SECONDS, name


def test_nothing_of_where_a_picture_was_taken_outlives_its_spoiling():
    dice = random.Random("place")
    for _ in range(60):
        sent = spoilt(with_place(), dice)
        try:
            kept = clean(sent)
        except Refused:
            continue
        assert b"Telephone" not in kept.content
        assert b"Secret" not in kept.content


NOTE = {"what": "Maya drew the lamp", "happened_at-time": "00.01", "picture_words": "The lamp"}


@pytest.mark.parametrize(
    ("name", "sent", "refusal"),
    [
        ("lamp.jpg", b"MZ" + bytes(500), content.NOT_KEPT),
        ("lamp.jpg.exe", zipped(), content.NOT_KEPT),
        ("../../lamp\u202egpj.svg", b"<svg onload='alert(1)'/>", content.NOT_KEPT),
        ("lamp.png", png_of(50_000, 50_000, bytes(100)), content.TOO_MANY_PIXELS),
        ("lamp.jpg", jpeg() + zipped(), content.TWO_THINGS),
        ("lamp.pdf", locked(), content.LOCKED),
        ("lamp.jpg", jpeg()[:200], content.BROKEN),
    ],
)
def test_a_note_with_a_bad_file_comes_back_with_its_words_and_a_sentence(
    cast, as_, settings, tmp_path, name, sent, refusal
):
    settings.PAPERS = tmp_path
    leah, page = as_("leah"), reverse("note-new", kwargs={"ref": cast.solanki_reid.ref})
    begun = next(s for s in read(leah.get(page).content).sheets if "what" in s.typed()).sends()
    back = leah.post(page, begun | NOTE | {"picture": SimpleUploadedFile(name, sent)})
    assert back.status_code == 200
    there = read(back.content)
    form = next(s for s in there.sheets if "what" in s.typed())
    assert there.sentences["picture"] == refusal.reason
    assert (form.holds("what"), form.holds("picture_words")) == ([NOTE["what"]], [NOTE["picture_words"]])
    assert not StoredFile.objects.exists()
    assert list(tmp_path.iterdir()) == []
