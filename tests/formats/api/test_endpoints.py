"""The JSON API: everyday.cc's shape, pages that stay, nothing beyond the rights, the schema."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from site_gen.formats.api import endpoints as api
from site_gen.formats.common import paging
from site_gen.model import Image, Picture, Provider, Related, Source
from site_gen.settings.tables import ApiSettings, ImageSettings

IMAGE = {"images": [{"url": "https://wire.example/a.jpg", "width": 800, "height": 600,
                     "alt": "A server room", "credit": "Wire"}]}  # fmt: skip
SCHEMA = json.loads((Path(__file__).parents[3] / "docs/api.schema.json").read_text("utf-8"))


def documents(desk: Any, catalog: Any = None) -> dict[str, Any]:
    return {path: json.loads(data) for path, data in desk.files(api, catalog).items()}


def shape(path: str) -> str:
    if path.startswith("api/news/"):
        return "news"
    if path.endswith("bodies.json"):
        return "bodies"
    return {"api/index.json": "index", "api/editions/index.json": "editions"}.get(path, "edition")


def check(path: str, document: Any) -> None:
    schema = {**SCHEMA, "anyOf": [{"$ref": f"#/$defs/{shape(path)}"}]}
    errors = [e.message for e in Draft202012Validator(schema).iter_errors(document)]
    assert errors == [], path


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_every_document_follows_the_schema(week_desk: Any) -> None:
    week_desk.detail(
        "chips-are-short",
        pictures=(Picture(url="/assets/a.png", local=True, width=3, height=2, alt="A"),),
        related=(Related(title="More", web_url="https://x.example/", images=(Image(url="u"),)),),
        sources=(Source(name="Agency", role="agency"),),
        extra={"mood": {"colour": "red"}},
    )
    found = documents(week_desk)
    assert list(found) == [
        "api/news/index.json",
        "api/news/ai/index.json",
        "api/news/policy/index.json",
        "api/editions/2024-W08/index.json",
        "api/editions/2024-W07/index.json",
        "api/index.json",
        "api/editions/index.json",
    ]
    for path, document in found.items():
        check(path, document)


def test_the_schema_would_notice(week_desk: Any) -> None:
    document = documents(week_desk)["api/news/index.json"]
    document["value"][0]["secured"] = "x"
    with pytest.raises(AssertionError):
        check("api/news/index.json", document)


def test_an_article_has_its_front_matter(week_desk: Any) -> None:
    week_desk.set(api=ApiSettings(extra=("mood", "title")))
    week_desk.detail("chips-are-short", extra={"mood": "dark", "title": "no", "note": "unasked"})
    found = documents(week_desk)
    value = found["api/editions/2024-W07/index.json"]["value"]
    article = next(a for a in value if a["slug"] == "chips-are-short")
    (card,) = (a for a in found["api/news/index.json"]["value"] if a["slug"] == article["slug"])
    assert {**article, **card, "authors": None} == {**article, **IMAGE, "authors": None}
    assert card.keys().isdisjoint({"tags", "mood"})
    assert card["authors"] == [{"name": "Ada Lund"}]
    assert article == {
        "guid": "tag:digest.example,2026:chips-are-short",
        "url": "https://digest.example/articles/chips-are-short/",
        "title": "Chips are short",
        "excerpt": "In short, chips-are-short.",
        "publishedDateTime": "2024-02-13T00:00:00Z",
        "webUrl": "https://wire.example/chips-are-short",
        "type": "article",
        "provider": {"name": "The Wire", "domain": "wire.example"},
        "topics": ["AI"],
        "slug": "chips-are-short",
        "edition": "2024-W07",
        "rights": "full",
        "canonical": "self",
        "tags": ["wire"],
        "mood": "dark",
    }


def test_order_is_newest_first_in_lists_and_the_editions_own_in_an_edition(week_desk: Any) -> None:
    found = documents(week_desk)
    slugs = [a["slug"] for a in found["api/news/index.json"]["value"]]
    assert slugs == ["court-rules", "one-more-model", "chips-are-short", "talks-begin"]
    edition = found["api/editions/2024-W07/index.json"]
    assert [a["slug"] for a in edition["value"]] == ["chips-are-short", "talks-begin"]
    assert edition["number"] == 1
    assert (edition["first"], edition["last"]) == ("2024-02-12", "2024-02-18")


def test_pages_are_numbered_from_the_oldest_and_stay(
    desk: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paging, "PAGE_SIZE", 2)
    for week in range(7):
        desk.add(f"a{week}", weeks=week)
    before = desk.files(api)
    newest = json.loads(before["api/news/index.json"])
    assert newest["page"] == 3
    assert [a["slug"] for a in newest["value"]] == ["a6", "a5", "a4"]
    assert "newer" not in newest
    assert newest["older"] == "https://digest.example/api/news/page/2/index.json"
    first = json.loads(before["api/news/page/1/index.json"])
    assert [a["slug"] for a in first["value"]] == ["a1", "a0"]
    assert "older" not in first
    desk.add("a7", weeks=7)
    after = desk.files(api)
    assert after["api/news/page/1/index.json"] == before["api/news/page/1/index.json"]
    assert after["api/news/page/2/index.json"] != before["api/news/page/2/index.json"]
    assert json.loads(after["api/news/page/3/index.json"])["newer"].endswith("/news/index.json")


def test_one_article_more_changes_no_older_page(desk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paging, "PAGE_SIZE", 2)
    for week in range(6):
        desk.add(f"a{week}", weeks=week)
    before = desk.files(api)
    desk.add("a6", weeks=6)
    after = desk.files(api)
    assert [path for path in before if "/page/" in path and after[path] != before[path]] == []
    assert [path for path in before if "/page/" in path]


def test_following_older_visits_every_article_once(
    desk: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paging, "PAGE_SIZE", 3)
    for week in range(10):
        desk.add(f"a{week}", weeks=week)
    found = documents(desk)
    seen: list[str] = []
    url = "https://digest.example/api/news/index.json"
    while url:
        document = found[url.removeprefix("https://digest.example/")]
        seen += [a["slug"] for a in document["value"]]
        url = document.get("older", "")
    assert seen == [f"a{week}" for week in reversed(range(10))]


def test_nothing_beyond_the_rights(desk: Any) -> None:
    picture = Picture(url="https://wire.example/a.jpg")
    desk.add("linked", "<p>SECRET</p>", rights="link", image=picture)
    desk.detail("linked", pictures=(picture,))
    text = b"".join(desk.files(api).values())
    assert b"SECRET" not in text
    assert b"a.jpg" not in text


def test_remote_pictures_can_be_off(desk: Any) -> None:
    desk.add("a")
    pictures = (Image(url="https://x.example/r.jpg"),)
    related = Related(title="R", images=pictures, provider=Provider(name="X", images=pictures))
    local = Picture(url="/assets/l.png", local=True)
    remote = Picture(url="https://wire.example/a.jpg")
    desk.detail("a", pictures=(local, remote), related=(related,))
    desk.set(images=ImageSettings(remote="off"), api=ApiSettings(related="full"))
    text = b"".join(desk.files(api).values()).decode()
    assert ".jpg" not in text
    assert "https://digest.example/assets/l.png" in text


def test_what_is_never_published_is_not_in_unknown_keys_either(desk: Any) -> None:
    desk.add("a")
    deep = {"secured": "S1", "deep": [{"featuredContent": "S2", "kept": "yes"}]}
    desk.detail("a", extra={**deep, "featuredContent": "S3"})
    desk.set(api=ApiSettings(extra=("deep",)))
    text = b"".join(desk.files(api).values())
    assert b'"kept":"yes"' in text
    for secret in (b"S1", b"S2", b"S3", b"secured", b"featuredContent"):
        assert secret not in text


def test_drafts_and_future_articles_are_in_no_document(week_desk: Any) -> None:
    week_desk.add("unready", draft=True, weeks=9)
    week_desk.add("embargoed", future=True)
    found = documents(week_desk)
    assert "unready" not in str(found)
    assert "embargoed" not in str(found)
    assert len(found["api/editions/index.json"]["value"]) == 2


def test_the_open_edition_is_marked(week_desk: Any) -> None:
    found = documents(week_desk, week_desk.catalog(open_week="2024-W08"))
    for path, document in found.items():
        check(path, document)
    newest, older = found["api/editions/index.json"]["value"]
    assert newest["closed"] is False
    assert "number" not in newest
    assert older["number"] == 1


def test_added_dates_keep_their_name(desk: Any) -> None:
    desk.add("a", dated=False, provider=None)
    (article,) = documents(desk)["api/news/index.json"]["value"]
    assert article["addedDateTime"] == "2024-02-13T00:00:00Z"
    assert "publishedDateTime" not in article
    assert "provider" not in article


def test_an_empty_site_has_a_valid_api(desk: Any) -> None:
    for path, document in documents(desk).items():
        check(path, document)


def test_control_characters_and_surrogates_go(desk: Any) -> None:
    desk.add("a", title="x\x00y")
    desk.detail("a", extra={"k": {"k\x01": "v\x02\udfff"}})
    desk.set(api=ApiSettings(extra=("k",)))
    found = documents(desk)
    (card,) = found["api/news/index.json"]["value"]
    (article,) = found["api/editions/2024-W07/index.json"]["value"]
    assert card["title"] == article["title"] == "xy"
    assert article["k"] == {"k": "v"}


def test_the_provider_of_related_items_is_kept(desk: Any) -> None:
    desk.add("a")
    provider = Provider(name="Other", domain="other.example")
    desk.detail("a", related=(Related(title="R", provider=provider),))
    (article,) = documents(desk)["api/editions/2024-W07/index.json"]["value"]
    assert article["related"] == [
        {"title": "R", "provider": {"name": "Other", "domain": "other.example"}}
    ]


ELSEWHERE = Related(
    title="R",
    excerpt="Theirs",
    published_date_time=datetime(2024, 2, 13, 9, tzinfo=UTC),
    web_url="https://a.example/1",
    amp_web_url="https://a.example/1.amp",
    cdn_amp_web_url="https://a.example/c/1.amp",
    type="video",
    quality=7,
    images=(Image(url="https://a.example/1.jpg"),),
)


@pytest.mark.parametrize(
    ("related", "more"),
    [
        ("short", {}),
        (
            "full",
            {
                "excerpt": "Theirs",
                "type": "video",
                "quality": 7,
                "images": [{"url": "https://a.example/1.jpg"}],
            },
        ),
    ],
)
def test_of_related_items_stands_what_pages_show_unless_settings_ask_for_all(
    desk: Any, related: Any, more: dict[str, Any]
) -> None:
    desk.add("a")
    desk.detail("a", related=(ELSEWHERE,))
    desk.set(api=ApiSettings(related=related))
    path = "api/editions/2024-W07/index.json"
    document = documents(desk)[path]
    check(path, document)
    (found,) = document["value"][0]["related"]
    shown = {
        "title": "R",
        "publishedDateTime": "2024-02-13T09:00:00Z",
        "webUrl": "https://a.example/1",
    }
    assert found == shown | more


def test_bodies_are_documents_of_their_own_and_only_where_asked_for(week_desk: Any) -> None:
    week_desk.add("linked", "<p>SECRET</p>", rights="link")
    assert not [path for path in documents(week_desk) if path.endswith("bodies.json")]
    assert not [d for d in week_desk.files(api).values() if b"Nobody has" in d]
    week_desk.set(api=ApiSettings(bodies=True))
    found = documents(week_desk)
    for path, document in found.items():
        check(path, document)
    assert not [path for path, d in found.items() if "SECRET" in json.dumps(d)]
    base = "https://digest.example"
    assert found["api/editions/2024-W07/bodies.json"] == {
        "id": "2024-W07",
        "url": f"{base}/editions/2024-W07/",
        "value": [
            {
                "guid": "tag:digest.example,2026:chips-are-short",
                "url": f"{base}/articles/chips-are-short/",
                "html": f'<p>Nobody has <a href="{base}/articles/talks-begin/">any</a>.</p>',
            }
        ],
    }
    index = found["api/editions/index.json"]["value"]
    assert index[1]["bodies"] == f"{base}/api/editions/2024-W07/bodies.json"
