"""A look at an output: the same from another process, and nothing harmed goes unseen."""

import os
from datetime import UTC, datetime
from pathlib import Path
from struct import iter_unpack

import pytest

from site_gen.basics.stamps import Stamp, packed
from site_gen.engine import build
from site_gen.engine.report import Options
from site_gen.output import outputs
from site_gen.output.file_list import LIST
from site_gen.output.outputs import GONE, Looked, Looking, digest_of, own_stamp
from site_gen.output.publish import listing

NOW = datetime(2024, 6, 1, tzinfo=UTC)
PATHS = ("a/index.html", "b.css", "ö.html")


@pytest.fixture
def output(tmp_path: Path) -> Path:
    """A small output with its list."""
    folder = tmp_path / "public"
    for path in PATHS:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(path)
    (folder / LIST).write_bytes(listing(PATHS))
    return folder


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """A look forks, however small the output; one number for each time this process looked."""
    found: list[int] = []
    real = outputs._look

    def noted(output: Path, paths: list[str]) -> bytes:
        found.append(len(paths))
        return real(output, paths)

    monkeypatch.setattr(outputs, "_look", noted)
    monkeypatch.setattr(outputs, "LARGE", 1)
    monkeypatch.setattr(outputs, "may_fork", lambda: True)  # whatever threads other tests left
    return found


def look(output: Path, jobs: int) -> Looked:
    with Looking(output, jobs) as looking:
        assert looking.looked() is looking.looked()
        return looking.looked()


def there(looked: Looked) -> dict[str, Stamp]:
    """Stamps by path, of the files that were there."""
    found = zip(looked.paths, iter_unpack("3q", looked.packed), strict=True)
    return {path: each for path, each in found if each != GONE}


@pytest.mark.parametrize("paths", [("b.css",), ("a/index.html", "ö.html"), PATHS, ()])
def test_what_changed_is_put_among_what_was_seen(output: Path, paths: tuple[str, ...]) -> None:
    before = look(output, 1)
    new = {"0.txt": (1, 2, 3), "c/d.txt": (4, 5, 6), "ü": (7, 8, 9)}
    gone: dict[str, Stamp | None] = dict.fromkeys(paths)
    found, stamps = before.changed({**gone, **new, "never.txt": None})
    wanted = {**there(before), **new}
    wanted = {path: wanted[path] for path in sorted(wanted.keys() - gone.keys())}
    assert (found, stamps) == (list(wanted), packed(wanted.values()))


def test_another_process_sees_the_same(output: Path, here: list[int]) -> None:
    (output / "b.css").unlink()
    aside = look(output, 2)
    assert here == []
    assert aside == look(output, 1)
    assert here == [3]
    assert aside.paths == sorted(PATHS)
    assert sorted(there(aside)) == ["a/index.html", "ö.html"]
    status = os.stat(output / "ö.html")
    assert there(aside)["ö.html"] == (status.st_size, status.st_mtime_ns, status.st_ino)


def test_it_is_what_a_build_notes(output: Path) -> None:
    looked = look(output, 1)
    stamps = there(looked)
    assert looked.paths == list(stamps)
    assert looked.packed == packed(stamps.values())
    assert looked.digest == digest_of(stamps, packed(stamps.values()), own_stamp(output))


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("harm", ["edit", "touch", "remove", "swap", "list", "extra", "all"])
def test_any_harm_is_another_digest(output: Path, here: list[int], harm: str, jobs: int) -> None:
    before, page = look(output, jobs), output / "a/index.html"
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
        os.utime(output / LIST, (1, 1))
    elif harm == "extra":
        before_list = (output / LIST).stat()
        (output / LIST).write_bytes(listing((*PATHS, "c.html")))
        os.utime(output / LIST, ns=(0, before_list.st_mtime_ns))
    else:
        output.rename(output.with_name("away"))
    assert look(output, jobs).digest != before.digest
    assert (here == []) == (jobs == 2 and harm != "all")


def test_a_death_is_made_good_here(
    output: Path, here: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted, real, parent = look(output, 1), outputs._look, os.getpid()

    def dies(output: Path, paths: list[str]) -> bytes:
        if os.getpid() != parent:
            os._exit(9)
        return real(output, paths)

    monkeypatch.setattr(outputs, "_look", dies)
    assert look(output, 2) == wanted
    assert here == [3, 3]


def test_little_is_looked_at_here(
    output: Path, here: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outputs, "LARGE", len(PATHS) + 1)
    look(output, 2)
    assert here == [3]


def test_what_nobody_asks_for_is_not_looked_at_here(output: Path, here: list[int]) -> None:
    with Looking(output, 1):
        pass
    assert here == []


def test_a_list_from_a_stranger_harms_nothing(output: Path) -> None:
    lines = ("../../etc/passwd", "/etc/passwd", "nul\0nul", "", "x" * 5000, "a/index.html")
    (output / LIST).write_text("\n".join(lines) + "\n")
    assert {"", "nul\0nul", "x" * 5000} & set(there(look(output, 1))) == set()
    (output / LIST).write_bytes(b"\xff\n")
    assert look(output, 1).paths == []


def test_an_interrupted_build_leaves_no_process(
    output: Path, here: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    children: list[int] = []
    real = os.fork

    def noted() -> int:
        children.append(child := real())
        return child

    def interrupted(root: Path) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fork", noted)
    monkeypatch.setattr(build, "take_snapshot", interrupted)
    with pytest.raises(KeyboardInterrupt):
        build.build(output.parent, Options(now=NOW, jobs=2))
    assert len(children) == 1
    with pytest.raises(ProcessLookupError):
        os.kill(children[0], 0)
