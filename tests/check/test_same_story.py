"""Articles on one event: proposed with care, whatever the language, the same on every run."""

import re
import tomllib
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from site_gen import frontmatter
from site_gen.basics import dates
from site_gen.check.same_story import ComparedArticle, Group, find_groups, terms

NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)
PLAIN = (
    "Rain in the hills", "A new bench for the park", "Trains are late again",
    "The museum opens its cellar", "Bakers ask for more flour", "A choir looks for tenors",
    "School roofs are mended", "The library buys a press",
)  # fmt: skip


def told(name: str, title: str, **said: Any) -> ComparedArticle:
    known: dict[str, Any] = {
        "excerpt": "", "original": "", "links": (), "date": NOON, "edition": "2026-W10",
    }  # fmt: skip
    return ComparedArticle(id=name, title=title, **{**known, **said})


def found(*articles: ComparedArticle) -> list[tuple[str, ...]]:
    others = [told(f"z{n}", title) for n, title in enumerate(PLAIN)]
    return [each.ids for each in find_groups([*articles, *others])]


BREACH = (
    told("a", "Harbour office loses 4711 files of captains"),
    told("b", "4711 captains' files lost at the harbour office", date=NOON + timedelta(hours=5)),
)


def test_rare_words_and_figures_tie() -> None:
    assert found(*BREACH) == [("a", "b")]


def test_the_same_original_ties_whatever_the_titles_say() -> None:
    one = told("a", "The bridge", original="https://www.x.example/bridge?utm_source=feed")
    two = told("b", "Crossing closed", original="https://x.example/bridge/")
    three = told("c", "Detours for weeks", links=("http://x.example/bridge",))
    assert found(one, two, three) == [("a", "b", "c")]


def test_a_home_page_ties_nothing() -> None:
    one = told("a", "The bridge", links=("https://x.example/",))
    assert found(one, told("b", "Crossing closed", links=("https://x.example",))) == []


def test_what_the_digest_is_about_ties_nothing() -> None:
    many = [told(f"a{n}", f"Harbour office: {title}") for n, title in enumerate(PLAIN)]
    assert [each.ids for each in find_groups(many)] == []


def test_days_and_editions_part() -> None:
    late = BREACH[1]._replace(date=NOON + timedelta(days=4))
    assert found(BREACH[0], late) == []
    assert found(BREACH[0], BREACH[1]._replace(edition="2026-W11")) == []


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Гавань потеряла 4711 дел капитанов", "Дела 4711 капитанов потеряны: гавань молчит"),
        ("港務局遺失四千份船長檔案", "四千份船長檔案遭港務局遺失"),
        ("فقدان 4711 ملفا للقباطنة في الميناء", "الميناء يعترف: فقدان 4711 ملفا"),
    ],
)
def test_no_language_is_assumed(one: str, two: str) -> None:
    assert found(told("a", one), told("b", two)) == [("a", "b")]


def test_the_order_of_articles_does_not_matter() -> None:
    articles = [*BREACH, *(told(f"z{n}", title) for n, title in enumerate(PLAIN))]
    assert find_groups(articles) == find_groups(articles[::-1])


def test_terms() -> None:
    assert terms("38M files, 38 million Lamps") == ["38", "file", "38", "million", "lamp"]
    assert terms("港務局") == ["港務", "務局"]


def everyday(shared: Path) -> list[ComparedArticle]:
    articles = []
    for path in sorted((shared / "corpora" / "everyday").glob("*.md")):
        raw, parts = frontmatter.parse(path.read_text("utf-8"), path.name)
        date = dates.parse(str(raw.get("publishedDateTime") or raw["addedDateTime"]), UTC)
        links = tuple(re.findall(r"https?://[^\s)>\]\"']+", parts.body))
        original = str(raw.get("webUrl") or raw.get("originalUrl") or "")
        excerpt = str(raw.get("excerpt") or "")
        week = dates.week_of(date.date())
        articles.append(
            ComparedArticle(path.stem, str(raw["title"]), excerpt, original, links, date, week)
        )
    return articles


def pairs(group: tuple[str, ...]) -> set[tuple[str, str]]:
    return {(one, two) for one in group for two in group if one < two}


def measured(shared: Path, truth: Path) -> tuple[list[Group], list[Group], float]:
    """Groups, those of them that are wrong, and the share of true pairs that are in one."""
    articles = everyday(shared)
    homes = {each.id: each.edition for each in articles}
    events = [set(e["articles"]) for e in tomllib.loads(truth.read_text("utf-8"))["events"]]
    assert all(name in homes for event in events for name in event)
    proposed = list(find_groups(articles))
    wrong = [g for g in proposed if not any(set(g.ids) <= event for event in events)]
    true = {
        pair for event in events for pair in pairs(tuple(event)) if homes[pair[0]] == homes[pair[1]]
    }
    known = {pair for each in proposed for pair in pairs(each.ids)}
    return proposed, wrong, len(true & known) / len(true)


def test_real_articles_are_grouped_with_care(shared: Path) -> None:
    truth = Path(__file__).with_name("stories_everyday.toml")
    proposed, wrong, recall = measured(shared, truth)
    assert [each.ids for each in wrong] == []
    assert len(proposed) >= 4
    assert recall >= 0.9
