"""The built site to an object store, cut off half-way, and finished by the same command."""

import urllib.request
from typing import Any

import pytest

from .served import build_more, wanted
from .store import SIGNED, emptied, objects


@pytest.fixture
def bucket(digest: Any, store: str, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("SITE_GEN_S3_KEY_ID", "key")
    monkeypatch.setenv("SITE_GEN_S3_SECRET", "secret")
    emptied(store)
    digest.settings(f'[publish]\ntarget = "s3"\n[publish.s3]\nbucket = "site"\n'
                    f'endpoint = "{store}"\n')  # fmt: skip
    digest.build()
    return store


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


@pytest.mark.parametrize(
    ("said", "cure"),
    [
        ("<Error><Code>NoSuchBucket</Code><Message>None</Message></Error>", "make the bucket"),
        ("Client error with status 403 Forbidden: <Code>AccessDenied</Code>", "SITE_GEN_S3_SECRET"),
        ("<Code>SignatureDoesNotMatch</Code>", "SITE_GEN_S3_SECRET"),
        ("<Code>PermanentRedirect</Code>", "publish.s3.region"),
        ("<Code>SlowDown</Code><Message>Reduce your rate</Message>", "goes on where it was"),
        ("connection reset", "goes on where it was"),
    ],
)
def test_what_a_store_refuses_has_its_own_cure(
    digest: Any, bucket: str, monkeypatch: pytest.MonkeyPatch, said: str, cure: str
) -> None:
    import obstore

    def failing(*words: Any, **named: Any) -> Any:
        raise OSError(f"Generic S3 error:\n{said}")

    monkeypatch.setattr(obstore, "put", failing)
    done = digest.run("publish")
    assert (done.code, cure in done.err) == (1, True), done.err
    assert "<Code>" not in done.err


def test_a_bucket_that_is_not_there(digest: Any, bucket: str) -> None:
    digest.settings(f'[publish]\ntarget = "s3"\n[publish.s3]\nbucket = "nowhere"\n'
                    f'endpoint = "{bucket}"\n')  # fmt: skip
    digest.build()
    done = digest.run("publish")
    assert (done.code, "make the bucket" in done.err) == (1, True), done.err
    assert "<" not in done.err
