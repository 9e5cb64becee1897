"""A look at an output: nothing harmed goes unseen."""

import os
from pathlib import Path
from struct import iter_unpack

import pytest

from site_gen.basics.stamps import Stamp, pack
from site_gen.output.file_list import (
    LIST_NAME,
    MISSING,
    OutputState,
    list_stamp,
    read_state,
    state_digest,
)
from site_gen.output.publish import format_list

PATHS = ("a/index.html", "b.css", "ö.html")


@pytest.fixture
def output(tmp_path: Path) -> Path:
    """A small output with its list."""
    folder = tmp_path / "public"
    for path in PATHS:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(path)
    (folder / LIST_NAME).write_bytes(format_list(PATHS))
    return folder


def there(looked: OutputState) -> dict[str, Stamp]:
    """Stamps by path, of the files that were there."""
    found = zip(looked.paths, iter_unpack("3q", looked.packed), strict=True)
    return {path: each for path, each in found if each != MISSING}


@pytest.mark.parametrize("paths", [("b.css",), ("a/index.html", "ö.html"), PATHS, ()])
def test_what_changed_is_put_among_what_was_seen(output: Path, paths: tuple[str, ...]) -> None:
    before = read_state(output)
    new = {"0.txt": (1, 2, 3), "c/d.txt": (4, 5, 6), "ü": (7, 8, 9)}
    gone: dict[str, Stamp | None] = dict.fromkeys(paths)
    found, stamps = before.with_changes({**gone, **new, "never.txt": None})
    wanted = {**there(before), **new}
    wanted = {path: wanted[path] for path in sorted(wanted.keys() - gone.keys())}
    assert (found, stamps) == (list(wanted), pack(wanted.values()))


def test_it_has_the_stamps_of_what_is_there(output: Path) -> None:
    (output / "b.css").unlink()
    found = read_state(output)
    assert found.paths == sorted(PATHS)
    assert sorted(there(found)) == ["a/index.html", "ö.html"]
    status = os.stat(output / "ö.html")
    assert there(found)["ö.html"] == (status.st_size, status.st_mtime_ns, status.st_ino)


def test_it_is_what_a_build_notes(output: Path) -> None:
    looked = read_state(output)
    stamps = there(looked)
    assert looked.paths == list(stamps)
    assert looked.packed == pack(stamps.values())
    assert looked.digest == state_digest(stamps, pack(stamps.values()), list_stamp(output))


@pytest.mark.parametrize("harm", ["edit", "touch", "remove", "swap", "list", "extra", "all"])
def test_any_harm_is_another_digest(output: Path, harm: str) -> None:
    before, page = read_state(output), output / "a/index.html"
    if harm == "edit":
        page.write_text("longer than before")
    elif harm == "touch":
        os.utime(page, (1, 1))
    elif harm == "remove":
        page.unlink()
    elif harm == "swap":
        (output / "new").write_text(page.read_text())
        os.utime(output / "new", ns=(0, page.stat().st_mtime_ns))
        os.replace(output / "new", page)
    elif harm == "list":
        os.utime(output / LIST_NAME, (1, 1))
    elif harm == "extra":
        before_list = (output / LIST_NAME).stat()
        (output / LIST_NAME).write_bytes(format_list((*PATHS, "c.html")))
        os.utime(output / LIST_NAME, ns=(0, before_list.st_mtime_ns))
    else:
        output.rename(output.with_name("away"))
    assert read_state(output).digest != before.digest


def test_a_list_from_a_stranger_harms_nothing(output: Path) -> None:
    lines = ("../../etc/passwd", "/etc/passwd", "nul\0nul", "", "x" * 5000, "a/index.html")
    (output / LIST_NAME).write_text("\n".join(lines) + "\n")
    assert {"", "nul\0nul", "x" * 5000} & set(there(read_state(output))) == set()
    (output / LIST_NAME).write_bytes(b"\xff\n")
    assert read_state(output).paths == []
