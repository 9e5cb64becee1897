"""The wrong folder is refused before anything is written; what cannot be read is laid aside."""

from typing import Any

import pytest
from click.testing import CliRunner

from site_gen.cli.main import group
from site_gen.importers import report
from site_gen.importers.signatures import MARKS
from site_gen.problems import SiteError

POST = "---\ntitle: Fog\ndate: 2024-03-04\n---\nWords.\n"
BROKEN = '---\nlayout: post\ntitle: "Fog\ndate: 2024-03-04\n---\nWords.\n'


@pytest.mark.parametrize("kind", MARKS)
def test_a_folder_without_the_mark_of_its_kind(kind: str, move: Any, site: Any, put: Any) -> None:
    put(f"-- a.md --\n{POST}")
    with pytest.raises(SiteError) as caught:
        move(kind)
    message = caught.value.problems[0].message
    assert message.startswith(f"no {MARKS[kind][0]} in ")
    assert message.endswith(f" {kind.capitalize()} site?")
    assert list(site.root.iterdir()) == []


@pytest.mark.parametrize("kind", MARKS)
def test_the_mark_of_another_kind_is_named(kind: str, move: Any, put: Any) -> None:
    put(f"-- {MARKS[kind][0]} --\n\n-- a.md --\n{POST}")
    other = "hugo" if kind != "hugo" else "jekyll"
    with pytest.raises(SiteError, match=f"It looks like {kind}"):
        move(other)


def test_any_folder_is_markdown(move: Any, put: Any) -> None:
    put(f"-- hugo.toml --\n\n-- a.md --\n{POST}")
    assert len(move("markdown").places.placed) == 1


@pytest.mark.parametrize("place", [".", "..", "inner"])
def test_the_site_itself_around_it_and_within_it(place: str, move: Any, site: Any) -> None:
    site.put("inner/a.md", POST.encode())
    before = site.tree(".")
    with pytest.raises(SiteError) as caught:
        move("markdown", source=(site.root / place).resolve())
    assert caught.value.problems[0].code == "import/own-folder"
    assert site.tree(".") == before


def test_what_cannot_be_read_lies_in_quarantine(move: Any, site: Any, put: Any, old: Any) -> None:
    put(f"-- _config.yml --\ntitle: T\n-- _posts/2024-03-04-fog.md --\n{BROKEN}")
    outcome = move("jekyll")
    (row,) = outcome.quarantined
    assert not outcome.ok
    assert row.path == ".site_gen/quarantine/posts/2024-03-04-fog.md"
    assert (site.root / row.path).read_text("utf-8") == BROKEN
    assert "line 3: " in row.reasons[0]
    assert f"- {row.path}: line 3: " in report.markdown(outcome)
    assert any(
        line.startswith("Not taken in: _posts/2024-03-04-fog.md (line 3: ")
        for line in report.summary(outcome)
    )
    (old / "_posts/2024-03-04-fog.md").write_text(POST, "utf-8")
    assert move("jekyll").quarantined == []
    assert not (site.root / row.path).exists()


def test_the_line_of_a_toml_head(move: Any, put: Any) -> None:
    put('-- hugo.toml --\n\n-- content/a.md --\n+++\ntitle = "Fog"\ndate = nine\n+++\nWords.\n')
    (row,) = move("hugo").quarantined
    assert row.reasons[0].startswith("line 3: ")
    assert "line 2" not in row.reasons[0]


def test_what_an_editor_mended_in_quarantine_stays(move: Any, site: Any, put: Any) -> None:
    put(f"-- a.md --\n{BROKEN}")
    (row,) = move("markdown").quarantined
    (site.root / row.path).write_text(POST, "utf-8")
    move("markdown")
    assert (site.root / row.path).read_text("utf-8") == POST


def test_the_words_of_the_report(move: Any, put: Any) -> None:
    put(f"-- _config.yml --\ntitle: T\n-- _posts/2024-03-04-fog.md --\n{POST}")
    put("-- a.md --\n---\ntitle: A\nlayout: page\npermalink: /a/\n---\nWords.\n")
    said = report.markdown(move("jekyll"))
    assert "permalink (its old address: see Addresses)" in said
    assert "layout (for the old system's templates)" in said


def test_one_is_counted_as_one(site: Any, put: Any, old: Any) -> None:
    put("-- hugo.toml --\ntitle = 'A'\n")
    run = CliRunner().invoke
    args = ["-C", str(site.root), "import", "hugo", str(old), "--now", "2024-06-01"]
    assert run(group, args).output.startswith("Nothing came: no post and no page was found.\n")
    put("-- hugo.toml --\ntitle = 'B'\n")
    assert "Files: 1 new version." in run(group, args).output
