"""Digests of further shapes: issues in pieces, weeks in names, months in lists, translations."""

from pathlib import Path
from typing import Any

import pytest


def days(outcome: Any) -> dict[str, str]:
    return {
        p.entry.source: p.entry.date.date().isoformat() if p.entry.date else ""
        for p in outcome.places.placed
    }


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("2024-W05", "2024-01-29"),
        ("2024w5", "2024-01-29"),
        ("week-5-2024", "2024-01-29"),
        ("2024/week-05", "2024-01-29"),
        ("notes/2024_KW_05_storm", "2024-01-29"),
        ("2024/week-54", ""),
        ("week5", ""),
        ("2024/show-5", ""),
    ],
)
def test_a_name_tells_its_week(move: Any, put: Any, name: str, day: str) -> None:
    put(f"-- {name}.md --\n# Ropes\n\nx\n")
    outcome = move("markdown")
    assert days(outcome) == {f"{name}.md": day}
    told = f"{name}.md: its place and name tell the week alone; its Monday is taken"
    assert (told in outcome.site.left) == bool(day)


def test_figures_behind_a_year_are_weeks_where_one_is_past_twelve(move: Any, put: Any) -> None:
    put("-- 2024-05.md --\n# A\n\nx\n-- 2024-13.md --\n# B\n\nx\n-- 2024/52.md --\n# C\n\nx\n")
    assert days(move("markdown")) == {
        "2024-05.md": "2024-01-29",
        "2024-13.md": "2024-03-25",
        "2024/52.md": "2024-12-23",
    }


README = """-- README.md --
# Harbour Weekly

## {newer}

**{a}**

- No. 5: [Tar](docs/issue-5.md)
- No. 4: [Rope](docs/issue-4.md)

## 2023

{b}

- No. 3: [Ice](docs/issue-3.md)
"""


@pytest.mark.parametrize(
    ("newer", "a", "b"),
    [("2024", "February", "**December**"), ("2024", "二月", "**十二月**"),
     ("Newest", "2024-02", "### 12/2023 December"), ("2024", "Février", "Dezember")],
)  # fmt: skip
def test_a_list_under_months_spreads_its_texts_over_them(
    move: Any, put: Any, site: Any, newer: str, a: str, b: str
) -> None:
    texts = "".join(f"-- docs/issue-{n}.md --\n# Weekly (No. {n})\n\nx\n" for n in range(2, 6))
    put(README.format(newer=newer, a=a, b=b) + texts)
    outcome = move("markdown")
    assert days(outcome) == {
        "docs/issue-2.md": "",
        "docs/issue-3.md": "2023-12-01",
        "docs/issue-4.md": "2024-02-01",
        "docs/issue-5.md": "2024-02-15",
    }
    assert any(note.startswith("3 texts have no day") for note in outcome.site.notes)


def test_an_issue_in_pieces_is_one_text_in_order(move: Any, put: Any, site: Any) -> None:
    put(
        "-- in/2024/Jan/05/1-news/0-HEADER.md --\n# News from the quay\n"
        "-- in/2024/Jan/05/1-news/2-ice.md --\n## [Ice](https://ice.example/)\n\nCold.\n"
        "-- in/2024/Jan/05/1-news/10-fog.md --\n## Fog\n\n![map](fog.png)\n"
        "-- in/2024/Jan/05/1-news/fog.png --\nx\n"
        "-- in/2024/Jan/05/2-new-ropes/1-a.md --\n- [Hemp](https://hemp.example/)\n"
        "-- in/2024/Jan/05/3-end.md --\n# The end\n\nBye, see [the last](../12/1-news/a.md).\n"
        "-- in/2024/Jan/12/1-news/a.md --\n# A\n\nx\n-- in/2024/Jan/12/1-news/b.md --\n# B\n\ny\n"
        "-- in/2024/Feb/12/1-news/a.md --\n# A\n\nx\n-- in/2024/Feb/12/1-news/b.md --\n# B\n\ny\n"
    )
    outcome = move("markdown", form="issues")
    made = site.tree("content")
    assert sorted(name for name in made if name.startswith("editions/")) == [
        "editions/2024-01-05.md",
        "editions/2024-01-12.md",
        "editions/2024-02-12.md",
    ]
    text = made["editions/2024-01-05.md"].decode()
    assert "title:" not in text
    shown = ("# News from the quay", "## [Ice](https://ice.example/)", "## Fog",
             "1-news/fog.png", "# New ropes", "[Hemp]", "The en")  # fmt: skip
    places = [text.index(part) for part in shown]
    assert places == sorted(places)
    assert "9 files are items of 3 issues: each issue is one text now" in outcome.site.notes


@pytest.mark.parametrize(
    "second", ["---\ntitle: B\n---\nx\n", "See [it][1].\n\n[1]: https://b.example/\n"]
)
def test_texts_that_say_what_they_are_stay_apart(move: Any, put: Any, second: str) -> None:
    put(
        "-- 2024/01/05/news/a.md --\n# A\n\nSee [it][1].\n\n[1]: https://a.example/\n"
        f"-- 2024/01/05/news/b.md --\n{second}"
    )
    assert set(days(move("markdown"))) == {"2024/01/05/news/a.md", "2024/01/05/news/b.md"}


def test_translations_have_a_language_and_the_day_of_the_original(
    move: Any, put: Any, site: Any
) -> None:
    put(
        "-- en/1.md --\n---\ndate: 2024-01-05\n---\n# One\n\nx\n-- de/1.md --\n# Eins\n\nx\n"
        "-- en/2.md --\n---\ndate: 2024-01-12\n---\n# Two\n\nx\n-- de/2.md --\n# Zwei\n\nx\n"
        "-- en/3.md --\n---\ndate: 2024-01-19\n---\n# Three\n\nx\n-- en/3.nl.md --\n# Drie\n\nx\n"
        "-- no/4.md --\n---\ndate: 2024-01-26\n---\n# Not translated\n\nx\n"
    )
    outcome = move("markdown")
    assert outcome.guess.form == "issues"
    found = {
        p.entry.source: (p.entry.matter.get("language", ""), p.entry.number)
        for p in outcome.places.placed
    }
    assert {source for source, (language, _) in found.items() if language} == {
        "de/1.md", "de/2.md", "en/3.nl.md"}  # fmt: skip
    assert [found[name][0] for name in ("de/1.md", "en/3.nl.md")] == ["de", "nl"]
    assert days(outcome)["de/2.md"] == "2024-01-12"
    assert days(outcome)["en/3.nl.md"] == "2024-01-19"
    assert outcome.site.language == "en"
    assert not outcome.quarantined


@pytest.mark.parametrize(
    "head",
    ['{{\n  "title": "Ropes",\n  "date": "2024-02-03",\n  "published": {public}\n}}\n',
     "<!--\ntitle: Ropes\ndate: 2024-02-03\npublished: {public}\n-->\n"],
)  # fmt: skip
@pytest.mark.parametrize("public", ["true", "false"])
def test_heads_in_json_and_in_remarks_are_read(
    move: Any, put: Any, site: Any, head: str, public: str
) -> None:
    put(f"-- a/ropes.md --\n{head.format(public=public)}\n\nOf hemp.\n")
    outcome = move("markdown")
    (place,) = outcome.places.placed
    assert (place.entry.title, bool(place.entry.private)) == ("Ropes", public == "false")
    assert place.entry.body.strip() == "Of hemp."
    assert days(outcome)["a/ropes.md"] == "2024-02-03"


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ('<p align="right"><em>January 5, 2024</em></p>', "2024-01-05"),
        ("**Issue 2** - Jan 22 - 28, 2024", "2024-01-28"),
        ("Jan 29 – February 4, 2024", "2024-02-04"),
        ("1st–7th January 2024", "2024-01-07"),
        ("<!-- date: 2024-01-05 -->", "2024-01-05"),
    ],
)
def test_a_line_about_the_date_tells_it(move: Any, put: Any, line: str, day: str) -> None:
    put(f"-- ropes/knots.md --\n# Knots\n\n{line}\n\nWords.\n")
    assert days(move("markdown")) == {"ropes/knots.md": day}


@pytest.mark.parametrize(
    ("heading", "title", "stays"),
    [
        ("# Knots ([web](https://k.example/))", "Knots (web)", "[web](https://k.example/)"),
        ("# ![logo](logo.png) Knots", "Knots", "![logo](/a/logo.png)"),
        ('<h1><img src="logo.png" width="9"> Knots</h1>', "Knots", 'src="/a/logo.png"'),
        ('<h1><a href="https://k.example/">Knots</a></h1>', "Knots", "https://k.example/"),
        ("# [Knots](https://k.example/)", "Knots", 'webUrl: "https://k.example/"'),
    ],
)
def test_what_a_heading_leads_to_and_shows_is_not_lost_with_it(
    move: Any, put: Any, site: Any, heading: str, title: str, stays: str
) -> None:
    put(f"-- a/2024-01-05-k.md --\n{heading}\n\nWords.\n-- a/logo.png --\nx\n")
    move("markdown", form="articles")
    text = site.tree("content")["a/2024-01-05-k.md"].decode()
    assert f'title: "{title}"' in text
    assert stays in text


def test_an_issue_whose_heading_is_a_link_keeps_it_in_its_text(
    move: Any, put: Any, site: Any
) -> None:
    put("-- issue-7.md --\n# [Knots](https://k.example/)\n\n2024-01-05\n\nWords.\n")
    move("markdown")
    text = site.tree("content")["editions/issue-7.md"].decode()
    assert "[Knots](https://k.example/)\n" in text


def test_alerts_are_quotations_with_their_word(move: Any, put: Any, site: Any) -> None:
    put("-- 2024-01-05-a.md --\n# A\n\n> [!WARNING]\n> Mind it.\n\n`> [!NOTE]`\n")
    move("markdown")
    text = site.tree("content")["2024-01-05-a.md"].decode()
    assert "> **Warning**\n> \n> Mind it." in text or "> **Warning**\n> Mind it." in text
    assert "`> [!NOTE]`" in text


def test_what_is_about_the_repository_is_known_by_its_whole_name(move: Any, put: Any) -> None:
    put(
        "-- SECURITY.md --\n# S\n-- docs/STYLE.md --\n# S\n-- README.de.md --\n# R\n"
        "-- package-thefts-2024-01-05.md --\n# Thefts\n\nx\n"
        "-- todo-lists.md --\n---\ndate: 2024-01-05\n---\n# Lists\n\nx\n"
        "-- docs/security.md --\n---\ndate: 2024-01-05\n---\n# Locks\n\nx\n"
    )
    assert set(days(move("markdown"))) == {
        "package-thefts-2024-01-05.md", "todo-lists.md", "docs/security.md"}  # fmt: skip


def test_letters_that_were_guessed_are_told(move: Any, put: Any, old: Path) -> None:
    put("-- 2024-01-05-a.md --\n# A\n\nx\n")
    (old / "2024-01-12-b.md").write_bytes("# B\n\nÜber die Brücke, größer.\n".encode("latin-1"))
    outcome = move("markdown", form="articles")
    assert "Look at the letters of 1 files: 2024-01-12-b.md: it is no UTF-8" in outcome.site.notes
