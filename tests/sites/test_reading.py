"""Whole sites as a reader meets them: translations, pictures with words, discussions."""

from typing import Any

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
