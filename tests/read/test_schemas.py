"""Schemas for editors: valid, described, and of one mind with what a build says."""

import json
import tomllib
from collections.abc import Iterator
from datetime import UTC
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from site_gen import frontmatter
from site_gen.basics import docs_reference
from site_gen.frontmatter.check import FIELDS, check
from site_gen.read import schemas
from site_gen.read.locks import LockTable

ROOT = Path(__file__).parents[2]


def tables(schema: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    yield "", schema
    yield from schema["definitions"].items()


def faults(kind: str, value: Any) -> list[str]:
    checker = jsonschema.Draft7Validator(
        schemas.KINDS[kind](), format_checker=jsonschema.Draft7Validator.FORMAT_CHECKER
    )
    return [error.message for error in checker.iter_errors(value)]


@pytest.mark.parametrize("kind", schemas.KINDS)
def test_each_is_a_schema_and_each_key_is_described(kind: str) -> None:
    schema = schemas.KINDS[kind]()
    jsonschema.Draft7Validator.check_schema(schema)
    bare = [
        f"{table}.{key}"
        for table, inner in tables(schema)
        for key, own in inner.get("properties", {}).items()
        if len(own.get("description", "")) < 5
    ]
    assert bare == [], "say what they mean in docs/settings.md or docs/front-matter.md"


def test_every_key_of_an_article_is_in_its_schema() -> None:
    assert set(FIELDS) <= set(schemas.article()["properties"])


def test_the_reference_has_no_key_that_is_none() -> None:
    """A renamed key leaves no row behind in the table of keys inside."""
    made = schemas.article()
    for row in docs_reference.rows(docs_reference.page("front-matter.md")):
        if row.heading == "Keys inside":
            table, _, key = row.key.partition(".")
            text = json.dumps(made["properties"][table])
            name = text.split("#/definitions/")[1].split('"')[0]
            assert key in made["definitions"][name]["properties"], row.key


HEAD = {"title": "A", "publishedDateTime": "2024-02-17"}


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"topics": "City", "author": "jane", "provider": "Example News", "tags": None},
        {"authors": [{"name": "Jane"}, "Bo"], "credits": {"editing": ["Ann", "Bo"]}},
        {"heat": -1, "quality": 84, "withdrawn": True, "secured": {"a": 1}, "draft": True},
        {"title": 1984, "category": False, "related": [{"title": "B", "provider": {"name": "X"}}]},
        {"price": 3, "images": {"url": "a.jpg", "width": 3}, "checkIgnore": ["text/capitals: so"]},
        {"withdrawn": {"date": "2024-02-18", "reason": "Wrong."}, "rights": None},
    ],
)
def test_what_a_build_takes_passes(more: dict[str, Any]) -> None:
    assert faults("article", {**HEAD, **more}) == []


@pytest.mark.parametrize(
    "more",
    [
        {"title": None, "quality": "lots"},
        {"heat": -2},
        {"published": "yes"},
        {"rights": "some"},
        {"topics": [{"name": "City"}]},
        {"images": [3]},
        {"provider": {"name": ["a"]}},
    ],
)
def test_what_a_build_refuses_does_not(more: dict[str, Any]) -> None:
    data = {**HEAD, **more}
    assert any(p.severity == "error" for p in check(data, "", "a.md", UTC).problems)
    assert faults("article", data)


def test_a_date_is_needed() -> None:
    assert faults("article", {"title": "A"})
    assert not faults("article", {"title": "A", "addedDateTime": "2024-02-17"})


def test_settings_and_locks() -> None:
    site = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["site_gen"]
    assert faults("site", site) == []
    assert faults("site", {"titel": "A"})
    assert faults("site", {"feeds": {"items": 0}})
    assert faults("site", {"publish": {"s3": {"bukket": "x"}}})
    lock = {"number": 1, "next": 2, "first": "2024-02-12", "last": "2024-02-18",
            "closed": "2024-02-19T00:00:00+00:00", "members": []}  # fmt: skip
    assert faults("lock", lock) == []
    assert faults("lock", {**lock, "number": -1})
    assert set(lock) <= set(LockTable.__struct_fields__)


def test_notes_and_pages() -> None:
    note = {"title": 12, "date": "2024-02-17", "range": ["2024-W07", "2024-W08"], "pins": ["a"]}
    assert faults("note", note) == []
    assert faults("note", {"range": ["2024-W07"]})
    assert faults("note", {"skip": "yes"})
    assert faults("page", {"title": "About", "order": 2}) == []
    assert faults("page", {"order": 2})


def kind_of(path: Path) -> str:
    return {"editions": "note", "pages": "page"}.get(path.parent.name, "article")


def test_the_demo_passes() -> None:
    found = sorted((ROOT / "content").rglob("*.md"))
    assert found
    for path in found:
        raw, _ = frontmatter.parse(path.read_text("utf-8"), str(path))
        assert faults(kind_of(path), raw) == [], path


def test_everyday_digests_pass(shared: Path) -> None:
    found = sorted((shared / "corpora/everyday").rglob("*.md"))
    assert len(found) == 322
    checker = jsonschema.Draft7Validator(schemas.article())
    for path in found:
        raw, _ = frontmatter.parse(path.read_text("utf-8"), str(path))
        assert [error.message for error in checker.iter_errors(raw)] == [], path.name
