"""Reading what may be hostile."""

import os
import socket
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_gen.basics import files


def test_a_regular_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"abc")
    assert files.read_bytes(tmp_path / "a") == b"abc"
    assert files.read_bytes(tmp_path / "a", 3) == b"abc"


def test_a_file_over_the_limit_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"abcd")
    with pytest.raises(files.Unreadable, match="has 4 bytes; the limit is 3"):
        files.read_bytes(tmp_path / "a", 3)


def test_no_link_is_followed(tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(b"x")
    (tmp_path / "link").symlink_to(tmp_path / "secret")
    with pytest.raises(files.Unreadable, match="cannot be opened"):
        files.read_bytes(tmp_path / "link")


def test_nothing_but_a_regular_file_is_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", tmp_path, Path("/dev/null")):
        with pytest.raises(files.Unreadable, match="is not a regular file"):
            files.read_bytes(path)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(tmp_path / "s"))
        with pytest.raises(files.Unreadable, match="cannot be opened"):
            files.read_bytes(tmp_path / "s")


def test_a_file_that_is_gone_says_so(tmp_path: Path) -> None:
    with pytest.raises(files.Unreadable, match="has vanished"):
        files.read_bytes(tmp_path / "none")


def test_a_bom_and_odd_newlines_go() -> None:
    assert files.decode(b"\xef\xbb\xbfa\r\nb\rc\n").text == "a\nb\nc\n"
    assert files.decode("héllo\n".encode()) == files.Text("héllo\n", ())


def test_bad_utf8_is_placed() -> None:
    with pytest.raises(files.Unreadable) as caught:
        files.decode(b"good\ngood\nb\xe4d\n")
    assert caught.value.reason == "is not UTF-8 (byte 0xe4 in line 3)"
    assert caught.value.line == 3
    # Surrogates and overlong forms are no UTF-8 either.
    for data in (b"\xed\xa0\x80", b"\xc0\xaf", b"\xf5\x80\x80\x80"):
        with pytest.raises(files.Unreadable):
            files.decode(data)


@pytest.mark.parametrize(
    "bad",
    ["\x00", "\x08", "\x0b", "\x1b", "\x7f", "\x85", "\x9f", "\ufdd0", "\ufffe", "\U0001ffff"],
)
def test_what_no_output_may_hold_is_replaced_and_placed(bad: str) -> None:
    found = files.decode(f"a\nb{bad}c\n".encode())
    assert found == files.Text("a\nb\ufffdc\n", (2,))


def test_what_else_is_odd_stays() -> None:
    text = "tab\t é \u200b \u202e \ue000 \U0001f600"
    assert files.decode(text.encode()) == files.Text(text)
    assert files.clean("\ud800") == "\ufffd"


@pytest.mark.parametrize(
    "name", [".a.md.swp", "a.md~", "#a.md#", ".#a.md", "~$a.docx", "Thumbs.db", "a.tmp", "4913"]
)
def test_leftovers_are_known(name: str) -> None:
    assert files.is_leftover(name)


@pytest.mark.parametrize("name", ["a.md", "tmp.md", "a~b.md", "README", "4913.md"])
def test_content_is_no_leftover(name: str) -> None:
    assert not files.is_leftover(name)


@given(st.text() | st.text(st.sampled_from("ab \n\r\t\x7f\xa0é“日\u200b\ud800\U0001f600")))
def test_printable_is_printable_but_for_newlines(text: str) -> None:
    assert files.printable(text) == text.replace("\n", "").isprintable()


@given(st.text(st.sampled_from("a\n\t\xa0\x85\x07\x7f\u200b\ufffe\U0001fffe\ud800é日☕")))
def test_cleaning_replaces_what_no_output_may_hold_and_that_alone(text: str) -> None:
    forbidden = "\x85\x07\x7f\ufffe\U0001fffe\ud800"
    assert files.clean(text) == "".join("\ufffd" if c in forbidden else c for c in text)
