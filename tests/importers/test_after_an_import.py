"""Right after an import: what the old feed tells, a silent check, a list of all drafts."""

from pathlib import Path
from typing import Any

from click.testing import CliRunner

from site_gen.cli.main import group
from site_gen.importers import report

POSTS = """
-- posts.csv --
post_id,post_date,is_published,type,audience,title
1.fog,2024-03-01T05:00:00Z,true,newsletter,everyone,Fog
2.ice,2024-03-08T05:00:00Z,true,newsletter,only_paid,Ice
3.sun,2024-03-15T05:00:00Z,true,newsletter,everyone,Sun
-- posts/1.fog.html --
<p>The pier was closed on Friday.</p>
-- posts/2.ice.html --
<p>For some.</p>
-- posts/3.sun.html --
<p>After <a href="{home}/p/fog?utm_source=x">the fog</a> came a dry week.</p>
"""
FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>Quay Notes</title>
<description>Letters from the quay</description><link>{home}</link><language>de</language>
<item><title>Fog</title><link>{home}/p/fog</link><guid>77</guid></item></channel></rss>"""


def moved(move: Any, put: Any, tmp_path: Path, home: str) -> Any:
    put(POSTS.format(home=home))
    feed = tmp_path / "old.xml"
    feed.write_text(FEED.format(home=home))
    return move("substack", feed=feed)


def test_the_feed_tells_what_the_export_does_not(
    move: Any, put: Any, site: Any, tmp_path: Path
) -> None:
    outcome = moved(move, put, tmp_path, "https://quay.example")
    settings = (site.root / "site.toml").read_text()
    for line in ('title = "Quay Notes"', 'language = "de"', 'base_url = "https://quay.example"',
                 'description = "Letters from the quay"'):  # fmt: skip
        assert line in settings
    assert "[the fog](/p/fog/)" in site.tree("content")["editions/sun.md"].decode()
    assert "Set `title`" not in report.markdown(outcome)


def test_a_service_s_own_address_is_not_the_new_site_s(
    move: Any, put: Any, site: Any, tmp_path: Path
) -> None:
    moved(move, put, tmp_path, "https://quay.substack.com")
    assert 'base_url = ""' in (site.root / "site.toml").read_text()
    assert "[the fog](/p/fog/)" in site.tree("content")["editions/sun.md"].decode()


def run(site: Any, *words: str) -> Any:
    return CliRunner().invoke(group, ["-C", str(site.root), *words])


def test_a_fresh_import_is_checked_in_silence(
    move: Any, put: Any, site: Any, tmp_path: Path
) -> None:
    """Drafts among the issues are shown to a check; the numbers that readers know stay theirs."""
    moved(move, put, tmp_path, "https://quay.example")
    assert run(site, "build").output.count("warning") == 0
    said = run(site, "check")
    assert said.output.strip() == ""
    assert said.exit_code == 0
    assert run(site, "build", "-D").output.count("becomes No.") == 0
    assert run(site, "build").output.count("becomes No.") == 0


def test_drafts_of_every_kind_are_listed(move: Any, put: Any, site: Any, tmp_path: Path) -> None:
    moved(move, put, tmp_path, "https://quay.example")
    site.put("content/pages/team.md", b"---\ntitle: Team\ndraft: true\n---\nx\n")
    article = b"---\ntitle: Old\npublishedDateTime: 2024-03-02\npublished: false\n---\nx\n"
    site.put("content/old.md", article)
    said = run(site, "list", "drafts").output.splitlines()
    found = {line.split()[-2 - line.endswith("false")]: line for line in said[1:]}
    assert sorted(found) == ["content/editions/ice.md", "content/old.md", "content/pages/team.md"]
    assert found["content/old.md"].endswith("published: false")
