"""Notes of editions, and issues in one file."""

from datetime import UTC, datetime
from typing import Any

import pytest

from site_gen.model import Note
from site_gen.problems import layout
from site_gen.read.names import Names
from site_gen.read.notes import read_note
from site_gen.settings import EditionSettings, Settings

SETTINGS = Settings()
BY_NOTES = Settings(editions=EditionSettings(every="note"))


def note(
    block: str, path: str = "editions/2024-W07.md", settings: Settings = SETTINGS
) -> tuple[Any, list[str]]:
    text = f"---\n{block}---\nHello [b](../b.md).\n"
    found = read_note(text, path, settings, Names(settings))
    return found.value, [layout(problem) for problem in found.problems]


def test_a_note() -> None:
    found, problems = note("title: T\nnumber: 7\nlead: a\npins: [b, 2024/c]\n")
    assert problems == []
    assert isinstance(found, Note)
    assert (found.id, found.title, found.number, found.lead) == ("2024-W07", "T", 7, "a")
    assert found.pins == ("b", "2024/c")
    assert [(x.target, x.line) for x in found.links] == [("b.md", 7)]
    assert "Hello" in found.body


def test_a_note_may_say_nothing() -> None:
    found, problems = note("")
    assert problems == []
    assert found.number is None


def test_a_note_is_named_after_its_week() -> None:
    found, problems = note("title: T\n", "editions/week-seven.md")
    assert found is None
    assert problems == [
        'error[edition/name] the file name "week-seven" is not a week such as 2024-W07\n'
        "  --> content/editions/week-seven.md\n"
        "help: name the file after its week, such as 2024-W07.md"
    ]


def test_faults_of_a_note_are_placed() -> None:
    found, problems = note("titel: x\nnumber: seven\ndraft: perhaps\n")
    assert found is None
    assert problems == [
        'warning[page/unknown-key] unknown key "titel". Did you mean "title"?\n'
        "  --> content/editions/2024-W07.md:2:1\n"
        "    2 | titel: x\n"
        "      | ^^^^^\n"
        "help: correct the name, or remove the line",
        "error[page/value] draft: expected true or false\n"
        "  --> content/editions/2024-W07.md:4:8\n"
        "    4 | draft: perhaps\n"
        "      |        ^^^^^^^\n"
        "help: correct the value",
        "error[page/value] number: expected a whole number\n"
        "  --> content/editions/2024-W07.md:3:9\n"
        "    3 | number: seven\n"
        "      |         ^^^^^\n"
        "help: correct the value",
    ]


@pytest.mark.parametrize(
    ("block", "message"),
    [
        (f"title: {'x' * 1001}", "title: expected at most 1000 characters"),
        (f"pins: [{', '.join('x' * 1001)}]", "pins: expected at most 1000 values"),
    ],
)
def test_what_a_note_says_has_a_limit(block: str, message: str) -> None:
    found, problems = note(f"{block}\n")
    assert found is None
    assert problems[0].startswith(f"error[page/value] {message}\n  --> content/editions")


@pytest.mark.parametrize(
    ("block", "message"),
    [
        ("images: [{alt: A}]", "url: is required"),
        (f"images: [{{url: {'x' * 1001}}}]", "url: expected at most 1000 characters"),
        ("corrections: [{date: 2024-02-20}]", "text: is required"),
        ("range: [2024-W07]", "range: expected a list of 2 values"),
    ],
)
def test_a_fault_in_a_list_of_a_note_is_named(block: str, message: str) -> None:
    found, problems = note(f"title: T\n{block}\n")
    assert found is None
    assert problems[0].startswith(f"error[page/value] {message}")
    assert "content/editions/2024-W07.md:3" in problems[0]


def test_an_issue_in_one_file() -> None:
    found, problems = note(
        "title: T\ndate: 2024-02-15T09:00:00Z\nguid: tag:x\nslug: The Issue\n"
        "aliases: [/old/12.html]\nexcerpt: E\nauthors: [Ann Bell]\nsections: [News]\n"
        "images: [{url: https://x.example/a.png, alt: A}]\n"
        "corrections: [{date: 2024-02-20, text: Not so.}]\n",
        "editions/issue-12.md",
        BY_NOTES,
    )
    assert problems == []
    assert (found.date, found.guid, found.slug) == (
        datetime(2024, 2, 15, 9, tzinfo=UTC), "tag:x", "The-Issue",
    )  # fmt: skip
    assert found.aliases == ("/old/12.html",)
    assert (found.excerpt, found.sections, found.minutes) == ("E", ("News",), 1)
    assert [who.permalink for who in found.authors] == ["/authors/ann-bell/"]
    assert (found.image.url, found.image.local) == ("https://x.example/a.png", False)
    assert [(c.date.day, c.text) for c in found.corrections] == [(20, "Not so.")]


@pytest.mark.parametrize(
    ("block", "said"),
    [
        ("date: Friday\n", 'error[edition/date] date: "Friday" is not a date'),
        ("range: [2024-W05, 2024-W06]\n", 'error[edition/range] range: "2024-W07" is not from'),
        ("range: [2024-W07, 2024-02]\n", "error[edition/range] range: is not a week"),
        ("aliases: [12.html]\n", 'warning[edition/aliases] alias "12.html" is not a path'),
        ("images: [{url: javascript:x}]\n", 'warning[edition/images] images: "javascript:x"'),
        ("skip: true\n", "warning[edition/skip] an edition that is skipped does not show"),
    ],
)
def test_what_is_odd_about_a_note(block: str, said: str) -> None:
    _, problems = note(block)
    assert len(problems) == 1
    assert problems[0].startswith(said)
    assert "content/editions/2024-W07.md:2" in problems[0]


def test_the_digest_of_what_was_written_leaves_the_rest_out() -> None:
    one, two = note("title: T\n")[0], note("title: T\nnumber: 4\n")[0]
    assert one.source == two.source != note("title: U\n")[0].source
