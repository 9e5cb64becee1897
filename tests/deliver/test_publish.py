"""The built site to five kinds of hosts, cut off half-way, and finished by the same command."""

import json
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest

from site_gen.deliver.site_files import site_files
from site_gen.deliver.targets import folder, netlify, object_store

from .conftest import ARTICLE
from .loopback import Loopback

SIGNED = {
    "Authorization": "AWS4-HMAC-SHA256 Credential=key/20260309/us-east-1/s3/aws4_request, "
    "SignedHeaders=host, Signature=none"
}
"""Enough for the stand-in, which checks no signature."""


def build_more(digest: Any) -> None:
    digest.put("content/light.md", ARTICLE.format(title="A light", date="2026-03-05T07:30:00Z"))
    digest.build()


def served(root: Path) -> dict[str, bytes]:
    """Every file below a folder but our own marks."""
    return {
        p.relative_to(root).as_posix(): p.read_bytes()
        for p in sorted(root.rglob("*"))
        if p.is_file() and not p.name.startswith(".site_gen") and p.name != ".nojekyll"
    }


def wanted(digest: Any) -> dict[str, bytes]:
    found = served(digest.root / "public")
    return {p: d for p, d in found.items() if p not in ("_headers", "_redirects")}


# -- what is sent ------------------------------------------------------------------------------


def test_types_and_caching_are_those_of_the_headers(digest: Any) -> None:
    digest.build()
    found = site_files(digest.root / "public")
    style = next(f for p, f in found.items() if p.startswith("assets/style."))
    assert (style.content_type, "immutable" in style.cache_control) == (
        "text/css; charset=utf-8", True)  # fmt: skip
    assert found["feed.xml"].content_type.startswith("application/rss+xml")
    assert found["index.html"].content_type == "text/html; charset=utf-8"
    assert "_headers" not in found
    assert "_headers" in site_files(digest.root / "public", for_netlify=True)


def test_nothing_built_and_nothing_set_are_said(digest: Any) -> None:
    assert "no target is set" in digest.run("publish").err
    digest.settings('[publish]\ntarget = "folder"\nfolder = "www"\n')
    assert "nothing is built yet" in digest.run("publish").err


# -- a folder ----------------------------------------------------------------------------------


@pytest.fixture
def www(digest: Any) -> Path:
    digest.settings('[publish]\ntarget = "folder"\nfolder = "www"\n')
    digest.build()
    return Path(digest.root / "www")


def test_a_folder_becomes_the_site_and_follows_it(digest: Any, www: Path) -> None:
    assert "would send" in digest.run("publish", "--dry-run").err
    assert not www.exists()
    assert digest.run("publish").code == 0
    assert served(www) == wanted(digest)
    assert "sent 0 files" in digest.run("publish").err
    build_more(digest)
    (digest.root / "content/ferry.md").unlink()
    digest.build()
    assert " removed" in digest.run("publish").err
    assert served(www) == wanted(digest)
    assert [p.name for p in digest.root.iterdir() if p.name.startswith(".www")] == []


def test_a_folder_of_somebody_else_is_left_alone(digest: Any, www: Path) -> None:
    digest.put("www/mine.txt", "mine")
    done = digest.run("publish")
    assert (done.code, "publish/foreign" in done.err) == (1, True)
    assert served(www) == {"mine.txt": b"mine"}


def test_a_folder_is_old_or_new_when_it_is_cut_off(
    digest: Any, www: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    digest.run("publish")
    before = served(www)
    build_more(digest)
    copy = shutil.copyfile
    left = [3]

    def failing(*words: Any, **named: Any) -> Any:
        left[0] -= 1
        if left[0] < 0:
            raise OSError("disk full")
        return copy(*words, **named)

    monkeypatch.setattr(folder.shutil, "copyfile", failing)
    assert digest.run("publish").code != 0
    assert served(www) == before
    monkeypatch.setattr(folder.shutil, "copyfile", copy)
    assert digest.run("publish").code == 0
    assert served(www) == wanted(digest)


# -- an object store ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def store() -> Iterator[str]:
    """A server that speaks S3, in a process of its own."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    words = [sys.executable, "-W", "ignore", "-m", "moto.server", "-H", "127.0.0.1", "-p"]
    process = subprocess.Popen([*words, str(port)], stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL)  # fmt: skip
    for _ in range(600):
        try:
            urllib.request.urlopen(f"{url}/moto-api/", timeout=1).close()
            break
        except OSError:
            assert process.poll() is None, "the store did not start"
            time.sleep(0.05)  # until the process listens: nothing else tells
    yield url
    process.terminate()
    process.wait()


@pytest.fixture
def bucket(digest: Any, store: str, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("SITE_GEN_S3_KEY_ID", "key")
    monkeypatch.setenv("SITE_GEN_S3_SECRET", "secret")
    urllib.request.urlopen(
        urllib.request.Request(f"{store}/moto-api/reset", method="POST"), timeout=10
    ).close()
    urllib.request.urlopen(
        urllib.request.Request(f"{store}/site", method="PUT", headers=SIGNED), timeout=10
    ).close()
    digest.settings(f'[publish]\ntarget = "s3"\n[publish.s3]\nbucket = "site"\n'
                    f'endpoint = "{store}"\n')  # fmt: skip
    digest.build()
    return store


def objects(digest: Any, names: Any) -> dict[str, bytes]:
    from site_gen import settings

    loaded = settings.load(digest.root).settings
    assert loaded is not None
    obstore, opened = object_store._store(loaded.publish.s3)
    rows = [row["path"] for part in obstore.list(opened) for row in part]
    return {row: bytes(obstore.get(opened, row).bytes()) for row in rows}


def test_a_store_gets_what_changed_with_types(digest: Any, bucket: str) -> None:
    assert "would send" in digest.run("publish", "--dry-run").err
    assert objects(digest, None) == {}
    assert digest.run("publish").code == 0, digest.run("publish").err
    assert objects(digest, None) == wanted(digest)
    request = urllib.request.Request(f"{bucket}/site/feed.xml", headers=SIGNED)
    with urllib.request.urlopen(request, timeout=10) as answer:
        assert answer.headers["Content-Type"].startswith("application/rss+xml")
    assert "sent 0 files" in digest.run("publish").err
    build_more(digest)
    (digest.root / "content/ferry.md").unlink()
    digest.build()
    digest.run("publish")
    assert objects(digest, None) == wanted(digest)


@pytest.mark.parametrize("stop", [1, 4, 9, 20])
def test_a_store_that_fails_half_way_never_shows_a_page_without_its_parts(
    digest: Any, bucket: str, monkeypatch: pytest.MonkeyPatch, stop: int
) -> None:
    digest.run("publish")
    before = objects(digest, None)
    digest.put("themes/overrides/assets/style.css", "body { color: green }")
    build_more(digest)
    import obstore

    put, count = obstore.put, [0]

    def failing(*words: Any, **named: Any) -> Any:
        count[0] += 1
        if count[0] > stop:
            raise OSError("the line broke")
        return put(*words, **named)

    monkeypatch.setattr(obstore, "put", failing)
    done = digest.run("publish")
    assert (done.code, "goes on where it was" in done.err) == (1, True)
    now, after = objects(digest, None), wanted(digest)
    for path, data in now.items():
        assert data in (before.get(path), after.get(path)), path
        if data == after.get(path) and path.endswith(".html"):
            style = next(p for p in after if p.startswith("assets/style."))
            assert style in now
    monkeypatch.setattr(obstore, "put", put)
    assert digest.run("publish").code == 0
    assert objects(digest, None) == after


def test_a_store_without_keys_or_bucket(digest: Any, bucket: str, monkeypatch: Any) -> None:
    monkeypatch.delenv("SITE_GEN_S3_SECRET")
    assert "SITE_GEN_S3_SECRET is not set" in digest.run("publish").err
    digest.settings('[publish]\ntarget = "s3"\n')
    assert "names no bucket" in digest.run("publish").err


# -- Netlify, by a stand-in made after its documentation -----------------------------------------


class Netlify(Loopback):
    """Deploys by digest; `fail` counts down uploads, the next one is refused."""

    def __init__(self) -> None:
        super().__init__()
        self.blobs: dict[str, bytes] = {}
        self.deploys: dict[str, dict[str, str]] = {}
        self.live: dict[str, bytes] = {}
        self.fail = -1

    def answer(self, request: BaseHTTPRequestHandler, body: bytes) -> tuple[int, Any]:
        import hashlib

        assert request.headers["Authorization"] == "Bearer secret"
        parts = request.path.strip("/").split("/")
        if request.command == "POST":
            name = str(len(self.deploys) + 1)
            self.deploys[name] = json.loads(body)["files"]
            missing = sorted(set(self.deploys[name].values()) - set(self.blobs))
            return 200, {"id": name, "required": missing}
        if request.command == "PUT":
            self.fail -= 1
            if self.fail == 0:
                self.fail = 0
                return 503, {"message": "busy"}
            self.blobs[hashlib.sha1(body, usedforsecurity=False).hexdigest()] = body
            return 200, {}
        files = self.deploys[parts[3]]
        if set(files.values()) <= set(self.blobs):
            self.live = {p.lstrip("/"): self.blobs[d] for p, d in files.items()}
            return 200, {"state": "ready"}
        return 200, {"state": "uploading"}


@pytest.fixture
def host(digest: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Netlify]:
    made = Netlify()
    monkeypatch.setenv("SITE_GEN_NETLIFY_TOKEN", "secret")
    digest.settings(f'[publish]\ntarget = "netlify"\n[publish.netlify]\nsite = "abc"\n'
                    f'url = "{made.url}"\n')  # fmt: skip
    digest.build()
    yield made
    made.close()


def test_netlify_is_sent_only_what_it_has_not(digest: Any, host: Netlify) -> None:
    assert digest.run("publish").code == 0
    assert host.live == served(digest.root / "public")
    host.calls.clear()
    assert digest.run("publish").code == 0
    assert [call for call in host.calls if call.startswith("PUT")] == []
    assert digest.run("publish", "--dry-run").code == 2


def test_netlify_shows_the_old_site_until_the_new_one_is_whole(
    digest: Any, host: Netlify, monkeypatch: pytest.MonkeyPatch
) -> None:
    digest.run("publish")
    before = dict(host.live)
    build_more(digest)
    host.fail = 3
    monkeypatch.setattr(netlify, "TRIES", 1)
    done = digest.run("publish")
    assert (done.code, host.live == before) == (1, True)
    assert digest.run("publish").code == 0
    assert host.live == served(digest.root / "public")


# -- a branch ----------------------------------------------------------------------------------


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


def test_a_remote_that_is_away_is_said(digest: Any, remote: Path) -> None:
    shutil.rmtree(remote)
    done = digest.run("publish")
    assert (done.code, "git says" in done.err) == (1, True)


# -- rsync -------------------------------------------------------------------------------------


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


# -- others are told ---------------------------------------------------------------------------


class Hub(Loopback):
    """Keeps what it is told."""

    def __init__(self) -> None:
        super().__init__()
        self.told: list[bytes] = []
        self.status = 204

    def answer(self, request: BaseHTTPRequestHandler, body: bytes) -> tuple[int, Any]:
        self.told.append(body)
        return self.status, None


@pytest.fixture
def hub(digest: Any) -> Iterator[Hub]:
    made = Hub()
    digest.put(
        "site.toml",
        f"""
title = "T"
base_url = "https://t.example"
[feeds]
tag = "t.example,2026"
hub = "{made.url}/hub"
[publish]
target = "folder"
folder = "www"
announce = ["websub", "indexnow"]
indexnow_key = "abc"
indexnow_url = "{made.url}"
""",
    )
    digest.build()
    yield made
    made.close()


def test_a_hub_and_search_engines_are_told_of_what_is_new(digest: Any, hub: Hub) -> None:
    assert digest.run("publish").code == 0
    assert b"hub.mode=publish" in hub.told[0]
    assert b"https%3A%2F%2Ft.example%2Ffeed.xml" in hub.told[0]
    data = json.loads(hub.told[1])
    assert "https://t.example/articles/ferry/" in data["urlList"]
    assert (data["host"], data["key"]) == ("t.example", "abc")
    hub.told.clear()
    digest.run("publish")
    assert hub.told == []


def test_a_hub_that_fails_is_a_warning(digest: Any, hub: Hub) -> None:
    hub.status = 500
    done = digest.run("publish")
    assert (done.code, "warning[publish/announce]" in done.err) == (0, True)


def test_the_feeds_are_kept_for_a_later_comparison(digest: Any, www: Path) -> None:
    digest.run("publish")
    assert (digest.root / ".site_gen/feeds/feed.xml").is_file()


# -- hostile names and places --------------------------------------------------------------------


def test_a_list_of_files_never_leads_out_of_the_output(digest: Any, www: Path) -> None:
    digest.put("secret/key.txt", "private")
    (digest.root / "public/out").symlink_to(digest.root / "secret")
    lines = (
        f"../secret/key.txt\n{digest.root}/secret/key.txt\nout/key.txt\na/../../secret/key.txt\n"
    )
    with open(digest.root / "public/.site_gen-files", "a") as file:
        file.write(lines)
    assert digest.run("publish").code == 0
    assert b"private" not in served(www).values()
    assert not any("key" in p.name for p in (digest.root / ".site_gen/feeds").rglob("*"))


@pytest.mark.parametrize("place", [".", "..", "/", "public", "public/www", "content/static/www",
                                   "content", ".site_gen/www", "themes/www"])  # fmt: skip
def test_a_folder_among_the_sites_own_files_is_refused(digest: Any, place: str) -> None:
    digest.settings(f'[publish]\ntarget = "folder"\nfolder = "{place}"\n')
    digest.build()
    before = served(digest.root)
    for words in (("publish",), ("publish", "--dry-run")):
        done = digest.run(*words)
        assert (done.code, "own files" in done.err) == (2, True), done.err
    assert served(digest.root) == before


def test_what_others_put_into_the_folder_stays(digest: Any, www: Path) -> None:
    digest.run("publish")
    (www / ".well-known").mkdir()
    (www / ".well-known/proof.txt").write_text("mine")
    (www / "link").symlink_to("elsewhere")
    build_more(digest)
    assert digest.run("publish").code == 0
    assert (www / ".well-known/proof.txt").read_text() == "mine"
    assert (www / "link").is_symlink()


def test_a_link_to_the_folder_stays_a_link(digest: Any, www: Path, tmp_path: Path) -> None:
    real = tmp_path / "srv"
    real.mkdir()
    www.symlink_to(real)
    for _ in range(2):
        assert digest.run("publish").code == 0
        build_more(digest)
    assert www.is_symlink()
    assert (real / "index.html").is_file()
    assert [p.name for p in tmp_path.iterdir() if ".site_gen-" in p.name] == []


def test_a_file_in_the_folders_place_is_said(digest: Any, www: Path) -> None:
    digest.put("www", "mine")
    assert "publish/foreign" in digest.run("publish").err


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


@pytest.mark.parametrize("answer", [None, [], "x", {}, {"id": 1, "required": [{}]}])
def test_netlify_that_answers_otherwise_is_said(
    digest: Any, host: Netlify, monkeypatch: pytest.MonkeyPatch, answer: Any
) -> None:
    monkeypatch.setattr(host, "answer", lambda *words: (200, answer))
    done = digest.run("publish")
    assert (done.code, "otherwise than its documentation" in done.err) == (1, True), done.err


def test_no_build_writes_amid_a_publication(
    digest: Any, www: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from site_gen.engine.lock import build_lock
    from site_gen.problems import SiteError

    refused = []

    def copying(*words: Any, **named: Any) -> Any:
        with pytest.raises(SiteError, match="is at work"), build_lock(digest.root / ".site_gen", 0):
            pass
        refused.append(1)
        return shutil.copy(*words, **named)

    monkeypatch.setattr(folder.shutil, "copyfile", copying)
    digest.run("publish")
    assert refused
