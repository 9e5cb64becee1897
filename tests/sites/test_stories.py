"""Stories of a whole site: proposed, accepted, shown, and followed over the weeks."""

from datetime import UTC, datetime
from typing import Any

from click.testing import CliRunner

from site_gen.cli.main import group as command

SITE = """
-- site.toml --
title = "Quay"
base_url = "https://quay.example"
[feeds]
tag = "quay.example,2026"
-- content/a.md --
---
title: Harbour office loses 4711 files of captains
publishedDateTime: 2026-03-03T10:00:00Z
provider: {name: Alpha}
heat: 3
---
Words.
-- content/b.md --
---\r
title: "4711 captains' files lost at the harbour office"\r
publishedDateTime: 2026-03-03T15:00:00Z\r
provider: {name: Beta}  # as they write it\r
---\r
Words.\r
-- content/c.md --
---
title: Another thing entirely
publishedDateTime: 2026-03-03T15:00:00Z
---
Words.
"""


def run(site: Any, *words: str) -> str:
    asked = ["-C", str(site.root), "stories", *words, "--now", "2026-03-05T12:00:00Z"]
    done = CliRunner().invoke(command, asked)
    assert done.exit_code == 0, done.output
    return done.stdout


def test_proposed_accepted_and_shown(site: Any) -> None:
    site.write(SITE)
    before = {path: (site.root / path).read_bytes() for path in ("content/a.md", "content/b.md")}
    said = run(site)
    assert "content/a.md" in said
    assert "content/b.md" in said
    assert "content/c.md" not in said
    assert "why: titles share 4711" in said
    assert (site.root / "content/a.md").read_bytes() == before["content/a.md"]
    run(site, "--accept")
    line = b'story: "harbour-office-loses-4711-files-of-captains"'
    after = (site.root / "content/b.md").read_bytes()
    assert after == before["content/b.md"].replace(b"it\r\n---", b"it\r\n" + line + b"\r\n---")
    assert run(site) == ""
    site.good(now=datetime(2026, 3, 10, tzinfo=UTC))
    page = site.page("editions/2026-W10/index.html")
    assert "Also covered by" in page
    assert "2 stories" in page
    own = "stories/harbour-office-loses-4711-files-of-captains/index.html"
    assert "captains&#39; files" in site.page(own)


def test_a_story_goes_on_over_the_weeks(site: Any) -> None:
    site.write(SITE)
    for name in ("a", "c"):
        site.edit(f"content/{name}.md", "title", "story: files\ntitle")
    site.edit("content/c.md", "03-03", "03-10")
    now = datetime(2026, 3, 17, tzinfo=UTC)
    site.good(now=now)
    first = site.page("editions/2026-W10/email.txt")
    assert "Earlier: No. 1" in site.page("editions/2026-W11/email.txt")
    assert "Earlier:" in site.page("editions/2026-W11/index.html")
    assert "Earlier:" in site.page("articles/c/index.html")
    assert "Earlier:" not in site.page("articles/a/index.html")
    timeline = site.page("stories/files/index.html")
    assert timeline.index("Another thing entirely") < timeline.rindex("4711 files")
    more = b"---\ntitle: More\nstory: files\npublishedDateTime: 2026-03-17T09:00:00Z\n---\nWords.\n"
    site.put("content/d.md", more)
    site.good(now=datetime(2026, 3, 24, tzinfo=UTC))
    assert "Earlier: No. 1, No. 2" in site.page("editions/2026-W12/email.txt")
    assert site.page("editions/2026-W10/email.txt") == first
