"""The scan of a body: what its short ways give, and how often it is made."""

import re

from hypothesis import given
from hypothesis import strategies as st

from site_gen.check import scan
from site_gen.check.document import parse
from site_gen.check.reader import find_hits
from site_gen.check.rules import RULES
from site_gen.check.rules.rule import Sight
from site_gen.settings import Settings

# The marks as they are meant, tried at each character.
MARKS = re.compile(
    r"[*~]{1,3}(?=\S)|(?<=\S)[*~]{1,3}|\b_{1,3}(?!\w)|(?<!\w)_{1,3}\b"
    r"|\\(?=[!-/:-@\[-`{-~])|<[^<>]*>"
)
TEXTS = st.text(st.sampled_from("ab *~_\\<>.é`\u00a0"), max_size=30)


@given(TEXTS)
def test_marks_are_taken_out_wherever_they_stand(text: str) -> None:
    assert scan.plain(text) == MARKS.sub("", text)


@given(st.lists(st.sampled_from(["word", "a  b", "\u00a0", "> q", " ", ""]), max_size=6))
def test_a_paragraph_is_one_line_with_single_blanks(lines: list[str]) -> None:
    body = "\n".join(["Begin", *(f"x{line}" for line in lines)])
    wanted = " ".join(" ".join(line.strip() for line in body.split("\n")).split())
    assert [piece.text for piece in scan.paragraphs(body)] == [wanted]


BLOCKS = st.text(st.sampled_from("a #>-*1.![](:/<\u00a0 é"), max_size=12)


@given(st.lists(BLOCKS, max_size=5))
def test_blocks_say_what_their_lines_say(blocks: list[str]) -> None:
    body = "\n\n".join([*blocks, "# Pier", "- ", "> said", "![](a.png)", "1. [x](b)", "2. <c>"])
    # With a comment in it each line is looked at by itself.
    assert scan.read(body, 3) == scan.read(f"{body}\n\n<!-- -->", 3)


def test_an_address_that_stands_twice_has_both_its_lines() -> None:
    head = "title: https://a.example/x\noriginalUrl: https://a.example/x\n"
    read = parse(f"---\n{head}webUrl: https://a.example/x\n---\n\nText.\n", "a.md")
    assert read is not None
    assert [(link.field, link.line) for link in read.links] == [("originalUrl", 3), ("webUrl", 4)]


def test_a_body_is_gone_through_once_for_all_rules() -> None:
    scan.prose_lines.cache_clear()
    read = parse("---\ntitle: A ferry\n---\nA `quay, a <b>pier</b>, [x](https://a.example/b).\n",
                 "a.md")  # fmt: skip
    assert read is not None
    assert list(find_hits(read, Sight(Settings()), RULES))
    assert scan.prose_lines.cache_info().misses == 1
