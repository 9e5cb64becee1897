"""What documents, pictures and films say beside what they show."""

import io
import random
import zipfile
import zlib
from typing import Any

import pytest
from PIL import Image

from site_gen.check.file_metadata import Told, told_by

BO, CY = "Bo &amp; Co</", "Cy</"
CORE = f"<cp:x><dc:creator>{BO}dc:creator><cp:lastModifiedBy>{CY}cp:lastModifiedBy>"
META = f"<o:meta><meta:initial-creator>{BO}meta:initial-creator><dc:creator>{CY}dc:creator>"


def office(**parts: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), text)
    return buffer.getvalue()


def pdf(objects: bytes, *, packed: bool) -> bytes:
    if not packed:
        return b"%PDF-1.4\n1 0 obj <<" + objects + b">> endobj"
    data = zlib.compress(objects)
    return b"%PDF-1.5\n7 0 obj << /Type /ObjStm /N 1 >>\nstream\n" + data + b"\nendstream"


@pytest.mark.parametrize("packed", [True, False])
@pytest.mark.parametrize(
    ("written", "author"),
    [
        (b"/Author (Bo Reed)", "Bo Reed"),
        (b"/Author(Bo \\(B\\) Reed)", "Bo (B) Reed"),
        (b"/Author (J\\374rgen)", "J\u00fcrgen"),
        (b"/Author <FEFF0042006F>", "Bo"),
        (b"/Author ()", ""),
        (b"/Title (The /Author)", ""),
    ],
)
def test_the_author_of_a_pdf(written: bytes, author: str, packed: bool) -> None:
    assert told_by(pdf(written, packed=packed), "a.PDF") == Told(author)


def test_the_author_that_stands_in_the_xmp_of_a_pdf() -> None:
    data = b"%PDF <dc:creator> <rdf:Seq> <rdf:li>Bo Reed</rdf:li></rdf:Seq></dc:creator>"
    assert told_by(data, "a.pdf") == Told("Bo Reed")


def test_what_office_files_say() -> None:
    text = office(docProps__core_xml=CORE, word__document_xml="<w:ins>x</w:ins>",
                  word__comments_xml="<w:comment>x</w:comment>")  # fmt: skip
    assert told_by(text, "a.docx") == Told(
        "Bo & Co, Cy", "holds changes that were tracked and remarks"
    )
    assert told_by(office(meta_xml=META, content_xml="<office:annotation/>"), "a.odt") == Told(
        "Bo & Co, Cy", "holds remarks"
    )
    plain = office(docProps__core_xml="<x/>", word__document_xml="<w:instrText/><w:delText/>")
    assert told_by(plain, "a.docx") == Told()


def test_where_a_picture_was_taken() -> None:
    exif = Image.Exif()
    exif[0x010F] = "a camera"
    exif.get_ifd(0x8825).update({1: "N", 2: (52.0, 31.0, 12.0)})
    for form in ("JPEG", "PNG", "WEBP", "AVIF"):
        for more, told in (({"exif": exif}, "says where it was taken"), ({}, "")):
            buffer = io.BytesIO()
            options: dict[str, Any] = more
            Image.new("RGB", (8, 8)).save(buffer, form, **options)
            assert told_by(buffer.getvalue(), f"a.{form.lower()}") == Told(private=told)


def test_no_bytes_harm_it() -> None:
    chance = random.Random(3)
    whole = office(docProps__core_xml=CORE, word__document_xml="<w:ins>x</w:ins>")
    for data, name in ((whole, "a.docx"), (pdf(b"/Author <FEF>", packed=True), "a.pdf"),
                       (b"\xff\xd8\xff" + whole, "a.jpg")):  # fmt: skip
        for _ in range(200):
            odd = bytearray(data)
            for _ in range(5):
                odd[chance.randrange(len(odd))] = chance.randrange(256)
            assert isinstance(told_by(bytes(odd), name), Told)
