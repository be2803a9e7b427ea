"""A PDF is written anew: nothing of who made it, nothing that runs, and every page it had."""

import io

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from kith.people.files import content, pdf
from kith.people.files.content import clean
from kith.people.files.tests.pictures import launches, photographed, runs, script, signed
from kith.people.files.tests.pictures import pdf as a_paper

RUNS = (b"JavaScript", b"/JS", b"alert", b"/AA", b"/OpenAction", b"/XFA", b"Launch", b"cmd.exe")


def unfolded(made):
    """Everything a PDF says, with nothing folded: each object as it is written, and each stream as it unfolds."""
    with pikepdf.open(io.BytesIO(made)) as opened:
        out = io.BytesIO()
        opened.save(
            out, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )  # fmt: skip
    return out.getvalue()


def pages(made):
    return len(pypdfium2.PdfDocument(made))


def test_nothing_of_who_wrote_a_paper_is_kept():
    sent = a_paper(signed)
    assert b"Larch" not in sent, "it must be folded, or a search of its bytes would find it"
    assert b"Larch Close" in unfolded(sent)
    kept = clean(sent).content
    for left in (b"Kavita", b"Larch", b"Solanki", b"/Author", b"/Producer", b"xmpmeta", b"/Metadata"):
        assert left not in unfolded(kept)
    assert b"See page two" in unfolded(kept), "a remark is words: it stays, without who made it"
    assert pages(kept) == pages(sent) == 2


@pytest.mark.parametrize("change", [runs, launches])
def test_nothing_that_runs_is_kept_and_what_it_shows_is(change):
    sent = a_paper(change)
    assert not any(word in sent for word in RUNS)
    assert any(word in unfolded(sent) for word in RUNS)
    kept = clean(sent).content
    assert [word for word in RUNS if word in unfolded(kept)] == []
    assert pages(kept) == 2


def test_what_somebody_wrote_in_a_form_and_where_a_link_leads_stay():
    kept = unfolded(clean(a_paper(runs)).content)
    assert b"(Kavita)" in kept
    assert b"https://www.gov.uk/" in kept


@pytest.mark.parametrize("does", ["JavaScript", "Launch", "SubmitForm", "ImportData", "GoToR", "Hide", "ANewOne"])
def test_a_link_that_does_more_than_lead_somewhere_does_nothing(does):
    def link(made):
        action = pikepdf.Dictionary(Type=pikepdf.Name.Action, S=pikepdf.Name("/" + does), F="away")
        made.pages[0].Annots = [pikepdf.Dictionary(Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=action)]

    assert b"away" in unfolded(a_paper(link))
    kept = unfolded(clean(a_paper(link)).content)
    assert b"away" not in kept
    assert does.encode() not in kept


def test_an_address_that_runs_leads_nowhere():
    def link(made):
        action = pikepdf.Dictionary(S=pikepdf.Name.URI, URI=" JavaScript:alert(1)")
        made.pages[0].Annots = [pikepdf.Dictionary(Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=action)]

    assert b"alert" not in unfolded(clean(a_paper(link)).content)


def test_a_photograph_inside_a_paper_loses_where_it_was_taken():
    assert b"Secret street" in unfolded(a_paper(photographed))
    kept = clean(a_paper(photographed)).content
    for left in (b"Telephone", b"Secret", b"Exif"):
        assert left not in unfolded(kept)
    with pikepdf.open(io.BytesIO(kept)) as opened:
        picture = opened.pages[0].Resources.XObject.Im0.read_raw_bytes()
    assert Image.open(io.BytesIO(picture)).size == (64, 48)


def test_what_a_reader_aloud_needs_is_kept():
    def tagged(made):
        made.Root.Lang = "en-GB"
        made.Root.MarkInfo = pikepdf.Dictionary(Marked=True)
        made.Root.StructTreeRoot = made.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.StructTreeRoot, K=[]))
        made.Root.Names = pikepdf.Dictionary(Dests=pikepdf.Dictionary(Names=["one", [made.pages[0].obj]]))

    with pikepdf.open(io.BytesIO(clean(a_paper(tagged)).content)) as kept:
        assert {"/Lang", "/MarkInfo", "/StructTreeRoot", "/Names"} <= set(kept.Root.keys())


def test_a_font_called_aa_is_a_font():
    def font(made):
        face = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        made.pages[0].Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(AA=face))

    assert b"/Helvetica" in unfolded(clean(a_paper(font)).content)


def test_what_was_written_over_is_not_kept():
    """A programme that adds to the end of a file leaves what was there before: only what is shown now is written."""

    before = a_paper(lambda made: made.pages[0].Contents.write(b"the words before"), folded=False)
    with pikepdf.open(io.BytesIO(before)) as opened:
        number = opened.pages[0].Contents.objgen[0]
        size = int(opened.trailer.Size)
    at = int(before.rpartition(b"startxref")[2].split()[0])
    again = b"%d 0 obj\n<</Length 15>>stream\nthe words after\nendstream endobj\n" % number
    table = b"xref\n%d 1\n%010d 00000 n \ntrailer<</Size %d/Root 1 0 R/Prev %d>>\n" % (number, len(before), size, at)
    both = before + again + table + b"startxref\n%d\n%%%%EOF\n" % (len(before) + len(again))
    kept = unfolded(clean(both).content)
    assert b"the words after" in kept
    assert b"the words before" in both
    assert b"the words before" not in kept


def test_the_same_pages_are_the_same_bytes():
    assert clean(a_paper(signed)).content == clean(a_paper(signed)).content


@pytest.mark.parametrize(("limit", "most"), [("MOST_PAGES", 1), ("MOST_PARTS", 3), ("MOST_UNFOLDED", 20)])
def test_a_paper_with_too_much_in_it_is_not_written(monkeypatch, limit, most):
    assert pdf.anew(a_paper())
    monkeypatch.setattr(pdf, limit, most)
    with pytest.raises(pdf.NotWritten) as no:
        pdf.anew(a_paper())
    assert no.value.why is pdf.Ends.TOO_MUCH


def test_a_paper_that_takes_too_long_is_given_up(monkeypatch):
    monkeypatch.setattr(content, "LONGEST_WAIT", 0.001)
    with pytest.raises(content.Refused) as no:
        clean(a_paper())
    assert no.value.refusal is content.TOO_MUCH


def test_what_opens_a_strangers_file_has_none_of_our_secrets(monkeypatch, tmp_path):
    told = tmp_path / "told.py"
    told.write_text("import os, sys; sys.stdout.write(' '.join(os.environ))")
    monkeypatch.setattr(content, "WRITER", str(told))
    monkeypatch.setenv("KITH_SECRET", "not for you")
    assert b"KITH" not in clean(a_paper()).content


def test_a_script_is_found_however_deep_it_lies():
    def deep(made):
        held = script("down here")
        for _ in range(60):
            held = pikepdf.Array([pikepdf.Dictionary(Held=held)])
        made.pages[0].Held = held

    assert b"down here" in unfolded(a_paper(deep))
    assert b"down here" not in unfolded(clean(a_paper(deep)).content)
