"""The built feeds beside those that subscribers have."""

from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from site_gen.check import feeds_compared
from site_gen.convert.sources.fetch import Fetcher
from site_gen.problems import SiteError
from tests.serving import serving


@pytest.fixture
def built(site: Any, run: Any) -> Any:
    def build() -> Path:
        assert run("-C", str(site.root), "build", "--now", "2026-03-20").code == 0
        return Path(site.root / "public")

    for name in ("a", "b", "c"):
        site.article(name)
    return build


def test_nothing_is_said_of_feeds_that_are_the_same(site: Any, built: Any) -> None:
    feeds_compared.keep(site.root, built())
    found = feeds_compared.compare(
        built(), feeds_compared.in_folder(site.root / feeds_compared.KEPT)
    )
    assert found == ([], [])


def test_new_changed_and_dropped_entries_are_counted(site: Any, built: Any) -> None:
    feeds_compared.keep(site.root, built())
    site.article("d", publishedDateTime="2026-03-04T08:30:00Z")
    site.article("b", "Other text, much changed.")
    (site.root / "content/a.md").unlink()
    found, problems = feeds_compared.compare(
        built(), feeds_compared.in_folder(site.root / feeds_compared.KEPT)
    )
    main = next(d for d in found if d.path == "feed.xml")
    assert problems == []
    assert main == ("feed.xml", ("The story of d",), ("The story of b",), (), (), 1, False)
    assert next(feeds_compared.as_lines([main], None)) == (
        'feed.xml: 1 new ("The story of d"), 1 changed ("The story of b"), 1 taken away'
    )


def test_an_id_that_changes_is_an_error(site: Any, built: Any, run: Any) -> None:
    feeds_compared.keep(site.root, built())
    site.article("a", guid="tag:other.example,2026:a")
    built()
    words = ("-C", str(site.root), "check", "--now", "2026-03-20", "--only", "text")
    done = run(*words, "--against", "last")
    assert done.code == 1
    assert "feed/churn" in done.out
    assert "--> atom.xml\n  and feed.json\n  and feed.xml\n" in done.out


def test_no_folder_or_no_build_is_said(site: Any, built: Any) -> None:
    with pytest.raises(SiteError, match="no folder"):
        feeds_compared.in_folder(site.root / feeds_compared.KEPT)
    with pytest.raises(SiteError, match="nothing is built"):
        feeds_compared.keep(site.root, site.root / "public")


class Quiet(SimpleHTTPRequestHandler):
    def do_GET(self) -> None:
        status = getattr(self.server, "status", 0)
        if status and self.path != "/robots.txt":
            self.send_error(status)
        else:
            super().do_GET()

    def log_message(self, format: str, *args: Any) -> None:
        return


@pytest.fixture
def published(site: Any, built: Any) -> Iterator[Any]:
    """The site as a server has it, `.url`; `.status` is what it answers instead."""
    http: Any = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(built())))
    http.url = f"http://127.0.0.1:{http.server_port}"
    with serving(http):
        yield http


@pytest.fixture
def against_url(site: Any, run: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    defaults: Any = Fetcher.__init__.__kwdefaults__
    monkeypatch.setitem(defaults, "pause", lambda seconds: None)
    words = ("-C", str(site.root), "check", "--now", "2026-03-20", "--only", "text")
    return lambda url: run(*words, "--allow-private", "--against", url)


def test_a_published_site_is_compared(published: Any, against_url: Any) -> None:
    done = against_url(f"{published.url}/")
    assert (done.code, done.out) == (0, "")


@pytest.mark.parametrize("status", [500, 503, 403])
def test_a_host_that_hides_its_feeds_is_an_error(
    published: Any, against_url: Any, status: int
) -> None:
    published.status = status
    done = against_url(published.url)
    assert done.code == 1
    assert "error[against/unreachable]" in done.out
    assert f"the server answered {status}" in done.out


def test_a_host_that_is_down_is_an_error_and_findings_are_told_all_the_same(
    site: Any, published: Any, against_url: Any
) -> None:
    published.server_close()
    site.article("a", title="Cut off...")
    done = against_url(published.url)
    assert done.code == 1
    assert "error[convert/fetch]" in done.out
    assert published.url in done.out
    assert "text/truncated-title" in done.out


def test_an_address_without_any_feed_is_an_error(published: Any, against_url: Any) -> None:
    done = against_url(f"{published.url}/nowhere")
    assert done.code == 1
    assert "error[against/missing] none of the" in done.out


def test_the_letter_is_summed_up(site: Any, built: Any, run: Any) -> None:
    site.put("content/editions/2026-W10.md", "---\ntitle: W\n---\n[One](https://a.example/1).\n")
    old = feeds_compared.in_folder(built())
    before = feeds_compared.letter(site.root / "public", "/editions/2026-W10/", old)
    assert before is not None
    assert before.size == before.before
    assert before.links > 1
    done = run("-C", str(site.root), "check", "--now", "2026-03-20", "--against", "public")
    size = (site.root / "public/editions/2026-W10/email.html").stat().st_size
    assert f"editions/2026-W10/email.html: {size:,} bytes, {before.links} links" in done.err
    larger = before._replace(before=size - 1000, pictures=1)
    assert f"(they have {size - 1000:,})" in list(feeds_compared.as_lines([], larger))[-1]
    assert list(feeds_compared.as_lines([], larger))[-1].endswith("1 picture")
    assert feeds_compared.letter(site.root / "public", "editions/none", old) is None
