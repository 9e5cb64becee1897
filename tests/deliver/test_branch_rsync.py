"""The built site to a branch and by rsync, with what others put there left alone."""

import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from site_gen.basics import subprocesses

from .conftest import ARTICLE
from .served import build_more, served, wanted


def git(place: Path, *words: str) -> str:
    base = ["git", "-C", str(place), "-c", "user.name=A", "-c", "user.email=a@t.example"]
    return subprocess.run([*base, *words], check=True, capture_output=True, text=True).stdout


@pytest.fixture
def remote(digest: Any) -> Path:
    place = Path(digest.root.parent / f"{digest.root.name}-remote.git")
    subprocess.run(["git", "init", "-q", "--bare", str(place)], check=True)
    git(digest.root, "init", "-q")
    git(digest.root, "remote", "add", "origin", str(place))
    digest.settings('[publish]\ntarget = "branch"\n')
    digest.build()
    return place


def on_branch(remote: Path, checkout: Path) -> dict[str, bytes]:
    shutil.rmtree(checkout, ignore_errors=True)
    subprocess.run(["git", "clone", "-q", "-b", "gh-pages", str(remote), str(checkout)],
                   check=True, capture_output=True)  # fmt: skip
    shutil.rmtree(checkout / ".git")
    return served(checkout)


def test_a_branch_gets_a_commit_and_the_work_tree_stays(
    digest: Any, remote: Path, tmp_path: Path
) -> None:
    before = git(digest.root, "status", "--porcelain")
    assert digest.run("publish").code == 0, digest.run("publish").err
    assert on_branch(remote, tmp_path / "c") == wanted(digest)
    assert "sent 0 files" in digest.run("publish").err
    assert git(remote, "rev-list", "--count", "gh-pages").strip() == "1"
    build_more(digest)
    digest.run("publish")
    assert on_branch(remote, tmp_path / "c") == wanted(digest)
    assert git(remote, "rev-list", "--count", "gh-pages").strip() == "2"
    assert git(digest.root, "status", "--porcelain").count("\n") >= before.count("\n")
    assert git(digest.root, "branch", "--list").strip() == ""


def test_a_branch_leaves_the_repository_whole_and_the_domain_where_it_is(
    digest: Any, remote: Path, tmp_path: Path
) -> None:
    address = f"file://{remote}"  # by a path alone git would not be asked for a depth
    git(digest.root, "remote", "set-url", "origin", address)
    digest.run("publish")
    checkout = tmp_path / "c"
    subprocess.run(["git", "clone", "-q", "-b", "gh-pages", str(remote), str(checkout)],
                   check=True, capture_output=True)  # fmt: skip
    (checkout / "CNAME").write_text("t.example\n")
    git(checkout, "add", "CNAME")
    git(checkout, "commit", "-q", "-m", "Domain")
    git(checkout, "push", "-q")
    build_more(digest)
    assert digest.run("publish").code == 0
    assert not (digest.root / ".git/shallow").exists()
    assert on_branch(remote, tmp_path / "d").pop("CNAME") == b"t.example\n"


def test_a_remote_that_is_away_is_said(digest: Any, remote: Path) -> None:
    shutil.rmtree(remote)
    done = digest.run("publish")
    assert (done.code, "git says" in done.err) == (1, True)


@pytest.mark.parametrize("setting", ['remote = "--upload-pack=touch owned; true"',
                                     'branch = "--output=owned"', 'branch = "a:refs/heads/main"',
                                     'branch = "a b"'])  # fmt: skip
def test_a_name_is_no_option_of_git(digest: Any, remote: Path, setting: str) -> None:
    digest.settings(f'[publish]\ntarget = "branch"\n[publish.branch]\n{setting}\n')
    done = digest.run("publish")
    assert (done.code, "name of a remote and of a branch" in done.err) == (2, True), done.err
    assert not (digest.root / "owned").exists()


def test_a_branch_with_the_sources_is_left_alone(digest: Any, remote: Path) -> None:
    git(digest.root, "add", "site.toml", "content")
    git(digest.root, "commit", "-qm", "sources")
    git(digest.root, "push", "-q", "origin", "HEAD:refs/heads/main")
    before = git(remote, "rev-parse", "main")
    digest.settings('[publish]\ntarget = "branch"\n[publish.branch]\nbranch = "main"\n')
    assert "publish/foreign" in digest.run("publish").err
    assert git(remote, "rev-parse", "main") == before


@pytest.mark.skipif(shutil.which("rsync") is None, reason="rsync is not installed")
def test_rsync_brings_a_folder_up_to_date(digest: Any, tmp_path: Path) -> None:
    target = tmp_path / "served"
    target.mkdir()
    digest.settings(f'[publish]\ntarget = "rsync"\n[publish.rsync]\ntarget = "{target}/"\n')
    digest.build()
    assert digest.run("publish").code == 0, digest.run("publish").err
    assert served(target) == wanted(digest)
    assert "sent 0 files" in digest.run("publish").err
    build_more(digest)
    (digest.root / "content/ferry.md").unlink()
    digest.build()
    assert "would send" in digest.run("publish", "--dry-run").err
    digest.run("publish")
    assert served(target) == wanted(digest)


@pytest.mark.skipif(shutil.which("rsync") is None, reason="rsync is not installed")
def test_rsync_makes_its_folder_on_this_machine(digest: Any, tmp_path: Path) -> None:
    target = tmp_path / "not/yet/there"
    digest.settings(f'[publish]\ntarget = "rsync"\n[publish.rsync]\ntarget = "{target}/"\n')
    digest.build()
    done = digest.run("publish")
    assert done.code == 0, done.err
    assert served(target) == wanted(digest)


@pytest.mark.parametrize(
    ("code", "said", "cure"),
    [
        (255, "ssh: Could not resolve hostname h", "`ssh` must reach that host"),
        (255, "me@h: Permission denied (publickey).", "`ssh` must reach that host"),
        (11, 'rsync: mkdir "/srv/a/b" failed: No such file or directory (2)', "mkdir -p"),
        (23, 'rsync: mkstemp "/srv/a" failed: Permission denied (13)', "the right to write there"),
        (12, "error in rsync protocol data stream", "goes on where it was"),
        (30, "timeout in data send/receive", "goes on where it was"),
    ],
)
def test_what_rsync_complains_of_has_its_own_cure(
    digest: Any, monkeypatch: pytest.MonkeyPatch, code: int, said: str, cure: str
) -> None:
    digest.settings('[publish]\ntarget = "rsync"\n[publish.rsync]\ntarget = "me@h:/srv/a/b"\n')
    digest.build()
    monkeypatch.setattr(subprocesses, "run", lambda *words: subprocesses.Completed(code, "", said))
    done = digest.run("publish")
    assert (done.code, cure in done.err) == (1, True), done.err


@pytest.mark.skipif(shutil.which("rsync") is None, reason="rsync is not installed")
@pytest.mark.parametrize("cut", range(1, 7))
def test_rsync_takes_away_what_it_brought_and_nothing_else(
    digest: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cut: int
) -> None:
    """Cut off before each call of rsync in turn: nothing of ours is left over in the end."""
    target = tmp_path / "served"
    (target / "articles/mine").mkdir(parents=True)
    mine = {"mine.txt": b"mine", "articles/mine/index.html": b"mine"}
    for path, data in mine.items():
        (target / path).write_bytes(data)
    digest.settings(f'[publish]\ntarget = "rsync"\n[publish.rsync]\ntarget = "{target}"\n')
    for name in ("a[1].txt", "a1.txt"):
        digest.put(f"content/static/{name}", "x")
    build_more(digest)
    digest.run("publish")
    assert served(target) == {**wanted(digest), **mine}
    for name in ("light.md", "static/a[1].txt"):
        (digest.root / "content" / name).unlink()
    digest.put("content/boat.md", ARTICLE.format(title="A boat", date="2026-03-05T08:30:00Z"))
    digest.build()
    real, calls = subprocesses.run, []

    def run(*words: str, **given: Any) -> Any:
        calls.append(words)
        if len(calls) == cut:
            raise KeyboardInterrupt
        return real(*words, **given)

    monkeypatch.setattr(subprocesses, "run", run)
    digest.run("publish")
    monkeypatch.setattr(subprocesses, "run", real)
    (digest.root / "content/boat.md").unlink()
    digest.build()
    assert digest.run("publish").code == 0
    assert served(target) == {**wanted(digest), **mine}
