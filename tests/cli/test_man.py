"""The manual page: of the same source as `--help`, and sound for those who print it."""

import importlib.util
import shutil
import subprocess
from pathlib import Path
from types import ModuleType

import pytest

from site_gen.cli.main import COMMANDS

DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture(scope="module")
def make_man() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_man", DOCS / "make_man.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_is_as_the_commands_are(make_man: ModuleType) -> None:
    page = (DOCS / "site-gen.1").read_text("utf-8")
    assert page == make_man.made(), "run `python docs/make_man.py`"
    for name, (_, short) in COMMANDS.items():
        assert (f"site\\-gen {name}" in page) == bool(short)


def test_no_word_becomes_a_macro(make_man: ModuleType) -> None:
    assert make_man._text(".site_gen/ 'a' back\\slash -v") == r"\&.site_gen/ 'a' back\eslash \-v"


@pytest.mark.parametrize(
    "words",
    [
        ["mandoc", "-T", "lint", "-W", "warning"],
        ["groff", "-man", "-ww", "-z", "-K", "utf8"],
    ],
    ids=lambda words: words[0],
)
def test_it_is_sound(words: list[str]) -> None:
    if shutil.which(words[0]) is None:
        pytest.skip(f"no {words[0]} here")
    done = subprocess.run(
        [*words, DOCS / "site-gen.1"], capture_output=True, text=True, check=False
    )
    assert (done.stdout, done.stderr) == ("", "")
