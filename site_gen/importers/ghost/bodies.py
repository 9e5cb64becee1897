"""Bodies of Ghost's posts as HTML: its own HTML, or what its editors keep (Lexical, Mobiledoc)."""

import re
from collections.abc import Mapping
from html import escape
from typing import Any

from site_gen.importers.ghost import cards as ghost_cards
from site_gen.importers.ghost import html as ghost_html
from site_gen.importers.reading import values

MAX_DEPTH = 60
_BLOCKS = {
    "paragraph": "p",
    "quote": "blockquote",
    "extended-quote": "blockquote",
    "aside": "blockquote",
    "listitem": "li",
    "table": "table",
    "tablerow": "tr",
    "tablecell": "td",
}
_SIGNS = {
    "linebreak": "<br>", "horizontalrule": "<hr>", "tab": " ", "zwnj": "", "at-link-search": "",
}  # fmt: skip
_MARKS = ((1, "strong"), (2, "em"), (4, "del"), (16, "code"), (32, "sub"), (64, "sup"))


_WALLS = ("<!--members-only-->", '"paywall"')


def has_paywall(post: Mapping[str, Any]) -> bool:
    """Whether a part of the post is for members alone: what follows the mark in its text."""
    texts = (str(post.get(key) or "") for key in ("html", "lexical", "mobiledoc"))
    return any(wall in text for text in texts for wall in _WALLS)


_GATE = re.compile(r"<!--\s*kg-gated-block:(?P<which>begin|end)(?P<said>[^>]*?)-->")
"""Where a part begins, or ends, that not everybody saw."""


def _for_all(html: str, odd: list[str]) -> str:
    """What everybody saw of a page; one that is never closed hides the rest."""
    shown, at, hidden = list[str](), 0, False
    for gate in _GATE.finditer(html):
        shown += [] if hidden else [html[at : gate.start()]]
        at = gate.end()
        hidden = gate["which"] == "begin" and not re.search(r"nonMember:\s*true", gate["said"])
        if hidden:
            odd.append(f"card{ghost_cards.LEFT_OUT}: {ghost_cards.NOT_FOR_ALL}")
    return "".join(shown if hidden else [*shown, html[at:]])


def as_html(post: Mapping[str, Any], odd: list[str]) -> str:
    """The HTML of a post; kinds of cards that are not understood are added to `odd`."""
    if post.get("html"):
        return ghost_html.plain(_for_all(str(post["html"]), odd), odd)
    for key, reader in (("lexical", _lexical), ("mobiledoc", _mobiledoc)):
        found = values.table(values.from_json(post.get(key)))
        if found:
            made = reader(found, odd)
            if made.strip():
                return made
    return "".join(
        f"<p>{escape(p)}</p>" for p in str(post.get("plaintext") or "").split("\n\n") if p
    )


_INLINE = frozenset("a b strong i em code del s sub sup u".split())


def _lexical(document: Mapping[str, Any], odd: list[str]) -> str:
    return _node(document.get("root") or {}, odd, 0)


def _node(node: Any, odd: list[str], depth: int) -> str:
    if not isinstance(node, Mapping) or depth > MAX_DEPTH:
        return ""
    kind = str(node.get("type") or "root")
    children = node.get("children")
    parts = [_node(c, odd, depth + 1) for c in children] if isinstance(children, list) else []
    inner = "".join(parts)
    text = str(node.get("text") or "")
    if kind in ("text", "extended-text", "tk"):
        return _marked(escape(text), values.whole(node.get("format")))
    if kind in _SIGNS:
        return _SIGNS[kind]
    if kind == "root":
        return inner
    if kind in ("heading", "extended-heading"):
        tag = str(node.get("tag") or "h2")
        tag = tag if tag in ("h2", "h3", "h4", "h5", "h6") else "h2"
        return f"<{tag}>{inner}</{tag}>"
    if kind in ("link", "autolink", "at-link"):
        return f'<a href="{escape(str(node.get("url") or ""))}">{inner}</a>'
    if kind == "list":
        tag = "ol" if node.get("listType") == "number" else "ul"
        first = values.whole(node.get("start"))
        start = f' start="{first}"' if tag == "ol" and first > 1 else ""
        return f"<{tag}{start}>{''.join(_items(parts))}</{tag}>"
    if kind == "listitem" and isinstance(node.get("checked"), bool):
        return f"<li>{'☑' if node['checked'] else '☐'} {inner}</li>"
    if kind in _BLOCKS:
        return f"<{_BLOCKS[kind]}>{inner}</{_BLOCKS[kind]}>"
    return inner or ghost_cards.html(kind, node, odd)


def _items(parts: list[str]) -> list[str]:
    """Items; one that holds a list alone, as Lexical writes a list within, joins the one before."""
    made: list[str] = []
    for part in parts:
        if made and re.match(r"<li><[uo]l>", part):
            made[-1] = made[-1].removesuffix("</li>") + part.removeprefix("<li>")
        else:
            made.append(part)
    return made


def _marked(text: str, bits: int) -> str:
    for bit, tag in _MARKS:
        text = f"<{tag}>{text}</{tag}>" if bits & bit else text
    return text


def _mobiledoc(document: Mapping[str, Any], odd: list[str]) -> str:
    """Sections and cards of Ghost before version 5.50."""
    cards = values.listed(document.get("cards"))
    made: list[str] = []
    for section in values.listed(document.get("sections")):
        if not isinstance(section, list) or len(section) < 2:
            continue
        if section[0] == 10 and isinstance(section[1], int) and section[1] < len(cards):
            name, payload = (*values.listed(cards[section[1]]), "", {})[:2]
            known = {"card-markdown": "markdown", "hr": "horizontalrule"}
            kind = known.get(str(name), str(name))
            made.append(
                "<hr>"
                if kind == "horizontalrule"
                else ghost_cards.html(kind, values.table(payload), odd)
            )
        elif section[0] == 1 and len(section) > 2:
            made.append(_markers(str(section[1]), section[2], document))
        elif section[0] == 3 and len(section) > 2:
            items = "".join(_markers("li", item, document) for item in values.listed(section[2]))
            tag = "ol" if section[1] == "ol" else "ul"
            made.append(f"<{tag}>{items}</{tag}>")
    return "".join(made)


def _markers(tag: str, markers: Any, document: Mapping[str, Any]) -> str:
    """Text with its marks: each marker opens some and closes the innermost."""
    markups = values.listed(document.get("markups"))
    opened, parts = list[str](), list[str]()
    for marker in markers if isinstance(markers, list) else []:
        if not isinstance(marker, list) or len(marker) < 4:
            continue
        for number in values.listed(marker[1]):
            known = isinstance(number, int) and number < len(markups)
            name, *rest = (values.listed(markups[number]) if known else []) or ["span"]
            name = name if name in _INLINE else "span"
            pairs = values.listed(rest[0]) if rest else []
            href = escape(str(pairs[1])) if name == "a" and len(pairs) > 1 else ""
            parts.append(f'<a href="{href}">' if name == "a" else f"<{name}>")
            opened.append(str(name))
        parts.append(escape(str(marker[3])) if marker[0] == 0 else "<br>")
        for _ in range(min(values.whole(marker[2]), len(opened))):
            parts.append(f"</{opened.pop()}>")
    tag = tag if tag in ("p", "li", "h2", "h3", "h4", "blockquote") else "p"
    return f"<{tag}>{''.join(parts)}</{tag}>"
