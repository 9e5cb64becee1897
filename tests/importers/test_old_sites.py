"""Sites as their own systems build them: no address and no id of a feed's entry is lost.

`old-site.json` is what each system wrote; `record_sites.py` writes it anew.
"""

import json
import re
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import pytest

from site_gen.importers.old_site import Wishes
from site_gen.importers.reading import addresses
from site_gen.importers.run import Outcome, import_site

from .record_sites import entries

SITES = Path(__file__).resolve().parent / "sites"
KINDS = ("jekyll", "hugo", "zola", "nikola", "pelican", "eleventy", "astro")
READ_AS = {"nikola": "markdown"}
NOW = datetime(2024, 6, 1, 12, tzinfo=UTC)
SECRET = re.compile(rb"Not to be seen|For us")
OF_THEME = re.compile(
    r"/theme/|/drafts/|/robots\.txt$|/sitemap(?:index)?\.xml$|/redirects\.json$|/\.nojekyll$"
    r"|/assets/(?:css|js|xml)/|/index\.(?:md|src\.html)$|/letters/(?:not-yet|ours-alone)/$"
)
"""How the old site looked, what every site makes, Pelican's hidden addresses of drafts; Nikola's of
drafts, and the texts that it lays beside its pages."""


class Moved(NamedTuple):
    """A kind, the site it came to, what its own system made of it, and the outcome."""

    kind: str
    site: Any
    old: dict[str, list[Any]]
    outcome: Outcome


@pytest.fixture(params=KINDS)
def moved(request: pytest.FixtureRequest, site: Any, tmp_path: Path) -> Moved:
    folder: str = request.param
    kind = READ_AS.get(folder, folder)
    source = tmp_path / "old"
    shutil.copytree(SITES / folder, source)
    old = json.loads((source / "old-site.json").read_text("utf-8"))
    (source / "old-site.json").unlink()
    outcome = import_site(site.root, source, Wishes(kind=kind), NOW, feed=None, dry=False)
    return Moved(kind, site, old, outcome)


def answered(moved: Moved) -> Iterator[str]:
    """Every address that the new site answers."""
    for path in moved.site.tree():
        yield addresses.same(f"/{path}")
    root = urlsplit(moved.outcome.site.base_url).path
    for rule in moved.site.page("_redirects").splitlines():
        yield addresses.same(rule.split()[0].removeprefix(root))


def test_no_address_and_no_id_is_lost(moved: Moved) -> None:
    assert moved.outcome.lost == []
    assert moved.outcome.quarantined == []
    report = moved.site.build()
    assert report.ok
    assert [p.message for p in report.problems if p.code != "file/assets"] == []
    known = set(answered(moved))
    asked = [address for address in moved.old["addresses"] if not OF_THEME.search(address)]
    lost = [a for a in asked if addresses.same(a) not in known]
    assert not lost, lost
    base = moved.outcome.site.base_url
    pages = {
        base + place.entry.address for place in moved.outcome.places.placed if place.entry.page
    }
    wanted = [entry for entry in moved.old["entries"] if entry[0] not in pages]
    feed = moved.site.root / "public" / moved.outcome.redirects.names["rss"]
    made = entries(feed)  # id, title and date of each
    assert [entry for entry in wanted if entry not in made] == []


def test_what_was_not_public_is_not(moved: Moved) -> None:
    moved.site.build()
    shown = [path for path, data in moved.site.tree().items() if SECRET.search(data)]
    assert shown == []


def test_a_second_import_changes_nothing(moved: Moved, tmp_path: Path) -> None:
    before = moved.site.tree("content")
    source = tmp_path / "old"
    again = import_site(moved.site.root, source, Wishes(kind=moved.kind), NOW, feed=None, dry=False)
    assert {row.status for row in again.rows} == {"unchanged"}
    assert moved.site.tree("content") == before


def test_what_lies_built_beside_is_looked_for(move: Any, put: Any) -> None:
    put(
        "-- _config.yml --\n\n"
        "-- _posts/2024-03-04-a.md --\n---\ntitle: A\ncategories: [Port]\n---\nx\n"
        "-- _site/index.html --\nx\n"
        "-- _site/port/2024/03/04/a.html --\nx\n"
        "-- _site/tagged/port/index.html --\nx\n"
        "-- _site/blog/page/2/index.html --\nx\n"
        "-- _site/own/made.html --\nx\n"
        "-- _site/sitemap_posts.xml --\nx\n"
    )
    outcome = move("jekyll")
    assert outcome.lost == ["/own/made.html"]
    rules = {rule.source: rule.target for rule in outcome.redirects.rules}
    assert rules == {
        "/tagged/port/": "/topics/port/",
        "/blog/page/2/": "/editions/",
    }


@pytest.mark.parametrize(
    ("kind", "settings"),
    [
        ("jekyll", "-- _config.yml --\ndestination: ./web/site\n"),
        ("hugo", '-- hugo.toml --\npublishDir = "web/site"\n'),
        ("zola", '-- config.toml --\nbase_url = "https://a.example"\noutput_dir = "web/site"\n'),
        ("pelican", '-- pelicanconf.py --\nPATH = "content"\nOUTPUT_PATH = "web/site/"\n'),
        ("eleventy", '-- eleventy.config.js --\nexport default { dir: { output: "web/site" } };\n'),
        ("astro", '-- astro.config.mjs --\nexport default { outDir: "./web/site" };\n'),
        ("markdown", '-- conf.py --\nOUTPUT_FOLDER = "web/site"\n-- about.md --\n# About\n'),
        ("markdown", "-- _config.yml --\npublic_dir: web/site\n-- about.md --\n# About\n"),
    ],
)
def test_the_folder_that_settings_name_is_looked_through(
    kind: str, settings: str, move: Any, put: Any
) -> None:
    put(f"{settings}-- web/site/index.html --\nx\n-- web/site/own/made.html --\n<p>x</p>\n")
    outcome = move(kind)
    assert outcome.lost == ["/own/made.html"]
    assert [e for e in outcome.site.entries if e.source.startswith("web/")] == []


def test_a_folder_outside_is_not_looked_into(move: Any, put: Any, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("x", "utf-8")
    (tmp_path / "secret.html").write_text("x", "utf-8")
    put('-- hugo.toml --\npublishDir = "../"\n-- content/a.md --\n---\ntitle: A\n---\nx\n')
    assert move("hugo").lost == []
