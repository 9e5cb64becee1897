"""The short way through plain prose gives what the parser's own rules give."""

from functools import cache

from hypothesis import example, given
from hypothesis import settings as limits
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from site_gen.read.comments import add_comments
from site_gen.read.footnotes import add_footnotes
from site_gen.read.prose import add_prose


@cache
def parser(short: bool) -> MarkdownIt:
    made = MarkdownIt("js-default", {"linkify": True})
    if made.linkify is not None:
        made.linkify.set({"fuzzy_link": False, "fuzzy_email": False, "fuzzy_ip": False})
    add_footnotes(made, "c-")
    add_comments(made)
    if short:
        add_prose(made)
    return made


PIECES = st.lists(
    st.sampled_from(
        ["Word", "word word", " ", "  ", "    ", "\n", "\n", "\n\n", "\n\n", "\t", "- ", "1. ",
         "> ", "# ", "===", "---", "|", "| a |\n|---|\n", "`", "*", "_", "~~", "[x](y)", "[r]",
         "[r]: /u\n", "[^1]", "[^1]: note\n", "![", "!", "&amp;", "&", "<!-- c -->", "<b>", "\\",
         "https://a.example/", "http:", "://", ":", "“", "”", "(", "12.5", "ü", "\xa0", "\x85",
         "\u2028", "...", "--", "(c)", "'", '"', "a@b.example", "\x0c"]
    ),
    max_size=14,
).map("".join)  # fmt: skip


@limits(max_examples=1200)
@given(PIECES)
@example("Word\n===\n")
@example("Word\n\n    code\n")
@example("- Word\n\n  Word\n\nWord")
@example("> Word\nWord\n")
@example("Word  \nWord")
@example("a | b\n--|--\n1 | 2\n")
@example("[^1]: Word\n\n    Word\n\nx[^1]")
def test_the_short_way_gives_the_same(text: str) -> None:
    assert parser(True).render(text) == parser(False).render(text)
