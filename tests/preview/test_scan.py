import os
from pathlib import Path

import pytest

from site_gen.preview.scan import AbandonedError, Inputs, differences, is_noise, scan, stamp_of


def test_every_file_is_seen_and_noise_is_not(tmp_path: Path) -> None:
    for name in ("c/a.md", "c/d/b.md", "c/.a.md.swp", "c/a.md~", "c/4913", "c/.git/x"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    (tmp_path / "site.toml").write_text("x")
    inputs = Inputs((tmp_path / "c", tmp_path / "none"), (tmp_path / "site.toml", tmp_path / "no"))
    names = {os.path.relpath(path, tmp_path) for path in scan(inputs)}
    assert names == {"site.toml", "c/a.md", "c/d/b.md"}


def test_a_scan_can_be_stopped(tmp_path: Path) -> None:
    (tmp_path / "c" / "d").mkdir(parents=True)
    answers = [False, True]
    with pytest.raises(AbandonedError):
        scan(Inputs((tmp_path,)), lambda: answers.pop(0))
    assert answers == []


def test_links_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "c").mkdir()
    (tmp_path / "c" / "loop").symlink_to("..")
    assert list(scan(Inputs((tmp_path / "c",)))) == [str(tmp_path / "c" / "loop")]


def test_a_rewrite_of_the_same_size_is_another_stamp(tmp_path: Path) -> None:
    file = tmp_path / "a"
    file.write_text("one")
    before = stamp_of(str(file))
    (tmp_path / "b").write_text("two")
    os.replace(tmp_path / "b", file)
    assert stamp_of(str(file)) != before
    assert stamp_of(str(tmp_path)) is None
    assert stamp_of(str(tmp_path / "none")) is None


def test_differences_name_what_came_went_and_changed() -> None:
    before = {"a": (1, 1, 1), "b": (1, 1, 1), "c": (1, 1, 1)}
    after = {"a": (1, 1, 1), "c": (2, 1, 1), "d": (1, 1, 1)}
    assert differences(before, after) == ("b", "c", "d")


def test_noise() -> None:
    names = (".git", ".a.md.swp", "a.md~", "4913", "a.md___jb_tmp___", "a.md", ".well-known")
    assert [name for name in names if not is_noise(name)] == ["a.md", ".well-known"]
