"""Pictures without what they say beside their pixels."""

import io
import struct
import zlib
from typing import Any

import pytest
from PIL import Image, ImageOps, PngImagePlugin

from site_gen.formats.images.embedded import embedded
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
    elif form == "WEBP":
        more |= {"xmp": CANARY, "lossless": True}
    else:
        more |= {"comment": CANARY, "xmp": b"CANARY"}
    picture().save(buffer, form, exif=exif(turned), icc_profile=PROFILE, **more)
    return buffer.getvalue()


def upright(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return ImageOps.exif_transpose(image)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("turned", [0, 1, 3, 6, 8])
def test_pixels_colours_and_which_way_is_up_stay(form: str, turned: int) -> None:
    before = encoded(form, turned)
    assert CANARY in before
    after = without_metadata(before)
    assert CANARY not in after
    assert upright(after).tobytes() == upright(before).tobytes()
    found = Image.open(io.BytesIO(after))
    assert found.info["icc_profile"] == PROFILE
    assert dict(found.getexif()) == ({0x0112: turned} if turned > 1 else {})
    assert without_metadata(after) == after


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
    for form in ("PNG", "WEBP"):
        buffer = io.BytesIO()
        frames[0].save(buffer, form, save_all=True, append_images=frames[1:], exif=exif(0))
        found = Image.open(io.BytesIO(without_metadata(buffer.getvalue())))
        assert getattr(found, "n_frames", 1) == 2


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
    for form in ("JPEG", "PNG", "WEBP"):
        for turned in (0, 6):
            found = embedded(encoded(form, turned))
            assert found
            assert CANARY not in found.data


SITE = """
-- content/a.md --
---
title: Alpha
publishedDateTime: 2024-02-13T09:00:00Z
images: [{url: pictures/a.jpg, alt: A}]
---
![B](pictures/b.png), and [the whole](pictures/c.webp).
"""


def test_g17_no_output_says_where_a_picture_was_taken(site: Any) -> None:
    site.write(SITE)
    for name, form in (("a.jpg", "JPEG"), ("b.png", "PNG"), ("c.webp", "WEBP")):
        site.put(f"content/pictures/{name}", encoded(form, 6))
    assert site.build().ok
    tree = site.tree()
    assert len([path for path in tree if path.startswith("assets/") and path[-3:] in
                ("jpg", "png", "ebp") and "card" not in path]) >= 3  # fmt: skip
    assert not [path for path, data in tree.items() if CANARY in data]
    settings = (site.root / "site.toml").read_bytes()
    site.put("site.toml", settings + b'[images]\nmetadata = "keep"\n')
    assert site.build().ok
    assert len([path for path, data in site.tree().items() if CANARY in data]) == 3
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
