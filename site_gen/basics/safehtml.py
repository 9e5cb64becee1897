"""The sanitiser: the only place where text becomes `SafeHtml`.

HTML in a body is cleaned before, by `read/raw_html.py`; this is the second line of defence.
"""

import re
from collections.abc import Callable, Iterable, Set
from functools import cache
from html import escape, unescape
from typing import TYPE_CHECKING
from urllib.parse import unquote

from msgspec.structs import replace

from site_gen.basics.hidden_addresses import hidden_spellings, normalize, without_in_link
from site_gen.model import Picture, SafeHtml

if TYPE_CHECKING:
    import nh3

LOCAL = "content"
"""The scheme of links to content files. They are resolved when a page is rendered, never
published."""

PREFIX = "c-"
"""Prefix of all ids and fragments in bodies, so that they cannot clash with ids of the page."""

ALIGNMENTS = ("left", "center", "right")
_PROSE = (
    *("a", "abbr", "b", "blockquote", "br", "caption", "cite", "code", "col", "colgroup", "dd"),
    *("del", "details", "div", "dl", "dt", "em", "figcaption", "figure", "h2", "h3", "h4", "h5"),
    *("h6", "hr", "i", "img", "ins", "kbd", "li", "mark", "ol", "p", "picture", "pre", "q", "rp"),
    *("rt", "ruby", "s", "small", "source", "span", "strong", "sub", "summary", "sup", "table"),
    *("tbody", "td", "tfoot", "th", "thead", "time", "tr", "u", "ul"),
)
_EVERYWHERE = {"lang", "dir", "title", "id"}
_OWN = {
    "a": {"href", "hreflang", "rel"},
    "blockquote": {"cite"},
    "col": {"span"},
    "colgroup": {"span"},
    "del": {"cite", "datetime"},
    "details": {"open"},
    "img": {"src", "alt", "width", "height", "loading", "decoding", "referrerpolicy"},
    "ins": {"cite", "datetime"},
    "li": {"value"},
    "ol": {"start", "type", "reversed"},
    "q": {"cite"},
    "source": {"srcset", "media", "sizes", "type"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope", "abbr"},
    "time": {"datetime"},
}
# A table's box is found by its bare tag (`with_table_boxes`), so a table has no attribute.
ELEMENTS: dict[str, set[str]] = {
    name: set() if name == "table" else _EVERYWHERE | _OWN.get(name, set()) for name in _PROSE
}
"""Allowed elements -> their allowed attributes."""
_CLASSES = {
    "td": {f"align-{side}" for side in ALIGNMENTS},
    "th": {f"align-{side}" for side in ALIGNMENTS},
    "section": {"footnotes"},
    "sup": {"footnote-ref"},
    "a": {"footnote-backref"},
    "li": {"footnote-item"},
    "ol": {"footnotes-list"},
}


_ANY_TAG = re.compile(r'<[a-z][a-z0-9]*(?: [a-z]+="[^"]*")+>')
_ATTRIBUTES = r'(?: [a-z]+="[^"]*")*'
_SOURCE = re.compile(f"<source{_ATTRIBUTES}>")
_CANDIDATE = rf'(?:https://|{LOCAL}:)[^\s,"]+(?: [\d.]+[wx])?'
_SRCSET = re.compile(rf' srcset="{_CANDIDATE}(?:, {_CANDIDATE})*"')
_FOREIGN_ID = re.compile(rf' id="(?!{PREFIX})[^"]*"')


@cache
def _cleaner() -> "nh3.Cleaner":
    import nh3

    return nh3.Cleaner(
        tags={*ELEMENTS, "section"},
        attributes=ELEMENTS,
        allowed_classes=_CLASSES,
        url_schemes={"http", "https", "mailto", "tel", LOCAL},
        link_rel=None,
    )


def sanitize(html: str) -> SafeHtml:
    """`html` with the allowed elements and attributes only."""
    clean = _cleaner().clean(html)
    if _FOREIGN_ID.search(clean):
        clean = _ANY_TAG.sub(lambda tag: _FOREIGN_ID.sub("", tag[0]), clean)
    if "<source" in clean:  # nh3 looks at no address in a srcset
        clean = _SOURCE.sub(lambda tag: tag[0] if _SRCSET.search(tag[0]) else "", clean)
    return SafeHtml(clean)


# Elements of prose without attributes, headings and links as we write them ourselves.
_TEXT_TAG = (
    r"/?(?:p|em|strong|code|pre|ul|ol|li|blockquote|h[2-6]|table|thead|tbody|tr|th|td)|hr|/a"
    r"|ol start=\"\d{1,9}\"|t[hd] class=\"align-(?:left|center|right)\""
    r"|h[2-6] id=\"[^\"<>&]*\"|a href=\"https?://[^\"<>\s]*\" rel=\"nofollow noopener\""
)
_TEXT_ONLY = re.compile(rf"[^<]*+(?:<(?:{_TEXT_TAG})>[^<]*+)*+")


def sanitize_simple(html: str) -> SafeHtml:
    """`html` unchanged if it has only the plainest elements, else sanitised.

    For HTML whose text is already escaped; ten times as fast as the sanitiser.
    """
    return SafeHtml(html) if _TEXT_ONLY.fullmatch(html) else sanitize(html)


def sanitize_rendered(html: str) -> SafeHtml:
    """Sanitise what a Markdown renderer made of text without HTML. Its tags are balanced, so simple
    output is already as the sanitiser would write it."""
    return sanitize(html) if "&quot;" in html or "\xa0" in html else sanitize_simple(html)


def join(parts: Iterable[SafeHtml]) -> SafeHtml:
    """Complete pieces of HTML, concatenated."""
    return SafeHtml("".join(parts))


# The sanitiser's output has double quotes around every value and no bare `<` in text, so that
# patterns suffice; an address is only ever looked for inside a tag.
_TAG = re.compile(r'<(?:a|img)(?: [a-z]+="[^"]*")+>')
_HREF = re.compile(r' href="([^"]*)"')
_FROM_TOP = re.compile(r"/|https?:")
_LOCAL_URL = re.compile(rf' (href|src)="{LOCAL}:([^"#]*)(#[^"]*)?"')


def resolve_links(html: SafeHtml, targets: Iterable[tuple[str, str]]) -> SafeHtml:
    """`html` with its local references replaced by `targets` (content path -> permalink).

    A path with a fragment may have a target of its own. Without a target, or with an empty one, the
    attribute is removed; for addresses that begin at the top of the site, or on our host, only with
    an empty one. The text of such a link stays, without the address.
    """
    known = dict(targets)
    if gone := hidden_spellings(known.items()):
        html = SafeHtml(_LINK.sub(lambda link: _without_address(link, gone), html))
    lost = {url for url, found in known.items() if not found and _FROM_TOP.match(url)}

    def kept(found: re.Match[str]) -> str:
        return "" if unescape(found[1]) in lost else found[0]

    if lost:
        html = SafeHtml(_TAG.sub(lambda tag: _HREF.sub(kept, tag[0]), html))

    def replaced(found: re.Match[str]) -> str:
        path, tail = unquote(unescape(found[2])), found[3] or ""
        name = unquote(unescape(tail)).replace(f"#{PREFIX}", "#", 1)
        whole = known.get(path + name) if tail else ""
        url = whole or known.get(path, "")
        if not url:
            return ""
        return f' {found[1]}="{escape(url)}{"" if whole else tail}"'

    def offered(tag: re.Match[str]) -> str:
        found = _offered(tag[0], lambda url: known.get(unquote(url.removeprefix(f"{LOCAL}:")), ""))
        return found if ' srcset="' in found else ""

    if f"{LOCAL}:" not in html:
        return html
    if "<source" in html:
        html = SafeHtml(_SOURCE.sub(offered, html))
    return SafeHtml(_TAG.sub(lambda tag: _LOCAL_URL.sub(replaced, tag[0]), html))


_LINK = re.compile(r'(<a(?: [a-z]+="[^"]*")+>)(.*?)(?=</a>)', re.DOTALL)
_WORDS = re.compile(r' title="([^"]*)"')


def _without_address(link: re.Match[str], gone: Set[str]) -> str:
    """A link to one of `gone`, with that address removed from its text and title."""
    tag, words = link[1], link[2]
    found = _HREF.search(tag)
    if not found or normalize(unquote(unescape(found[1]).removeprefix(f"{LOCAL}:"))) not in gone:
        return link[0]
    tag = _WORDS.sub(lambda title: f' title="{without_in_link(title[1], gone)}"', tag)
    return tag + without_in_link(words, gone)


def resolve_picture(
    found: Picture | None,
    pairs: tuple[tuple[str, str], ...],
    pictures: tuple[Picture, ...] = (),
) -> Picture | None:
    """A picture with its published path instead of its local one.

    The size of the file wins over the size in front matter.
    """
    if found is None or not found.local:
        return found
    url = dict(pairs).get(found.url.removeprefix(f"{LOCAL}:"), "")
    same = next((p for p in pictures if p.url == url), None)
    if same is None:
        return replace(found, url=url)
    return replace(found, url=url, width=same.width, height=same.height, variants=same.variants)


_OFFERED = re.compile(r' srcset="([^"]*)"')


def _offered(source: str, change: Callable[[str], str]) -> str:
    """A <source> with its addresses changed unless they are https; those that become "" are
    removed."""

    def changed(found: re.Match[str]) -> str:
        parts = [candidate.partition(" ") for candidate in unescape(found[1]).split(", ")]
        kept = [
            f"{url} {size}".rstrip()
            for before, _, size in parts
            if (url := before if before.startswith("https:") else change(before))
        ]
        return f' srcset="{escape(", ".join(kept))}"' if kept else ""

    return _OFFERED.sub(changed, source)


_PICTURE = rf"<picture{_ATTRIBUTES}>\s*+(?:<source{_ATTRIBUTES}>\s*+)*+"
_CHOICE = re.compile(
    rf'(?P<choice>{_PICTURE})?+(?P<image><img{_ATTRIBUTES} src="(?P<url>[^"]*)"{_ATTRIBUTES}>)'
    r"(?(choice)\s*+</picture>)"
)
_SIZE = re.compile(r' (?:width|height)="[^"]*"')
_MEDIA = re.compile(r' media="[^"]*"')
TALL = 500
"""Pixels. Pictures in portrait format that are higher than this are shown no higher than the
window; their size is known before they are loaded."""
BODY_SIZES = "(min-width: 44rem) 38rem, 92vw"
"""The width of the body's column, from which browsers choose a copy of a picture."""


def with_image_sizes(html: SafeHtml, pictures: Iterable[Picture], root: str) -> SafeHtml:
    """`html` whose local pictures have their sizes and their smaller copies.

    So do the files of an author's <source> (usually for dark mode). `pictures` have the addresses
    as they are in `html`, before `root` is prepended.
    """
    if "<img" not in html:
        return html
    known = {escape(picture.url): picture for picture in pictures}

    def shown(found: re.Match[str]) -> str:
        picture, image = known.get(found["url"]), found["image"]
        chosen = "".join(_chosen(tag[0], known, root) for tag in _SOURCE.finditer(found[0]))
        if picture and picture.width and picture.height:
            size = _size(picture)
            size += ' class="tall"' if picture.height > max(picture.width, TALL) else ""
            image = _SIZE.sub("", image).replace("<img", f"<img{size}", 1)
            chosen += "".join(_sources(picture, root))
        return f"<picture>{chosen}{image}</picture>" if chosen else image

    return SafeHtml(_CHOICE.sub(shown, html))


def _chosen(source: str, known: dict[str, Picture], root: str) -> str:
    """A <source> of the author, preceded by the copies of its file."""
    found = _OFFERED.search(source)
    picture = known.get(found[1]) if found else None
    whole = _offered(source, lambda url: root + url)
    if picture is None or not (picture.width and picture.height):
        return whole
    media = _MEDIA.search(source)
    more = (media[0] if media else "") + _size(picture)
    copies = "".join(_sources(picture, root, more)) if media else ""
    return copies + _SIZE.sub("", whole).replace("<source", f"<source{_size(picture)}", 1)


def _size(picture: Picture) -> str:
    return f' width="{picture.width}" height="{picture.height}"'


def _sources(picture: Picture, root: str, more: str = "") -> Iterable[str]:
    for form in dict.fromkeys(variant.format for variant in picture.variants):
        offered = ", ".join(
            f"{escape(root + v.url)} {v.width}w" for v in picture.variants if v.format == form
        )
        yield f'<source{more} type="image/{form}" srcset="{offered}" sizes="{BODY_SIZES}">'


_CHOSEN = re.compile(f"</?(?:picture|source){_ATTRIBUTES}>")


def without_sources(html: str) -> str:
    """`html` with a single <img> instead of each <picture>, for readers that support nothing
    else."""
    return _CHOSEN.sub("", html) if "<picture" in html else html


_ONE = rf"(?P<choice>{_PICTURE})?+<img{_ATTRIBUTES}>(?(choice)\s*+</picture>)"
_ALONE = re.compile(rf"<p>({_ONE})</p>")
_TITLE = re.compile(r' title="([^"]*)"')


def with_figures(html: SafeHtml) -> SafeHtml:
    """`html` with a figure for each picture that is a paragraph of its own; its title is the
    caption."""
    if "<img" not in html:
        return html

    def figure(found: re.Match[str]) -> str:
        title = _TITLE.search(found[1])
        caption = f"<figcaption>{title[1]}</figcaption>" if title and title[1].strip() else ""
        return f"<figure>{_TITLE.sub('', found[1])}{caption}</figure>"

    return SafeHtml(_ALONE.sub(figure, html))


_ADDRESS = re.compile(r' src="([^"]*)"')
_BARE_FIGURE = re.compile(rf"<figure>\s*+({_ONE})\s*+</figure>")


def with_captions(html: SafeHtml, pictures: Iterable[Picture]) -> SafeHtml:
    """`html` with captions from `pictures` for figures that have none, matched by address."""
    if "<figure" not in html:
        return html
    words = {p.url: _caption(p) for p in pictures}

    def figure(found: re.Match[str]) -> str:
        source = _ADDRESS.search(found[1])
        url = unescape(source[1]) if source else ""
        said = words.get(url) or words.get(unquote(url), "")
        return found[0].replace("</figure>", said + "</figure>")

    return SafeHtml(_BARE_FIGURE.sub(figure, html))


def _caption(picture: Picture) -> str:
    credit = f"({picture.credit})" if picture.credit else ""
    said = " ".join(filter(None, (picture.caption, credit)))
    return f"<figcaption>{escape(said)}</figcaption>" if said else ""


_TABLE = re.compile(r"<(/?)table>")


def with_table_boxes(html: SafeHtml) -> SafeHtml:
    """`html` with each table in a box that scrolls on narrow pages."""
    if "<table" not in html:
        return html

    def box(found: re.Match[str]) -> str:
        return "</table></div>" if found[1] else '<div class="scroll" tabindex="0"><table>'

    return SafeHtml(_TABLE.sub(box, html))


_ABSOLUTE_URL = re.compile(r' (href|src)="/(?!/)')


def with_prefix(html: SafeHtml, prefix: str) -> SafeHtml:
    """`html` with `prefix` (a path or a base URL) before each site-absolute address."""
    if not prefix:
        return html

    def before(found: re.Match[str]) -> str:
        return f' {found[1]}="{escape(prefix)}/'

    return SafeHtml(_TAG.sub(lambda tag: _ABSOLUTE_URL.sub(before, tag[0]), html))
