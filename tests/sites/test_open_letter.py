"""This week's letter: in the preview, with a badge, and never in what is published."""

import io
import re
from datetime import UTC, datetime
from typing import Any

from PIL import Image

SITE = """
-- site.toml --
title = "Quay"
base_url = "https://quay.example"
[feeds]
tag = "quay.example,2026"
-- content/a.md --
---
title: Crane inspected
publishedDateTime: 2026-03-03T10:00:00Z
topics: [Port]
images: [{url: crane.png, alt: The crane}]
---
Words.
-- content/b.md --
---
title: Lock repaired
publishedDateTime: 2026-03-10T10:00:00Z
images: [{url: lock.png, alt: The lock}]
---
Words.
"""
NOW = datetime(2026, 3, 12, tzinfo=UTC)
OPEN = "editions/2026-W11/email"
CLOSED = "editions/2026-W10/email"
FORMS = ("html", "txt")


def _noise() -> bytes:
    """Wide enough that copies are made of it."""
    buffer = io.BytesIO()
    Image.effect_noise((1500, 120), 40).save(buffer, "PNG")
    return buffer.getvalue()


PNG = _noise()


def letters(tree: dict[str, bytes]) -> set[str]:
    return {path for path in tree if "/email." in path}


def test_this_weeks_letter_is_for_the_preview_alone(site: Any) -> None:
    site.write(SITE)
    site.put("content/lock.png", PNG)
    site.put("content/crane.png", PNG)
    site.good(now=NOW, preview=True, drafts=True, future=True)
    seen = site.tree(".site_gen/preview/public")
    assert letters(seen) == {f"{name}.{form}" for name in (OPEN, CLOSED) for form in FORMS}
    for form in FORMS:
        text = seen[f"{OPEN}.{form}"].decode()
        assert "Lock repaired" in text
        assert "so far" in text
        assert "so far" not in seen[f"{CLOSED}.{form}"].decode()
    picture = re.search(r'src="https://quay.example/([^"]*)"', seen[f"{OPEN}.html"].decode())
    assert picture
    assert picture[1] in seen
    site.good(now=NOW)
    assert letters(site.tree()) == {f"{CLOSED}.{form}" for form in FORMS}


def test_a_save_is_in_it_and_the_close_of_the_week_takes_the_badge_off(site: Any) -> None:
    asked = {"preview": True, "drafts": True, "future": True}
    site.write(SITE)
    site.put("content/lock.png", PNG)
    site.put("content/crane.png", PNG)
    site.good(now=NOW, **asked)
    site.edit("content/b.md", "Lock repaired", "Lock mended")
    site.good(now=NOW, **asked)
    page = ".site_gen/preview/public/" + OPEN + ".html"
    assert "Lock mended" in (site.root / page).read_text()
    site.good(now=NOW.replace(day=20), **asked)
    assert "so far" not in (site.root / page).read_text()


def test_without_letters_there_is_none(site: Any) -> None:
    site.write(SITE.replace("[feeds]", 'formats = ["html"]\n[feeds]'))
    site.put("content/lock.png", PNG)
    site.put("content/crane.png", PNG)
    site.good(now=NOW, preview=True, drafts=True, future=True)
    assert not letters(site.tree(".site_gen/preview/public"))
