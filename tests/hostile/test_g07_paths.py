"""G7: nothing is written outside the output and `.site_gen/`, nothing read outside the project."""

import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading import NOW

from site_gen.basics import files
from site_gen.engine.build import build
from site_gen.engine.report import Options
from site_gen.output import staging

pytestmark = pytest.mark.any_version

HEAD = "---\ntitle: A\npublishedDateTime: 2024-02-14\n"
SECRET = "SECRET-OF-THE-MACHINE"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site beside a file that is none of its business."""
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside/secret.md").write_text(f"{HEAD}---\n{SECRET}\n")
    root = tmp_path / "site"
    (root / "content/static").mkdir(parents=True)
    (root / "site.toml").write_text('base_url = "https://t.example"\n[feeds]\ntag = "t,2024"\n')
    (root / "content/good.md").write_text(f"{HEAD}---\nFine.\n")
    return root


def outside(root: Path) -> dict[str, bytes]:
    """All that lies beside the site, and in it but for what a build may write."""
    ours = (root / "public", root / ".site_gen")
    found = (p for p in root.parent.rglob("*") if p.is_file() and not p.is_symlink())
    return {str(p): p.read_bytes() for p in found if not any(p.is_relative_to(o) for o in ours)}


def built(root: Path) -> Any:
    """A build that goes on past problems, and changes nothing but its own folders."""
    before = outside(root)
    report = build(root, Options(now=NOW, jobs=1, keep_going=True))
    assert outside(root) == before
    for path in (root / "public").rglob("*"):
        assert not path.is_symlink()
        assert path.is_dir() or SECRET.encode() not in path.read_bytes(), path
    return report


LINKS = (
    "content/evil.md",
    "content/evil",
    "content/static/evil.txt",
    "content/pages",
    "content/editions/2024-W07.md",
    "content/p.png",
    "themes/evil",
    "themes/overrides",
)


@pytest.mark.parametrize("name", LINKS)
def test_g07_a_link_out_is_not_followed(site: Path, name: str) -> None:
    (site / "content/user.md").write_text(f"{HEAD}images: [{{url: p.png}}]\n---\n[x](p.png)\n")
    link = site / name
    link.parent.mkdir(parents=True, exist_ok=True)
    folder = "." not in Path(name).name
    link.symlink_to(site.parent / "outside" / ("" if folder else "secret.md"))
    report = built(site)
    if name.startswith("content"):
        assert f"content/{name.removeprefix('content/')}" in {
            p.where.path for p in report.problems if p.where and p.severity == "error"
        }


@pytest.mark.parametrize("name", ["content/pipe.md", "content/static/pipe", "content/pipe.png"])
def test_g07_a_pipe_is_refused_and_holds_nothing_up(site: Path, name: str) -> None:
    os.mkfifo(site / name)
    report = built(site)
    assert [
        (p.code, p.where.path) for p in report.problems if p.severity == "error" and p.where
    ] == [("file/refused", name)]


@pytest.mark.parametrize(
    "text",
    [
        "[x](../../outside/secret.md)",
        "![x](../../outside/secret.md)",
        "[x](/../outside/secret.md)",
        "[x](%2e%2e/%2e%2e/outside/secret.md)",
        "[x](file:../../outside/secret.md)",
    ],
)
def test_g07_no_reference_reads_outside(site: Path, text: str) -> None:
    (site / "content/bad.md").write_text(f"{HEAD}---\n{text}\n")
    built(site)


@pytest.mark.parametrize("key", ["slug", "aliases", "topics", "guid", "edition", "language"])
@pytest.mark.parametrize("text", ["../../outside/x", "/etc/x", "..", "a/../../../x", "..\\\\x"])
def test_g07_no_name_writes_outside(site: Path, key: str, text: str) -> None:
    (site / "content/bad.md").write_text(f'{HEAD}{key}: "{text}"\n---\n')
    built(site)


@given(
    st.lists(st.sampled_from(["..", ".", "", "/", "a", "\\", "\x00", "con", " ", "a."]), max_size=5)
)
def test_g07_a_path_that_may_be_written_stays_inside(parts: list[str]) -> None:
    path = "/".join(parts)
    if not staging.path_fault(path):
        assert os.path.normpath(f"/out/{path}") == f"/out/{path}"


def test_g07_an_output_that_is_not_ours_is_refused(site: Path) -> None:
    for folder in (site, site.parent, site / "content", Path("/"), Path.home()):
        report = build(site, Options(now=NOW, output=folder))
        assert [p.code for p in report.problems] == ["output/folder"], folder


def test_g07_reading_follows_no_link_and_opens_no_device(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("/etc/passwd")
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "link", tmp_path / "pipe", Path("/dev/zero"), tmp_path):
        with pytest.raises(files.Unreadable):
            files.read_bytes(path)
