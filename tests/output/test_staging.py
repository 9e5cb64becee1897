"""The one writer: whole files, each once, never outside its folder."""

import errno
import os
from pathlib import Path

import pytest

from site_gen.output.staging import Staging


@pytest.fixture
def where(tmp_path: Path) -> Staging:
    (tmp_path / "out").mkdir()
    return Staging(tmp_path / "out", tmp_path / "stage")


def test_bytes_are_staged_and_not_yet_published(where: Staging, tmp_path: Path) -> None:
    stamp = where.write("a/b.html", b"bytes")
    status = os.stat(where.staged_path("a/b.html"))
    assert Path(where.staged_path("a/b.html")).read_bytes() == b"bytes"
    assert stamp == (status.st_size, status.st_mtime_ns, status.st_ino)
    assert list((tmp_path / "out").iterdir()) == []


@pytest.mark.parametrize("path", ["../a", "/a", "a/../../b", "", "a//b", "a\0"])
def test_a_path_out_of_the_folder_is_a_bug(where: Staging, path: str, tmp_path: Path) -> None:
    with pytest.raises(AssertionError):
        where.write(path, b"x")
    assert not (tmp_path / "stage").exists()


def test_a_second_write_of_one_path_is_refused(where: Staging) -> None:
    where.write("a", b"one")
    with pytest.raises(FileExistsError):
        where.write("a", b"two")
    assert Path(where.staged_path("a")).read_bytes() == b"one"


def test_a_short_write_goes_on(where: Staging, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.write
    monkeypatch.setattr(os, "write", lambda d, data: real(d, bytes(data)[:3]))
    where.write("a", b"0123456789")
    assert Path(where.staged_path("a")).read_bytes() == b"0123456789"


def test_a_full_disk_is_raised(where: Staging, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int, data: bytes) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(OSError, match="No space"):
        where.write("a", b"x")


def test_only_the_same_bytes_in_a_plain_file_count_as_there(where: Staging, tmp_path: Path) -> None:
    (tmp_path / "out/a").write_bytes(b"same")
    (tmp_path / "out/link").symlink_to(tmp_path / "out/a")
    found = where.stat_if_unchanged("a", b"same")
    assert found
    assert found.st_size == 4
    assert where.stat_if_unchanged("a", b"othr") is None
    assert where.stat_if_unchanged("a", b"longer") is None
    assert where.stat_if_unchanged("link", b"same") is None
    assert where.stat_if_unchanged("absent", b"") is None


def test_where_there_is_no_output_no_file_of_it_is_looked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    where = Staging(tmp_path / "out", tmp_path / "stage")
    assert where.stat_if_unchanged("a", b"a") is None
    with monkeypatch.context() as patched:
        patched.setattr(os, "open", lambda *_: pytest.fail("it was opened"))
        assert where.stat_if_unchanged("b", b"b") is None
