"""What the preview's panel is told of the edition that goes out next."""

import json
import os
from typing import Any

import pytest

from site_gen import settings as settings_room
from site_gen.check import open_edition
from site_gen.cli.hints import Hints
from site_gen.engine.build import build
from site_gen.engine.cache.in_process import Kept
from site_gen.engine.report import Options
from site_gen.engine.site import GiveWay, Viewer
from site_gen.query import contents_of
from tests.check.conftest import NOW

OPTIONS = Options(now=NOW, base_url="http://127.0.0.1:8000", drafts=True, future=True, jobs=1,
                  preview=True)  # fmt: skip


class Preview:
    """A preview without its server: builds, and what its panel shows after each."""

    def __init__(self, site: Any) -> None:
        self.site, self.kept = site, Kept()
        self.hints = Hints(site.root, self.kept)
        self.newer = False

    def save(self) -> Any:
        viewer = Viewer(lambda report: None)
        report = build(self.site.root, OPTIONS, viewer=viewer, kept=self.kept)
        return self.hints(OPTIONS, report, lambda: self.newer)


@pytest.fixture
def preview(site: Any) -> Preview:
    for name, day in (("a", "2026-03-04"), ("b", "2026-03-03"), ("old", "2026-01-07")):
        site.article(name, publishedDateTime=f"{day}T07:30:00Z")
        os.utime(site.root / f"content/{name}.md", ns=(1_700_000_000 * 10**9,) * 2)
    site.put("content/editions/2026-W10.md", "---\ntitle: The week\nlead: a\n---\n\nText.\n")
    return Preview(site)


def said(hints: Any) -> list[tuple[str, str, int]]:
    return [(f["code"], f["path"], f["line"]) for f in hints["findings"]]


def test_a_save_brings_its_hints_and_takes_them_away(site: Any, preview: Preview) -> None:
    first = preview.save()
    assert (first["edition"], first["told"], first["more"]) == ("2026-W10", "nothing to mend", 0)
    assert first["summary"][0].startswith("2026-W10, open: 2 stories")
    site.article("a", "See [it](/nowhere/) or [that](nowhere.md).", title="Cut off...")
    assert said(preview.save()) == [
        ("link/nowhere", "content/a.md", 7),
        ("text/truncated-title", "content/a.md", 2),
        ("links/dead", "content/a.md", 7),
    ]
    json.dumps(preview.save())
    site.article("a")
    assert preview.save() == first


def test_nothing_built_or_broken_or_waiting(site: Any, preview: Preview) -> None:
    first = preview.save()
    again = Preview(site)
    assert again.save() == first  # nothing was to be built
    site.article("a", title="Cut off...")
    preview.newer = True
    assert preview.save() == first
    preview.newer = False
    site.article("b", quality="lots")
    assert preview.save() == first
    site.article("b")
    assert said(preview.save()) == [("text/truncated-title", "content/a.md", 2)]
    site.put("site.toml", "title = 5")
    assert preview.hints(OPTIONS, build(site.root, OPTIONS), lambda: False) == preview.hints._last


def test_no_edition_is_open(site: Any) -> None:
    assert Preview(site).save() is None


def test_a_fault_of_a_rule_ends_no_preview(
    preview: Preview, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*given: Any) -> Any:
        raise ZeroDivisionError("oops")

    monkeypatch.setattr("site_gen.check.open_edition.hints", broken)
    assert said(preview.save()) == [("check/crash", "", 0)]


def test_the_panel_and_the_command_share_what_they_found(site: Any, preview: Preview) -> None:
    preview.save()
    assert site.check().read == 0


def test_it_gives_way_before_each_file(site: Any, preview: Preview) -> None:
    preview.save()
    (site.root / ".site_gen/check.sqlite").unlink()
    asked = []

    def pause() -> None:
        asked.append(1)
        if len(asked) > 2:
            raise GiveWay

    own = settings_room.load(site.root).settings
    assert own is not None
    with pytest.raises(GiveWay):
        open_edition.hints(site.root, own, contents_of(site.root, OPTIONS), NOW, pause)
    assert site.check().read == 2  # two of four were read before, and kept


def test_many_hints_are_counted(site: Any, preview: Preview, monkeypatch: Any) -> None:
    monkeypatch.setattr(open_edition, "MOST", 2)
    site.article("a", "[x]()\n\n[y]()\n\n[z]()")
    found = preview.save()
    assert (found["told"], found["more"], len(found["findings"])) == ("3 errors", 1, 2)
