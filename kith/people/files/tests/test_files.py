"""What may be kept: by its bytes, without what its device wrote about its owner, whole on disk before its row."""

import io
import struct
import zipfile
import zlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from kith.access.audit.models import Act
from kith.kit.refusal import Refused
from kith.people.files import actions, content, policies
from kith.people.files.content import clean
from kith.people.files.forms import SAY_WHAT, FileForm
from kith.people.files.models import StoredFile
from kith.people.files.queries import NotWhole, place_of, read_whole
from kith.people.files.tests.pictures import (
    carries,
    jpeg,
    locked,
    m4a,
    many_times,
    mp3,
    pdf,
    plays,
    png,
    swelling,
    wav,
    webp,
    with_place,
)  # fmt: skip
from tests.cast import NOW

pytestmark = pytest.mark.django_db(databases=["default", "looks"])


@pytest.fixture(autouse=True)
def _papers(settings, tmp_path):
    settings.PAPERS = tmp_path


def keep(cast, **but):
    asked = {"content": jpeg(), "name": "IMG_2041.HEIC.exe", "files": cast.solanki_files, "at": NOW}
    return actions.keep_file(**(asked | {"by": cast.actor("leah")} | but))


def test_a_picture_is_kept_without_where_when_and_with_what_it_was_taken(cast):
    sent = with_place()
    assert b"Telephone maker" in sent
    assert b"Secret street" in sent
    kept = read_whole(keep(cast, content=sent))
    assert b"Telephone" not in kept
    assert b"Secret" not in kept
    assert not Image.open(io.BytesIO(kept)).getexif()


@pytest.mark.parametrize(
    ("sent", "media_type"),
    [
        (jpeg(), "image/jpeg"),
        (png(), "image/png"),
        (png(mode="P"), "image/png"),
        (webp(), "image/webp"),
        (pdf(), "application/pdf"),
        (mp3(), "audio/mpeg"),
        (m4a(), "audio/mp4"),
        (wav(), "audio/wav"),
    ],
)
def test_what_may_be_kept(cast, sent, media_type):
    assert keep(cast, content=sent).media_type == media_type


@pytest.mark.parametrize("sent", [mp3(), m4a(), wav(b"LIST" + struct.pack("<I", 6) + b"Secret")])
def test_a_recording_loses_what_the_telephone_wrote_in_it(sent):
    assert b"Secret" in sent
    assert b"Secret" not in clean(sent).content


def zipped():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as into:
        into.writestr("run.js", "alert(1)")
    return out.getvalue()


def huge_png():
    """A picture that says it is 50,000 by 50,000, in a few bytes."""
    head = struct.pack(">IIBBBBB", 50_000, 50_000, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in ((b"IHDR", head), (b"IDAT", zlib.compress(b"\0" * 100)), (b"IEND", b""))
    )


@pytest.mark.parametrize(
    ("sent", "refusal"),
    [
        (b"", content.EMPTY),
        (b"\xff\xd8\xff" + b"x" * content.LARGEST, content.TOO_BIG),
        (mp3()[:-128] + bytes(content.LARGEST_RECORDING), content.TOO_BIG),
        (b"MZ\x90\x00" + bytes(200), content.NOT_KEPT),
        (b"<html><script>alert(1)</script></html>", content.NOT_KEPT),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>", content.NOT_KEPT),
        (b"GIF89a" + bytes(50), content.NOT_KEPT),
        (b"plain words", content.NOT_KEPT),
        (b"\xff", content.NOT_KEPT),
        (zipped(), content.NOT_KEPT),
        (jpeg()[:200], content.BROKEN),
        (png()[:40], content.BROKEN),
        (b"\xff\xd8\xff\xe0nonsense", content.BROKEN),
        (huge_png(), content.TOO_MANY_PIXELS),
        (jpeg() + zipped(), content.TWO_THINGS),
        (pdf() + zipped(), content.TWO_THINGS),
        (jpeg(comment=b"<script>alert(1)</script>"), content.TWO_THINGS),
        (pdf()[:-20], content.BROKEN),
        (b"%PDF-1.4 no end", content.BROKEN),
        (b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\nstartxref\n9\n%%EOF\n", content.BROKEN),
        (pdf(pages=0), content.BROKEN),
        (pdf(carries), content.ACTIVE),
        (pdf(plays), content.ACTIVE),
        (locked(), content.LOCKED),
        (locked(user="secret"), content.LOCKED),
        (swelling(), content.TOO_MUCH),
        (many_times(), content.TOO_MUCH),
        (wav()[:-14], content.BROKEN),
        (m4a()[:40], content.BROKEN),
        (b"ID3\x04\x00\x00\x00\x00\x00\x00not sound", content.BROKEN),
    ],
)
def test_what_is_not_kept_is_said_in_a_sentence(cast, sent, refusal):
    with pytest.raises(Refused) as no:
        keep(cast, content=sent)
    assert no.value.refusal is refusal
    assert not StoredFile.objects.exists()


def test_a_name_gives_nothing_but_words(cast):
    assert keep(cast, name="../../C:\\photos\\lamp\u202egpj.exe").shown_as == "lampgpj.jpg"
    assert keep(cast, content=png(), name="...").shown_as == "file.png"
    assert len(keep(cast, content=webp(), name="a" * 500).shown_as) < 100


def test_a_large_picture_is_made_smaller(cast):
    kept = Image.open(io.BytesIO(read_whole(keep(cast, content=jpeg((5000, 100))))))
    assert kept.size[0] == content.LONGEST_SIDE


def test_the_same_bytes_lie_once_and_nothing_unfinished_is_left(cast, tmp_path):
    first, second = keep(cast), keep(cast)
    assert first.digest == second.digest
    lying = [p for p in tmp_path.rglob("*") if p.is_file()]
    assert lying == [place_of(first.digest)]


def test_bytes_that_were_changed_on_disk_are_not_given(cast):
    stored = keep(cast)
    place_of(stored.digest).write_bytes(b"something else")
    with pytest.raises(NotWhole):
        read_whole(stored)
    place_of(stored.digest).unlink()
    with pytest.raises(NotWhole):
        read_whole(stored)


@pytest.mark.parametrize(("who", "may"), [("leah", True), ("joy", True), ("rosa", False), ("gwen", False)])
def test_who_may_keep_a_file(cast, who, may):
    refusal = policies.keep_file(actor=cast.actor(who), files=cast.solanki_files)
    assert refusal is (None if may else policies.NOT_YOURS_TO_KEEP)


def test_keeping_leaves_an_act(cast):
    stored = keep(cast)
    act = Act.objects.get()
    assert act.what == "file.kept"
    assert stored.digest in act.body


def test_a_file_says_what_it_is():
    form = FileForm({}, {"picture": SimpleUploadedFile("a.jpg", jpeg())})
    assert not form.is_valid()
    assert form.errors["picture_words"] == [SAY_WHAT]
