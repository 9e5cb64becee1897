"""All problems come in one run; one may go on past them, or be strict with warnings."""

from typing import Any

import pytest

from tests.sites.test_broken import CASES, GOOD

SEVERAL = """
-- content/one.md --
---
title: One
publishedDateTime: never
quality: low
---
-- content/two.md --
no front matter
-- content/editions/spring.md --
---
numbr: 1
---
-- content/pages/p.md --
---
order: first
---
"""


def test_all_problems_of_a_stage_come_in_one_run(site: Any, said: Any) -> None:
    site.write(GOOD + SEVERAL)
    report = site.build()
    assert not report.ok
    assert [text.split("\n")[0] for text in said(report)] == [
        'error[edition/name] the file name "spring" is not a week such as 2024-W07',
        'warning[page/unknown-key] unknown key "numbr". Did you mean "number"?',
        'error[article/date] publishedDateTime: "never" is not a date such as'
        " 2024-02-17T09:00:00Z or 2024-02-17",
        'error[article/quality] quality: expected a whole number of 0 or more, got "low"',
        "error[page/value] title: is required",
        "error[page/value] order: expected a whole number",
        "error[frontmatter/missing] no front matter at the top of the file",
    ]
    assert not (site.root / "public").exists()


def test_going_on_publishes_the_rest_and_still_fails(site: Any, said: Any) -> None:
    site.write(GOOD + SEVERAL)
    report = site.build(keep_going=True)
    assert not report.ok
    assert sum(text.startswith("error") for text in said(report)) == 6
    assert report.articles == 1
    assert "Good" in site.page("index.html")
    assert site.has("articles/good/index.html")
    assert not site.has("articles/one/index.html")
    # A second run says it all again, and does no work.
    again = site.build(keep_going=True)
    assert said(again) == said(report)
    assert (again.rendered, again.written, again.removed) == ((), (), ())
    # Mended, it comes through.
    for path in ("one.md", "two.md", "editions/spring.md", "pages/p.md"):
        site.remove(f"content/{path}")
    site.good()


@pytest.mark.parametrize("case", ["equal slugs", "equal guids", "picture from nowhere", "10 MB"])
def test_going_on_past_each_kind(site: Any, case: str) -> None:
    site.write(GOOD)
    site.put("content/bad.md", CASES[case][0])
    report = site.build(keep_going=True)
    assert not report.ok
    assert site.has("index.html")
    # Of two files on one path one is published; every other page stands.
    assert case == "equal slugs" or "Fine." in site.page("articles/good/index.html")


def test_going_on_past_a_failing_template(site: Any) -> None:
    site.write(GOOD + "-- themes/overrides/templates/article.html --\n{{ nothing }}\n")
    report = site.build(keep_going=True)
    assert not report.ok
    assert site.has("index.html")
    assert not site.has("articles/good/index.html")


def test_strict_makes_warnings_fail(site: Any) -> None:
    site.write(GOOD.replace("title: Good", "title: Good\nmoood: x"))
    assert site.build().ok
    site.edit("content/good.md", "Fine.", "Finer.")
    report = site.build(strict=True)
    assert not report.ok
    assert [p.severity for p in report.problems] == ["error"]
