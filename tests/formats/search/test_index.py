"""The plan of the search index, what its files say, and what an edit makes of them."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from msgspec.structs import replace

from site_gen.formats.search import index as search
from site_gen.formats.search.index import SearchConfig, count_buckets, search_config
from site_gen.formats.search.shards import build_postings, encode_shards
from site_gen.formats.search.terms import GROUPS, bucket_prefix, group_terms, hash_prefix


def shard_of(term: str, buckets: int) -> str:
    return f"search/1/{hash_prefix(bucket_prefix(term)) % buckets}.json"


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
    assert len(card.pop("excerpt")) <= search.MAX_EXCERPT
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
    assert search_config(desk.catalog(), desk.settings).segments == "1/1"


def test_facets(week_desk: Any) -> None:
    facets = read(week_desk.files(search), "search/1/facets.json")
    assert facets == {
        "topic": {"ai": "!C", "policy": "BA"},
        "provider": {"wire.example": "!D"},
        "year": {"2024": "!"},
    }


def test_the_page_is_told_the_segments_and_the_choices(week_desk: Any) -> None:
    found = search_config(week_desk.catalog(), week_desk.settings)
    assert found == SearchConfig(
        segments="4/1",
        per_file=search.CARDS_PER_FILE,
        topics=(
            search.Choice(value="ai", name="AI"),
            search.Choice(value="policy", name="Policy & law"),
        ),
        providers=(search.Choice(value="wire.example", name="The Wire"),),
        years=(2024,),
    )


def test_nothing_without_pages_or_articles(desk: Any) -> None:
    assert desk.files(search) == {}
    assert search_config(desk.catalog(), desk.settings).segments == ""
    desk.add("a")
    desk.set(formats=("rss", "search"))
    assert desk.files(search) == {}


def sizes(desk: Any) -> list[int]:
    return [len(segment) for segment in search.split_segments(desk.catalog(), desk.settings)]


def test_segments_end_with_an_edition(desk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "SEGMENT_SIZE", 12)
    monkeypatch.setattr(search, "PART_SIZE", 3)
    found = []
    for week in range(9):
        for number in range(2):
            desk.add(f"w{week}-{number}", weeks=week)
        found.append(sizes(desk))
    # A part ends where the next edition begins; parts that come to a segment are made one.
    assert found[3:] == [[4, 4], [4, 4, 2], [4, 4, 4], [12, 2], [12, 4], [12, 4, 2]]
    names = [a.card.id for a in search.split_segments(desk.catalog(), desk.settings)[0]]
    assert names == [f"w{week}-{number}" for week in range(6) for number in range(2)]


def changed(desk: Any, edit: Any) -> set[str]:
    """Files of the index that an edit changes, adds or removes."""
    before = desk.files(search)
    edit()
    after = desk.files(search)
    return {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}


def many(desk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Twenty weeks of 12 articles with words of their own; the parts of a small index."""
    monkeypatch.setattr(search, "PART_SIZE", 60)
    monkeypatch.setattr(search, "SEGMENT_SIZE", 100)
    for number in range(240):
        own = " ".join(f"{chr(97 + number % 26)}{n}word" for n in range(number, number + 40))
        desk.add(f"a{number:03}", f"<p>{own}</p>", weeks=number // 12)


def test_an_article_more_changes_few_files(desk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    many(desk, monkeypatch)
    words = " ".join(f"{chr(97 + n % 26)}{n}new" for n in range(400))
    found = changed(desk, lambda: desk.add("b", f"<p>{words}</p>", weeks=19))
    newest = len(search.split_segments(desk.catalog(), desk.settings))
    assert {path.split("/")[1] for path in found} == {str(newest)}
    assert 3 < len(found) <= 20


def test_an_edited_body_changes_the_shards_of_its_new_words(
    desk: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    many(desk, monkeypatch)
    ref = desk.refs[30]

    def edit() -> None:
        body = ref.body + "<p>Corrected: mistaken.</p>"
        terms = group_terms(ref.card.title, ref.card.excerpt, body)
        desk.refs[30] = replace(ref, body=body, terms=terms.digests)
        desk.lines[ref.path] = terms.lines

    assert 1 <= len(changed(desk, edit)) <= 2


def test_a_year_is_that_of_the_sites_zone(desk: Any) -> None:
    desk.set(timezone="Pacific/Auckland")
    desk.add("eve", date=datetime(2023, 12, 31, 20, tzinfo=UTC))
    assert list(read(desk.files(search), "search/1/facets.json")["year"]) == ["2024"]
    assert search_config(desk.catalog(), desk.settings).years == (2024,)


@pytest.mark.parametrize(
    ("size", "count"), [(1, 1), (7, 1), (8, 2), (100, 16), (1024, 256), (1700, 256)]
)
def test_shards_grow_with_their_segment(size: int, count: int) -> None:
    assert count_buckets(size) == count
    assert count_buckets(size, newest=True) == min(count, search.NEWEST_MAX_SHARDS)


def bucket_of(term: str) -> int:
    return hash_prefix(bucket_prefix(term)) % GROUPS


def in_groups(desk: Any, monkeypatch: pytest.MonkeyPatch) -> int:
    """A segment of 80 articles, and the newest. Returns how many shards the first has."""
    monkeypatch.setattr(search, "PART_SIZE", 60)
    for number in range(80):
        desk.add(f"a{number:03}", f"<p>word{number}, and others of it: {number}th</p>")
    desk.add("newest", weeks=1)
    return count_buckets(80)


def shard_keys(desk: Any) -> dict[str, tuple[str, ...]]:
    """Of each shard of the first segment what its views are, by path."""
    pages = [p for p in desk.pages(search) if "terms" in p.views]
    first = [page for page in pages if page.path.startswith("search/1/")]
    return {page.path: tuple(v.digest for v in page.views.values()) for page in first}


def test_an_edit_concerns_the_shards_of_its_groups_alone(
    desk: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    buckets = in_groups(desk, monkeypatch)
    before, ref = shard_keys(desk), desk.refs[30]
    terms = group_terms(ref.card.title, ref.card.excerpt, f"{ref.body} mistaken")
    desk.refs[30] = replace(ref, body="other", terms=terms.digests)
    after = shard_keys(desk)
    assert len(before) == len(after) == buckets
    own = {f"search/1/{n}.json" for n in range(buckets) if n % GROUPS == bucket_of("mistaken")}
    assert {path for path in after if before[path] != after[path]} == own


def test_shards_made_by_groups_are_those_made_together(
    desk: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    buckets = in_groups(desk, monkeypatch)
    lines = [desk.lines[f"a{number:03}.md"] for number in range(80)]
    together = encode_shards(build_postings(lines), len(lines), buckets)
    files = desk.files(search)
    assert {n: files[f"search/1/{n}.json"] for n in together} == together
    assert len(together) > 4


def test_shards_share_their_terms(desk: Any) -> None:
    for number in range(40):
        desk.add(f"story-{number}", f"<p>word{number}</p>")
    files = desk.files(search)
    buckets = count_buckets(40)
    assert buckets == 8
    assert "story" in read(files, shard_of("story", buckets))
    encode_shards = [read(files, f"search/1/{n}.json") for n in range(buckets)]
    assert sum(len(shard) for shard in encode_shards) == len(
        {t for shard in encode_shards for t in shard}
    )


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
    buckets = count_buckets(60)
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
