from pathlib import Path

import pytest

from site_gen.preview.reload_script import load_client
from site_gen.preview.request import Request
from site_gen.preview.response import Response, Slice
from site_gen.preview.static_host import StaticHost


@pytest.fixture
def host(output: Path) -> StaticHost:
    return StaticHost(output, None, lambda: "s:0")


@pytest.fixture
def live(output: Path) -> StaticHost:
    return StaticHost(output, load_client(), lambda: "s:7")


def ask(host: StaticHost, path: str, **headers: str) -> Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return host.answer(Request("GET", path, named))


def body(response: Response) -> bytes:
    assert isinstance(response.body, bytes)
    return response.body


def test_a_page_is_served_as_it_is(host: StaticHost, output: Path) -> None:
    response = ask(host, "/a/")
    assert response.status == 200
    assert body(response) == (output / "a" / "index.html").read_bytes()
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["cache-control"] == "no-cache"
    assert not any(name.startswith("access-control") for name in response.headers)


@pytest.mark.parametrize(
    ("path", "shown", "page"),
    [
        ("/a/", "a/index.html", True),
        ("/plain", "plain.html", True),
        ("/kept", "a/index.html", True),
        ("/assets/site.css", "assets/site.css", False),
        ("/none", "", True),
        ("/old/", "", False),
        ("/.site_gen/preview.js", "", False),
    ],
)
@pytest.mark.parametrize("reload", [True, False])
def test_a_response_knows_which_output_it_shows(
    host: StaticHost, live: StaticHost, path: str, shown: str, page: bool, reload: bool
) -> None:
    (host.output / "_redirects").write_text("/old/ /a/ 301\n/kept /a/ 200\n")
    response = ask(live if reload else host, path)
    if reload or not path.startswith("/."):
        assert (response.output, response.page) == (shown, page)
    again = ask(live if reload else host, path, if_none_match=response.headers.get("etag", "-"))
    assert (again.output, again.page) == (response.output, response.page)


def test_before_anything_is_built_a_response_knows_which_output_is_waited_for(
    live: StaticHost, host: StaticHost, tmp_path: Path
) -> None:
    for each in (live, host):
        each.output = tmp_path / "nothing"
        first, second = ask(each, "/articles/a/"), ask(each, "/")
        assert (first.status, first.output, first.page) == (404, "articles/a/index.html", True)
        assert second.output == "index.html"
        assert b"articles/a" not in body(first)  # the page itself is of no output


def test_the_final_slash_is_added(host: StaticHost) -> None:
    response = ask(host, "/a?x=1")
    assert (response.status, response.headers["location"]) == (301, "/a/?x=1")


def test_a_page_may_be_asked_for_without_its_ending(host: StaticHost) -> None:
    assert b"Plain" in body(ask(host, "/plain"))


@pytest.mark.parametrize(
    "path", ["/none/", "/none", "/assets/", "/assets", "/.site_gen-files", "/.git/x"]
)
def test_what_is_not_there_is_the_sites_own_404(host: StaticHost, path: str) -> None:
    response = ask(host, path)
    assert response.status == 404
    assert b"Not found" in body(response)


@pytest.mark.parametrize("path", ["/_headers", "/_redirects"])
def test_the_hosts_own_files_are_not_served(host: StaticHost, path: str) -> None:
    assert ask(host, path).status == 404


def test_well_known_is_served(host: StaticHost) -> None:
    assert ask(host, "/.well-known/security.txt").status == 200


@pytest.mark.parametrize(
    ("path", "status"), [("/old/", 301), ("/old", 301), ("/latest/", 302), ("/kept", 301)]
)
def test_redirects(host: StaticHost, path: str, status: int) -> None:
    response = ask(host, path)
    assert (response.status, response.headers["location"]) == (status, "/a/")


def test_a_file_goes_before_a_redirect_unless_forced(host: StaticHost, output: Path) -> None:
    (output / "_redirects").write_text("/a/ /plain 302\n")
    assert ask(host, "/a/").status == 200
    (output / "_redirects").write_text("/a/ /plain 302!\n")
    assert ask(host, "/a/").headers["location"] == "/plain"


def test_a_rewrite_serves_another_file(host: StaticHost, output: Path) -> None:
    (output / "_redirects").write_text("/app/* /a/ 200\n/lost/* /plain 404\n/loop/* /none/ 200\n")
    assert (ask(host, "/app/x").status, b"<h1>A" in body(ask(host, "/app/x"))) == (200, True)
    assert (ask(host, "/lost/x").status, b"Plain" in body(ask(host, "/lost/x"))) == (404, True)
    assert ask(host, "/loop/x").status == 404


def test_the_sites_headers_apply_but_for_caching(host: StaticHost) -> None:
    response = ask(host, "/feed.xml")
    assert response.headers["content-type"] == "application/rss+xml"
    assert response.headers["x-frame-options"] == "DENY"
    assert response.headers["cache-control"] == "no-cache"


def test_changed_rules_apply_at_once(host: StaticHost, output: Path) -> None:
    assert "x-new" not in ask(host, "/a/").headers
    (output / "_headers").write_text("/a/\n  X-New: 1\n")
    assert ask(host, "/a/").headers["x-new"] == "1"
    (output / "_headers").unlink()
    assert "x-new" not in ask(host, "/a/").headers


def test_the_same_is_not_sent_twice(host: StaticHost) -> None:
    for path in ("/a/", "/big.bin", "/assets/site.css"):
        etag = ask(host, path).headers["etag"]
        for known in (etag, f"W/{etag}", f'"x", {etag}', "*"):
            response = ask(host, path, if_none_match=known)
            assert (response.status, response.body) == (304, b"")
        assert ask(host, path, if_none_match='"other"').status == 200


def test_another_content_has_another_etag(host: StaticHost, output: Path) -> None:
    etag = ask(host, "/big.bin").headers["etag"]
    (output / "big.bin").write_text("9876543210")
    assert ask(host, "/big.bin", if_none_match=etag).status == 200


def test_ranges(host: StaticHost) -> None:
    response = ask(host, "/big.bin", range="bytes=2-4")
    assert (response.status, body(response)) == (206, b"234")
    assert response.headers["content-range"] == "bytes 2-4/10"
    assert ask(host, "/big.bin", range="bytes=10-").headers["content-range"] == "bytes */10"
    assert ask(host, "/big.bin", range="bytes=0-1,3-4").status == 200
    assert ask(host, "/big.bin", range="bytes=2-4", if_range='"old"').status == 200
    etag = ask(host, "/big.bin").headers["etag"]
    assert ask(host, "/big.bin", range="bytes=2-4", if_range=etag).status == 206


def test_a_large_file_is_sent_in_pieces(host: StaticHost, output: Path) -> None:
    with (output / "film.mp4").open("wb") as file:
        file.truncate(5 << 20)
    response = ask(host, "/film.mp4", range="bytes=100-")
    assert response.body == Slice(output / "film.mp4", 100, 5 << 20)
    assert response.length == (5 << 20) - 100


def test_the_script_is_in_the_response_and_not_in_the_file(live: StaticHost, output: Path) -> None:
    before = (output / "a" / "index.html").read_bytes()
    response = ask(live, "/a/")
    assert b'data-page="a/index.html"' in body(response)
    assert b'data-state="s:7"' in body(response)
    assert response.headers["etag"].strip('"').encode() in body(response)
    assert (output / "a" / "index.html").read_bytes() == before


def test_a_missing_page_has_no_page_of_its_own(live: StaticHost) -> None:
    response = ask(live, "/none/")
    assert response.status == 404
    assert b'data-page=""' in body(response)


def test_feeds_carry_no_script(live: StaticHost) -> None:
    assert body(ask(live, "/feed.xml")) == b"<rss/>\n"


def test_the_policy_of_a_page_admits_the_script_and_that_of_a_feed_stays(live: StaticHost) -> None:
    page, feed = ask(live, "/a/"), ask(live, "/feed.xml")
    assert "script-src-elem 'self'" in page.headers["content-security-policy"]
    assert feed.headers["content-security-policy"].startswith("default-src 'none'; style-src")
    assert "script" not in feed.headers["content-security-policy"]


def test_the_client_is_served(live: StaticHost) -> None:
    for name in ("preview.js", "worker.js", "morph.js", "overlay.js"):
        response = ask(live, f"/.site_gen/{name}?v")
        assert (response.status, response.headers["content-type"][:15]) == (200, "text/javascript")
    assert ask(live, "/.site_gen/other.js").status == 404
    assert ask(live, "/.site_gen/../answer.py").status == 404


def test_without_reload_there_is_no_client(host: StaticHost) -> None:
    assert ask(host, "/.site_gen/preview.js").status == 404


def test_before_the_first_build_a_page_waits(tmp_path: Path) -> None:
    response = ask(StaticHost(tmp_path / "none", load_client(), lambda: "s:0"), "/")
    assert response.status == 404
    assert b"Nothing here yet" in body(response)
    assert b"/.site_gen/preview.js" in body(response)
