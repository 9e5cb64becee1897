"""The short way through a plain body gives what the parser and the sanitiser give."""

import subprocess
import sys
from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import settings as limits
from hypothesis import strategies as st

from site_gen.basics import safehtml
from site_gen.read import plain_body
from site_gen.read.markdown import Rendered

Way = Callable[..., Rendered]


def same(text: str, long_way: Way) -> bool:
    """Whether the short way takes `text`; that it gives the same is asserted."""
    short = plain_body.render(text)
    if short is None:
        return False
    long = long_way(text, remote_images=True)
    assert short == (long.html, long.words, long.first_paragraph, long.anchors)
    assert (long.links, long.faults) == ((), ())
    assert safehtml.sanitize(short.html) == short.html
    return True


TAKEN = [
    "",
    "\n\nWord word.\n\n\nWord, “word” (word) 12.5 % – word: word; word!\n",
    "Two lines\nof one paragraph.",
    "2024 was the year. 1.5 of 3.",
    "A *b* and **c d** and _e_ and __f__.",
    "**Note:** text. *“No,”* he said; **so.** (_b_)",
    "*Emphasis\nover lines* is fine.",
    "`code` and `x > y`, snake_case, a ~ b, R&D, 3 > 2.",
    "[a b](https://a.example/c/d_e-f.html) and [c](http://b.example)",
    "[q](https://a.example/c?d=e&f=g+h), [sic], […] said.",
    "# High\n\n### Low\n\n# High\n\ntext\n\n###### Six",
    "## A title\nwith text under it",
    "# fn1\n\n# ???",
    "- one\n- *two*\n- three",
    "- a\n\n- b\n\n- c",
    "* a\n  goes on\n* b\n\n+ c",
    "1. a\n2. b\n\n3) c\n4) d",
    "7. a\n   goes on\n1. b",
    "They say:\n- a\n- b",
    "They say:\n1. a\n1. b",
    "> a\n> b\n>\n> — c\n\n> d",
    "> - a\n> - b\n>\n> ## c",
    "a\n\n---\n\nb\n\n***\n\n* * *",
    "| a | b |\n|---|--:|\n| *c* | d |\n|e||",
    "# A\n| :-: | :-- |\n| --- | :-: |",
    "```sh\na <b> & 'c' \"d\"\n  e | f\n```\n\n```\n```",
    "> ```\n> a\n> ```",
    "日本語の文。 Word 日本",
    "`<b>` and `a[0]`",
    "2 * 3 < 4 and a <> b",
    "**☕ coffee ☕** and [**☕ <> c**](https://a.example/#/d) and [[e] f](https://a.example)",
    "[*a* `b[0]` __c__](https://a.example/d?e=f%3Ag&h#i=j) and [a_b `<c>`](https://a.example/#d)",
    "*No [a](https://a.example/),\n[**b**](https://a.example/b) or `c`.*",
    "__a_b__ *[c](http://d.example/)*",
    "[sic] [a](https://a.example/@b/c:d,e;f=g+h!)",
    "- a\n  - b\n    goes on\n  - [c](https://a.example/)\n- d",
    "- a\n    * b\n      - c\n      + d\n    * e",
    "1. a\n   1. b\n   2. c\n2. d\n   - e\n\ntext",
    "Zürich, “quoted”, l’été.",
    "a\n# b\n## c\nd\n\n- e\n  - f\n# g\n* h",
    "- #a\n- [[b] c](https://a.example/)\n- d\n  #e",
    "A\u200dB **\U0001f3f3\ufe0f\u200d\U0001f308 c** so\u00adft \u200bword",
]  # fmt: skip
LEFT = [
    "a\tb",
    "a  \nb",
    "a\xa0b",
    "    code",
    "a\n===",
    "a\n---",
    "| a |\n| b |",
    "| a | b |\n|---|",
    "| a | b |\n|---|---|\n| c |",
    "| a \\| b |\n|---|",
    "| a |\n|---|\nb",
    "a | b\n--|--",
    "```\na",
    "```\na\n\nb\n```",
    "```\na\n ```\n```",
    "```a b\nc\n```",
    "~~~\na\n~~~",
    "<b>a</b>",
    "<!-- a -->",
    "<https://a.example/>",
    "https://a.example/ bare",
    "a \\* b",
    "&amp; &#35;",
    "![a](https://a.example/b.png)",
    "[a](b.md)",
    "[a](#b)",
    "[a](javascript:alert(1))",
    "[a](https://1.2.3.4/)",
    f"[a](https://{'a.' * 127}bb/)",
    "[a](https://a@b.example/)",
    '[a](https://a.example/ "b")',
    "[a]: https://a.example/",
    "[a][b]\n\n[b]: /u",
    "text[^1]\n\n[^1]: note",
    "a^[note]",
    "a ~~b~~",
    "***a***",
    "*a **b** c*",
    "*a",
    "_a_b",
    "`a",
    "``a``",
    "- a\n\n- b\n  - c",
    "- a\n  - b\n\n- c",
    "- a\n - b",
    "- a\n      - b",
    "- a\n  2. b",
    "- a\n    - b\n  - c",
    "- a\nlazy",
    "- a\n\n  b",
    "- # a",
    "- - a",
    "-\n- a",
    "-   a",
    "a\n3. b",
    "# a #",
    "#",
    "> a\nlazy",
    "> > a",
    ">",
]  # fmt: skip


@pytest.mark.parametrize("text", TAKEN)
def test_what_news_is_made_of_is_taken(text: str, long_way: Way) -> None:
    assert same(text, long_way)


@pytest.mark.parametrize("text", LEFT)
def test_what_is_not_sure_is_left_to_the_parser(text: str) -> None:
    assert plain_body.render(text) is None


def test_long_bodies_are_left_to_the_parser() -> None:
    assert plain_body.render("a" * plain_body.MAX_LENGTH)
    assert plain_body.render("a" * (plain_body.MAX_LENGTH + 1)) is None


INLINE = [
    *(
        "Word",
        "a",
        " ",
        "\n",
        "*",
        "**",
        "_",
        "__",
        "`",
        "[",
        "]",
        "(",
        ")",
        "](https://a.example/)",
    ),
    *(
        "[x](https://b-c.example/d?e=f&g=h)",
        "://",
        "https:",
        ":",
        ".",
        ",",
        "!",
        "?",
        "“",
        "”",
        "☕",
        "<>",
        "< ",
    ),
    *("[", "](https://a.example/b%20c#d)", "`<b>`", "`c[0]`", "[**x**](https://a.example/)"),
    *(
        "(https://a.example/b?c",
        "#d",
        '"',
        "’",
        "&",
        "&lt;",
        "<",
        ">",
        "~",
        "~~",
        "^",
        "é",
        "日",
        "1",
        "2.",
        "-",
        "\\",
        "|",
        "%",
    ),
]
BLOCKS = [
    *("Word word.", "*a* **b** `c`", "[x](https://a.example/)", "# A", "## B c", "- a", "- b\n  c"),
    *("- a\n  - b", "- a\n    * b\n    * c\n- d", "  - e", "    - f", "1. a\n   1. b", "   - g"),
    *(
        "* d",
        "+ e",
        "1. f",
        "2) g",
        "> h",
        ">",
        "---",
        "***",
        "===",
        "    code",
        "  i",
        "| j |",
        "|---|",
    ),
    *(
        "```",
        "```\na\n```",
        "<!-- k -->",
        "[l]: /m",
        "[^1]: n",
        "o[^1]",
        "12. p",
        "12.5",
        "\t",
        "- [ ] q",
    ),
]


@limits(max_examples=1500)
@given(st.lists(st.sampled_from(INLINE), max_size=16).map("".join))
@example("*a*b*c*")
@example("**a*b**")
@example("a*“b.”*c")
@example("(_a_)_b_")
@example("[a *b](https://a.example/) c*")
@example("a&*b*>")
@example("[a](https://a.example/?b-->c)")
@example("[a](https://a.example/#b>c)")
def test_text_with_markup_comes_out_the_same(long_way: Way, text: str) -> None:
    same(text, long_way)
    same("Word " + text, long_way)


@limits(max_examples=1500)
@given(
    st.lists(
        st.tuples(st.sampled_from(BLOCKS), st.sampled_from(["\n", "\n\n", "\n\n\n"])), max_size=8
    )
)
def test_blocks_come_out_the_same(long_way: Way, blocks: list[tuple[str, str]]) -> None:
    text = "".join(block + end for block, end in blocks)
    same(text, long_way)
    same("".join(f"> {line}\n" for line in text.splitlines()), long_way)


@pytest.mark.parametrize("ending", ["", "# b\nwith text", "- one\n- two", "---"])
def test_headings_without_room_between_them_may_be_thousands(ending: str, long_way: Way) -> None:
    """Each called the next: a body of them ended the build in a RecursionError."""
    assert same("# a\n" * 1500 + ending, long_way)


@pytest.mark.parametrize("depth", [8, 12, 24, 60, 1000])
def test_what_is_nested_too_deep_is_left_to_the_parser(depth: int, long_way: Way) -> None:
    """Which tells of it."""
    text = "".join("  " * n + "- a\n" for n in range(depth))
    assert same(text, long_way) == (depth <= plain_body.MOST_NESTED)


def test_the_parser_is_not_loaded_for_plain_bodies() -> None:
    code = (
        "import sys; from site_gen.read.markdown import render;"
        "render('A *b*', 'a.md', remote_images=True); assert 'markdown_it' not in sys.modules;"
        "render('<b>', 'a.md', remote_images=True); assert 'markdown_it' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
