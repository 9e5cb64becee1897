"""What was built for the editor's eyes goes nowhere: drafts, the future, texts taken back."""

from datetime import UTC, datetime
from typing import Any

import pytest

from site_gen.engine.build import build
from site_gen.engine.report import Options

from .conftest import ARTICLE
from .served import served


def test_a_site_built_for_this_machine_goes_nowhere(digest: Any) -> None:
    tail = '[feeds]\ntag = "t.example,2026"\n[publish]\ntarget = "folder"\nfolder = "www"\n'
    digest.put("site.toml", f'title = "T"\n{tail}[send]\nchannel = "smtp"\n')
    digest.build()
    for words in (("publish",), ("send", "2026-W10", "--now")):
        done = digest.run(*words)
        assert (done.code, "deliver/unready" in done.err) == (1, True)
    assert not (digest.root / "www").exists()


def _opens(digest: Any) -> None:
    text = ARTICLE.format(title="A plan of ours", date="2026-03-04T08:00:00Z")
    digest.put("content/plan.md", text
               .replace("title:", "draft: true\ntitle:"))  # fmt: skip
    digest.put(
        "content/far.md",
        ARTICLE.format(title="A voyage of the future", date="2031-03-04T08:00:00Z"),
    )


UNREADY = {
    "drafts": ("build", "-D"),
    "future": ("build", "--future"),
    "drafts of a second build": ("build", "-D"),
    "nothing shut": ("build", "-D", "--future"),
}


@pytest.mark.parametrize("way", UNREADY)
def test_what_no_plain_build_made_goes_nowhere(digest: Any, way: str) -> None:
    digest.settings('[publish]\ntarget = "folder"\nfolder = "www"\n[send]\nchannel = "smtp"\n')
    _opens(digest)
    if "second" in way:
        digest.build()
    assert digest.run(*UNREADY[way]).code == 0
    for words in (("publish",), ("publish", "--dry-run"), ("send", "2026-W10", "--dry-run")):
        done = digest.run(*words)
        assert (done.code, "deliver/unready" in done.err) == (1, True), words
    assert not (digest.root / "www").exists()
    digest.build()
    assert digest.run("publish").code == 0
    sent = b"".join(served(digest.root / "www").values())
    assert [
        word in sent for word in (b"A ferry", b"A plan of ours", b"A voyage of the future")
    ] == [True, False, False]


def test_drafts_alike_but_for_the_option_are_told_apart(digest: Any) -> None:
    digest.settings('[publish]\ntarget = "folder"\nfolder = "www"\n')
    digest.build()
    assert digest.run("build", "-D").code == 0  # no file differs: there are no drafts
    assert "its drafts" in digest.run("publish").err
    digest.build()
    assert digest.run("publish").code == 0


TAKEN_BACK = {
    "withdrawn": "withdrawn: {reason: An error of ours}\n",
    "a draft again": "draft: true\n",
    "not published": "published: false\n",
    "expired": "expiryDateTime: 2026-03-08T00:00:00Z\n",
}


@pytest.mark.parametrize("way", [*TAKEN_BACK, "removed"])
def test_a_text_taken_back_after_the_build_is_not_sent(digest: Any, way: str) -> None:
    digest.settings('[publish]\ntarget = "folder"\nfolder = "www"\n[send]\nchannel = "smtp"\n')
    text = ARTICLE.format(title="A light", date="2026-03-05T07:30:00Z")
    digest.put("content/light.md", text)
    digest.build()
    if way == "removed":
        (digest.root / "content/light.md").unlink()
    else:
        digest.put("content/light.md", text.replace("title:", f"{TAKEN_BACK[way]}title:"))
    for words in (("publish",), ("send", "2026-W10", "--dry-run")):
        done = digest.run(*words)
        assert (done.code, "older than its texts" in done.err) == (1, True), words
    assert not (digest.root / "www").exists()


def test_a_moment_that_came_since_the_build_is_waited_for_no_longer(
    digest: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    digest.settings('[publish]\ntarget = "folder"\nfolder = "www"\n')
    digest.put("content/light.md", ARTICLE.format(title="A light", date="2026-03-05T07:30:00Z")
               .replace("title:", "expiryDateTime: 2026-03-10T00:00:00Z\ntitle:"))  # fmt: skip
    digest.build()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1773187200")  # 2026-03-11
    assert "older than its texts" in digest.run("publish").err


def test_a_preview_s_site_goes_nowhere(digest: Any) -> None:
    digest.settings('[publish]\ntarget = "folder"\nfolder = "www"\n')
    options = Options(now=datetime(2026, 3, 9, tzinfo=UTC), preview=True, drafts=True)
    assert build(digest.root, options).ok
    done = digest.run("publish", "--output", ".site_gen/preview/public")
    assert (done.code, "a preview's site" in done.err) == (1, True)


def test_a_list_that_does_not_say_who_wrote_it_is_not_believed(digest: Any) -> None:
    digest.settings('[publish]\ntarget = "folder"\nfolder = "www"\n')
    digest.build()
    listed = digest.root / "public/.site_gen-files"
    first, rest = listed.read_text().split("\n", 1)
    for harm in ("", "/built {\n", "/built []\n", '/built {"base_url": 3}\n', "/built {}\n"):
        listed.write_text(harm + rest)
        assert "no whole build is there" in digest.run("publish").err, harm
    digest.build()
    assert listed.read_text() == f"{first}\n{rest}"
    assert digest.run("publish").code == 0
