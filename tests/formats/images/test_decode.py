"""Pictures of every mode: measured right, and made into copies that look alike."""

import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from site_gen.arrange.image_sizes import widths
from site_gen.formats.images import resized
from site_gen.formats.images.decode import colour_profile, open_picture
from site_gen.formats.images.measure import measure
from site_gen.model import Page, Variant, View
from site_gen.problems import SiteError

NOISE = Image.effect_noise((300, 200), 90)
COLOUR = Image.merge("RGB", (NOISE, NOISE.rotate(90).resize(NOISE.size), NOISE.rotate(180)))


def encoded(image: Image.Image, form: str, **options: Any) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, form, **options)
    return buffer.getvalue()


def copy(data: bytes, form: Any = "webp", width: int = 300, height: int = 200) -> bytes:
    variant = Variant(url="/assets/a.webp", width=width, height=height, format=form)
    views = {"file": View(digest=str(hash(data)), value=data),
             "variant": View(digest="", value=variant)}  # fmt: skip
    page = Page(path="a", format="images", kind="file", views=views, origin="content/a.png")
    return resized.render(page, None)  # type: ignore[arg-type]


def brightness(image: Image.Image) -> int:
    """The mean on white paper, 0 to 255."""
    shown = Image.new("RGBA", image.size, "white")
    shown.alpha_composite(image.convert("RGBA"))
    return shown.convert("L").resize((1, 1), Image.Resampling.BOX).tobytes()[0]


MODES = {
    "grey": encoded(NOISE, "PNG"),
    "palette": encoded(COLOUR.quantize(64), "PNG"),
    "alpha": encoded(Image.merge("RGBA", (*COLOUR.split(), NOISE)), "PNG"),
    "grey and alpha": encoded(Image.merge("LA", (NOISE, NOISE)), "PNG"),
    "sixteen bits": encoded(NOISE.convert("I").point(lambda v: v * 256).convert("I;16"), "PNG"),
    "four inks": encoded(COLOUR.convert("CMYK"), "JPEG"),
    "grey jpeg": encoded(NOISE, "JPEG"),
    "one frame": encoded(COLOUR.quantize(64), "GIF"),
    "webp": encoded(COLOUR, "WEBP"),
    "avif": encoded(COLOUR, "AVIF", quality=95),
}


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("form", ["webp", "avif"])
def test_a_copy_looks_like_the_picture(mode: str, form: str) -> None:
    data = MODES[mode]
    found = measure(data, "a.png")
    assert (found.width, found.height) == (300, 200)
    assert form in found.formats
    made = Image.open(io.BytesIO(copy(data, form)))
    assert made.size == (300, 200)
    # No mode is read as another: the picture is as bright as it was.
    want = NOISE if mode == "sixteen bits" else Image.open(io.BytesIO(data))
    assert abs(brightness(made) - brightness(want)) <= 6


def test_transparency_stays() -> None:
    made = Image.open(io.BytesIO(copy(MODES["alpha"])))
    assert made.mode == "RGBA"


@pytest.mark.parametrize("form", ["webp", "avif"])
def test_the_same_picture_gives_the_same_bytes(form: str) -> None:
    data = encoded(COLOUR, "JPEG")
    first = copy(data, form)
    resized._last_master.clear()
    assert copy(data, form) == first


def test_the_order_of_copies_changes_no_byte() -> None:
    data = encoded(COLOUR.resize((2400, 1600)), "JPEG")
    small = copy(data, width=480, height=320)
    resized._last_master.clear()
    copy(data, width=960, height=640)
    assert copy(data, width=480, height=320) == small


def test_a_small_profile_of_wide_colours_stays() -> None:
    from PIL import ImageCms

    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    data = encoded(COLOUR, "JPEG", icc_profile=srgb)
    assert colour_profile(open_picture(data)) == srgb
    assert Image.open(io.BytesIO(copy(data))).info["icc_profile"] == srgb


def test_a_large_profile_or_one_of_other_colours_goes() -> None:
    for odd in (b"x" * 5000, b"y" * 40):
        data = encoded(COLOUR, "JPEG", icc_profile=odd)
        assert colour_profile(open_picture(data)) == b""
        assert "icc_profile" not in Image.open(io.BytesIO(copy(data))).info


def test_a_second_view_makes_no_moving_picture() -> None:
    data = encoded(COLOUR, "MPO", save_all=True, append_images=[COLOUR])
    found = measure(data, "phone.jpg")
    assert (found.code, found.width) == ("", 300)
    assert found.formats


def test_a_strip_and_a_small_picture_have_no_copies() -> None:
    assert measure(encoded(NOISE.resize((2000, 100)), "PNG"), "a.png").formats == ()
    assert measure(encoded(NOISE.resize((20, 20)), "PNG"), "a.png").formats == ()


@pytest.mark.parametrize(("width", "height"), [(1, 1), (7, 3), (3, 7)])
def test_a_tiny_jpeg_is_sound(width: int, height: int) -> None:
    found = measure(encoded(NOISE.resize((width, height)), "JPEG"), "a.jpg")
    assert (found.width, found.height, found.code) == (width, height, "")


@given(st.binary(max_size=300), st.sampled_from(sorted(MODES)), st.integers(0, 400))
def test_no_bytes_make_measuring_raise(junk: bytes, mode: str, at: int) -> None:
    data = MODES[mode]
    for hostile in (junk, data[:at] + junk, data[:at] + junk + data[at + len(junk) :]):
        found = measure(hostile, "a.png")
        assert found.code in {"", "format", "damaged", "large", "extension"}


def test_what_cannot_be_decoded_after_all_is_a_located_problem() -> None:
    with pytest.raises(SiteError) as caught:
        copy(b"no picture")
    (problem,) = caught.value.problems
    assert (problem.code, str(problem.where)) == ("picture/failed", "content/a.png")


@given(st.integers(1, 70000))
def test_widths_grow_and_never_pass_the_picture(width: int) -> None:
    found = widths(width)
    assert list(found) == sorted(set(found))
    assert found[-1] == min(width, 1600)
