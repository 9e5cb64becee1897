"""Pictures without what they say beside their pixels."""

import base64
import io
import random
import struct
import zlib
from typing import Any
from xml.etree import ElementTree

import pytest
from PIL import Image, ImageOps, PngImagePlugin

from site_gen.formats.images.embedded import embed_picture
from site_gen.formats.images.metadata import without_metadata

CANARY = b"CANARY"
PROFILE = bytes(16) + b"RGB " + b"colours" * 20


def picture() -> Image.Image:
    wide = Image.linear_gradient("L").resize((40, 24))
    return Image.merge("RGB", (wide, wide.rotate(180), wide.transpose(Image.Transpose.ROTATE_180)))


def exif(turned: int) -> Image.Exif:
    found = Image.Exif()
    found[0x010F] = "CANARY camera"
    if turned:
        found[0x0112] = turned
    found.get_ifd(0x8825).update({1: "N", 2: (52.0, 31.0, 12.0), 29: "CANARY"})
    return found


def encoded(form: str, turned: int, **more: Any) -> bytes:
    buffer = io.BytesIO()
    if form == "PNG":
        more["pnginfo"] = text = PngImagePlugin.PngInfo()
        text.add_text("Comment", "CANARY")
        text.add_itxt("XML:com.adobe.xmp", "CANARY")
        text.add_text("zipped", "CANARY", zip=True)
    elif form in ("WEBP", "AVIF"):
        more |= {"xmp": CANARY} | ({"lossless": True} if form == "WEBP" else {})
    elif form == "TIFF":
        more |= {"description": "CANARY", "tiffinfo": {700: CANARY * 9, 34377: CANARY * 9}}
    else:
        more |= {"comment": CANARY, "xmp": b"CANARY"}
    picture().save(buffer, form, exif=exif(turned), icc_profile=PROFILE, **more)
    return buffer.getvalue()


def box(kind: bytes, *parts: bytes) -> bytes:
    inner = b"".join(parts)
    return struct.pack(">I4s", len(inner) + 8, kind) + inner


KINDS = {1: b"hvc1", 2: b"Exif", 3: b"hvc1", 4: b"mime", 5: b"grid", 6: b"hvc1", 7: b"uri "}
HELD = {number: b"pixels-%d" % number if number in (1, 5, 6) else CANARY for number in KINDS}
"""What each item holds: 3 is a preview of 1, of which 5 is made, and 2, 4 and 7 are notes."""


def heic(*more: bytes) -> bytes:
    """A picture whose items are stored in both ways, with notes in every place there is."""

    def meta(at: dict[int, int]) -> bytes:
        infe = [
            box(b"infe", b"\2\0\0\0", struct.pack(">HH", n, 0), kind, CANARY, b"\0",
                b"CANARY/xml\0" * (kind == b"mime"))
            for n, kind in KINDS.items()
        ]  # fmt: skip
        iloc = b"".join(
            struct.pack(">HHHHII", n, n == 4, 0, 1, at.get(n, 0), len(HELD[n])) for n in KINDS
        )
        return box(
            b"meta", bytes(4), box(b"hdlr", bytes(8), b"pict", bytes(13)),
            box(b"pitm", bytes(4), struct.pack(">H", 5)),
            box(b"iinf", bytes(4), struct.pack(">H", len(KINDS)), *infe),
            box(b"iref", bytes(4), box(b"thmb", struct.pack(">HHH", 3, 1, 1)),
                box(b"cdsc", struct.pack(">HHH", 2, 1, 5)),
                box(b"dimg", struct.pack(">HHHH", 5, 2, 1, 6))),
            box(b"iloc", b"\1\0\0\0\x44\0", struct.pack(">H", len(KINDS)), iloc),
            box(b"idat", HELD[4]), box(b"free", CANARY),
        )  # fmt: skip

    start = box(b"ftyp", b"heic", bytes(4), b"mif1heic") + box(b"uuid", bytes(16), CANARY)
    begin = len(start) + len(meta({})) + 8
    at = {}
    for number in KINDS:
        if number != 4:
            at[number] = begin
            begin += len(HELD[number])
    held = b"".join(HELD[number] for number in at)
    return start + meta(at) + box(b"mdat", held, CANARY) + box(b"udta", CANARY) + b"".join(more)


DRAWING = """<?xml version="1.0" encoding="UTF-8"?>
<!-- CANARY -->
<!DOCTYPE svg [ <!-- CANARY --> ]>
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"
 xmlns:ink="http://www.inkscape.org/namespaces/inkscape" viewBox="0 0 9 9" data-source="CANARY"
 xmlns:sodi="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd" sodi:docname="CANARY.svg"
 ink:export-filename="/home/CANARY/logo.png"><title>A logo</title>
<metadata><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">CANARY</rdf:RDF></metadata>
<sodi:namedview ink:current-layer="CANARY"><ink:grid/></sodi:namedview>
<style>/* CANARY */ .a { fill: red } .b::before { content: "/* kept */" }<!-- CANARY --></style>
<g class="a" ink:label="CANARY" style="opacity:1/*CANARY*/"><path d="M0 0h9"/>
<text>1 &lt; 2</text></g>
<image width="4" height="4" xlink:href="data:image/jpeg;base64,PICTURE"/></svg>
"""


def drawing() -> str:
    return DRAWING.replace("PICTURE", base64.b64encode(encoded("JPEG", 6)).decode())


def upright(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return ImageOps.exif_transpose(image)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "AVIF", "GIF"])
@pytest.mark.parametrize("turned", [0, 1, 3, 6, 8])
def test_pixels_colours_and_which_way_is_up_stay(form: str, turned: int) -> None:
    before = encoded(form, turned)
    assert CANARY in before
    after = without_metadata(before)
    assert CANARY not in after
    assert upright(after).tobytes() == upright(before).tobytes()
    found = Image.open(io.BytesIO(after))
    assert without_metadata(after) == after
    if form != "GIF":
        assert found.info["icc_profile"] == PROFILE
        assert dict(found.getexif()) == ({0x0112: turned} if turned > 1 else {})


@pytest.mark.parametrize("options", [{"progressive": True}, {"optimize": True}, {"quality": 100}])
def test_jpegs_of_every_make(options: dict[str, Any]) -> None:
    buffer = io.BytesIO()
    noise = Image.effect_noise((200, 150), 90)
    Image.merge("CMYK", (noise,) * 4).save(buffer, "JPEG", exif=exif(0), **options)
    after = without_metadata(buffer.getvalue())
    assert CANARY not in after
    assert upright(after).tobytes() == upright(buffer.getvalue()).tobytes()


def test_what_stands_behind_a_picture_goes() -> None:
    """A second view, or a film, with metadata of its own."""
    for form in ("GIF", "AVIF"):
        one = encoded(form, 6)
        assert without_metadata(one + CANARY) == without_metadata(one)
    for form in ("JPEG", "PNG", "WEBP"):
        one = encoded(form, 6)
        assert without_metadata(one + one + CANARY) == without_metadata(one)
    buffer = io.BytesIO()
    picture().save(buffer, "MPO", save_all=True, append_images=[picture()], exif=exif(0))
    after = without_metadata(buffer.getvalue())
    assert CANARY not in after
    assert Image.open(io.BytesIO(after)).format == "JPEG"


def test_moving_pictures_move_on() -> None:
    frames = [picture(), picture().rotate(90)]
    for form in ("PNG", "WEBP", "GIF", "AVIF"):
        buffer = io.BytesIO()
        more = {"loop": 0, "comment": CANARY} if form == "GIF" else {"exif": exif(0)}
        frames[0].save(buffer, form, save_all=True, append_images=frames[1:], **more)
        assert CANARY in buffer.getvalue()
        after = without_metadata(buffer.getvalue())
        assert CANARY not in after
        found = Image.open(io.BytesIO(after))
        assert getattr(found, "n_frames", 1) == 2
        found.seek(1)
        before = Image.open(buffer)
        before.seek(1)
        assert found.convert("RGB").tobytes() == before.convert("RGB").tobytes()
        assert form != "GIF" or found.info["loop"] == 0


@pytest.mark.parametrize("packed", [None, "tiff_lzw", "jpeg", "tiff_deflate"])
def test_a_tiff_keeps_its_pages_and_loses_the_rest(packed: str | None) -> None:
    buffer = io.BytesIO()
    preview = picture().resize((10, 6))
    preview.encoderinfo = {"tiffinfo": {254: 1}}
    more: dict[str, Any] = {"save_all": True, "append_images": [preview, picture().rotate(90)]}
    encode = {"tiffinfo": {700: CANARY * 9, 270: "CANARY"}, "compression": packed}
    picture().save(buffer, "TIFF", exif=None, icc_profile=PROFILE, **more, **encode)
    assert CANARY in buffer.getvalue()
    after = without_metadata(buffer.getvalue() + CANARY)
    assert CANARY not in after
    found, before = Image.open(io.BytesIO(after)), Image.open(buffer)
    assert found.info["icc_profile"] == PROFILE
    assert found.tobytes() == before.tobytes()
    found.seek(1)
    before.seek(2)
    assert found.tobytes() == before.tobytes()
    assert found.n_frames == 2
    assert without_metadata(after) == after


def test_a_heic_keeps_the_bytes_of_its_pixels_where_they_were() -> None:
    before = heic()
    after = without_metadata(before + b"SEFT" + CANARY)
    assert CANARY not in after
    assert len(after) == len(before)
    for number in (1, 5, 6):
        assert after.index(b"pixels-%d" % number) == before.index(b"pixels-%d" % number)
    assert after.count(b"free") == 4 + 3  # items that are none by now, and boxes
    assert without_metadata(after) == after


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_drawing_loses_what_its_program_noted(codec: str) -> None:
    text = drawing().replace("UTF-8", codec.removesuffix("-sig"))
    after = without_metadata(text.encode(codec), "logo.SVG").decode(codec)
    assert "CANARY" not in after
    assert base64.b64encode(without_metadata(encoded("JPEG", 6))).decode() in after
    for kept in ("<title>A logo</title>", 'content: "/* kept */"', '<path d="M0 0h9"/>',
                 "<text>1 &lt; 2</text>", 'viewBox="0 0 9 9"', "fill: red"):  # fmt: skip
        assert kept in after
    ElementTree.fromstring(after.encode(codec))
    assert without_metadata(after.encode(codec), "a.svg").decode(codec) == after
    assert without_metadata(drawing().encode(), "logo.txt") == drawing().encode()


def test_a_drawing_with_nothing_to_lose_stays_byte_for_byte() -> None:
    plain = b'<svg xmlns="http://www.w3.org/2000/svg"\n  id = \'a\' ><path d="M0"\n/></svg >\n'
    assert without_metadata(plain, "a.svg") == plain
    styled = plain.replace(b"id =", b"data-a='1' id =").replace(
        b"<path", b"<style>[data-a] { fill: red }</style><path"
    )
    assert without_metadata(styled, "a.svg") == styled


def test_no_bytes_harm_what_cleans_them() -> None:
    """Whatever a file is, something of at most its length comes out, and soon."""
    chance = random.Random(7)
    files = [encoded(form, 6) for form in ("GIF", "AVIF", "TIFF")] + [heic(), drawing().encode()]
    for data in files:
        for _ in range(300):
            odd = bytearray(data)
            for _ in range(chance.randint(1, 6)):
                odd[chance.randrange(len(odd))] = chance.choice((0, 1, 255, chance.randrange(256)))
            odd = odd[: chance.randint(1, len(odd))] if chance.random() < 0.3 else odd
            assert len(without_metadata(bytes(odd), "a.svg")) <= len(odd)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_what_is_cut_off_before_its_pixels_or_odd_stays_as_it_is(form: str) -> None:
    whole = encoded(form, 6)
    pixels = {"JPEG": b"\xff\xda", "PNG": b"IDAT", "WEBP": b"EXIF"}[form]
    for end in range(0, whole.rindex(pixels), 7):
        assert without_metadata(whole[:end]) == whole[:end]
    for data in (b"", b"GIF89a", b"RIFF\0\0\0\0WEBP", b"\xff\xd8\xff", b"%PDF-1.4"):
        assert without_metadata(data)[:4] == data[:4]


@pytest.mark.parametrize(
    "tiff",
    [
        b"",
        b"MM\0*",
        b"MM\0*\xff\xff\xff\xff",
        b"MM\0*\0\0\0\x08\xff\xff",
        b"II*\0" + struct.pack("<IHHHII", 8, 1, 0x0112, 3, 1, 99),
        b"II*\0" + struct.pack("<IH", 4, 0xFFFF),
    ],
)
def test_odd_exif_turns_nothing(tiff: bytes) -> None:
    plain = io.BytesIO()
    picture().save(plain, "PNG")
    part = b"eXIf" + tiff
    chunk = struct.pack(">I", len(tiff)) + part + struct.pack(">I", zlib.crc32(part))
    data = plain.getvalue()[:33] + chunk + plain.getvalue()[33:]
    assert without_metadata(data) == plain.getvalue()


def test_books_carry_none_either() -> None:
    for form in ("JPEG", "PNG", "WEBP", "AVIF", "GIF"):
        for turned in (0, 6):
            found = embed_picture(encoded(form, turned))
            assert found
            assert CANARY not in found.data


SITE = """
-- content/a.md --
---
title: Alpha
publishedDateTime: 2024-02-13T09:00:00Z
images: [{url: pictures/a.jpg, alt: A}]
---
![B](pictures/b.png), and [the whole](pictures/c.webp), ![D](pictures/d.gif), ![E](pictures/e.avif),
![F](pictures/f.svg), [G](pictures/g.heic) and [H](pictures/h.tif).
"""
FILES = {
    "a.jpg": encoded("JPEG", 6),
    "b.png": encoded("PNG", 6),
    "c.webp": encoded("WEBP", 6),
    "d.gif": encoded("GIF", 6),
    "e.avif": encoded("AVIF", 6),
    "f.svg": drawing().encode(),
    "g.heic": heic(),
    "h.tif": encoded("TIFF", 6),
}


def test_g17_no_output_says_where_a_picture_was_taken(site: Any) -> None:
    site.write(SITE)
    for name, data in FILES.items():
        site.put(f"content/pictures/{name}", data)
    assert site.build().ok
    tree = site.tree()
    for name in FILES:
        stem, _, ending = name.partition(".")
        assert [p for p in tree if p.startswith(f"assets/{stem}.") and p.endswith(f".{ending}")]
    assert not [path for path, data in tree.items() if CANARY in data]
    settings = (site.root / "site.toml").read_bytes()
    site.put("site.toml", settings + b'[images]\nmetadata = "keep"\n')
    assert site.build().ok
    assert len([path for path, data in site.tree().items() if CANARY in data]) == len(FILES)
    site.put("site.toml", settings)
    assert site.build().ok
    assert site.tree() == tree


@pytest.mark.parametrize("form", ["JPEG", "PNG"])
def test_what_is_cut_off_in_its_pixels_loses_its_metadata_too(form: str) -> None:
    """Browsers show such a picture, and its file tells the place as a whole one does."""
    whole = encoded(form, 6)
    begin = whole.rindex({"JPEG": b"\xff\xda", "PNG": b"IDAT"}[form])
    for data in (whole[: begin + 40], whole[: begin + 60]):
        after = without_metadata(data)
        assert CANARY in data
        assert CANARY not in after
        assert data.endswith(after[-20:])


def test_a_preview_in_a_jpeg_goes() -> None:
    data = encoded("JPEG", 0)
    preview = b"JFXX\0\x10CANARY preview"
    segment = struct.pack(">BBH", 0xFF, 0xE0, len(preview) + 2) + preview
    at = data.index(b"\xff\xe1")
    assert CANARY not in without_metadata(data[:at] + segment + data[at:])


def test_g17_a_picture_that_cannot_be_cleaned_is_named(site: Any) -> None:
    cut_off = encoded("JPEG", 6)[:60]
    site.write(
        "-- content/a.md --\n---\ntitle: Alpha\npublishedDateTime: 2024-02-13T09:00:00Z\n---\n"
        "[One](pictures/a.tif), [another](pictures/b.jpg) and [a film](pictures/c.mp4).\n"
    )
    site.put("content/pictures/a.tif", b"MM\0*\xff\xff\xff\xff" + CANARY)
    site.put("content/pictures/b.jpg", cut_off)
    site.put("content/pictures/c.mp4", b"\0\0\0\x18ftypmp42" + CANARY)
    for _ in range(2):  # it is said again where nothing was made anew
        report = site.build()
        told = [p for p in report.problems if p.code == "picture/metadata"]
        assert report.ok
        assert [p.where.path for p in told if p.where] == [
            "content/pictures/a.tif",
            "content/pictures/b.jpg",
        ]
    settings = (site.root / "site.toml").read_bytes()
    site.put("site.toml", settings + b'[images]\nmetadata = "keep"\n')
    assert not [p for p in site.build().problems if p.code == "picture/metadata"]
