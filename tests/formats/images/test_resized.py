"""Local pictures of whole sites: sizes, smaller copies, and what becomes of hostile ones."""

import io
import re
import shutil
from typing import Any

import pytest
from PIL import Image

from site_gen.formats.images.metadata import without_metadata

ARTICLE = """
-- content/a.md --
---
title: Alpha
publishedDateTime: 2024-02-13T09:00:00Z
images: [{url: pictures/wide.png, alt: Wide}]
---
See:

![Turned](pictures/turned.jpg)
"""
WIDE = "content/pictures/wide.png"
TURNED = "content/pictures/turned.jpg"
IMAGE = re.compile(r"<img[^>]*>")
COPY = re.compile(r"/assets/[\w-]+\.[0-9a-f]{10}\.(?:avif|webp)")


def picture(width: int, height: int, seed: int = 0) -> Image.Image:
    """Noise: no format makes it small."""
    red = Image.effect_noise((width, height), 90)
    return Image.merge("RGB", (red, Image.linear_gradient("L").resize(red.size), red)).rotate(seed)


def encoded(image: Image.Image, form: str, **options: Any) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, form, **options)
    return buffer.getvalue()


def turned(width: int, height: int) -> bytes:
    """A JPEG that is to be turned by a quarter, and says which camera took it."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "Secret Camera"
    return encoded(picture(width, height), "JPEG", exif=exif)


@pytest.fixture
def gallery(site: Any) -> Any:
    site.write(ARTICLE)
    site.put("site.toml", b'base_url = "https://t.example/digest"\n[images]\nvariants = ["webp"]\n'
             b'[feeds]\ntag = "t.example,2024"\n')  # fmt: skip
    site.put(WIDE, encoded(picture(1000, 300), "PNG"))
    site.put(TURNED, turned(700, 500))
    return site


def page(site: Any) -> str:
    return str(site.page("articles/a/index.html"))


def copies(site: Any) -> list[str]:
    return sorted(p for p in site.tree() if p.endswith((".webp", ".avif")))


def opened(site: Any, path: str) -> Image.Image:
    return Image.open(io.BytesIO(site.tree()[path]))


def test_pictures_have_their_size_as_shown(gallery: Any) -> None:
    gallery.good()
    wide, upright = IMAGE.findall(page(gallery))
    assert 'width="1000" height="300"' in wide
    assert 'width="500" height="700"' in upright
    assert 'loading="lazy"' in upright
    # The first picture of an article is seen at once.
    assert "loading" not in wide


def test_the_size_of_the_file_wins_over_the_front_matter(gallery: Any) -> None:
    gallery.edit("content/a.md", "alt: Wide", "alt: Wide, width: 3, height: 4")
    gallery.good()
    assert 'width="1000" height="300"' in IMAGE.findall(page(gallery))[0]


def test_copies_are_never_larger_than_the_picture(gallery: Any) -> None:
    gallery.good()
    sizes = {re.sub(r"\..*", "", p): opened(gallery, p).size for p in copies(gallery)}
    assert sizes == {
        "assets/wide-480": (480, 144),
        "assets/wide-1000": (1000, 300),
        "assets/turned-500": (500, 700),
    }


def test_a_page_offers_exactly_the_copies_that_are_there(gallery: Any) -> None:
    gallery.good()
    offered = re.findall(r"(/[^\s\"]+) (\d+)w", page(gallery))
    assert sorted(url.removeprefix("/digest/") for url, _ in offered) == copies(gallery)
    for url, width in offered:
        assert opened(gallery, url.removeprefix("/digest/")).width == int(width)


def test_copies_say_nothing_of_camera_and_place(gallery: Any) -> None:
    gallery.good()
    (path,) = [p for p in copies(gallery) if "turned" in p]
    assert not opened(gallery, path).getexif()
    assert b"Secret" not in gallery.tree()[path]


def test_both_formats_are_offered_the_preferred_one_first(gallery: Any) -> None:
    gallery.edit("site.toml", '["webp"]', '["avif", "webp"]')
    gallery.good()
    kinds = re.findall(r'<source type="image/(\w+)"', page(gallery))
    assert kinds == ["avif", "webp", "avif", "webp"]
    assert {opened(gallery, p).format for p in copies(gallery)} == {"AVIF", "WEBP"}


def test_without_variants_pictures_keep_their_size(gallery: Any) -> None:
    gallery.edit("site.toml", '["webp"]', "[]")
    gallery.good()
    assert copies(gallery) == []
    assert "<picture>" not in page(gallery)
    assert 'width="500" height="700"' in page(gallery)


def test_feeds_keep_a_plain_picture(gallery: Any) -> None:
    gallery.good()
    for name in ("feed.xml", "atom.xml", "feed.json"):
        text = gallery.page(name)
        assert "/assets/turned." in text
        assert "srcset" not in text
        assert not COPY.search(text)


def test_notes_and_pages_show_pictures_as_articles_do(gallery: Any) -> None:
    gallery.write("""
-- content/editions/2024-W07.md --
---
title: A week
---
![Note](../pictures/turned.jpg)
-- content/pages/about.md --
---
title: About
---
![Page](../pictures/turned.jpg)
""")
    gallery.good()
    for name in ("editions/2024-W07/index.html", "about/index.html"):
        assert "<picture><source" in gallery.page(name)
        assert 'src="/digest/assets/turned.' in gallery.page(name)


def test_a_picture_is_measured_and_copied_once(
    gallery: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from site_gen.formats.images import measure as image_measure

    measured: list[str] = []
    true = image_measure.measure

    def counting(data: bytes, name: str) -> Any:
        measured.append(name)
        return true(data, name)

    monkeypatch.setattr(image_measure, "measure", counting)
    gallery.good()
    assert sorted(measured) == ["pictures/turned.jpg", "pictures/wide.png"]
    gallery.edit("content/a.md", "See:", "Look:")
    rendered = {each.path for each in gallery.good().rendered}
    assert len(measured) == 2
    assert "articles/a/index.html" in rendered
    assert rendered.isdisjoint(copies(gallery))


def test_a_replaced_picture_is_as_in_a_clean_build(gallery: Any) -> None:
    gallery.good()
    before = set(copies(gallery))
    gallery.put(TURNED, turned(900, 600))
    report = gallery.good()
    assert {p for p in before if "turned" in p} <= set(report.removed)
    assert 'width="600" height="900"' in page(gallery)
    incremental = gallery.tree()
    for folder in ("public", ".site_gen"):
        shutil.rmtree(gallery.root / folder)
    gallery.good()
    assert gallery.tree() == incremental


def test_equal_bytes_in_two_formats_of_a_name_are_two_pictures(gallery: Any) -> None:
    gallery.put("content/pictures/copy.png", turned(700, 500))
    gallery.edit("content/a.md", "See:", "![Misnamed](pictures/copy.png)")
    report = gallery.build()
    assert [p.code for p in report.problems] == ["picture/extension"]


HOSTILE = {
    "cut": (turned(900, 700)[:20000], "damaged"),
    "text": (b"<html>hello</html>" * 1000, "format"),
    "empty": (b"", "format"),
    "bomb": (encoded(Image.new("1", (9000, 9000)), "PNG"), "large"),
    "vast": (encoded(Image.new("1", (20000, 20000)), "PNG"), "large"),
    "bitmap": (encoded(Image.new("RGB", (9, 9)), "BMP"), "format"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_picture_is_told_of_and_published_without_metadata(
    gallery: Any, name: str, said: Any
) -> None:
    data, code = HOSTILE[name]
    gallery.put(f"content/pictures/{name}.jpg", data)
    gallery.edit("content/a.md", "See:", f"![Odd](pictures/{name}.jpg)")
    report = gallery.build()
    assert report.ok, said(report)
    (problem,) = report.problems
    assert (problem.code, problem.severity) == (f"picture/{code}", "warning")
    assert (problem.where.path, problem.where.line) == ("content/a.md", 6)
    assert not [p for p in copies(gallery) if name in p]
    (published,) = [d for p, d in gallery.tree().items() if p.startswith(f"assets/{name}.")]
    assert published == without_metadata(data)
    assert (published == data) == (name != "cut")


def test_a_drawing_is_copied_without_a_word(gallery: Any) -> None:
    gallery.put("content/pictures/drawn.svg", b'<svg xmlns="http://www.w3.org/2000/svg"/>')
    gallery.edit("content/a.md", "See:", "![Drawn](pictures/drawn.svg)")
    gallery.good()
    assert [i for i in IMAGE.findall(page(gallery)) if "drawn" in i and "width" not in i]


def test_a_moving_picture_is_copied_with_its_size(gallery: Any) -> None:
    frames = [picture(120, 90, seed).quantize(16) for seed in (0, 90, 180)]
    moving = encoded(frames[0], "GIF", save_all=True, append_images=frames[1:], duration=9)
    assert len(moving) > 8 << 10
    gallery.put("content/pictures/moving.gif", moving)
    gallery.edit("content/a.md", "See:", "![Moving](pictures/moving.gif)")
    gallery.good()
    assert [i for i in IMAGE.findall(page(gallery)) if "moving" in i and 'width="120"' in i]
    assert not [p for p in copies(gallery) if "moving" in p]


def test_a_picture_of_a_letter_is_light_whatever_it_shows(site: Any) -> None:
    """Noise, which no quality makes small enough: it has fewer pixels, and is shown as broad."""
    site.write(ARTICLE.replace("![Turned](pictures/turned.jpg)", ""))
    site.put("content/editions/2024-W07.md", b"---\ntitle: A\n---\n![Tall](../pictures/wide.png)\n")
    data = io.BytesIO()
    Image.effect_noise((900, 1350), 120).save(data, "png")
    site.put(WIDE, data.getvalue())
    site.good()
    (copy,) = [made for name, made in site.tree().items() if "-letter." in name]
    assert len(copy) <= 200_000
    shown = Image.open(io.BytesIO(copy))
    assert 100 < shown.width < 900
    assert abs(shown.height / shown.width - 1.5) < 0.02
    assert 'width="467"' in site.page("editions/2024-W07/email.html")
