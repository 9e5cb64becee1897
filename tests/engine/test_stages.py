"""How much each kind of edit makes a build do."""

import os
from pathlib import Path
from typing import Any

import pytest

from site_gen.output import publish

FEEDS = {"feed.xml", "atom.xml", "feed.json"}


@pytest.fixture
def built(weekly: Any) -> Any:
    """The whole site, built, its inputs old enough to be believed."""
    weekly.age()
    weekly.good()
    return weekly


def rendered(report: Any) -> set[str]:
    return {each.path for each in report.rendered}


def computed(report: Any) -> set[str]:
    """Pages of topics: the name of what they extend is computed, so any template may be meant."""
    pages = {path for path in rendered(report) if path.startswith("topics/")}
    return {path for path in pages if path.endswith("/index.html")} - {"topics/index.html"}


def counts(report: Any) -> tuple[int, int, int, int]:
    return report.read, len(report.rendered), len(report.written), len(report.removed)


def test_a_first_build_reads_and_renders_each_thing_once(weekly: Any) -> None:
    report = weekly.good()
    assert report.read == len(list((weekly.root / "content").rglob("*.md")))
    assert len(report.rendered) == len(report.written) == report.pages == len(rendered(report))
    assert {each.reasons for each in report.rendered} == {("new",)}
    assert report.removed == ()


def test_nothing_changed_nothing_done(built: Any) -> None:
    report = built.good()
    assert counts(report) == (0, 0, 0, 0)
    assert report.hashed == 0
    assert report.pages > 40


def test_young_files_are_hashed_again_but_not_read(built: Any) -> None:
    """A file from the future is young whenever it is looked at."""
    os.utime(built.root / "content/a.md", (1 << 32, 1 << 32))
    for _ in range(3):
        report = built.good()
        assert counts(report) == (0, 0, 0, 0)
        assert report.hashed == 1


def test_a_touch_renders_nothing(built: Any) -> None:
    (built.root / "content/a.md").touch()
    report = built.good()
    assert counts(report) == (0, 0, 0, 0)
    assert report.hashed >= 1


def test_a_comment_in_the_front_matter_renders_nothing(built: Any) -> None:
    built.edit("content/a.md", "---\ntitle", "---\n# looked at\ntitle")
    assert counts(built.good()) == (1, 0, 0, 0)


def test_a_body_renders_its_article_and_what_carries_bodies(built: Any) -> None:
    built.edit("content/a.md", "at nine", "at ten")
    report = built.good()
    assert report.read == 1
    assert set(report.written) == rendered(report)
    html = {path for path in rendered(report) if path.endswith(".html")}
    assert html - {"editions/2024-W07/email.html"} == {"articles/a/index.html"}
    others = {p for p in rendered(report) - html if not p.startswith("editions/2024-W07/")}
    others -= {p for p in others if p.startswith(("api/", "search/"))}
    assert {Path(path).name for path in others} <= FEEDS
    carrying = {p.parent.relative_to(built.public).as_posix()
                for p in built.public.rglob("feed.xml") if "at ten" in p.read_text()}  # fmt: skip
    assert {Path(path).parent.as_posix() for path in others} == carrying


def test_a_title_renders_just_the_pages_that_show_its_card(built: Any) -> None:
    before = built.tree()
    built.edit("content/a.md", "The ferry runs again", "The ferry, once more")
    report = built.good()
    changed = {p for p, data in built.tree().items() if before[p] != data}
    assert report.read == 1
    assert changed == set(report.written)
    pages = {p for p in rendered(report) if p.endswith("index.html")}
    shown = {p for p in changed if p.endswith("index.html")}
    assert {"articles/a/index.html", "editions/2024-W07/index.html"} <= shown
    assert pages - shown == set()
    # c is a later article on the same topic: its page names a among what is older.
    assert not {p for p in pages if "/d/" in p or "W08" in p or "tides" in p}


def test_an_edition_template_renders_the_editions(built: Any) -> None:
    built.put(
        "themes/weekly/templates/edition.html",
        "{% extends 'parent:edition.html' %}\n{% block footer %}<p>Foot.</p>{% endblock %}\n",
    )
    report = built.good()
    assert report.read == 0
    found = rendered(report) - computed(report)
    assert found == {f"editions/2024-W0{week}/index.html" for week in (7, 8, 9)}
    assert found == set(report.written)
    assert {each.reasons for each in report.rendered} == {("template",)}


def test_a_colour_renders_one_asset_and_the_pages_that_name_it(built: Any) -> None:
    """`lamp.svg` is named by the article pages, and by a computed name nowhere."""
    built.put("themes/weekly/assets/lamp.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>\n")
    report = built.good()
    articles = {f"articles/{name}/index.html" for name in "abcd"}
    asset = {p for p in rendered(report) if p.startswith("assets/lamp.")}
    assert len(asset) == 1
    assert rendered(report) == articles | computed(report) | asset
    assert set(report.written) == articles | asset
    assert [p.startswith("assets/lamp.") for p in report.removed] == [True]


def test_the_edition_note_renders_its_edition(built: Any) -> None:
    built.edit("content/editions/2024-W07.md", "*moving*", "*floating*")
    report = built.good()
    assert report.read == 1
    pages = {path for path in rendered(report) if path.endswith("index.html")}
    assert pages == {"editions/2024-W07/index.html"}


def test_a_picture_renders_its_copy_and_the_pages_that_show_it(built: Any) -> None:
    (built.root / "content/deck.png").write_bytes(b"another picture")
    report = built.good()
    assert report.read == 0
    pages = {p for p in rendered(report) if p.endswith("index.html")}
    assert pages == {"articles/a/index.html"}
    assert any(p.startswith("assets/deck.") for p in report.written)


def test_an_edited_output_is_repaired_and_no_more(built: Any) -> None:
    wanted = built.tree()
    (built.public / "index.html").write_text("edited")
    report = built.good()
    assert counts(report) == (0, 1, 1, 0)
    assert report.rendered[0].reasons == ("the file in the output changed",)
    assert built.tree() == wanted


def test_a_lost_memo_writes_nothing(built: Any) -> None:
    wanted = built.tree()
    (built.root / ".site_gen/memo.sqlite").unlink()
    report = built.good()
    assert report.read > 0
    assert report.rendered
    assert (report.written, report.removed) == ((), ())
    assert built.tree() == wanted


def test_time_moves_only_what_it_decides(built: Any) -> None:
    built.now = built.now.replace(month=6, day=2)
    assert counts(built.good()) == (0, 0, 0, 0)
    built.now = built.now.replace(day=10)
    report = built.good()
    assert report.read == 0
    assert "articles/d/index.html" in report.removed
    assert "articles/a/index.html" not in rendered(report)


def test_the_memo_is_asked_for_nothing_between_two_outputs(built: Any, tmp_path: Path) -> None:
    wanted = built.tree()
    report = built.good(output=tmp_path / "other")
    assert report.read == 0
    assert len(report.written) == report.pages
    assert counts(built.good()) == (0, 0, 0, 0)
    assert built.tree() == wanted


def test_what_is_not_due_is_not_noindex(built: Any, engines: Any) -> None:
    """Options that change a byte are never taken for settled."""
    wanted = built.tree()
    built.good(noindex=True)
    assert built.tree() != wanted
    built.good()
    assert engines.differing(built.tree(), wanted) == []


def test_all_problems_of_a_stage_are_said_and_the_last_site_stays(built: Any) -> None:
    wanted = built.tree()
    built.put("content/x.md", "no front matter")
    built.put("content/y.md", "---\ntitle: [\n---\n")
    report = built.build()
    assert not report.ok
    named = {p.where.path for p in report.problems if p.severity == "error"}
    assert named == {"content/x.md", "content/y.md"}
    assert built.tree() == wanted
    # Known faults are said again without reading anything.
    again = built.build()
    assert again.problems == report.problems
    assert again.read == 0
    going = built.build(keep_going=True)
    assert not going.ok
    assert built.tree() == wanted


def test_a_file_that_could_not_be_read_is_tried_again(
    built: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rights that were given back leave the stamp as it was."""
    wanted = built.tree()
    real = os.open

    def refuse(path: Any, *rest: Any) -> Any:
        if str(path).endswith("content/a.md"):
            raise PermissionError(13, "Permission denied")
        return real(path, *rest)

    built.edit("content/a.md", "at nine", "at ten")
    built.age()
    with monkeypatch.context() as patch:
        patch.setattr(os, "open", refuse)
        report = built.build()
        assert [p.code for p in report.problems if p.severity == "error"] == ["article/unreadable"]
        assert built.tree() == wanted
    assert "articles/a/index.html" in rendered(built.good())


@pytest.mark.parametrize("share", [0, 10**9])
def test_both_ways_give_the_same(
    built: Any, tmp_path: Path, share: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publish, "SWAP_SHARE", share)
    built.edit("content/a.md", "The ferry runs again", "The ferry, once more")
    (built.root / "content/c.md").unlink()
    built.good()
    assert built.tree() == built.clean(tmp_path / "clean")
