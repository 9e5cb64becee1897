"""The key of the program: its own bytes, and the versions of what it renders with."""

from importlib.metadata import version
from pathlib import Path

import pytest

from site_gen.basics import program_version
from site_gen.basics.program_version import LIBRARIES


def test_versions_are_those_that_are_installed() -> None:
    found = program_version._installed()
    assert {name: found[name] for name in LIBRARIES} == {name: version(name) for name in LIBRARIES}


def test_another_version_of_a_library_is_another_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(program_version, "PACKAGE", tmp_path / "package")
    monkeypatch.setattr(program_version.sys, "path", [str(tmp_path / "library"), "no.zip"])
    keys = []
    for name in ("Markdown_It_Py-1.0", "Markdown_It_Py-1.1", "other-1.1"):
        folder = tmp_path / "library" / f"{name}.dist-info"
        folder.mkdir(parents=True)
        keys.append(program_version.exact_key())
        folder.rmdir()
    assert len(set(keys)) == 3


def test_a_link_that_leads_nowhere_is_no_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(program_version, "PACKAGE", tmp_path)
    before = program_version.exact_key()
    (tmp_path / ".#lock").symlink_to("nowhere")
    assert program_version.exact_key() == before
