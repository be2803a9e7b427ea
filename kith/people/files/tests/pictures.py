"""Small files of each kind, made as they are needed."""

import io
import struct

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


def pdf(extra=b""):
    body = b"%PDF-1.4\n1 0 obj<</Type/Catalog" + extra + b">>endobj\n"
    return body + b"xref\n0 1\ntrailer<</Root 1 0 R>>\nstartxref\n" + str(len(body)).encode() + b"\n%%EOF\n"


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
