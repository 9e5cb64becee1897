"""Whole sites as a reader meets them: translations, pictures with words, discussions."""

import io
import zipfile
from typing import Any

from PIL import Image

PAIR = """
-- content/en.md --
---
title: The quay
publishedDateTime: 2024-02-13T09:00:00Z
translations:
  - language: de
    url: de.md
  - language: fr
    url: https://autre.example/quai
  - url: https://autre.example/nowhere
---
The text.
-- content/de.md --
---
title: Der Kai
publishedDateTime: 2024-02-13T09:00:00Z
language: de
---
Der Text.
"""


def test_a_translation_leads_to_the_page_of_its_file(site: Any) -> None:
    site.write(PAIR)
    report = site.build()
    assert [p.message for p in report.problems] == ["a translation without a language is left out"]
    page = site.page("articles/en/index.html")
    assert 'hreflang="de" href="https://t.example/articles/de/"' in page
    assert 'hreflang="fr" href="https://autre.example/quai"' in page
    assert "nowhere" not in page


def test_a_translation_that_is_not_published_is_not_linked(site: Any) -> None:
    site.write(PAIR)
    site.edit("content/de.md", "language: de", "language: de\npublished: false")
    report = site.build()
    assert report.ok
    page = site.page("articles/en/index.html")
    assert "articles/de" not in page
    assert 'hreflang="fr"' in page


def test_a_translation_that_is_renamed_is_followed(site: Any) -> None:
    site.write(PAIR)
    site.build()
    site.edit("content/de.md", "language: de", "language: de\nslug: der-kai")
    site.build()
    assert "https://t.example/articles/der-kai/" in site.page("articles/en/index.html")


def test_the_price_of_the_original_is_told_to_search_engines(site: Any) -> None:
    site.write(PAIR)
    site.edit("content/de.md", "language: de", "isAccessibleForFree: false")
    site.build()
    assert '"isAccessibleForFree":false' in site.page("articles/de/index.html")
    assert "isAccessibleForFree" not in site.page("articles/en/index.html")


CHART = (
    '<picture><source media="(prefers-color-scheme: dark)" srcset="/dark.png">'
    '<img src="/light.png" alt="Two bars"></picture>'
)


def chart(colour: int) -> bytes:
    """A picture large enough to be worth copies."""
    image = Image.effect_noise((900, 450), 90).point(lambda value: (value + colour) % 256)
    data = io.BytesIO()
    image.save(data, "png")
    return data.getvalue()


CHARTED = f"""
-- site.toml --
title = "T"
base_url = "https://t.example/sub"
[feeds]
tag = "t.example,2024"
[api]
bodies = true
-- content/a.md --
---
title: A
publishedDateTime: 2024-02-13
---
{CHART}
-- content/editions/2024-W07.md --
---
title: Charts
---
The note.

{CHART}
-- content/pages/about.md --
---
title: About
---
{CHART}
"""


def charted(site: Any) -> None:
    site.write(CHARTED)
    site.put("content/light.png", chart(200))
    site.put("content/dark.png", chart(20))


def test_a_chart_has_a_file_for_dark_pages_with_copies_of_its_own(site: Any) -> None:
    charted(site)
    site.good()
    pictures = [name for name in site.tree() if name.startswith("assets/dark-")]
    assert len(pictures) == 4  # 480 and 900 pixels wide, AVIF and WebP
    for page in ("articles/a", "editions/2024-W07", "about"):
        found = site.page(f"{page}/index.html").split("<picture>")[1].partition("</picture>")[0]
        *sources, image = found.split("<")[1:]
        assert len(sources) == 5
        for source, form in zip(sources, ("avif", "webp", "", "avif", "webp"), strict=True):
            is_dark = 'media="(prefers-color-scheme: dark)"' in source
            assert is_dark == ("/sub/assets/dark" in source) == (sources.index(source) < 3)
            assert (f'type="image/{form}"' in source) == bool(form)
            assert ('width="900" height="450"' in source) == is_dark
        assert image.startswith('img width="900" height="450" src="/sub/assets/light.')
    site.edit("content/a.md", "/dark.png", "gone.png")
    (problem,) = site.build().problems
    assert (problem.code, problem.where.line) == ("link/nowhere", 5)
    assert '"gone.png"' in problem.message


def test_where_no_window_is_dark_a_choice_is_its_one_picture(site: Any) -> None:
    charted(site)
    site.good()
    others = {
        name: data.decode()
        for name, data in site.tree().items()
        if name.endswith((".xml", ".json", "email.html", "email.txt"))
    }
    book = zipfile.ZipFile(io.BytesIO(site.tree()["editions/2024-W07/2024-W07.epub"]))
    others |= {name: book.read(name).decode() for name in book.namelist() if name.endswith("html")}
    assert sum("Two bars" in text for text in others.values()) >= 9
    for name, text in others.items():
        assert not any(word in text for word in ("<picture", "<source", "&lt;source", "dark.")), (
            name
        )
    assert sum(name.startswith("EPUB/pictures/") for name in book.namelist()) == 1
