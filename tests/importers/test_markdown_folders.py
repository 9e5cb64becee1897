"""Folders of Markdown as digests keep them: names, dates beside the texts, all issues in one."""

import subprocess
from pathlib import Path
from typing import Any

import pytest


def days(outcome: Any) -> dict[str, str]:
    return {
        p.entry.source: f"{p.entry.date:%Y-%m-%d}" if p.entry.date else ""
        for p in outcome.places.placed
    }


@pytest.mark.parametrize(
    ("name", "day", "number"),
    [
        ("#60-2019.03.25.md", "2019-03-25", 60),
        ("issue-20191101.md", "2019-11-01", None),
        ("weekly_2019_11_08.md", "2019-11-08", None),
        ("Newsletter 12 (2020-01-31).md", "2020-01-31", 12),
        ("digest-2020-02-07-tides.md", "2020-02-07", None),
    ],
)
def test_a_day_stands_anywhere_in_a_name(
    move: Any, put: Any, site: Any, name: str, day: str, number: int | None
) -> None:
    put(f"-- in/{name} --\nThe ferries ran late.\n\n- [Tides](https://a.example/1)\n")
    outcome = move("markdown")
    assert days(outcome) == {f"in/{name}": day}
    assert outcome.guess.form == "issues"
    assert [p.entry.number for p in outcome.places.placed] == [number]
    assert outcome.ok
    assert site.build().ok


def test_a_text_without_a_heading_is_called_by_its_name_and_an_issue_by_nothing(
    move: Any, put: Any, site: Any
) -> None:
    put("-- 2020-01-31-the-old_quay.md --\nText.\n-- 2020-02-01.md --\nText.\n")
    outcome = move("markdown")
    text = site.tree("content")["2020-01-31-the-old_quay.md"].decode()
    assert 'title: "The old quay"' in text
    assert "titleDerived: true" in text
    assert [row.reasons for row in outcome.quarantined] == [("it has no title",)]
    assert not move("markdown", form="issues").quarantined


def test_a_list_beside_the_texts_dates_them_and_names_the_digest(move: Any, put: Any) -> None:
    put(
        "-- README.md --\n# Harbour Notes\n\n"
        "- 2020-01-03: [Fog](notes/1.md)\n"
        "- [Ice](notes/2.md) and [Mud](notes/3.md), 2020-01-10\n"
        "| [Mud](notes/3.md) | January 17, 2020 |\n"
        "-- notes/1.md --\n# Fog\n\nx\n-- notes/2.md --\n# Ice\n\nx\n-- notes/3.md --\n# Mud\n\nx\n"
    )
    outcome = move("markdown")
    assert days(outcome) == {
        "notes/1.md": "2020-01-03",
        "notes/2.md": "",
        "notes/3.md": "2020-01-17",
    }
    assert outcome.site.title == "Harbour Notes"
    assert {p.entry.dated for p in outcome.places.placed} == {"README.md", ""}


def test_a_page_that_only_lists_the_texts_is_no_text(move: Any, put: Any) -> None:
    put(
        "-- archive.md --\n# All\n\n- [One](a/1.md) 2020-01-03\n- [Two](a/2.md) 2020-01-10\n"
        "-- a/1.md --\n# One\n\nx\n-- a/2.md --\n# Two\n\nSee [one](1.md) and\n"
        "[us](../archive.md).\n"
        "-- a/index.md --\n# Index\n\nWords.\n\nMore words.\n\nSee [one](1.md).\n"
    )
    outcome = move("markdown", form="articles")
    assert set(days(outcome)) == {"a/1.md", "a/2.md", "a/index.md"}
    assert "archive.md is a list of the texts: the archive is ours" in outcome.site.left


def _committed(folder: Path, day: str) -> None:
    who = {"GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@a.example", "GIT_COMMITTER_NAME": "A",
           "GIT_COMMITTER_EMAIL": "a@a.example", "GIT_AUTHOR_DATE": f"{day}T10:00:00Z",
           "GIT_COMMITTER_DATE": f"{day}T10:00:00Z", "HOME": str(folder)}  # fmt: skip
    for words in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", day]):
        subprocess.run(["git", *words], cwd=folder, env=who, check=True, timeout=60)


def test_the_commit_that_brought_a_text_dates_it_where_nothing_else_does(
    move: Any, put: Any, old: Path
) -> None:
    put("-- a.md --\n# A\n\nx\n-- b.md --\n---\ntitle: B\ndate: 2019-05-05\n---\nx\n")
    _committed(old, "2020-01-03")
    put("".join(f"-- many/{n}.md --\n# M{n}\n\nx\n" for n in range(4)))
    _committed(old, "2020-01-10")
    found = days(move("markdown"))
    assert found["a.md"] == "2020-01-03"
    assert found["b.md"] == "2019-05-05"
    # four texts that came at once tell the day of a move, not theirs
    assert {found[f"many/{n}.md"] for n in range(4)} == {""}


ALL = """# Harbour Notes

## Issue 2 — 12 January 2024

- [Fog](https://a.example/fog) is thick

```
## Issue 9 — 1 March 2024
```

### Also

- [Mud](https://a.example/mud)

## Issue 1 (5 January 2024)

- [Ice](https://a.example/ice) melts
"""


@pytest.mark.parametrize("name", ["newsletter.md", "README.md"])
def test_all_issues_of_one_file_are_issues(move: Any, put: Any, site: Any, name: str) -> None:
    put(f"-- {name} --\n{ALL}")
    outcome = move("markdown")
    assert days(outcome) == {f"{name}#3": "2024-01-12", f"{name}#15": "2024-01-05"}
    assert {p.entry.number: p.entry.title for p in outcome.places.placed} == {
        2: "Issue 2 — 12 January 2024",
        1: "Issue 1 (5 January 2024)",
    }
    assert outcome.site.title == "Harbour Notes"
    assert not outcome.site.left
    tree = site.tree("content")
    assert b"Mud" in tree["editions/issue-2.md"]
    assert b"Mud" not in tree["editions/issue-1.md"]
    assert site.build().ok


def test_what_stands_above_the_first_issue_is_a_page(move: Any, put: Any, site: Any) -> None:
    put("-- notes.md --\n" + ALL.replace("Notes\n", "Notes\n\nWe watch the water.\n"))
    outcome = move("markdown")
    assert [p.kind for p in outcome.places.placed].count("page") == 1
    assert b"We watch the water." in site.tree("content")["pages/notes.md"]


def test_an_article_with_days_in_some_headings_stays_whole(move: Any, put: Any) -> None:
    diary = "# A week\n\n## Monday, 8 January 2024\n\nx\n\n## Tuesday, 9 January 2024\n\nx\n"
    put(
        f"-- 2024-01-10-week.md --\n{diary}-- issue-7.md --\n{diary}"
        f"-- thanks.md --\n{diary}\n## Thanks\n\nx\n"
        f"-- headed.md --\n---\ntitle: Headed\n---\n{diary}"
    )
    assert len(days(move("markdown"))) == 4


def test_a_category_below_another_is_a_topic_too(move: Any, put: Any, site: Any) -> None:
    put(
        "-- a.md --\n---\ntitle: A\ndate: 2024-01-10\ncategories:\n- [Sea, Fog]\n- Ice\n"
        "topics: [Mud]\n---\nx\n"
    )
    move("markdown")
    text = site.tree("content")["a.md"].decode()
    assert all(f'- "{topic}"\n' in text for topic in ("Sea", "Fog", "Ice", "Mud"))


def test_weeks_of_folders_date_what_says_nothing_else(move: Any, put: Any) -> None:
    put(
        "-- 2012/05/a.md --\n# A\n\nx\n-- 2012/21/b.md --\n---\ntitle: B\n"
        "createdOn: '2012-05-25T10:00:29.000Z'\nurl: 'https://b.example/'\n---\nx\n"
    )
    outcome = move("markdown")
    assert days(outcome) == {"2012/05/a.md": "2012-01-30", "2012/21/b.md": "2012-05-25"}
    assert (
        "2012/05/a.md: its place and name tell the week alone; its Monday is taken"
        in outcome.site.left
    )


def test_the_address_of_a_story_is_its_source_and_that_of_the_page_is_none(
    move: Any, put: Any, site: Any
) -> None:
    put(
        "-- a.md --\n---\ntitle: A\ndate: 2024-01-10\nurl: https://b.example/fog\n---\nx\n"
        "-- b.md --\n---\ntitle: B\ndate: 2024-01-10\nurl: /fog/\n---\nx\n"
        "-- c.md --\n---\ntitle: C\ndate: 2024-01-10\nlink: https://own.example/c\n---\nx\n"
        "-- _config.yml --\nurl: https://own.example\ntitle: Own\n"
    )
    outcome = move("markdown")
    tree = site.tree("content")
    assert b'webUrl: "https://b.example/fog"' in tree["a.md"]
    assert b"webUrl" not in tree["b.md"] + tree["c.md"]
    assert {p.entry.title: p.entry.address for p in outcome.places.placed}["B"] == "/fog/"


def test_a_heading_of_html_is_a_title(move: Any, put: Any) -> None:
    head = '<h3 id="x">\n  <a href="#x"><i class="icon"></i><span>Fog &amp; ice</span></a>\n</h3>'
    put(f"-- 2024/Jan/10/2-news/03-fog.md --\n{head}\n\nIt is **cold**.\n")
    outcome = move("markdown")
    assert [(p.entry.title, p.entry.body) for p in outcome.places.placed] == [
        ("Fog & ice", "It is **cold**.\n")
    ]
    assert days(outcome) == {"2024/Jan/10/2-news/03-fog.md": "2024-01-10"}


def test_texts_that_an_issue_imports_come_where_it_shows_them(
    move: Any, put: Any, site: Any
) -> None:
    put(
        "-- 12/index.mdx --\n---\ntitle: Issue 12\ndate: 2024-01-10\n---\nimport News from "
        '"./_news.mdx"\nimport Odd from "../../secret.mdx"\n\n## News\n\n<News/>\n\n<Odd/>\n'
        "-- 12/_news.mdx --\nimport More from './_more.md'\n\n- [Fog](https://fog.example/)\n\n"
        "<More></More>\n"
        "-- 12/_more.md --\n---\na: 1\n---\nAnd ice.\n"
        "-- 12/_unused.mdx --\nNobody sees this.\n"
    )
    outcome = move("markdown", form="issues")
    assert days(outcome) == {"12/index.mdx": "2024-01-10"}
    text = site.tree("content")["editions/12.md"].decode()
    assert "## News\n\n- [Fog](https://fog.example/)\n\nAnd ice." in text
    assert outcome.site.out["a part of other texts"] == 3
    assert "12/_unused.mdx is a part that no text shows" in outcome.site.left


def test_a_text_that_imports_itself_ends(move: Any, put: Any) -> None:
    part = "import A from './a.mdx'\nimport B from './b.mdx'\n\n<A/><B/><A/><B/>\n"
    put("".join(f"-- {n}.mdx --\n---\ndate: 2024-01-10\n---\n{part}" for n in "ab"))
    assert len(days(move("markdown"))) == 2


LETTER = "-- {0} --\n---\ntitle: Issue {1}\ndate: 2024-01-1{1}\n{2}---\nCANARY {1}\n"


@pytest.mark.parametrize("word", ["published: false", "published: no", "published: 'off'",
                                  "draft: true", "status: draft"])  # fmt: skip
@pytest.mark.parametrize("form", ["issues", "articles"])
def test_what_was_not_published_is_not(
    move: Any, put: Any, site: Any, word: str, form: str
) -> None:
    put(LETTER.format("a.md", 1, f"{word}\n") + LETTER.format("b.md", 2, ""))
    move("markdown", form=form)
    assert site.build().ok
    public = b"".join(site.tree().values())
    assert b"CANARY 2" in public
    assert b"CANARY 1" not in public


@pytest.mark.parametrize("form", ["issues", "articles"])
def test_names_titles_and_dates_that_hold_back(move: Any, put: Any, site: Any, form: str) -> None:
    hidden = (
        LETTER.format("14-draft.md", 1, "") + LETTER.format("draft-16.md", 2, "")
        + LETTER.format("_17.md", 3, "") + LETTER.format("18.md", 4, "expires: 2024-02-01\n")
        + "-- 2024-01-15.md --\n# [DRAFT] Issue 5\n\nCANARY 5\n"
        + LETTER.format("19.md", 6, "").replace("Issue", "'Draft: Issue").replace("6\nd", "6'\nd")
    )  # fmt: skip
    put(hidden + LETTER.format("20.md", 7, "") + "-- TODO.md --\nCANARY 8\n")
    move("markdown", form=form)
    assert site.build().ok
    public = b"".join(site.tree().values())
    assert b"CANARY 7" in public
    assert not [n for n in (1, 2, 3, 4, 5, 6, 8) if f"CANARY {n}".encode() in public]


def test_files_that_no_text_shows_may_be_anything_and_stay(move: Any, put: Any, site: Any) -> None:
    put(
        "-- 2024-01-10.md --\n# A\n\n[The table](in/open.csv), ![](map.png)\n"
        "-- in/open.csv --\nCANARY-OPEN\n-- map.png --\nx\n-- static/rates.csv --\nCANARY-RATES\n"
        "-- readers.csv --\nCANARY-A\n-- exports/all.zip --\nCANARY-B\n"
        "-- passwords.txt --\nCANARY-C\n"
        f"-- D {'0a' * 16}.csv --\nCANARY-D\n"
    )
    outcome = move("markdown", form="articles")
    site.build()
    public = b"".join(site.tree().values())
    assert b"CANARY-OPEN" in public
    assert b"CANARY-RATES" in public
    assert not [c for c in "ABCD" if f"CANARY-{c}".encode() in public]
    stayed = {path for path, _ in outcome.site.unpublished}
    assert {"readers.csv", "exports/all.zip", "passwords.txt"} <= stayed
