"""The built site to where it is served from: a folder, and who is told of it."""

import json
import shutil
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest

from site_gen.deliver.site_files import site_files
from site_gen.deliver.targets import folder

from .loopback import Loopback
from .served import build_more, served, wanted


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


def test_no_build_writes_amid_a_publication(
    digest: Any, www: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from site_gen.problems import SiteError
    from site_gen.workers.process_lock import build_lock

    refused = []

    def copying(*words: Any, **named: Any) -> Any:
        with pytest.raises(SiteError, match="is at work"), build_lock(digest.root / ".site_gen", 0):
            pass
        refused.append(1)
        return shutil.copy(*words, **named)

    monkeypatch.setattr(folder.shutil, "copyfile", copying)
    digest.run("publish")
    assert refused


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


def test_what_could_not_be_told_is_told_by_the_next_publication(digest: Any, hub: Hub) -> None:
    hub.status = 500
    digest.run("publish")
    assert len(hub.told) == 2  # one that fails keeps nobody else from being told
    first = list(hub.told)
    hub.told.clear()
    hub.status = 204
    done = digest.run("publish")
    assert "sent 0 files" in done.err
    assert "publish/announce" not in done.err
    assert hub.told == first
    digest.run("publish")
    assert hub.told == first


def test_a_hub_or_key_that_is_not_set_is_said(digest: Any, hub: Hub) -> None:
    text = (digest.root / "site.toml").read_text()
    lines = [line for line in text.splitlines() if not line.startswith(("hub =", "indexnow_key"))]
    digest.put("site.toml", "\n".join(lines) + "\n")
    digest.build()
    for command in ("publish", "doctor"):
        done = digest.run(command)
        told = done.out + done.err
        assert "websub is to be told, and feeds.hub is not set" in told
        assert "indexnow is to be told, and publish.indexnow_key is not set" in told
    assert hub.told == []


def test_the_feeds_are_kept_for_a_later_comparison(digest: Any, www: Path) -> None:
    digest.run("publish")
    assert (digest.root / ".site_gen/feeds/feed.xml").is_file()
