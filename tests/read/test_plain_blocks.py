"""The plain parts of a body that needs the parser come out as the parser makes them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import settings as limits
from hypothesis import strategies as st

from site_gen.basics import safehtml
from site_gen.model import SafeHtml
from site_gen.read import markdown, plain_blocks, plain_body
from site_gen.read.parser import parser_for

Way = Callable[..., markdown.Rendered]

HOST = "own.example"


def same(text: str, long_way: Way) -> None:
    for with_html in (True, False):
        options = {"remote_images": True, "with_html": with_html, "host": HOST}
        assert markdown.parsed(text, "2024/a.md", **options) == long_way(text, **options)


def test_a_plain_list_is_one_token(long_way: Way) -> None:
    items = "".join(f"* [A *title*](https://a.example/{n}) of it\n" for n in range(50))
    text = f"<!-- links -->\n\n## Links\n{items}\nText.[^1]\n\n[^1]: A note.\n"
    made = parser_for(True, True)
    plain = made.parse(text, {"host": "", "labels": frozenset()})
    assert len(plain) < 20
    same(text, long_way)


def test_one_text_that_is_not_plain_does_not_cost_its_list(long_way: Way) -> None:
    items = [f"* [A *title*](https://a.example/{n}) of it\n  - more" for n in range(50)]
    items[20] += " with a &copy; sign\n    and ~~another~~ line"
    text = "\n".join(items) + "\n\n| a | b |\n|---|---|\n| 1 <br> 2 | 3 |\n"
    made = parser_for(True, True).parse(text, {"host": "", "labels": frozenset()})
    assert len(made) < 10
    assert [token.map for token in made if token.type == "inline"] == [[41, 43], [104, 105]]
    same(text, long_way)


def test_plain_headings_are_one_token_each(long_way: Way) -> None:
    text = "<!-- a -->\n\n### *One*\n#### Two\n- a\n\n### One\n\n<b>b</b>\n"
    made = parser_for(False, True).parse(text, {"host": "", "labels": frozenset()})
    headings = [token.meta["heading"] for token in made if token.type == "plain_heading"]
    assert headings == [(3, "<em>One</em>"), (4, "Two"), (3, "One")]
    same(text, long_way)


PIECES = [
    *(
        "Word word",
        "a",
        " ",
        "  ",
        "\n",
        "\n",
        "\n",
        "\n\n",
        "\n\n",
        "\t",
        "- ",
        "* ",
        "  - ",
        "    * ",
    ),
    *(
        "1. ",
        "2) ",
        "> ",
        "# ",
        "## ",
        "===",
        "---",
        "|",
        "| a |\n|---|\n| b |\n",
        "`",
        "*",
        "**",
        "_",
    ),
    *("[x](https://a.example/)", "[*y* `z`](https://a.example/b?c=d%20e&f#g)", "[r]", "[r]: /u\n"),
    *(
        "[R ][r]",
        "[r\\]]:",
        "[v] [w](https://a.example/)",
        "[^1]",
        "[^1]: note\n",
        "![i](https://a.example/b.png)",
    ),
    *(
        "<!-- c -->",
        "<b>",
        "</b>",
        "<details>\n",
        "</details>\n",
        "<p>",
        "<a href=https://b.example/>",
        "<small>",
        "</small>",
        "<ul>\n",
        "<li>",
        "</ul>\n",
        "<td>",
        "\\",
    ),
    *(
        "[o](https://own.example/p/)",
        "[l](b.md)",
        "[f](#word)",
        "https://a.example/",
        "“",
        "”",
        "日本",
        "☕",
        "[[v] w](https://a.example/#/x)",
        "<>",
        "é",
    ),
    *("- a\n  - ", "  and ", " | ", "<br>", "~~y~~", "\\*", "[r][r]", "## [r]\n", "#### *h* &"),
    *("[r]: https://b.example/?a=1&b\n", "[S s]: https://own.example/x\n", "[s S]", "*x*][r]", "["),
    *('[r]: http://c.example/é "t"\n', "[r_x]:https://d.example\n", "[r_x]", "[y z][R_X]", "[[r]]"),
    *("\n# ", "\n#", "\n[[", "\\", "\n!", "\n&", "\u200d", "\xad", "   \n- ", "  \n  * ", " \n2. "),
    *("| c | ", " |\n", "- a \n  b\n", "1. ~~c~~ \n   d\n", "[q](https://a.example/?b>c)"),
    *(
        "```\nx  \n```",
        "&amp;",
        "&",
        "~~",
        ".",
        ",",
        "!",
        "(",
        ")",
        "    code",
        "\xa0",
        "\u2028",
        "\x85",
    ),
]


# Of few kinds of pieces each, so that what belongs together comes together.
TEXTS = (
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=6)
    .flatmap(lambda some: st.lists(st.sampled_from(some), max_size=16))
    .map("".join)
)


@limits(max_examples=1500)
@given(TEXTS)
@example("a\n  b *c*\n    d\n\n<b>")
@example("- a\n  - b\n\n- c\n\n<b>")
@example("- a\n\n  b\n\n<b>x</b>")
@example("[r] [x](https://a.example/)\n\n[R]: /u")
@example("* [r]\n\n> [r]: /u\n")
@example("<details>\n\n- a\n- b\n\n</details>")
@example("a \nb\n\n<b>")
@example("1. a\n\n2. b\n\n![i](c.png)")
@example("<ul>\n<li>\n\na\n\n<li>\n\nb\n\n</ul>\n")
@example("<p>\n\na\n\n<img src=https://a.example/b.png>\n\nb\n\n<small>c</small>")
@example("- a `b \n  c` ~~d~~\n")
@example("- a\n  - [^1] b\n- [x] (https://a.example/)\n  c [y](javascript:d)\n")
@example("> # a\n> - ~~b~~\n")
@example("*a* [b `c`][r] and [R], [r][], [r](https://x.example/)\n\n[r]: https://b.example/?c=d&e")
@example("[y [r] z](https://a.example) [y [r]][r]\n\n[r]: https://b.example/")
@example("[t]: https://b.example 't'\n\n[t] [u][T]\n")
@example("[r]: https://a.example/\n'title'\n\n[r]: https://b.example/\n[r]")
@example("[a&b]: https://a.example/\n\n[a&b] [c][a&b] [d][a>b]\n\n[a>b]: https://c.example/>\n")
@example("[a\\]]: /u\n\n[a\\]]")
@example("- a\n# b\n~~c~~\n# d\ne\n\n<b>")
@example("![i](a.png)\n\nb\n\nc\n\n- d\n\n<b>")
@example("~~a~~\n\nb\n\n1. c\n\n1. d\n    - e\n\nf\n\n<b>")
@example("a\n\n- b\n\n* c\n\n    d\n\n> e\n\n> ~~f~~\n\n<b>")
@example('a "b" ~~c~~\n\n~~d\xa0e~~\n\n<b>')
@example("a_b_c ~d~ e:f ::// ~~g\n\n[h: i](https://a.example/)\n\n<b>")
@example("| a | [r] |\n|---|---|\n| <p>b | c <td> |\n\n- <li>d\n- </ul>\n\n[r]: /u")
def test_a_body_comes_out_as_the_parser_makes_it(long_way: Way, text: str) -> None:
    same(text, long_way)


@pytest.mark.parametrize("corpus", ["twir", "everyday"])
def test_real_bodies_come_out_as_the_parser_makes_them(
    corpus: str, shared: Path, long_way: Way
) -> None:
    """Whole, and each of their blocks beside the next but one."""
    for path in sorted((shared / "corpora" / corpus).glob("*.md"))[::7]:
        text = path.read_text("utf-8")
        blocks = text.split("\n\n")
        beside = [f"{one}\n{two}" for one, two in zip(blocks, blocks[2:], strict=False)]
        for body in (text, "\n\n".join(beside[::2])):
            same(body, long_way)


def test_no_text_goes_through_the_sanitiser_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    """Plain blocks have their own wall; only HTML that holds blocks inside is taken as a whole."""
    cleaned: list[str] = []
    real = safehtml.sanitize

    def counted(html: str) -> SafeHtml:
        cleaned.append(html)
        return real(html)

    monkeypatch.setattr(safehtml, "sanitize", counted)
    seen = "[Seen][r], <small>said</small>.\n\n[r]: https://a.example/\n"
    text = f"- Plain\n- a\n\n{seen}\n\n- More\n- b\n"
    markdown.render(text, "a.md", remote_images=True)
    assert len(cleaned) == 1
    assert "Seen" in cleaned[0]
    assert not any(word in cleaned[0] for word in ("Plain", "More"))
    cleaned.clear()
    markdown.render(f"<div>\n\n{text}\n\n</div>\n", "a.md", remote_images=True)
    assert [("Plain" in html, "More" in html) for html in cleaned] == [(True, True)]


def given_to_pieces(text: str, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The lengths of all that is tried the short way while the body `text` is rendered."""
    looked: list[int] = []
    real = plain_body.pieces

    def counted(text: str, *labels: Any, **options: Any) -> Any:
        looked.append(len(text))
        return real(text, *labels, **options)

    monkeypatch.setattr(plain_body, "pieces", counted)
    markdown.parsed(text, "a.md", remote_images=True)
    return looked


def test_many_plain_blocks_are_read_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A part at a time, each once: and from where one is not plain, as far as that goes."""
    text = "## Words\n\nSome words.\n\n- a\n- b\n\n" * 300
    looked = given_to_pieces(text, monkeypatch)
    assert len(looked) < 2 + len(text) / plain_blocks.MOST
    assert sum(looked) <= len(text)
    assert len(given_to_pieces(f"{text}![i](b.png)\n\n{text}", monkeypatch)) < 2 * len(looked) + 4


@pytest.mark.parametrize("block", ["```\na\n```\n", "~~a~~\n\n", "<b>a</b>\n\n", "- a\n\n  b\n\n"])
def test_a_block_that_is_not_plain_is_looked_at_once(
    block: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not from each to the end of the body, which would take the square of its length."""
    looked: list[str] = []
    real = plain_body._Body._parted

    def counted(body: Any, block: str, line: int) -> None:
        looked.append(block)
        real(body, block, line)

    monkeypatch.setattr(plain_body._Body, "_parted", counted)
    markdown.parsed(block * 1000, "a.md", remote_images=True)
    assert len(looked) <= 2000
