from pathlib import Path

import pytest

from site_gen.preview.request import Request
from site_gen.preview.response import Response, Slice, plain_text, redirect, with_etag, with_range


def asked(**headers: str) -> Request:
    return Request("GET", "/", {name.replace("_", "-"): value for name, value in headers.items()})


def test_a_length_is_that_of_what_is_sent() -> None:
    assert Response(200, {}, b"abc").length == 3
    assert Response(200, {}, Slice(Path("x"), 3, 10)).length == 7


@pytest.mark.parametrize(
    ("target", "query", "location"),
    [
        ("/a/", "", "/a/"),
        ("/a/", "x=1", "/a/?x=1"),
        ("/é/", "", "/%C3%A9/"),
        ("/a\r\nSet-Cookie: x", "", "/a%0D%0ASet-Cookie:%20x"),
        ("/a%20b/", "", "/a%20b/"),
    ],
)
def test_a_location_is_fit_for_a_header(target: str, query: str, location: str) -> None:
    assert redirect(target, query, 301).headers["location"] == location


def test_only_a_whole_answer_can_be_unchanged() -> None:
    assert with_etag(asked(if_none_match='"x"'), Response(404, {}, b"a"), "x").status == 404
    assert with_etag(asked(if_none_match='"x"'), Response(200, {}, b"a"), "x").status == 304


def test_a_slice_is_cut_without_being_read() -> None:
    whole = with_etag(asked(), Response(200, {}, Slice(Path("x"), 0, 100)), "x")
    cut = with_range(asked(range="bytes=10-19"), whole)
    assert (cut.status, cut.body) == (206, Slice(Path("x"), 10, 20))


def test_words_are_text() -> None:
    assert plain_text(404, "none").headers["content-type"] == "text/plain; charset=utf-8"
