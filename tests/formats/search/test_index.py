"""The plan of the search index, what its files say, and what an edit makes of them."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from site_gen.formats.search import index as search
from site_gen.formats.search.index import SearchConfig, buckets_of, config
from site_gen.formats.search.terms import beginning, spread


def shard_of(term: str, buckets: int) -> str:
    return f"search/1/{spread(beginning(term)) % buckets}.json"


def read(files: dict[str, bytes], path: str) -> Any:
    return json.loads(files[path])


def test_a_small_site_has_one_shard_cards_and_facets(week_desk: Any) -> None:
    files = week_desk.files(search)
    assert sorted(files) == ["search/1/0.json", "search/1/cards-0.json", "search/1/facets.json"]


def test_articles_are_numbered_from_the_oldest_edition(week_desk: Any) -> None:
    cards = read(week_desk.files(search), "search/1/cards-0.json")
    assert [card["url"] for card in cards] == [
        "/articles/chips-are-short/",
        "/articles/talks-begin/",
        "/articles/court-rules/",
        "/articles/one-more-model/",
    ]


def test_a_card_says_what_a_result_shows_and_no_more(desk: Any) -> None:
    desk.add("a", title="A  title", excerpt="word " * 99, language="de",
             date=datetime(2024, 2, 13, 23, 30, tzinfo=UTC))  # fmt: skip
    desk.set(timezone="Europe/Berlin")
    (card,) = read(desk.files(search), "search/1/cards-0.json")
    assert len(card.pop("excerpt")) <= search.EXCERPT
    assert card == {
        "title": "A title",
        "url": "/articles/a/",
        "day": "2024-02-14",
        "provider": "The Wire",
        "topic": "AI",
        "language": "de",
    }


def test_bodies_are_searched_only_where_rights_allow(desk: Any) -> None:
    for rights in ("full", "excerpt", "link"):
        desk.add(rights, f"<p>body{rights}</p>", rights=rights)
    shard = read(desk.files(search), "search/1/0.json")
    assert "bodyfull" in shard
    assert "bodyexcerpt" not in shard
    assert "bodylink" not in shard


def test_drafts_and_future_articles_stay_out(desk: Any) -> None:
    desk.add("shown")
    desk.add("hidden", draft=True, topics=())
    desk.add("later", future=True, provider=None)
    files = desk.files(search)
    assert len(read(files, "search/1/cards-0.json")) == 1
    assert not [data for data in files.values() if b"hidden" in data or b"later" in data]
    assert config(desk.catalog(), desk.settings).segments == "1/1"


def test_facets(week_desk: Any) -> None:
    facets = read(week_desk.files(search), "search/1/facets.json")
    assert facets == {
        "topic": {"ai": "!C", "policy": "BA"},
        "provider": {"wire.example": "!D"},
        "year": {"2024": "!"},
    }


def test_the_page_is_told_the_segments_and_the_choices(week_desk: Any) -> None:
    found = config(week_desk.catalog(), week_desk.settings)
    assert found == SearchConfig(
        segments="4/1",
        per_file=search.PER_FILE,
        topics=(
            search.Choice(value="ai", name="AI"),
            search.Choice(value="policy", name="Policy & law"),
        ),
        providers=(search.Choice(value="wire.example", name="The Wire"),),
        years=(2024,),
    )


def test_nothing_without_pages_or_articles(desk: Any) -> None:
    assert desk.files(search) == {}
    assert config(desk.catalog(), desk.settings).segments == ""
    desk.add("a")
    desk.set(formats=("rss", "search"))
    assert desk.files(search) == {}


def test_segments_end_with_an_edition(desk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "SEGMENT", 3)
    for week in range(4):
        for number in range(2):
            desk.add(f"w{week}-{number}", weeks=week)
    found = search.segments(desk.catalog(), desk.settings)
    assert [[a.card.id for a in segment] for segment in found] == [
        ["w0-0", "w0-1", "w1-0", "w1-1"],
        ["w2-0", "w2-1", "w3-0", "w3-1"],
    ]
    before = {page.path: page.views for page in desk.pages(search)}
    desk.add("newest", weeks=5)
    after = {page.path: page.views for page in desk.pages(search)}
    assert {path.split("/")[1] for path in after if after[path] != before.get(path)} == {"3"}


def test_a_year_is_that_of_the_sites_zone(desk: Any) -> None:
    desk.set(timezone="Pacific/Auckland")
    desk.add("eve", date=datetime(2023, 12, 31, 20, tzinfo=UTC))
    assert list(read(desk.files(search), "search/1/facets.json")["year"]) == ["2024"]
    assert config(desk.catalog(), desk.settings).years == (2024,)


@pytest.mark.parametrize(
    ("size", "count"), [(1, 1), (13, 1), (14, 2), (100, 8), (1000, 128), (1700, 128)]
)
def test_shards_grow_with_their_segment(size: int, count: int) -> None:
    assert buckets_of(size) == count


def test_shards_share_their_terms(desk: Any) -> None:
    for number in range(40):
        desk.add(f"story-{number}", f"<p>word{number}</p>")
    files = desk.files(search)
    buckets = buckets_of(40)
    assert buckets == 4
    assert "story" in read(files, shard_of("story", buckets))
    shards = [read(files, f"search/1/{n}.json") for n in range(buckets)]
    assert sum(len(shard) for shard in shards) == len({t for shard in shards for t in shard})


ARTICLE = """\
---
title: Story {n}
publishedDateTime: 2024-05-{day:02d}T09:00:00Z
excerpt: In short.
---
Some common words, and own{n}.
"""


def test_a_body_edit_writes_its_page_and_its_shards_only(site: Any) -> None:
    site.write("")
    for n in range(60):
        site.put(f"content/s{n}.md", ARTICLE.format(n=n, day=n % 28 + 1).encode())
    site.good()
    site.edit("content/s7.md", "own7", "altered")
    report = site.good()
    written = [path for path in report.written if path.startswith("search/")]
    buckets = buckets_of(60)
    assert written == sorted({shard_of("own7", buckets), shard_of("altered", buckets)})
    assert len(written) < buckets


def test_an_edit_of_an_excerpt_writes_one_file_of_cards(site: Any) -> None:
    site.write("")
    for n in range(40):
        site.put(f"content/s{n}.md", ARTICLE.format(n=n, day=1).encode())
    site.good()
    site.edit("content/s39.md", "excerpt: In short.", "excerpt: At length.")
    report = site.good()
    cards = [path for path in report.written if "cards-" in path]
    assert len(cards) == 1
    assert "search/1/facets.json" not in report.written
