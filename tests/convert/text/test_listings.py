"""Lines of code in a text stay a listing."""

from collections.abc import Callable

import pytest

from site_gen.convert.text.lines import read_lines
from site_gen.convert.text.listings import listings, written
from site_gen.model import Draft

Convert = Callable[..., list[Draft]]

PROSE = (
    "The gauge at the end of the pier speaks a protocol that is older than most who read it, and "
    "a program of a few lines is all that it takes to ask it how high the water stands."
)
CLOSING = (
    "The answer is in millimetres, and anybody who gets a number below zero should look first "
    "whether the float has been eaten by the gulls again, as it was in the spring."
)
CODE = """import socket

def level(host):
    with socket.create_connection((host, 502)) as gauge:
        gauge.sendall(b"\\x03")
        # the gauge answers at once
        return gauge.recv(64)[0]

print(level("10.0.0.7"))"""


def _ranges(text: str) -> list[range]:
    return list(listings(read_lines(text, "en")))


def test_code_keeps_its_breaks_and_its_indentation(convert: Convert) -> None:
    (draft,) = convert(f"How to Ask a Gauge for the Tide\n\n{PROSE}\n\n{CODE}\n\n{CLOSING}\n")
    assert f"\n\n```\n{CODE}\n```\n\n" in draft.body


def test_a_closing_bracket_alone_is_a_part_of_its_listing(convert: Convert) -> None:
    code = "function level(host) {\n  return ask(host);\n}\n\nconst now = level('pier');"
    (draft,) = convert(f"How to Ask a Gauge for the Tide\n\n{PROSE}\n\n{code}\n\n{CLOSING}\n")
    assert code in draft.body


def test_a_prompt_takes_what_it_printed() -> None:
    (found,) = _ranges("$ tide --version\n2.4.0\n\nThe next step is a cup of tea.")
    assert found == range(2)


@pytest.mark.parametrize(
    "text",
    [
        "For those who come by boat:\nWith a dog, it is free.\nIf you can: bring a rope.",
        "$400 was paid for the boat.\n$12 was paid for the oars.",
        "Import taxes rise\nReturn tickets cost more (from May)\nElse: nothing new",
        "la pose du parapet, en avril ;\nles essais de charge, en mai ;",
        "She said (twice);\nhe laughed;",
    ],
)
def test_prose_is_no_listing(text: str) -> None:
    assert _ranges(text) == []


def test_a_very_long_line_is_no_code() -> None:
    assert _ranges("x = (" + "(" * 400 + ";\ny = 2;\nz = 3;") == [range(1, 3)]


def test_a_fence_is_longer_than_those_within() -> None:
    assert written(read_lines("x = 1\n```\ny = 2", "en")).startswith("````\n")
