"""Sections and stories of a whole site: the same order in page, letter, book, feed and API."""

import json
import re
from io import BytesIO
from typing import Any
from zipfile import ZipFile

SITE = """
-- site.toml --
title = "Quay"
base_url = "https://quay.example"
[feeds]
tag = "quay.example,2024"
[[sections]]
name = "At sea"
topics = ["Wind", "Waves"]
[[sections]]
name = "On land"
"""

STORIES = (
    ("lead", "heat: 9\nsection: On land\nwhy: Bread will cost more."),
    ("crane", "heat: 4\nsection: on-land"),
    ("storm", "heat: 5\ntopics: [Harbour, Wind]\nstory: storm\nprovider: Alpha"),
    ("gale", "heat: 2\nstory: storm\nprovider: Beta"),
    ("swell", "heat: 1\ntopics: [waves]"),
    ("odd", ""),
)
ORDER = ["lead", "storm", "gale", "swell", "crane", "odd"]


def fill(site: Any) -> None:
    site.write(SITE)
    for name, matter in STORIES:
        head = f"title: Title {name}\npublishedDateTime: 2024-02-13T09:00:00Z\n{matter}\n"
        site.put(f"content/{name}.md", f"---\n{head}---\nBody.\n".encode())


def told(text: str) -> list[str]:
    """Names of the stories in the order in which their titles or addresses first come."""
    found = re.findall(r"articles/([a-z]+)/", text)
    return list(dict.fromkeys(found))


def test_one_order_everywhere(site: Any) -> None:
    fill(site)
    site.good()
    page = site.page("editions/2024-W07/index.html")
    assert told(page[page.index('class="top') :]) == ORDER
    assert told(site.page("editions/2024-W07/email.txt")) == ORDER
    assert told(site.page("editions/2024-W07/email.html")) == ORDER
    entry = json.loads(site.page("editions/feed.json"))["items"][0]["content_html"]
    assert told(entry) == ORDER
    data = json.loads(site.page("api/editions/2024-W07/index.json"))
    assert [each["slug"] for each in data["value"]] == ORDER
    assert [(s.get("name"), s["count"]) for s in data["sections"]] == [
        ("At sea", 2), ("On land", 1), (None, 1),
    ]  # fmt: skip
    book = ZipFile(BytesIO((site.root / "public/editions/2024-W07/2024-W07.epub").read_bytes()))
    chapters = [n for n in book.namelist() if "article-" in n]
    assert [told(book.read(n).decode())[0] for n in chapters] == ORDER
    contents = book.read("EPUB/contents.xhtml").decode()
    assert re.findall("<h2>(.*?)</h2>", contents) == ["At sea", "On land", "Other stories"]


def test_a_section_has_a_page_and_a_feed(site: Any) -> None:
    fill(site)
    site.good()
    page = site.page("sections/at-sea/index.html")
    assert told(page) == ["storm", "swell"]
    assert told(site.page("sections/at-sea/feed.xml")) == ["storm", "swell"]
    assert "/sections/at-sea/feed.xml" in page
    assert "/sections/on-land/" in site.page("sections/index.html")
    assert "/sections/at-sea/" in site.page("editions/2024-W07/index.html")


def test_who_else_tells_of_it_and_why_it_matters(site: Any) -> None:
    fill(site)
    site.good()
    for path in ("editions/2024-W07/index.html", "editions/2024-W07/email.html",
                 "editions/2024-W07/email.txt", "editions/feed.json"):  # fmt: skip
        text = site.page(path)
        assert "Also covered by" in text, path
        assert "Bread will cost more." in text, path
    assert "5 stories" in site.page("editions/2024-W07/index.html")
    assert "5 stories" in site.page("editions/2024-W07/email.txt")
    assert "   Also covered by\n" in site.page("editions/2024-W07/email.txt")


def test_a_section_that_the_settings_do_not_know(site: Any, said: Any) -> None:
    fill(site)
    site.edit("content/crane.md", "section: on-land", "section: On lnad")
    (problem,) = said(site.build())
    assert problem.startswith(
        'warning[article/section] section: the settings have no section "On lnad". '
        'Did you mean "On land"?\n  --> content/crane.md:5:1'
    )
