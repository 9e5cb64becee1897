"""What addresses answer, from a server of our own: forty kinds of answers, each told right."""

import itertools
import re
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, cast

import pytest

from site_gen.check.external import DAY, Prober, Step, is_fresh, judge, verdicts
from site_gen.check.rules.external import hits
from site_gen.check.scan import Link
from site_gen.check.verdict import SLOW, Verdict
from site_gen.convert.sources.fetch import Fetcher
from site_gen.problems import Problem, SiteError
from tests.serving import serving

PAGE = b"<title>A story</title><p>Text."
FREE = b'<script type="application/ld+json">{"isAccessibleForFree": true}</script>'
WALLED = b'<script type="application/ld+json">{"isAccessibleForFree": false}</script>'
MISSING = b"<title>404 - page not found</title>"

Answers = dict[str, tuple[int, str, bytes]]
"""Path -> (status, where it leads, body); "HEAD /path" for another answer to HEAD."""

TABLE: Answers = {
    "/ok": (200, "", PAGE),
    "/free": (200, "", FREE),
    "/text": (200, "", b""),
    "/empty": (204, "", b""),
    "/gone": (404, "", b""),
    "/removed": (410, "", b""),
    "/soft": (200, "", MISSING),
    "/walled": (200, "", WALLED),
    "/pay": (402, "", b""),
    "/password": (401, "", b""),
    "/private": (302, "/users/login?next=/private", b""),
    "/users/login?next=/private": (200, "", PAGE),
    "/sso": (302, "/sign-in", b""),
    "/sign-in": (200, "", PAGE),
    "/forbidden": (403, "", b""),
    "/busy": (429, "", b""),
    "/teapot": (418, "", b""),
    "/censored": (451, "", b""),
    "/odd": (499, "", b""),
    "/broken": (500, "", b""),
    "/overloaded": (503, "", b""),
    "/no-head": (200, "", PAGE),
    "HEAD /no-head": (405, "", b""),
    "/lying-head": (200, "", PAGE),
    "HEAD /lying-head": (404, "", b""),
    "/broken-head": (200, "", PAGE),
    "HEAD /broken-head": (500, "", b""),
    "/moved": (301, "/new", b""),
    "/moved-308": (308, "/new", b""),
    "/found": (302, "/new", b""),
    "/other": (303, "/new", b""),
    "/temporary": (307, "/new", b""),
    "/chain": (301, "/moved", b""),
    "/mixed": (301, "/found", b""),
    "/new": (200, "", PAGE),
    "/to-gone": (301, "/gone", b""),
    "/to-front": (301, "/", b""),
    "/to-french-front": (302, "/fr/", b""),
    "/to-index": (302, "/index.html", b""),
    "/": (200, "", PAGE),
    "/fr/": (200, "", PAGE),
    "/index.html": (200, "", PAGE),
    "/slash": (301, "/slash/", b""),
    "/slash/": (200, "", PAGE),
    "/tracked": (302, "/tracked?utm_source=x", b""),
    "/tracked?utm_source=x": (200, "", PAGE),
    "/asks-first": (302, "/consent?next=/asks-first", b""),
    "/consent?next=/asks-first": (200, "", PAGE),
    "/loop": (302, "/loop", b""),
    "/no-place": (301, "", b""),
    "/secret/page": (200, "", PAGE),
    "/robots.txt": (200, "", b"User-agent: *\nDisallow: /secret/\n"),
}
WANTED = {
    "/ok": "ok", "/free": "ok", "/text": "ok", "/empty": "ok", "/": "ok", "/no-head": "ok",
    "/lying-head": "ok", "/broken-head": "ok", "/slash": "ok", "/tracked": "ok",
    "/asks-first": "ok", "/gone": "gone", "/removed": "gone", "/soft": "gone",
    "/to-gone": "gone", "/walled": "paywall", "/pay": "paywall", "/password": "login",
    "/private": "login", "/sso": "login", "/forbidden": "refused", "/busy": "refused",
    "/teapot": "refused", "/censored": "refused", "/odd": "refused",
    "/secret/page": "refused", "/broken": "failing", "/overloaded": "failing",
    "/moved": "moved", "/moved-308": "moved", "/found": "moved", "/other": "moved",
    "/temporary": "moved", "/chain": "moved", "/mixed": "moved", "/to-front": "home",
    "/to-french-front": "home", "/to-index": "home", "/loop": "ok", "/no-place": "ok",
}  # fmt: skip


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        server: Any = self.server
        server.asked.append((self.command, self.path))
        table: Answers = server.table
        own = table.get(f"{self.command} {self.path}") or table.get(self.path) or (404, "", b"")
        status, place, body = own
        self.send_response(status)
        if place:
            self.send_header("Location", place)
        kind = "text/plain" if self.path == "/text" else "text/html"
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)

    do_HEAD = do_GET  # noqa: N815 - the name that the library calls

    def log_message(self, format: str, *args: Any) -> None:
        return


@pytest.fixture
def server() -> Iterator[Any]:
    http: Any = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    http.table, http.asked = dict(TABLE), []
    http.url = f"http://127.0.0.1:{http.server_port}"
    with serving(http):
        yield http


def fetcher(root: Path) -> Fetcher:
    return Fetcher(root, allow_private=True, seconds=5, pause=lambda seconds: None)


def test_there_are_forty_kinds() -> None:
    assert len(WANTED) == 40


@pytest.mark.parametrize("path", WANTED)
def test_an_answer_is_told_right(server: Any, tmp_path: Path, path: str) -> None:
    verdict = Prober(fetcher(tmp_path)).probe(f"{server.url}{path}")
    assert verdict.kind == WANTED[path]
    if path in ("/moved", "/moved-308", "/chain"):
        assert (verdict.permanent, verdict.target) == (True, f"{server.url}/new")
    if path in ("/found", "/mixed", "/temporary"):
        assert not verdict.permanent


def test_a_private_address_is_asked_only_when_allowed_and_then_at_once(
    server: Any, tmp_path: Path
) -> None:
    url = f"{server.url}/ok"

    def ask(allow: bool, now: int) -> str:
        made = Fetcher(tmp_path, allow_private=allow, seconds=5, pause=lambda seconds: None)
        found = verdicts(tmp_path, [url], now, offline=False, fetcher=lambda: made)
        return found[url].kind

    assert ask(False, 1000) == "private"
    assert server.asked == []
    assert ask(True, 1001) == "ok"


def test_who_was_cut_off_asks_again_soon(tmp_path: Path, server: Any) -> None:
    server.shutdown()
    server.server_close()
    url = f"{server.url}/ok"
    found = verdicts(tmp_path, [url], 1000, offline=False, fetcher=lambda: fetcher(tmp_path))
    assert found[url].kind == "unreachable"
    assert not is_fresh(found[url], 1000 + 3600)


def test_what_took_its_time_and_failed_is_asked_once(tmp_path: Path) -> None:
    times = itertools.count(0.0, SLOW + 1)
    asked = []

    class Silent:
        def ask(self, url: str, method: str) -> Any:
            asked.append(url)
            raise SiteError([Problem("convert/fetch", "not answered whole within 20 s")])

    prober = Prober(cast(Any, Silent()), clock=lambda: next(times))
    assert prober.probe("https://h.example/a").kind == "unreachable"
    assert asked == ["https://h.example/a"]


def test_a_failing_page_is_asked_three_times_and_a_good_one_once(
    server: Any, tmp_path: Path
) -> None:
    Prober(fetcher(tmp_path)).probe(f"{server.url}/broken")
    assert server.asked.count(("HEAD", "/broken")) == 3
    Prober(fetcher(tmp_path)).probe(f"{server.url}/text")
    assert server.asked.count(("HEAD", "/text")) == 1
    assert ("GET", "/text") not in server.asked


def test_upgrades_and_slowness_need_no_server() -> None:
    steps = [Step("http://h.example/a", 301, 0.1), Step("https://h.example/a", 200, 0.1)]
    assert judge(steps).kind == "https"
    assert judge([Step("https://h.example/a", 200, 11.0)]).kind == "slow"
    steps = [Step("https://h.example/a", 301, 0.1), Step("https://other.example/", 200, 0.1)]
    assert judge(steps).kind == "home"


def test_answers_are_kept_and_asked_again_when_they_are_old(server: Any, tmp_path: Path) -> None:
    urls = [f"{server.url}/ok", f"{server.url}/gone"]

    def ask(now: int, offline: bool = False) -> dict[str, str]:
        server.asked.clear()
        found = verdicts(tmp_path, urls, now, offline=offline, fetcher=lambda: fetcher(tmp_path))
        return {url.rpartition("/")[2]: verdict.kind for url, verdict in found.items()}

    assert ask(0, offline=True) == {}
    assert ask(1000) == {"ok": "ok", "gone": "gone"}
    assert ask(1000 + DAY - 1) == {"ok": "ok", "gone": "gone"}
    assert server.asked == []
    ask(1000 + DAY)
    assert {path for _, path in server.asked} == {"/robots.txt", "/gone"}
    assert ask(1000 + 90 * DAY, offline=True) == {"ok": "ok", "gone": "gone"}
    assert server.asked == []
    (tmp_path / ".site_gen/links.json").write_text("{")
    assert ask(1000 + 90 * DAY) == {"ok": "ok", "gone": "gone"}


def test_a_link_is_rewritten_only_for_good_and_on_its_host() -> None:
    link = Link(url="https://h.example/a", line=7)
    places = {link.url: [("a.md", link)]}

    def fix(target: str, permanent: bool) -> str:
        verdict = Verdict("moved", 0, 200, target, permanent)
        found = [hit for _, hit in hits(places, {link.url: verdict})]
        assert [hit.rule for hit in found] == ["external/moved"]
        return found[0].fix.new if found[0].fix else ""

    assert fix("https://h.example/b", True) == "https://h.example/b"
    assert fix("https://h.example/b", False) == ""
    assert fix("https://other.example/b", True) == ""


def test_the_open_edition_is_asked_and_mended(
    server: Any, site: Any, run: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    defaults: Any = Fetcher.__init__.__kwdefaults__
    monkeypatch.setitem(defaults, "pause", lambda seconds: None)
    site.article("a", f"See [it]({server.url}/moved) and [that]({server.url}/gone).",
                 webUrl=f"{server.url}/ok")  # fmt: skip
    words = ("-C", str(site.root), "check", "--now", "2026-03-05", "--edition", "open")
    done = run(*words, "--external", "--allow-private", "--only", "external")
    assert done.code == 1
    assert "error[external/gone]" in done.out
    assert "hint[external/moved]" in done.out
    server.asked.clear()
    again = run(*words, "--external", "--offline", "--fix", "--only", "external")
    assert server.asked == []
    assert "external/moved" not in again.out
    assert f"[it]({server.url}/new)" in (site.root / "content/a.md").read_text("utf-8")


def test_for_a_page_that_is_gone_a_copy_is_proposed_in_a_key_that_is_known() -> None:
    from site_gen.frontmatter.check import FIELDS

    link = Link(url="https://a.example/b", line=7)
    ((_, hit),) = hits({link.url: [("a.md", link)]}, {link.url: Verdict("gone", 0, 404)})
    proposed = re.search(r"`(\w+): (https://web\.archive\.org/web/https://a\.example/b)`", hit.help)
    assert proposed is not None
    assert proposed[1] in FIELDS
