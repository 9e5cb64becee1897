"""The built site to an object store, cut off half-way, and finished by the same command."""

import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest

from site_gen.deliver.targets import object_store
from site_gen.deliver.targets.folder import MARK

from .served import build_more, wanted

SIGNED = {
    "Authorization": "AWS4-HMAC-SHA256 Credential=key/20260309/us-east-1/s3/aws4_request, "
    "SignedHeaders=host, Signature=none"
}
"""Enough for the stand-in, which checks no signature."""


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
    rows = [row["path"] for part in obstore.list(opened) for row in part if row["path"] != MARK]
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


def test_a_store_keeps_what_we_did_not_bring(digest: Any, bucket: str) -> None:
    for path in ("mine.txt", "articles/mine/index.html"):
        request = urllib.request.Request(
            f"{bucket}/site/{path}", b"mine", {**SIGNED, "Content-Type": "text/plain"}, method="PUT"
        )
        urllib.request.urlopen(request, timeout=10).close()
    mine = objects(digest, None)
    assert set(mine) == {"mine.txt", "articles/mine/index.html"}
    build_more(digest)
    digest.run("publish")
    (digest.root / "content/light.md").unlink()
    digest.build()
    digest.run("publish")
    assert objects(digest, None) == {**wanted(digest), **mine}


def test_a_store_without_keys_or_bucket(digest: Any, bucket: str, monkeypatch: Any) -> None:
    monkeypatch.delenv("SITE_GEN_S3_SECRET")
    assert "SITE_GEN_S3_SECRET is not set" in digest.run("publish").err
    digest.settings('[publish]\ntarget = "s3"\n')
    assert "names no bucket" in digest.run("publish").err
