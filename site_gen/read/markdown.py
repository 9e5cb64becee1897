"""A Markdown body to safe HTML: links checked, ids prefixed, local references recorded.

No scripts, no styles, only the HTML that prose needs; whatever is removed gets a message.
"""

from collections.abc import Callable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from site_gen.basics import safehtml
from site_gen.model import LocalLink, SafeHtml
from site_gen.read import addresses, plain_body, plain_inline, table_size
from site_gen.read.body_faults import Fault, nested
from site_gen.read.body_tokens import BodyTokens
from site_gen.read.dropped import dropped
from site_gen.read.parser import parser_for
from site_gen.read.unfinished import conflict, unfinished

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

MAX_HTML = 4 << 20
LINKIFY_LIMIT = 64 << 10
SHOWN = 5
"""Kinds of removed elements that a message names."""


class Rendered(NamedTuple):
    """The HTML of a body, its local references (lines within the body), faults, plain text."""

    html: SafeHtml
    links: tuple[LocalLink, ...]
    faults: tuple[Fault, ...]
    words: int
    first_paragraph: str
    anchors: tuple[tuple[str, str], ...] = ()


def render(
    text: str, path: str, *, remote_images: bool, with_html: bool = True, host: str = ""
) -> Rendered:
    """The body `text` of the content file `path` as safe HTML.

    `remote_images` False leaves pictures of other hosts out (their alt text stays);
    `with_html` False shows tags as text; `host` is our own: links to it are looked after.
    """
    if line := table_size.too_large(text):
        message = f"the body holds a table of more than {table_size.MOST:,} cells"
        return _refused(line, message, "shorten it, or publish it as a file")
    beyond = (host and host in text) or plain_inline.labels(text)  # read by the parser alone
    short = None if beyond else plain_body.render(text)
    if short:
        return Rendered(short.html, (), (), short.words, short.first_paragraph, short.anchors)
    return parsed(text, path, remote_images=remote_images, with_html=with_html, host=host)


def parsed(
    text: str, path: str, *, remote_images: bool, with_html: bool = True, host: str = ""
) -> Rendered:
    """`render` by the parser, for bodies that the fast reader refuses."""
    linkify = "://" in text and len(text) <= LINKIFY_LIMIT
    parser = parser_for(linkify, with_html and "<" in text)
    env: dict[str, Any] = {"host": host, "labels": plain_inline.labels(text)}
    work = BodyTokens(path, remote_images, host)
    tokens, hidden = _tokens(parser, text, env)
    work.faults += hidden
    if parser.options["html"]:
        work.faults += _take_apart(tokens, remote_images)
    if line := conflict(tokens, text):
        work.faults.append(Fault(line, _UNMERGED, "keep one version, and take out all three marks"))
    told = (*dropped(tokens, text, env), *unfinished(tokens, text))
    work.faults += (Fault(*each, error=False) for each in told)
    work.walk(tokens)
    parts = [
        (wall, parser.renderer.render(some, parser.options, env)) for wall, some in _parts(tokens)
    ]
    if sum(len(html) for _, html in parts) > MAX_HTML:
        return _refused(1, f"makes more than {MAX_HTML >> 20} MiB of HTML", "shorten or split it")
    clean = safehtml.with_figures(safehtml.join(wall(html) for wall, html in parts))
    links, faults = tuple(work.links), tuple(work.faults)
    return Rendered(clean, links, faults, work.words, work.first, work.anchors())


_UNMERGED = "a merge begins here and is not finished: both versions would be published"


def _refused(line: int, message: str, cure: str) -> Rendered:
    return Rendered(SafeHtml(""), (), (Fault(line, message, cure),), 0, "")


def _tokens(
    parser: "MarkdownIt", text: str, env: dict[str, Any]
) -> "tuple[list[Token], tuple[Fault, ...]]":
    """The tokens of a body without hidden content, and faults about it."""
    if "<" not in text:
        return parser.parse(text, env), ()
    from site_gen.read import hidden_html

    tokens, gone = hidden_html.shown(parser, text, env)
    if not gone:
        return tokens, ()
    message, cure = hidden_html.told(gone, SHOWN)
    return tokens, (Fault(gone[0].line, message, cure, False, "article/hidden"),)


def _parts(tokens: "list[Token]") -> Iterator[tuple[Callable[[str], SafeHtml], "list[Token]"]]:
    """Runs of plain blocks, whose HTML went through its wall, and of what stands between, each
    with the wall for what is made of it.

    Where HTML begins in one block and ends in another, all is one part: what stands inside of it
    can mean something else there.
    """
    from site_gen.read.plain_blocks import BLOCK, HEADING

    blocks = (t for t in tokens if t.type == "html_block")
    if any(child.nesting for block in blocks for child in block.children or ()):
        yield safehtml.sanitize, tokens
        return
    for is_plain, group in groupby(tokens, key=lambda token: token.type in (BLOCK, HEADING)):
        some = list(group)
        with_html = any("html" in token.meta for token in some)
        parsed_wall = safehtml.sanitize if with_html else safehtml.sanitize_rendered
        yield SafeHtml if is_plain else parsed_wall, some


def _take_apart(tokens: "list[Token]", remote_images: bool) -> Iterator[Fault]:
    """Puts tokens in the place of HTML; what is wrong with it, and what was taken out."""
    from site_gen.read.raw_html import RawHtml

    def link(url: str) -> str:
        url = addresses.normalized(url)
        return url if addresses.may_link(url) else ""

    html = RawHtml(link, remote_images)
    html.walk(tokens)
    if html.too_deep:
        yield nested(html.too_deep, "HTML elements")
    elif html.taken:
        names = list(dict.fromkeys(each.what for each in html.taken))
        more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
        message = f"HTML that no body may hold is taken out: {', '.join(names[:SHOWN])}{more}"
        cure = "write it in Markdown, or leave it out; to show it, put it between back-ticks"
        yield Fault(html.taken[0].line, message, cure, False, "article/html")
