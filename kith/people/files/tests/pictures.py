"""Small files of each kind, made as they are needed."""

import io
import struct
import zlib

import pikepdf
from PIL import Image


def jpeg(size=(64, 48), exif=None, comment=b""):
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, "JPEG", exif=exif or Image.Exif(), comment=comment)
    return out.getvalue()


def png(size=(64, 48), mode="RGBA"):
    out = io.BytesIO()
    Image.new(mode, size).save(out, "PNG")
    return out.getvalue()


def webp():
    out = io.BytesIO()
    Image.new("RGB", (64, 48)).save(out, "WEBP")
    return out.getvalue()


def with_place(comment=b"Secret street"):
    exif = Image.Exif()
    exif[0x010F] = "Telephone maker"
    gps = exif.get_ifd(0x8825)
    gps[1], gps[2] = "N", (52.0, 38.0, 7.0)
    return jpeg(exif=exif, comment=comment)


def pdf(change=None, pages=2, *, folded=True, **saved):
    """A paper of a few pages as most programmes write one: its objects folded where no search of its bytes finds them."""
    with pikepdf.new() as made:
        for page in range(pages):
            made.add_blank_page(page_size=(200, 200))
            made.pages[page].Contents = made.make_stream(b"q 1 0 0 1 9 9 cm %% page %d\nQ" % page)
        if change:
            change(made)
        modes, out = pikepdf.ObjectStreamMode, io.BytesIO()
        made.save(
            out, static_id=True, compress_streams=folded, object_stream_mode=modes.generate if folded else modes.disable,
            **saved,
        )  # fmt: skip
    return out.getvalue()


def script(words="app.alert(1)"):
    return pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=words)


def signed(made):
    """Written by somebody who can be found: in its properties, in its XMP, and on the remark beside its first page."""
    with made.open_metadata() as xmp:
        xmp["dc:creator"] = ["Kavita Solanki"]
    made.docinfo["/Author"] = "Kavita Solanki, 4 Larch Close"
    made.docinfo["/Producer"] = "Kavita's telephone"
    made.pages[0].Annots = made.make_indirect(
        [
            pikepdf.Dictionary(
                Type=pikepdf.Name.Annot,
                Subtype=pikepdf.Name.Text,
                Rect=[0, 0, 9, 9],
                T="Kavita",
                Contents="See page two",
            )
        ]
    )


def photographed(made):
    """With a photograph on its first page that still says where it was taken."""
    picture = made.make_stream(with_place())
    picture.update(
        pikepdf.Dictionary(
            Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=64, Height=48, BitsPerComponent=8,
            ColorSpace=pikepdf.Name.DeviceRGB, Filter=pikepdf.Name.DCTDecode,
        )
    )  # fmt: skip
    made.pages[0].Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=picture))


def runs(made):
    """Runs a script when it is opened, by name, when a page is turned, when a box is left, and after a link."""
    made.Root.OpenAction = script()
    made.Root.AA = pikepdf.Dictionary(WC=script())
    made.Root.Names = pikepdf.Dictionary(JavaScript=pikepdf.Dictionary(Names=["a", made.make_indirect(script())]))
    made.pages[0].AA = pikepdf.Dictionary(O=script())
    box = made.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Widget, Rect=[0, 0, 9, 9], FT=pikepdf.Name.Tx, T="name", V="Kavita",
            AA=pikepdf.Dictionary(K=script("k()")),
        )
    )  # fmt: skip
    link = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[9, 9, 18, 18],
        A=pikepdf.Dictionary(S=pikepdf.Name.URI, URI="https://www.gov.uk/", Next=script()),
    )  # fmt: skip
    made.pages[1].Annots = [box, link]
    made.Root.AcroForm = pikepdf.Dictionary(Fields=[box], XFA=made.make_stream(b"<xdp:xdp/>"), CO=[box])


def launches(made):
    made.Root.OpenAction = pikepdf.Dictionary(Type=pikepdf.Name.Action, S=pikepdf.Name.Launch, F="cmd.exe")


def carries(made):
    made.attachments["accounts.xlsx"] = b"PK another file"


def plays(made):
    made.pages[0].Annots = [pikepdf.Dictionary(Subtype=pikepdf.Name.RichMedia, Rect=[0, 0, 9, 9])]


def locked(owner="o", user=""):
    return pdf(encryption=pikepdf.Encryption(owner=owner, user=user))


def swelling(blocks=200):
    """A paper of a few hundred kilobytes whose one drawing unfolds to two thousand million noughts."""
    fold = zlib.compressobj(9, wbits=-15)
    ten = fold.compress(bytes(10_000_000)) + fold.flush(zlib.Z_FULL_FLUSH)
    end = (1 | (blocks * 10_000_000 % 65521) << 16).to_bytes(4, "big")
    folded = b"\x78\x9c" + ten * blocks + fold.flush() + end

    def swell(made):
        drawing = made.make_stream(b"")
        drawing.write(folded, filter=pikepdf.Name.FlateDecode)
        made.pages[0].Contents = drawing

    return pdf(swell)


def many_times(parts=60):
    """A paper of sixty drawings, none of them too large, that are six hundred megabytes together."""
    folded = zlib.compress(bytes(10_000_000))

    def repeat(made):
        drawings = [made.make_stream(b"") for _ in range(parts)]
        for drawing in drawings:
            drawing.write(folded, filter=pikepdf.Name.FlateDecode)
        made.pages[0].Contents = pikepdf.Array(drawings)

    return pdf(repeat)


def wav(extra=b""):
    fmt = b"fmt " + struct.pack("<IHHIIHH", 16, 1, 1, 8000, 8000, 1, 8)
    chunks = fmt + extra + b"data" + struct.pack("<I", 4) + b"\x80\x80\x80\x80"
    return b"RIFF" + struct.pack("<I", 4 + len(chunks)) + b"WAVE" + chunks


def mp3():
    tag = b"ID3\x04\x00\x00" + bytes([0, 0, 0, 12]) + b"Secret title"
    return tag + b"\xff\xfb\x90\x00" + bytes(400) + b"TAG" + b"Secret".ljust(125, b"\0")


def box(name, body=b""):
    return struct.pack(">I4s", 8 + len(body), name) + body


def m4a(tags=b"Secret +52.63-001.13/"):
    moov = box(b"moov", box(b"trak", box(b"udta", tags)) + box(b"udta", tags))
    return box(b"ftyp", b"M4A \0\0\0\0") + moov + box(b"mdat", b"sound")
