"""`_headers`: policy per path, caching, types; right whether a host joins values or overrides."""

import re
from typing import Any

import pytest

from site_gen.formats.deploy import headers
from site_gen.formats.feeds import atom, json_feed, rss
from site_gen.model import Page
from site_gen.settings.tables import ImageSettings

PATHS = {
    "index.html": "edition",
    "404.html": "404",
    "about/index.html": "page",
    "articles/a/index.html": "article",
    "editions/index.html": "archive",
    "editions/2024-W07/index.html": "edition",
    "editions/2024-W07/email.html": "email",
    "editions/2024-W07/email.txt": "email",
    "editions/2024-W07/2024-W07.epub": "epub",
    "assets/style.0123abcd.css": "asset",
    "search/index.html": "search",
    "api/news/index.json": "api",
}
Rules = list[tuple[str, dict[str, str]]]


def planned(desk: Any) -> list[Page]:
    pages = [Page(path=path, format="html", kind=kind) for path, kind in PATHS.items()]
    for module in (rss, atom, json_feed):
        pages += desk.pages(module)
    return pages


def rules(desk: Any) -> Rules:
    (page,) = desk.pages(headers, desk.catalog(), planned(desk))
    found: Rules = []
    for line in bytes(desk.render(headers, page)).decode().splitlines():
        if line.startswith("/"):
            found.append((line, {}))
        elif line:
            name, _, value = line.strip().partition(": ")
            assert name not in found[-1][1]
            found[-1][1][name] = value
    return found


def matching(found: Rules, path: str) -> Rules:
    def expression(pattern: str) -> str:
        named = re.sub(r":\w+", "[^/]+", re.escape(pattern).replace(r"\*", ".*"))
        return named.replace(r"\:", ":")

    return [
        (p, h) for p, h in found if re.fullmatch(expression(p).replace(":edition", "[^/]+"), path)
    ]


def last_wins(found: Rules, path: str) -> dict[str, str]:
    merged: dict[str, str] = {}
    for _, facts in matching(found, path):
        merged |= facts
    return merged


def values(found: Rules, path: str, name: str) -> list[str]:
    return [facts[name] for _, facts in matching(found, path) if name in facts]


def urls() -> list[str]:
    return ["/" + path.removesuffix("index.html") for path in PATHS]


def test_no_script_anywhere_but_on_search(week_desk: Any) -> None:
    found = rules(week_desk)
    for url in urls():
        if url.startswith(("/assets/", "/search/")) or url.endswith((".epub", ".txt")):
            continue
        assert "script-src 'none'" in last_wins(found, url)["Content-Security-Policy"], url
    assert "script-src 'self';" in last_wins(found, "/search/")["Content-Security-Policy"]


def test_without_search_no_policy_allows_script(week_desk: Any) -> None:
    week_desk.set(formats=("html", "headers", "rss"))
    pages = [p for p in planned(week_desk) if p.kind != "search"]
    (page,) = week_desk.pages(headers, week_desk.catalog(), pages)
    text = bytes(week_desk.render(headers, page)).decode()
    assert "script-src 'self'" not in text
    assert "unsafe-inline" not in text.partition("\n\n")[0]


def test_the_policy_is_closed_by_default(week_desk: Any) -> None:
    for _, facts in rules(week_desk):
        if "Content-Security-Policy" in facts:
            policy = facts["Content-Security-Policy"]
            assert policy.startswith("default-src 'none'; ")
            assert "frame-ancestors 'none'" in policy
            assert "base-uri 'none'" in policy
            assert "unsafe-eval" not in policy


def test_inline_styles_only_in_the_email(week_desk: Any) -> None:
    found = rules(week_desk)
    for url in urls():
        policy = last_wins(found, url)["Content-Security-Policy"]
        specific = len(values(found, url, "Content-Security-Policy")) > 1
        if specific:
            assert ("unsafe-inline" in policy) == url.endswith("/email.html"), url


def test_remote_pictures_follow_the_setting(week_desk: Any) -> None:
    found = rules(week_desk)
    assert "img-src 'self' https:;" in last_wins(found, "/")["Content-Security-Policy"]
    week_desk.set(images=ImageSettings(remote="off"))
    assert all("https:" not in str(facts) for _, facts in rules(week_desk))


def test_joined_values_are_as_good_as_the_last(week_desk: Any) -> None:
    """A host that joins enforces both policies: the general one must allow what a page needs."""
    found = rules(week_desk)
    general = found[0][1]["Content-Security-Policy"]
    for url in urls():
        for policy in values(found, url, "Content-Security-Policy"):
            for directive in policy.split("; "):
                name, _, sources = directive.partition(" ")
                allowed = next((d for d in general.split("; ") if d.startswith(name + " ")), "")
                if sources != "'none'":
                    assert set(sources.split()) <= set(allowed.split()), (url, directive)


def test_single_valued_headers_are_set_once_a_path(week_desk: Any) -> None:
    found = rules(week_desk)
    feeds = ["/feed.xml", "/editions/feed.json", "/topics/ai/atom.xml", "/feeds.opml"]
    for url in urls() + feeds:
        for name in ("Cache-Control", "Content-Type"):
            assert len(set(values(found, url, name))) <= 1, (url, name)
            assert len(values(found, url, name)) <= 1, (url, name)


def test_caching(week_desk: Any) -> None:
    found = rules(week_desk)
    asset = last_wins(found, "/assets/style.0123abcd.css")
    assert asset["Cache-Control"] == "public, max-age=31536000, immutable"
    for url in ("/", "/about/", "/articles/a/", "/editions/2024-W07/", "/feed.xml",
                "/topics/ai/feed.json", "/api/news/index.json", "/404.html"):  # fmt: skip
        assert last_wins(found, url)["Cache-Control"] == "public, max-age=0, must-revalidate", url


@pytest.mark.parametrize("url", ["/", "/404.html", "/nowhere/at/all", "/feed.xml", "/assets/x.css"])
def test_general_headers_reach_every_path(week_desk: Any, url: str) -> None:
    facts = last_wins(rules(week_desk), url)
    assert facts["X-Content-Type-Options"] == "nosniff"
    assert facts["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert "camera=()" in facts["Permissions-Policy"]
    assert "frame-ancestors 'none'" in facts["Content-Security-Policy"]
    assert "X-Robots-Tag" not in facts


def test_previews_are_not_indexed(week_desk: Any) -> None:
    week_desk.set(noindex=True)
    assert last_wins(rules(week_desk), "/anything/")["X-Robots-Tag"] == "noindex"


def test_feed_types_have_a_charset(week_desk: Any) -> None:
    found = rules(week_desk)
    kinds = {
        "/feed.xml": "application/rss+xml; charset=utf-8",
        "/editions/atom.xml": "application/atom+xml; charset=utf-8",
        "/editions/feed.json": "application/feed+json; charset=utf-8",
        "/providers/wire.example/feed.xml": "application/rss+xml; charset=utf-8",
        "/feeds.opml": "text/x-opml; charset=utf-8",
    }
    for url, kind in kinds.items():
        assert last_wins(found, url)["Content-Type"] == kind


def test_a_feed_that_is_off_leaves_no_rule(week_desk: Any) -> None:
    week_desk.set(formats=("html", "headers", "rss", "opml"))
    pages = [p for p in planned(week_desk) if p.format not in ("atom", "json_feed")]
    (page,) = week_desk.pages(headers, week_desk.catalog(), pages)
    text = bytes(week_desk.render(headers, page)).decode()
    assert "atom" not in text
    assert "feed.json" not in text


def test_a_pattern_stands_once(week_desk: Any) -> None:
    patterns = [pattern for pattern, _ in rules(week_desk)]
    assert len(set(patterns)) == len(patterns)


def test_the_general_rule_comes_first_and_the_root_is_kept(week_desk: Any) -> None:
    week_desk.set(base_url="https://host.example/digest")
    found = rules(week_desk)
    assert found[0][0] == "/digest/*"
    assert all(pattern.startswith("/digest/") for pattern, _ in found)


def test_rules_do_not_grow_with_the_site(week_desk: Any) -> None:
    few = rules(week_desk)
    more = planned(week_desk)
    for week in range(2, 30):
        card = week_desk.add(f"a-{week}", weeks=week)
        for path in (f"editions/{card.edition}/", f"articles/a-{week}/"):
            more.append(Page(path=f"{path}index.html", format="html", kind="x"))
        more.append(Page(path=f"editions/{card.edition}/email.html", format="email", kind="email"))
    (page,) = week_desk.pages(headers, week_desk.catalog(), more)
    assert bytes(week_desk.render(headers, page)).count(b"\n/") == len(few) - 1
