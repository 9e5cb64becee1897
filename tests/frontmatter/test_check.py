"""Every field of the schema: what passes, what is left out with a warning, what is an error."""

import re
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_gen.frontmatter import check, parse
from site_gen.frontmatter.check import FIELDS
from site_gen.frontmatter.dump import ORDER
from site_gen.frontmatter.lastmod import modified
from site_gen.model import Author, Correction, Credit, FrontMatter, Image, Provider, Related, Source
from site_gen.problems import SiteError


def test_a_whole_front_matter(desk: Any) -> None:
    matter = desk.good("""
category: tech
excerpt: "  Short.  "
publishedDateTime: 2024-02-17T09:00:00Z
modifiedDateTime: 2024-02-18
expiryDateTime: 2030-01-01
originalUrl: https://a.example/1
webUrl: https://a.example/2
ampWebUrl: https://a.example/3
cdnAmpWebUrl: https://a.example/4
type: article
quality: 84
heat: 0
published: true
draft: false
provider:
  name: The Wire
  domain: WIRE.example
  images:
    - url: https://a.example/logo.png
topics: [AI, "Policy"]
tags: one
images:
  - {url: https://a.example/p.jpg, width: 800, height: 600, isCached: true, caption: c, alt: a}
related:
  - title: R
    publishedDateTime: 2024-02-16
    webUrl: https://r.example/
    provider: Other
    quality: 3
author: Ann
credits:
  editing: [Ann, Bo]
sources: [{name: Reuters, role: agency}]
language: en
languages: [en, zh-Hans]
slug: a-slug
aliases: [old]
guid: "tag:x,2024:1"
edition: 2024-W07
rights: excerpt
canonical: original
corrections: [{date: 2024-02-19, text: Wrong.}]
titleDerived: true
warnings: [w]
rawDigest: abc
""")
    assert matter.excerpt == "Short."
    assert matter.published_date_time == datetime(2024, 2, 17, 9, tzinfo=UTC)
    assert (matter.quality, matter.heat) == (84, 0)
    assert matter.provider == Provider(
        name="The Wire", domain="wire.example", images=(Image(url="https://a.example/logo.png"),)
    )
    assert matter.topics == ("AI", "Policy")
    assert matter.tags == ("one",)
    assert matter.images[0].width == 800
    assert matter.images[0].is_cached
    assert matter.related == (
        Related(
            title="R", published_date_time=datetime(2024, 2, 16, tzinfo=UTC),
            web_url="https://r.example/", provider=Provider(name="Other"), quality=3,
        ),
    )  # fmt: skip
    assert matter.authors == (Author(name="Ann"),)
    assert matter.credits == (Credit(role="editing", name="Ann"), Credit(role="editing", name="Bo"))
    assert matter.sources == (Source(name="Reuters", role="agency"),)
    assert matter.languages == ("en", "zh-Hans")
    assert (matter.slug, matter.aliases, matter.guid) == ("a-slug", ("old",), "tag:x,2024:1")
    assert (matter.edition, matter.rights, matter.canonical) == ("2024-W07", "excerpt", "original")
    assert matter.corrections == (
        Correction(date=datetime(2024, 2, 19, tzinfo=UTC), text="Wrong."),
    )
    assert matter.title_derived
    assert matter.extra == {}


def test_defaults(desk: Any) -> None:
    matter = desk.good("")
    assert matter == FrontMatter(title="A", added_date_time=datetime(2024, 2, 17, tzinfo=UTC))
    assert (matter.published, matter.draft) == (True, False)
    assert (matter.quality, matter.heat, matter.rights) == (None, None, None)


def test_a_naive_date_is_in_the_zone(desk: Any) -> None:
    matter = desk.good("publishedDateTime: 2024-07-01\n", ZoneInfo("Europe/Berlin"))
    assert matter.published_date_time == datetime(2024, 6, 30, 22, tzinfo=UTC)


def test_secured_and_featured_content_are_carried_nowhere(desk: Any) -> None:
    matter = desk.good("secured: zzz\nfeaturedContent: [zzz]\n")
    assert "zzz" not in repr(matter)


def test_a_title_and_a_date_are_required(desk: Any) -> None:
    matter, problems = desk.outcome("category: x\n")
    assert matter is None
    assert problems == [
        "error[article/title] title: is missing\n"
        "  --> content/a.md:1:1\n"
        "    1 | ---\n"
        "      | ^^^\n"
        'help: add a line `title: "..."`',
        "error[article/date] neither publishedDateTime nor addedDateTime is given\n"
        "  --> content/a.md:1:1\n"
        "    1 | ---\n"
        "      | ^^^\n"
        "help: add a line such as `publishedDateTime: 2024-02-17T09:00:00Z`",
    ]


@pytest.mark.parametrize("value", ["", "~", "null"])
def test_an_empty_date_is_no_date(desk: Any, value: str) -> None:
    matter, problems = desk.outcome(f"title: A\npublishedDateTime: {value}\naddedDateTime:\n")
    assert matter is None
    assert [p.split("\n")[0] for p in problems] == [
        "error[article/date] neither publishedDateTime nor addedDateTime is given"
    ]


@pytest.mark.parametrize("title", ['""', '"  "', '"\\u200b\\u202e"', '"\\u0301"'])
def test_a_title_needs_a_visible_character(desk: Any, title: str) -> None:
    matter, problems = desk.outcome(f"title: {title}\naddedDateTime: 2024-02-17\n")
    assert matter is None
    assert problems[0].startswith("error[article/title] title: has no visible character")


def test_the_example_message_of_the_style(desk: Any) -> None:
    _, problems = desk.outcome("title: A\naddedDateTime: 2024-02-17\nquality: lots\n")
    assert problems == [
        'error[article/quality] quality: expected a whole number of 0 or more, got "lots"\n'
        "  --> content/a.md:4:10\n"
        "    4 | quality: lots\n"
        "      |          ^^^^\n"
        "help: write a number such as 84, or remove the line"
    ]


@pytest.mark.parametrize(
    ("block", "message"),
    [
        ("quality: -1", 'expected a whole number of 0 or more, got -1'),
        ("quality: 8.5", 'expected a whole number of 0 or more, got "8.5"'),
        ("quality: true", "expected a whole number of 0 or more"),
        ("heat: -2", "expected a whole number of 0 or more, got -2"),
        ("published: maybe", 'published: expected true or false, got "maybe"'),
        ("draft: 1", 'draft: expected true or false, got "1"'),
        ("title2: x\ntopics: {a: b}", "topics[0]: expected text"),
        ("excerpt: [a]", "excerpt: expected text"),
        ("provider: 5", "provider: expected a mapping, got 5"),
        ("provider: [a, b]", "provider: expected a mapping"),
        ("related: [5]", "related[0]: expected a mapping, got 5"),
        ("images: [{url: https://a.example/p.jpg, width: wide}]", "images[0].width: expected a"),
        ("edition: week 7", 'edition: "week 7" is no id of an edition'),
        ("rights: ful", 'rights: expected full or excerpt or link, got "ful". Did you mean "full"'),
        ("canonical: them", "canonical: expected self or original"),
        ("slug: '///'", 'slug: "///" has no letter or digit'),
        ("publishedDateTime: 17.2.2024", 'publishedDateTime: "17.2.2024" is not a date such as'),
        ("publishedDateTime: 2024-02-31", "is a day or time that does not exist"),
        ("publishedDateTime: 1890-01-01", "has a year outside 1990 to 2100"),
        ("corrections: [{date: soon, text: x}]", 'corrections[0].date: "soon" is not a date'),
    ],
)  # fmt: skip
def test_what_would_mislead_is_an_error(desk: Any, block: str, message: str) -> None:
    problems = desk.bad(block + "\n")
    assert any(message in p and p.startswith("error") for p in problems), problems


def test_a_number_as_text_is_text(desk: Any) -> None:
    # The key says that it is text, so nobody has to quote a year.
    matter, problems = desk.outcome("title: 1984\naddedDateTime: 2024-02-17\n")
    assert problems == []
    assert matter.title == "1984"


def test_minus_one_means_not_measured_and_heat_has_no_bound(desk: Any) -> None:
    assert desk.good("heat: -1\n").heat is None
    assert desk.good("heat: 123456789012345678\n").heat == 123456789012345678


@pytest.mark.parametrize(
    ("block", "code"),
    [
        ("webUrl: javascript:alert(1)", "url"),
        ("originalUrl: ftp://a.example/", "url"),
        ("related: [{title: R, webUrl: 'https://u:p@a.example/'}]", "url"),
        ("images: [{url: 'data:image/png;base64,x'}]", "url"),
        ("language: '<b>'", "language"),
        ("languages: [en, 5-5-5-]", "language"),
        ("provider: {name: N, domain: 'a b'}", "domain"),
        ("author: {name: A, url: 'javascript:1'}", "url"),
    ],
)
def test_what_is_refused_but_harmless_is_left_out(desk: Any, block: str, code: str) -> None:
    matter, problems = desk.warned(block + "\n")
    assert len(problems) == 1
    assert problems[0].startswith(f"warning[article/{code}]")
    assert problems[0].endswith("it is left out")
    assert "javascript" not in repr(matter)
    assert "ftp" not in repr(matter)


def test_unknown_keys_are_kept_and_told_once(desk: Any) -> None:
    matter, problems = desk.warned(
        "tittle: x\nmood: {a: [1]}\nrelated: [{title: R, colour: red}]\n"
    )
    assert problems == [
        'warning[article/unknown-key] unknown key "tittle". Did you mean "title"?',
        'warning[article/unknown-key] unknown key "mood".',
        'warning[article/unknown-key] unknown key "related.colour".',
    ]
    assert matter.extra == {"tittle": "x", "mood": {"a": [1]}}


def test_an_unknown_key_is_marked_itself(desk: Any) -> None:
    _, problems = desk.outcome("title: A\naddedDateTime: 2024-02-17\nqualty: 84\n")
    assert problems == [
        'warning[article/unknown-key] unknown key "qualty". Did you mean "quality"?\n'
        "  --> content/a.md:4:1\n"
        "    4 | qualty: 84\n"
        "      | ^^^^^^\n"
        "help: correct the name"
    ]


@pytest.mark.parametrize(
    ("block", "said"),
    [
        ("corrections: [{when: 2024-02-17, text: x}]", "known in corrections: date, text"),
        ("sources: [{place: x, name: A}]", "known in sources: name, role, url"),
        ("mood: {a: 1}", "remove it, or let it be"),
    ],
)
def test_of_an_unknown_inner_key_the_known_ones_are_said(desk: Any, block: str, said: str) -> None:
    _, (problem,) = desk.outcome(f"title: A\naddedDateTime: 2024-02-17\n{block}\n")
    assert problem.endswith(said)


def test_all_faults_are_found_in_one_run_each_at_its_place(desk: Any) -> None:
    _, problems = desk.outcome(
        "title: [x]\npublishedDateTime: never\nquality: low\nauthor:\n  - name: [1]\n"
        "related:\n  - title: R\n    publishedDateTime: 2024-13-01\n"
    )
    places = {p.split("\n")[0].split("]")[0] + "]": p.split("\n")[1].strip() for p in problems}
    assert places == {
        "error[article/title]": "--> content/a.md:2:8",
        "error[article/quality]": "--> content/a.md:4:10",
        "error[article/authors]": "--> content/a.md:6:11",
        "error[article/date]": "--> content/a.md:9:24",
    }
    assert sum("article/date" in p for p in problems) == 2


def test_a_picture_may_be_a_path(desk: Any) -> None:
    assert desk.good("images: [{url: ../p.jpg}]\n").images == (Image(url="../p.jpg"),)
    matter, problems = desk.warned("images: [{url: //a.example/p.jpg}]\n")
    assert len(problems) == 1
    assert matter.images[0].url == ""


def test_lastmod_is_the_first_that_is_known() -> None:
    def at(day: int) -> datetime:
        return datetime(2024, 2, day, tzinfo=UTC)

    corrections = (Correction(date=at(3)), Correction(date=at(5)), Correction(text="undated"))
    known: dict[str, Any] = {"added_date_time": at(1)}
    assert modified(FrontMatter(title="A", **known)) == at(1)
    known["published_date_time"] = at(2)
    assert modified(FrontMatter(title="A", **known)) == at(2)
    known["corrections"] = corrections
    assert modified(FrontMatter(title="A", **known)) == at(5)
    known["modified_date_time"] = at(4)
    assert modified(FrontMatter(title="A", **known)) == at(4)
    assert modified(FrontMatter(title="A")) is None


def test_the_schema_and_its_order_name_the_same_keys() -> None:
    assert set(FIELDS) == set(ORDER)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["name", "url", "title", "images", "x"]), inner, max_size=3
        )
    ),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from([*FIELDS, "odd"]), VALUES, max_size=5))
def test_any_data_is_checked_or_refused_with_problems(raw: dict[str, Any]) -> None:
    found = check(raw, "title: A\n", "content/a.md", UTC)
    assert found.matter is not None or any(p.severity == "error" for p in found.problems)
    if found.matter is not None:
        assert found.matter.published_date_time or found.matter.added_date_time


@given(st.sampled_from(FIELDS), st.text(alphabet="ab:-[]{}'\"#&*!|> 1\n~", max_size=12))
def test_any_block_is_checked_or_a_site_error(key: str, value: str) -> None:
    text = f"---\ntitle: A\naddedDateTime: 2024-02-17\n{key}: {value}\n---\n"
    try:
        raw, parts = parse(text, "content/a.md")
    except SiteError:
        return
    found = check(raw, parts.head, "content/a.md", UTC)
    assert found.matter is not None or found.problems


@pytest.mark.parametrize(
    ("block", "message"),
    [
        ("category: #1001", "category: has 1001 characters; the limit is 1000"),
        ("topics: [a, #1001]", "topics[1]: has 1001 characters; the limit is 1000"),
        ("provider: {name: #1001}", "provider.name: has 1001 characters; the limit is 1000"),
        ("excerpt: #10001", "excerpt: has 10001 characters; the limit is 10000"),
        ("images: [{url: a.png, caption: #10001}]", "images[0].caption: has 10001 characters"),
        ("topics: [%51]", "topics: holds 51 values; the limit is 50"),
        ("author: [%51]", "author: holds 51 values; the limit is 50"),
        ("tags: [%1001]", "tags: holds 1001 values; the limit is 1000"),
        ("credits: {desk: [%1001]}", "credits: holds 1001 values; the limit is 1000"),
    ],
)
def test_what_would_spread_over_the_site_has_a_limit(desk: Any, block: str, message: str) -> None:
    """`#n` stands for a word of n letters, `%n` for a list of n."""
    block = re.sub(r"#(\d+)", lambda found: "x" * int(found[1]), block)
    block = re.sub(r"%(\d+)", lambda found: ", ".join("x" * int(found[1])), block)
    problems = desk.bad(f"{block}\n")
    assert len(problems) == 1
    assert message in problems[0]


def test_a_text_at_its_limit_passes(desk: Any) -> None:
    assert len(desk.good(f"excerpt: {'x' * 10_000}\n").excerpt) == 10_000
    assert len(desk.good(f"topics: [{'x' * 1000}]\n").topics[0]) == 1000


@pytest.mark.parametrize(
    "block",
    ["topics:\n- Sea\n - Air\n", "topics: Sea\n  - Air\n", "authors:\n  - Sea\n     - Air\n",
     "topics:\n  - City\n  - Sea\n   - Air\n"],
)  # fmt: skip
def test_an_item_further_in_than_the_one_before_is_told(desk: Any, block: str) -> None:
    _, problems = desk.warned(block)
    key = block.partition(":")[0]
    assert problems == [f'warning[article/joined] {key}: "Sea - Air" is one value in two lines']


@pytest.mark.parametrize("key", ["topics", "authors", "tags"])
def test_a_list_without_dashes_is_told(desk: Any, key: str) -> None:
    _, problems = desk.warned(f"{key}:\n  City\n  Sea\n")
    assert problems == [f'warning[article/joined] {key}: "City Sea" is one value in 2 lines']


@pytest.mark.parametrize(
    "block",
    [
        "topics:\n  City\n",
        "excerpt:\n  Of a sea\n  that is wide\n",
        "excerpt: Of a sea\n  that is wide - and deep\n",
        "topics:\n- Sea\n- Air\n",
        "topics:\n  - Sea\n  - Air\n",
        "excerpt: |\n  - Sea\n   - Air\n",
        "sources:\n- name: Sea\n  role: agency\n",
    ],
)
def test_what_goes_on_in_its_next_line_by_intent_is_not(desk: Any, block: str) -> None:
    assert desk.warned(block)[1] == []
