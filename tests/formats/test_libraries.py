"""What formats render with is imported once, before workers are forked."""

import subprocess
import sys

import pytest

from site_gen import formats

SEEN = """
import sys
from site_gen import formats
formats.import_libraries([{name!r}, "of a plugin"])
print(*sys.modules)
"""


@pytest.mark.parametrize("name", ["rss", "atom", "cards", "email"])
def test_libraries_of_a_format_are_imported_when_asked(name: str) -> None:
    libraries = formats.module(name).LIBRARIES
    made = subprocess.run(
        [sys.executable, "-c", SEEN.format(name=name)], capture_output=True, text=True, check=True
    )
    assert set(libraries) <= set(made.stdout.split())


def test_a_format_is_imported_without_its_libraries() -> None:
    program = "import sys; from site_gen import formats; formats.module('rss'); print(*sys.modules)"
    made = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert not {"feedgen.feed", "lxml.etree"} & set(made.stdout.split())
