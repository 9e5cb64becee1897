"""A digest of whole issues on Pelican, moved in: addresses, ids, text, order, cards."""

import re
import shutil
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from site_gen.formats.feeds.churn import find_churn
from site_gen.importers.bodies import link_cards

LINK = re.compile(r"\]\((https?://[^\s()]+(?:\([^\s()]*\)[^\s()]*)*)")
AFTER = datetime(2026, 11, 27, tzinfo=UTC)
CONFIG = """
SITENAME = "Weekly"
SITEURL = "https://this-week-in-rust.org"
TIMEZONE = "America/New_York"
DEFAULT_LANG = "en"
PATH = "content"
ARTICLE_URL = "blog/{date:%Y}/{date:%m}/{date:%d}/{slug}/"
PAGE_URL = "pages/{slug}/"
CATEGORY_URL = "categories/{slug}/"
FEED_ATOM = "atom.xml"
FEED_RSS = "rss.xml"
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
TRANSLATION_FEED_ATOM = None
FEED_MAX_ITEMS = 4
"""


@pytest.fixture
def twir(shared: Path) -> Path:
    folder = shared / "corpora" / "twir"
    if not folder.is_dir():
        pytest.skip(f"{folder} is not there")
    return folder


@pytest.fixture
def issues(twir: Path, old: Path) -> list[Path]:
    """The issues as Pelican's folder has them, the newest last."""
    (old / "content" / "pages").mkdir(parents=True)
    (old / "pelicanconf.py").write_text(CONFIG, "utf-8")
    shutil.copy(twir / "pages-privacy-policy.md", old / "content" / "pages" / "privacy-policy.md")
    files = sorted(twir.glob("20*.md"))
    for path in files:
        shutil.copy(path, old / "content")
    return files


def expected(twir: Path) -> dict[str, str]:
    rows = (twir / "expected-urls.tsv").read_text("utf-8").splitlines()
    return dict(row.split("\t") for row in rows)


def test_every_issue_is_an_edition_at_its_address(
    move: Any, site: Any, twir: Path, issues: list[Path]
) -> None:
    outcome = move("pelican")
    assert outcome.lost == []
    assert outcome.quarantined == []
    assert site.build(now=AFTER).ok
    addresses = expected(twir)
    assert len(addresses) == len(issues) == 59
    assert [a for a in addresses.values() if not site.has(f"{a.strip('/')}/index.html")] == []
    newest = sorted(addresses.values())[-4:]
    for feed in ("atom.xml", "rss.xml"):
        ids = re.findall(r">(tag:this-week-in-rust\.org,\d{4}-\d\d-\d\d:[^<]+)<", site.page(feed))
        wanted = [f"tag:this-week-in-rust.org,{'-'.join(a.split('/')[2:5])}:{a}" for a in newest]
        assert sorted(set(ids)) == sorted(wanted)


def test_no_entry_of_the_old_feed_is_announced_again(
    move: Any, site: Any, twir: Path, issues: list[Path], tmp_path: Path
) -> None:
    newest = sorted(expected(twir).values())[-4:]
    rows = "".join(
        f"<item><title>{n}</title><link>https://this-week-in-rust.org{address}</link>"
        f"<guid>old-{n}</guid><pubDate>Wed, 29 Jul 2026 00:00:00 -0400</pubDate></item>"
        for n, address in enumerate(newest)
    )
    feed = tmp_path / "old.xml"
    feed.write_text(f'<rss version="2.0"><channel><title>W</title>{rows}</channel></rss>')
    outcome = move("pelican", feed=feed)
    assert outcome.feed is not None
    assert outcome.feed.taken == outcome.feed.total == 4
    assert site.build(now=AFTER).ok
    assert find_churn(feed.read_bytes(), (site.root / "public" / "rss.xml").read_bytes()) == []


def test_an_issue_is_whole_in_page_feed_and_letter(
    move: Any, site: Any, issues: list[Path]
) -> None:
    move("pelican")
    site.build(now=AFTER)
    source = issues[-1].read_text("utf-8")
    plain = re.sub(r"<!--.*?-->", "", source, flags=re.DOTALL)
    heads = [h.strip() for h in re.findall(r"^#{2,4} ([^\[\n#]+)$", plain, re.MULTILINE)]
    assert len(heads) > 10
    number = re.search(r"^Number: (\d+)", source, re.MULTILINE)
    assert number
    folder = next(p for p in site.tree() if p.endswith(f"-{number[1]}/index.html"))
    letter = site.page(folder.replace("index.html", "email.txt"))
    for shown in (site.page(folder), site.page("atom.xml"), letter):
        text, at = unescape(unescape(shown)).casefold(), -1
        for head in heads:
            at = text.find(head.casefold(), at + 1)
            assert at > 0, head


def test_no_link_is_lost_to_cards(issues: list[Path]) -> None:
    for path in issues:
        body = path.read_text("utf-8").partition("\n\n")[2]
        made = link_cards.split(body)
        assert len(made.cards) > 40
        kept = [card.url for card in made.cards] + LINK.findall(made.text)
        assert sorted(LINK.findall(body)) == sorted(kept), path.name


def test_with_cards_the_page_has_every_link(
    move: Any, site: Any, old: Path, issues: list[Path]
) -> None:
    for path in issues[:-1]:
        (old / "content" / path.name).unlink()
    outcome = move("pelican", cards=True)
    assert outcome.cards > 40
    assert site.build(now=AFTER).ok
    source = re.sub(r"<!--.*?-->", "", issues[-1].read_text("utf-8"), flags=re.DOTALL)
    page = next(site.page(p) for p in site.tree() if re.search(r"blog/.*/index\.html$", p))
    hrefs = {unescape(h) for h in re.findall(r'href="([^"]+)"', page)}
    own = "https://this-week-in-rust.org"
    wanted = [url.removeprefix(own) for url in LINK.findall(source)]
    assert [url for url in wanted if url not in hrefs and url.rstrip("/") not in hrefs] == []
    made = link_cards.split(issues[-1].read_text("utf-8").partition("\n\n")[2])
    text = unescape(page)
    order = [text.rfind(f">{card.title}<") for card in made.cards]
    assert [card.title for card, at in zip(made.cards, order, strict=True) if at < 0] == []
    assert order == sorted(order)
