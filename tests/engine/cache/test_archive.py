"""Of a long archive only those editions are read that a build looks into."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from site_gen.engine.cache import catalog
from site_gen.engine.report import Options
from site_gen.formats.common import paging
from site_gen.query import catalog_of

WEEKS = 12
FIRST = datetime(2024, 3, 4, 9, tzinfo=UTC)


def put(desk: Any, name: str, week: int, text: str = "A boat came in.") -> None:
    day = FIRST + timedelta(weeks=week)
    head = f"title: {name}\npublishedDateTime: {day.isoformat()}\ntopics: [Harbour]"
    desk.put(f"content/{name}.md", f"---\n{head}\n---\n{text}\n")


@pytest.fixture
def loaded(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Editions whose articles were decoded; pages of lists are short."""
    named: list[str] = []
    plain = catalog._refs

    def refs(memo: Any, output: str, stored: Any, name: str) -> Any:
        named.append(name)
        return plain(memo, output, stored, name)

    monkeypatch.setattr(catalog, "_refs", refs)
    monkeypatch.setattr(paging, "PAGE_SIZE", 2)
    monkeypatch.setattr(paging, "RUN_LENGTH", 2)
    return named


@pytest.fixture
def desk(weekly: Any, loaded: list[str]) -> Any:
    """A site of pages alone, with two articles a week."""
    toml = weekly.read("site.toml")
    weekly.put("site.toml", f'formats = ["html", "sitemap", "redirects"]\n{toml}')
    for week in range(WEEKS):
        put(weekly, f"w{week}a", week)
        put(weekly, f"w{week}b", week)
    weekly.age()
    assert weekly.build().ok
    return weekly


def test_an_article_added_reads_a_few_editions(desk: Any, loaded: list[str], tmp_path: Any) -> None:
    put(desk, "late", WEEKS - 1)
    assert desk.build().ok
    assert loaded
    assert len(loaded) <= WEEKS // 2
    assert desk.tree() == desk.clean(tmp_path / "clean")


def test_an_edited_body_reads_a_few_editions(desk: Any, loaded: list[str], tmp_path: Any) -> None:
    put(desk, "w10a", 10, "Another one came in.")
    report = desk.build()
    assert "articles/w10a/index.html" in report.written
    assert len(loaded) <= WEEKS // 2
    assert "2024-W10" not in loaded
    assert desk.tree() == desk.clean(tmp_path / "clean")


def test_a_body_edited_together_with_other_things_is_not_taken_for_the_old_one(
    desk: Any, tmp_path: Any
) -> None:
    """What an edition is as a whole is known from before, where no body of it is another."""
    steps = (("Changed.", "late"), ("A boat came in.", "later"), ("Changed.", "latest"))
    for number, (text, name) in enumerate(steps):
        put(desk, "w3a", 3, text)
        put(desk, name, WEEKS - 1)
        assert desk.build().ok
        assert desk.tree() == desk.clean(tmp_path / f"clean{number}")
        put(desk, "w3a", 3, f"{text} And more.")
        assert desk.build().ok
        assert desk.tree() == desk.clean(tmp_path / f"more{number}")


def test_articles_go_from_the_middle_of_long_lists(desk: Any, tmp_path: Any) -> None:
    for number, names in enumerate((["w3a"], ["w9a", "w9b"], ["w11a", "w0b"])):
        for name in names:
            (desk.root / f"content/{name}.md").unlink()
        assert desk.build().ok
        assert desk.tree() == desk.clean(tmp_path / f"clean{number}")


def test_who_looks_at_the_site_beside_a_build_has_all_of_it(desk: Any, loaded: list[str]) -> None:
    """The memo is closed by then."""
    desk.good()
    seen, problems = catalog_of(desk.root, Options(now=FIRST + timedelta(weeks=WEEKS)))
    assert problems == ()
    assert loaded
    assert len({ref.path for ref in seen.articles if ref.path.startswith("w")}) == 2 * WEEKS
    (harbour,) = (topic for topic in seen.topics if topic.ref.name == "Harbour")
    assert len({card.id for card in harbour.cards if card.id.startswith("w")}) == 2 * WEEKS
    assert all(card.title for edition in seen.editions for card in edition.cards)
