"""The two ways into the output folder: what is ours, what is not, and a death in between."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from site_gen.output import publish, staging
from site_gen.output.staging import Staging

pytestmark = pytest.mark.any_version

WAYS = {"swap": 10**9, "rename": 0}


@pytest.fixture(params=sorted(WAYS))
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Both ways of publishing: every build but the first takes the one that is named."""
    monkeypatch.setattr(publish, "SWAP_SHARE", WAYS[request.param])
    yield request.param
    staging.before_operation = lambda what: None


def steps(way: str) -> list[str]:
    """Records the file operations of the builds that follow."""
    done: list[str] = []
    staging.before_operation = done.append
    return done


def add_foreign(public: Path) -> None:
    (public / "mine.txt").write_text("mine")
    (public / "articles/a/mine.txt").write_text("mine too")
    (public / "my/empty/folder").mkdir(parents=True)
    (public / "my/link").symlink_to("/nowhere")
    (public / "linked").symlink_to(public.parent, target_is_directory=True)
    (public / ".nojekyll").touch()


FOREIGN = {
    "mine.txt": b"mine",
    "articles/a/mine.txt": b"mine too",
    "articles/a/": b"",
    "my/": b"",
    "my/empty/": b"",
    "my/empty/folder/": b"",
    "my/link@": b"/nowhere",
    ".nojekyll": b"",
}


def test_the_way_is_the_one_that_is_tested(small: Any, way: str) -> None:
    small.good()
    small.edit("content/a.md", "A plain", "Another")
    done = steps(way)
    small.good()
    assert ("swap" in done) == (way == "swap")


def test_what_is_foreign_stays(small: Any, way: str, tmp_path: Path, engines: Any) -> None:
    small.good()
    add_foreign(small.public)
    wanted = FOREIGN | {"linked@": os.fsencode(small.root)}
    for old, new in (("Title a", "Other"), ("A plain", "Another")):
        small.edit("content/a.md", old, new)
        small.good()
        found = small.tree()
        assert engines.differing(found, {**small.clean(tmp_path / "clean"), **wanted}) == []
    # The article goes, and its folder stays for what is not ours in it.
    (small.root / "content/a.md").unlink()
    small.good()
    assert engines.differing(small.tree(), {**small.clean(tmp_path / "clean"), **wanted}) == []
    assert "mine.txt" not in (small.public / ".site_gen-files").read_text().split("\n")


def test_folders_that_we_emptied_go(small: Any, way: str, tmp_path: Path) -> None:
    small.good()
    (small.root / "content/b.md").unlink()
    small.good()
    assert not (small.public / "articles/b").exists()
    assert not (small.public / "editions/2024-W08").exists()
    assert small.tree() == small.clean(tmp_path / "clean")


@pytest.mark.parametrize("at", ["articles/c/index.html", "articles/c", "articles/c/index.html/"])
def test_a_planned_page_on_a_foreign_file_is_a_problem(small: Any, way: str, at: str) -> None:
    small.good()
    if at.endswith("/"):
        (small.public / at).mkdir(parents=True)
        (small.public / at / "mine").write_text("mine")
    else:
        small.put(f"public/{at}", "mine")
    before = small.tree()
    small.put("content/c.md", small.read("content/a.md").replace("Title a", "Title c"))
    report = small.build()
    assert not report.ok
    (problem,) = [p for p in report.problems if p.severity == "error"]
    assert problem.code == "output/foreign"
    assert "articles/c" in problem.message
    assert small.tree() == before
    assert not (small.root / ".site_gen/stage").exists()


def test_a_link_in_the_output_leads_no_page_outside(small: Any, way: str, tmp_path: Path) -> None:
    small.good()
    outside = tmp_path / "outside"
    outside.mkdir()
    (small.public / "articles/c").symlink_to(outside, target_is_directory=True)
    small.put("content/c.md", small.read("content/a.md").replace("Title a", "Title c"))
    report = small.build()
    assert [p.code for p in report.problems if p.severity == "error"] == ["output/foreign"]
    assert list(outside.iterdir()) == []


@pytest.mark.parametrize("line", ["../kept", "/kept", "linked/kept", "a/../../kept", "linked/../k"])
def test_a_hostile_list_deletes_nothing_outside(small: Any, way: str, line: str) -> None:
    small.good()
    kept = small.root / "kept"
    kept.write_text("kept")
    (small.public / "linked").symlink_to(small.root, target_is_directory=True)
    wanted = small.tree()
    listed = small.public / ".site_gen-files"
    listed.write_text(listed.read_text() + line.replace("/kept", f"{kept}", line == "/kept") + "\n")
    small.good()
    assert kept.read_text() == "kept"
    assert small.tree() == wanted


@pytest.mark.parametrize("plan", [
    '["rename", [], ["linked/kept", "../kept", "mine/../../kept"]]',
    '["rename", ["linked/kept"], []]',
    '["swap", [], [], 5]', "[]", "not JSON", '{"way": 1}', '["rename", 5, null]',
])  # fmt: skip
def test_a_hostile_plan_reaches_nothing_outside(small: Any, plan: str) -> None:
    small.good()
    wanted = small.tree()
    small.put("kept", "kept")
    (small.public / "linked").symlink_to(small.root, target_is_directory=True)
    folder = staging.stage_folder(small.public, small.root / ".site_gen")
    folder.mkdir(parents=True)
    (folder / "plan.json").write_text(plan)
    (folder / "new/linked").mkdir(parents=True)
    (folder / "new/linked/kept").write_text("changed")
    small.good()
    assert small.read("kept") == "kept"
    assert small.tree() == {**wanted, "linked@": os.fsencode(small.root)}
    assert not (small.root / ".site_gen/stage").exists()


@pytest.mark.parametrize("name", [".site_gen", ".site_gen/stage", ".site_gen/clock",
                                  ".site_gen/memo.sqlite", ".site_gen/memo.sqlite-wal",
                                  ".site_gen/lock"])  # fmt: skip
def test_a_link_among_our_own_files_leads_nothing_outside(
    small: Any, tmp_path: Path, name: str
) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "file").write_text("kept")
    link = small.root / name
    link.parent.mkdir(exist_ok=True)
    folder = name in (".site_gen", ".site_gen/stage")
    link.symlink_to(outside if folder else outside / "file", target_is_directory=folder)
    before = os.stat(outside / "file")
    small.build()
    small.build()
    assert os.listdir(outside) == ["file"]
    after = os.stat(outside / "file")
    assert (after.st_size, after.st_mtime_ns) == (before.st_size, before.st_mtime_ns)


def test_a_list_that_was_edited_is_repaired(small: Any, way: str) -> None:
    small.good()
    wanted = small.tree()
    listed = small.public / ".site_gen-files"
    listed.write_text("\n".join(reversed(listed.read_text().split("\n"))))
    small.good()
    assert small.tree() == wanted


def test_a_death_at_any_step_costs_only_another_build(
    small: Any, way: str, tmp_path: Path, engines: Any
) -> None:
    """Killed before its k-th step, for every k, a build leaves pages old or new whole."""
    one = small.clean(tmp_path / "one")
    plain = small.read("content/a.md")
    other_article = small.read("content/b.md").replace("Title b", "Title c")
    small.put("content/a.md", plain.replace("Title a", "Other"))
    (small.root / "content/b.md").rename(tmp_path / "b.md")
    small.put("content/c.md", other_article)
    two = small.clean(tmp_path / "two")

    def become(which: int) -> None:
        small.put("content/a.md", plain if which == 1 else plain.replace("Title a", "Other"))
        for name, there in (("b", which == 1), ("c", which == 2)):
            path = small.root / f"content/{name}.md"
            if there:
                small.put(f"content/{name}.md", other_article.replace("Title c", f"Title {name}")
                          if name == "b" else other_article)  # fmt: skip
            else:
                path.unlink(missing_ok=True)

    become(1)
    small.good()
    assert engines.differing(small.tree(), one) == []
    at = 0
    while True:
        at += 1
        become(2)
        if small.killed(at):
            break
        for path, data in small.tree().items():
            if not path.endswith(("/", ".site_gen-files")):
                assert data in (one.get(path), two.get(path)), f"{path}, killed at {at}"
        # Every second time the edit is taken back before anybody builds again.
        wanted = one if at % 2 else two
        become(1 if at % 2 else 2)
        small.good()
        assert engines.differing(small.tree(), wanted) == [], f"killed at {at}"
        assert not (small.root / ".site_gen/stage").exists()
        become(1)
        small.good()
    assert at > 25
    assert engines.differing(small.tree(), two) == []


def test_a_cut_off_commit_is_finished_for_its_own_output_only(
    small: Any, tmp_path: Path, engines: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publish, "SWAP_SHARE", 0)
    small.good()
    small.good(output=tmp_path / "other", base_url="https://other.example")
    small.put("public/articles/c/index.html", "mine")
    wanted = small.tree()
    small.put("content/c.md", small.read("content/a.md").replace("Title a", "Title c"))
    cut_off(small, output=tmp_path / "other", base_url="https://other.example")
    (small.root / "content/c.md").unlink()
    small.good()
    assert engines.differing(small.tree(), wanted) == []


def cut_off(small: Any, **asked: Any) -> None:
    """A build that dies when it is about to rename its first page."""
    child = os.fork()
    if child == 0:
        staging.before_operation = lambda what: os._exit(9) if what.startswith("rename") else None
        small.build(**asked)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9


def test_a_cut_off_commit_is_finished_even_by_a_build_that_fails(
    small: Any, tmp_path: Path, engines: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publish, "SWAP_SHARE", 0)
    small.good()
    (small.root / "content/b.md").unlink()
    small.put("content/c.md", small.read("content/a.md").replace("Title a", "Title c"))
    wanted = small.clean(tmp_path / "clean")
    cut_off(small)
    assert small.tree() != wanted
    small.put("content/d.md", "no front matter")
    assert not small.build().ok
    assert engines.differing(small.tree(), wanted) == []


@pytest.fixture
def other_device(tmp_path: Path) -> Path:
    """A folder on another device than the temporary folder, wherever that is."""
    for path in (Path("/dev/shm"), Path("/var/tmp")):
        if path.is_dir() and os.stat(path).st_dev != os.stat(tmp_path).st_dev:
            return path
    pytest.skip("neither /dev/shm nor /var/tmp is on another device")


def test_another_device_or_a_mount_point_is_staged_on_its_own_side(
    tmp_path: Path, other_device: Path
) -> None:
    assert staging.stage_folder(Path("/proc"), tmp_path) == Path("/proc/.site_gen-stage")
    far = other_device / "no-such-output"  # only looked at
    assert staging.stage_folder(far, tmp_path) == other_device / "no-such-output.site_gen-stage"


def test_an_output_on_another_device_gets_whole_pages(small: Any, other_device: Path) -> None:
    output = other_device / f"site-gen-test-{os.getpid()}"
    try:
        small.good(output=output)
        small.good()
        found = {p.relative_to(output): p.read_bytes() for p in output.rglob("*") if p.is_file()}
        public = small.public
        assert found == {
            p.relative_to(public): p.read_bytes() for p in public.rglob("*") if p.is_file()
        }
        assert not output.with_name(output.name + ".site_gen-stage").exists()
    finally:
        shutil.rmtree(output, ignore_errors=True)


def test_without_an_exchange_the_old_tree_comes_back_when_the_new_cannot(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publish, "_rename_exchange", lambda one, two: False)
    where = Staging(tmp_path / "out", tmp_path / "stage")
    where.write("a.html", b"old")
    publish.publish(where, ["a.html"], [], [], "")
    real = os.rename
    failed: list[Path] = []

    def rename(source: Path, target: Path) -> None:
        if target == tmp_path / "out" and not failed:
            failed.append(source)
            raise OSError(28, "No space left on device")
        real(source, target)

    where = Staging(tmp_path / "out", tmp_path / "stage")
    where.write("a.html", b"new")
    monkeypatch.setattr(os, "rename", rename)
    with pytest.raises(OSError, match="No space"):
        publish.publish(where, ["a.html"], [], [], "")
    assert (tmp_path / "out/a.html").read_bytes() == b"old"
