import os
from pathlib import Path

import pytest

from site_gen.preview.file_lookup import candidates, decode, file_at, is_folder, is_public
from site_gen.preview.request import RequestError


@pytest.fixture
def output(tmp_path: Path) -> Path:
    made = tmp_path / "public"
    (made / "a").mkdir(parents=True)
    (made / "a" / "index.html").write_text("a")
    (made / ".well-known").mkdir()
    (made / ".well-known" / "security.txt").write_text("s")
    (made / ".site_gen-files").write_text("secret")
    (tmp_path / "outside.txt").write_text("secret")
    return made


@pytest.mark.parametrize(
    ("path", "parts"),
    [
        ("/", ("",)),
        ("/a/", ("a", "")),
        ("/a%20b", ("a b",)),
        ("/%C3%A9/x", ("é", "x")),
        ("/%252e%252e/x", ("%2e%2e", "x")),
        ("/a+b", ("a+b",)),
    ],
)
def test_each_part_is_decoded_once(path: str, parts: tuple[str, ...]) -> None:
    assert decode(path) == parts


@pytest.mark.parametrize(
    "path",
    [
        "/..",
        "/../x",
        "/a/../../x",
        "/%2e%2e/x",
        "/.%2E/x",
        "/./x",
        "/%2e/",
        "/..%2fx",
        "/a%2fb",
        "/a%2Fb",
        "/..%5cx",
        "/a\\b",
        "/a%00.html",
        "/%0a",
        "/%7f",
        "//a",
        "/a//b",
        "/%ff",
        "/%c0%ae%c0%ae/x",
        "/%ed%a0%80",
        "/%",
        "/%4",
        "/%zz",
        "/%u002e",
    ],
)
def test_what_is_no_plain_name_is_refused(path: str) -> None:
    with pytest.raises(RequestError):
        decode(path)


def test_files_inside_are_found(output: Path) -> None:
    assert file_at(output, ("a", "index.html")) == output / "a" / "index.html"
    assert file_at(output, (".well-known", "security.txt")) is not None
    assert is_folder(output, ("a",))
    assert not is_folder(output, ("b",))


@pytest.mark.parametrize(
    "parts",
    [
        ("a",),
        ("a", ""),
        ("..", "outside.txt"),
        (".site_gen-files",),
        ("nothing",),
        ("a", "index.html", "x"),
        ("x" * 5000,),
        ("a\0b",),
    ],
)
def test_nothing_else_is(output: Path, parts: tuple[str, ...]) -> None:
    assert file_at(output, parts) is None


def test_links_are_followed_only_inside(output: Path) -> None:
    (output / "in").symlink_to("a/index.html")
    (output / "out").symlink_to("../outside.txt")
    (output / "up").symlink_to("..")
    assert file_at(output, ("in",)) == output / "a" / "index.html"
    assert file_at(output, ("out",)) is None
    assert file_at(output, ("up", "outside.txt")) is None


def test_a_sibling_with_the_same_beginning_is_outside(output: Path) -> None:
    (output.parent / "public-not").mkdir()
    (output.parent / "public-not" / "x").write_text("x")
    (output / "near").symlink_to("../public-not")
    assert file_at(output, ("near", "x")) is None


def test_a_pipe_is_no_file(output: Path) -> None:
    os.mkfifo(output / "pipe")
    assert file_at(output, ("pipe",)) is None


def test_an_output_that_is_a_link_is_served(output: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(output)
    assert file_at(tmp_path / "link", ("a", "index.html")) == output / "a" / "index.html"


def test_dot_files_and_host_files_are_not_public() -> None:
    hidden = [(".git", "x"), ("a", ".x"), (".well-known", ".x"), ("_headers",), ("_redirects",)]
    assert not any(is_public(parts) for parts in hidden)
    assert is_public((".well-known", "x"))
    assert is_public(("a", "_headers"))


def test_a_page_may_lie_in_a_folder_or_under_its_name() -> None:
    assert candidates(("a", "")) == (("a", "index.html"),)
    assert candidates(("a",)) == (("a",), ("a.html",))
