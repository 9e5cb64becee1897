"""Filters: pure functions of their arguments."""

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from site_gen.model import SiteView
from site_gen.theme import filters


def site(language: str = "en", timezone: str = "UTC") -> SiteView:
    return SiteView(
        title="", description="", base_url="", root="", language=language, direction="ltr",
        timezone=timezone, publisher="", publisher_url="", publisher_logo="", generator="",
    )  # fmt: skip


LATE = datetime(2024, 2, 18, 23, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "zone", "text"),
    [
        ("en", "UTC", "18 February 2024"),
        ("en", "Europe/Berlin", "19 February 2024"),
        ("en-US", "UTC", "February 18, 2024"),
        ("de", "UTC", "18. Februar 2024"),
        ("xx", "UTC", "18 February 2024"),
    ],
)
def test_a_date_is_in_the_sites_language_and_zone(language: str, zone: str, text: str) -> None:
    assert filters.format_date(LATE, site(language, zone), "long") == text


def test_a_plain_day_has_no_zone() -> None:
    assert filters.format_date(date(2024, 2, 18), site(timezone="Asia/Tokyo")) == "18 Feb 2024"


def test_a_range_of_days() -> None:
    assert filters.format_range(date(2024, 2, 12), date(2024, 2, 18), site()) in (
        "12 – 18 February 2024",
        "12–18 February 2024",
    )


def test_machine_dates_and_numbers() -> None:
    assert filters.format_iso(LATE) == "2024-02-18T23:30:00Z"
    assert filters.format_iso(date(2024, 2, 18)) == "2024-02-18"
    assert filters.format_number(1234567, site()) == "1,234,567"
    assert filters.format_number(1234567, site("de")) == "1.234.567"


@given(st.text())
def test_json_never_leaves_its_script(text: str) -> None:
    found = str(filters.json_ld({"x": text}))
    assert json.loads(found) == {"x": text}
    assert not set(found) & set("<>&\u2028\u2029")


def test_json_of_moments_and_of_what_has_none() -> None:
    assert filters.json_ld({"at": LATE}) == '{"at":"2024-02-18T23:30:00Z"}'
    with pytest.raises(TypeError, match="object in structured data"):
        filters.json_ld(object())


def test_hosts_and_quotes() -> None:
    assert filters.url_host("https://www.example.org/a") == "example.org"
    assert filters.url_quote("a b&c/?") == "a%20b%26c%2F%3F"
    names: Any = filters.FILTERS
    assert set(names) >= {"date", "daterange", "isodate", "number", "json_ld"}


@pytest.mark.parametrize(
    ("body", "text", "opens"),
    [
        ("<p>The tower &amp; the <em>lamp</em> are lit again.</p><p>More.</p>",
         "The tower & the lamp are lit…", True),
        ("<p>The tower is lit.</p>", "The tower is lit.", True),
        ("<p>The tower is lit.</p>", "A lamp shines again.", False),
        ("<p>The tower is lit.</p>", "", False),
        ("", "The tower is lit.", False),
    ],
)  # fmt: skip
def test_body_that_opens_with_its_excerpt(body: str, text: str, opens: bool) -> None:
    assert filters.opens_with(body, text) is opens


@pytest.mark.parametrize(
    ("text", "width", "indent", "lines"),
    [
        ("", 5, 0, ""),
        ("one two", 7, 0, "one two"),
        ("one two three", 7, 0, "one two\nthree"),
        ("one two three", 8, 2, "one two\n  three"),
        ("a https://a.example/a-long-way b", 9, 0, "a\nhttps://a.example/a-long-way\nb"),
        ("well-read men", 6, 0, "well-read\nmen"),
        ("one\n\ntwo three ", 4, 0, "one\n\ntwo\nthree"),
    ],
)
def test_text_in_lines_breaks_at_blanks_alone(
    text: str, width: int, indent: int, lines: str
) -> None:
    assert filters.wrapped(text, width, indent) == lines


@pytest.mark.parametrize(
    ("body", "text", "opens"),
    [
        ("<p>Said <em>by</em> Ann.</p>", "Said by Ann …", True),
        ("<h2 id='c-a'>A</h2>\n<p> &amp; B</p>", "A & B", True),
        ("<p>&quot;Said&quot;</p>", '"Said"', True),
        ("<p>Told</p>", "Said", False),
        ("<p>S</p>", "Said", False),
        ("<p></p>", "Said", False),
        ("<p>Said</p>", "… ", False),
    ],
)
def test_a_body_that_begins_with_its_excerpt(body: str, text: str, opens: bool) -> None:
    assert filters.opens_with(Markup(body), text) is opens
