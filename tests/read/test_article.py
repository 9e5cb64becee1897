"""From a content file to a card: dates, slug, guid, rights, canonical, pictures, aliases."""

from datetime import UTC, datetime
from typing import Any

import pytest

from site_gen.model import Picture
from site_gen.settings import ProviderSettings
from site_gen.settings.tables import ImageSettings, RightsSettings

ORIGINAL = "webUrl: https://w.example/1\n"


def test_identity_and_permalink_come_from_the_path(desk: Any) -> None:
    card = desk.read(path="2024-W07/2024-02-17-Some_Story.md").card
    assert card.id == "2024-W07/2024-02-17-Some_Story"
    assert card.slug == "2024-02-17-Some_Story"
    assert card.permalink == card.link == "/articles/2024-02-17-Some_Story/"
    assert card.guid == "tag:t.example,2024:2024-W07/2024-02-17-Some_Story"
    assert (card.edition, card.dated) == ("2024-W07", True)


def test_the_stored_slug_and_guid_win_and_the_title_never_counts(desk: Any) -> None:
    card = desk.read("slug: 'My slug'\nguid: urn:x:1\n", path="b.md").card
    assert (card.slug, card.permalink, card.guid) == ("My-slug", "/articles/My-slug/", "urn:x:1")
    one = desk.read("title: One\naddedDateTime: 2024-02-17\n", path="b.md").card
    two = desk.read("title: Two\naddedDateTime: 2024-02-17\n", path="b.md").card
    assert (one.slug, one.guid) == (two.slug, two.guid)


def test_the_original_url_is_no_part_of_the_guid(desk: Any) -> None:
    block = "originalUrl: https://o.example/1\n"
    assert "o.example" not in desk.read(block).card.guid


def test_a_stem_without_a_letter_still_has_a_slug(desk: Any) -> None:
    slug = desk.read(path="\U0001f916.md").card.slug
    assert len(slug) == 10
    assert slug.isalnum()


def test_published_comes_before_added(desk: Any) -> None:
    both = desk.read("addedDateTime: 2024-05-01\n")
    assert both.card.date == datetime(2024, 2, 17, 9, tzinfo=UTC)
    assert both.visible_from == both.card.date
    added = desk.read("title: A\naddedDateTime: 2024-05-01\n")
    assert (added.card.date.month, added.card.dated, added.card.edition) == (5, False, "2024-W18")
    assert added.visible_from == added.card.date


def test_an_edition_given_wins_over_dates(desk: Any) -> None:
    assert desk.read("edition: 2023-W01\n").card.edition == "2023-W01"


def test_the_week_is_counted_in_the_sites_zone(desk: Any) -> None:
    block = "title: A\npublishedDateTime: 2024-02-18T23:30:00Z\n"
    assert desk.read(block).card.edition == "2024-W07"
    desk.set(timezone="Europe/Berlin")
    assert desk.read(block).card.edition == "2024-W08"


def test_a_permalink_pattern_uses_the_day_in_the_zone(desk: Any) -> None:
    desk.set(timezone="Europe/Berlin", article_permalink="/{year}/{month}/{day}/{edition}/{slug}/")
    block = "title: A\npublishedDateTime: 2024-02-18T23:30:00Z\n"
    assert desk.read(block).card.permalink == "/2024/02/19/2024-W08/a/"


def test_lastmod(desk: Any) -> None:
    assert desk.read().card.lastmod == datetime(2024, 2, 17, 9, tzinfo=UTC)
    corrected = desk.read("corrections: [{date: 2024-03-01, text: x}]\n")
    assert corrected.card.lastmod == datetime(2024, 3, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("article", "provider", "default", "rights"),
    [
        ("", None, "full", "full"),
        ("", None, "link", "link"),
        ("", "excerpt", "link", "excerpt"),
        ("rights: full\n", "excerpt", "link", "full"),
    ],
)
def test_rights_are_the_articles_the_providers_the_default(
    desk: Any, article: str, provider: Any, default: Any, rights: str
) -> None:
    desk.set(
        rights=RightsSettings(default=default),
        providers=(ProviderSettings(domain="w.example", rights=provider),),
    )
    block = f"{article}provider: {{name: W, domain: W.example}}\n"
    assert desk.read(block, "Body.\n").card.rights == rights


PICTURED = "images: [{url: 'https://w.example/p.jpg', alt: p}]\nexcerpt: Short.\n"


def test_full_rights_give_everything(desk: Any) -> None:
    article = desk.read(PICTURED, "The body, [b](b.md).\n")
    assert "The body" in article.body
    assert article.card.has_body
    assert article.card.minutes == 1
    assert article.card.image == article.pictures[0]
    assert [link.target for link in article.links] == ["2024/b.md"]


def test_excerpt_rights_give_no_body(desk: Any) -> None:
    article = desk.read("rights: excerpt\n" + PICTURED, "The body, [b](b.md).\n")
    assert (article.body, article.card.has_body, article.card.minutes) == ("", False, 0)
    assert article.links == ()
    assert article.card.image is not None
    assert article.card.excerpt == "Short."


def test_link_rights_give_neither_body_nor_picture(desk: Any) -> None:
    article = desk.read("rights: link\n" + PICTURED, "The body.\n")
    assert (article.body, article.pictures, article.card.image) == ("", (), None)
    assert article.card.excerpt == "Short."
    # Nor does an excerpt leak out of the body.
    bare = desk.read("rights: link\n", "The body.\n")
    assert bare.card.excerpt == ""
    assert "The body" not in repr(bare)


def test_canonical_needs_an_original(desk: Any) -> None:
    assert desk.read().card.canonical == "self"
    assert desk.read("canonical: original\n").card.canonical == "self"
    assert desk.read("canonical: original\n" + ORIGINAL).card.canonical == "original"
    desk.set(providers=(ProviderSettings(name="W", canonical="original"),))
    assert desk.read("provider: W\n" + ORIGINAL).card.canonical == "original"
    assert desk.read("canonical: self\nprovider: W\n" + ORIGINAL).card.canonical == "self"


def test_the_original_is_the_web_address_first(desk: Any) -> None:
    both = desk.read("originalUrl: https://o.example/1\n" + ORIGINAL)
    assert both.card.original == "https://w.example/1"
    assert desk.read("originalUrl: https://o.example/1\n").card.original == "https://o.example/1"


def test_pages_only_for_those_with_a_body(desk: Any) -> None:
    desk.set(article_pages="with-body")
    bare = desk.read(ORIGINAL).card
    assert (bare.has_page, bare.link) == (False, "https://w.example/1")
    assert desk.read(ORIGINAL, "Body.\n").card.link == "/articles/a/"
    # Without an original there would be nowhere to go.
    assert desk.read().card.has_page


def test_the_excerpt_is_the_first_paragraph(desk: Any) -> None:
    body = "# Heading\n\nThe *first* `one`,\ntwo lines.\n\nThe second.\n"
    assert desk.read(body=body).card.excerpt == "The first one, two lines."
    assert len(desk.read(body="word " * 200).card.excerpt) <= 240


def test_heat_and_quality_are_carried(desk: Any) -> None:
    card = desk.read("heat: -1\nquality: 7\n").card
    assert (card.heat, card.quality) == (None, 7)


def test_remote_pictures_may_be_off(desk: Any) -> None:
    block = "images: [{url: 'https://w.example/p.jpg', caption: c}, {url: q.png}]\n"
    assert [p.url for p in desk.read(block).pictures] == [
        "https://w.example/p.jpg", "content:2024/q.png",
    ]  # fmt: skip
    desk.set(images=ImageSettings(remote="off"))
    article = desk.read(block)
    assert "w.example" not in repr(article)
    assert article.card.image is not None
    assert article.card.image.url == "content:2024/q.png"


def test_a_picture_over_http_is_left_out_with_a_warning(desk: Any) -> None:
    for url in ("http://w.example/p.jpg", "HTTP://w.example/p.jpg"):
        article, problems = desk.outcome(f"images: [{{url: '{url}'}}]\n")
        assert problems == [
            "warning[article/images] a picture over http: is left out\n"
            "  --> content/2024/a.md:4:1\n"
            f"    4 | images: [{{url: '{url}'}}]\n"
            "      | ^^^^^^\n"
            "help: use an https address, or a copy in content/"
        ]
        assert article.pictures == ()


def test_the_scheme_of_a_picture_may_be_in_capitals(desk: Any) -> None:
    article = desk.read("images: [{url: 'HTTPS://w.example/p.jpg'}]\n")
    assert article.pictures == (Picture(url="HTTPS://w.example/p.jpg"),)
    assert article.links == ()


@pytest.mark.parametrize(
    ("url", "target"),
    [("p.png", "2024/p.png"), ("../p.png", "p.png"), ("/p.png", "p.png"), ("../../p", "../p")],
)
def test_a_local_picture_is_resolved_from_the_file(desk: Any, url: str, target: str) -> None:
    article = desk.read(f"images: [{{url: {url}}}]\n")
    (link,) = article.links
    assert (link.target, link.line, link.image) == (target, 4, True)
    assert article.pictures[0].local


def test_aliases_are_paths_or_old_slugs(desk: Any) -> None:
    article = desk.read("aliases: [/old/path/, old-slug, 'Old Name']\n")
    assert article.aliases == ("/old/path/", "/articles/old-slug/", "/articles/Old-Name/")


STEPS = [
    *("/%2e%2e/x", "/a/.%2E/x", "/%252e%252e/x", "/%25252E./x", "/a/%2e/x", "/./x", "/a/.."),
    *("/a%2f..%2fx", "/%2Fevil.example/", "/%5c%5cx", "/a%0ab", "/a%250d%250ab", "/%00"),
]


@pytest.mark.parametrize(
    "alias", ["//evil.example/", "/a?b", "/a#b", "/../a", "/a b", "/a\\\\b", *STEPS]
)
def test_an_alias_that_is_no_path_is_left_out(desk: Any, alias: str) -> None:
    article, problems = desk.outcome(f'aliases: ["{alias}", /good/]\n')
    assert article.aliases == ("/good/",)
    assert problems[0].startswith("warning[article/aliases]")


def test_lines_of_body_links_count_in_the_file(desk: Any) -> None:
    article = desk.read("slug: s\nguid: g\n", "One.\n\nTwo [b](b.md).\n")
    assert [(x.target, x.line) for x in article.links] == [("2024/b.md", 9)]
    assert (article.slug_line, article.guid_line) == (4, 5)


def test_faults_of_matter_and_body_come_together(desk: Any) -> None:
    article, problems = desk.outcome("quality: lots\n", ">" * 60 + " deep\n")
    assert article is None
    assert [p.split("]")[0] for p in problems] == ["error[article/quality", "error[article/body"]
    assert problems[1] == (
        "error[article/body] the body is nested more than 49 deep\n"
        "  --> content/2024/a.md:6\n"
        f"    6 | {'>' * 60} deep\n"
        "help: take out some of the lists or quotes"
    )


def test_nothing_secured_is_carried(desk: Any) -> None:
    assert "zzz" not in repr(desk.read("secured: zzz\nfeaturedContent: zzz\n", "Body.\n"))


def test_an_archived_copy_is_the_last_source(desk: Any) -> None:
    copy = "https://web.archive.org/web/2026/https://a.example/b"
    named = "sources: [{name: An agency, url: 'https://agency.example/1'}]\n"
    article = desk.read(f"{named}archive: {copy}\n", "Text.\n")
    assert [(s.name, s.url) for s in article.sources] == [
        ("An agency", "https://agency.example/1"), ("web.archive.org", copy),
    ]  # fmt: skip
    twice = f"sources: [{{name: A copy, url: '{copy}'}}]\narchive: {copy}\n"
    assert [s.name for s in desk.read(twice, "Text.\n").sources] == ["A copy"]
