"""The HTML of a mail that was sent, without what only a mail has: hidden text, pictures that
count readers, lines to unsubscribe or to see it in a browser, a reader's own address."""

import re
from collections import Counter

from lxml import etree, html

from site_gen.importers.bodies import html_hidden
from site_gen.importers.mails import links, substack_parts, tags
from site_gen.problems import Problem, SiteError

_SMALL = re.compile(r"\s*[01](?:px)?\s*")
_THIN = re.compile(r"(?:^|;)(?:width|height):[01](?:px)?(?:;|!|$)")
_TARGET = re.compile(
    r"(href\s*=\s*[\"'])\s*(?:\*\|(\w+)[^|\"']*\|\*|\{\{-?\s*([\w.]+)[^}\"']*\}\})[^\"']*", re.I
)
"""A link whose address the service fills in for each reader."""
_FRAME_LINK = re.compile(
    r"^#tag-|%%\w+%%|unsub|opt-?out|abmeld|abbestell|desinscri|desabonn|cancelar-suscri|uitschrijv"
    r"|disiscri"
    r"|view-?(?:in|this|online)|in-browser|mirror\b|webversion|manage-(?:preferences|subscription)"
    r"|forward-to-friend|update_profile|/subscribe\?|[?&]action=share",
    re.IGNORECASE,
)
FRAME_WORDS = re.compile(
    r"unsubscribe|opt out|(?:view|read|open|see)\b.{0,25}\b(?:browser|online|web)"
    r"|manage (?:your )?(?:preferences|subscription)|update (?:your )?(?:profile|preferences)"
    r"|forward (?:this )?to a friend|subscribe now|abmelden|abbestellen|im browser|online ?ansehen"
    r"|se désabonner|se désinscrire|dans (?:votre|le) navigateur|darse de baja|cancelar suscripción"
    r"|en (?:el|tu) navegador|uitschrijven|afmelden|in (?:je|uw|de) browser|disiscriviti"
    r"|cancelar inscrição|no navegador|wypisz się|w przeglądarce",
    re.IGNORECASE,
)
_BLOCKS = ("p", "li", "td", "tr", "table", "div", "center", "footer", "small", "section")
MOST = 300
"""Characters of a block that is about its link, not a text that happens to hold one."""


def cleaned(text: str, left: Counter[str], lost: list[str]) -> str:
    """The inner HTML of the body; lines around the text that are left out are counted in `left`,
    what else readers saw is added to `lost`. Raises SiteError for what cannot be read."""
    text = _TARGET.sub(lambda tag: f"{tag[1]}#tag-{tag[2] or tag[3]}", text.replace("\0", ""))
    text = tags.without_values(tags.for_all(text, lost), lost)
    try:
        # Older versions of lxml have no document for a text without a word.
        root = html.document_fromstring(text if re.search(r"\w", text) else "<p></p>")
    except (etree.LxmlError, ValueError):
        problem = Problem("import/mail", "its HTML cannot be read", help="look at it")
        raise SiteError([problem]) from None
    html_hidden.take_out(root, lost)
    for element in list(root.iter("style", "title", "img")):
        if element.tag != "img" or _counts_readers(element):
            _drop(element)
    for form in list(substack_parts.frames(root)):
        if form.getparent() is not None:
            left[_said(form)] += 1
            _drop(form)
    substack_parts.settle(root, lost)
    for link in list(root.iter("a")):
        if root in link.iterancestors() and _of_the_frame(link):
            block = _block(link)
            left[_said(block)] += 1
            _drop(block)
    for link in root.iter("a"):
        link.set("href", links.without_reader(link.get("href") or ""))
    for table in list(root.iter("table")):
        if len(table.xpath(".//td|.//th")) == 1:
            table.set("role", "presentation")  # a table of one cell holds no table
    body = root.find("body")
    made = etree.tostring(root if body is None else body, encoding="unicode", method="html")
    return re.sub(r"^<body[^>]*>|</body>\s*$", "", made)


def _counts_readers(picture: html.HtmlElement) -> bool:
    sizes = (picture.get("width") or "", picture.get("height") or "")
    style = re.sub(r"\s", "", picture.get("style") or "").lower()
    return any(_SMALL.fullmatch(size) for size in sizes) or _THIN.search(style) is not None


def _of_the_frame(link: html.HtmlElement) -> bool:
    words = " ".join(link.text_content().split())
    return bool(
        _FRAME_LINK.search(link.get("href") or "")
        or (len(words) < 60 and FRAME_WORDS.search(words))
    )


def _block(link: html.HtmlElement) -> html.HtmlElement:
    """The box that is about the link, with boxes around it that hold no more; else the link."""
    block = next((above for above in link.iterancestors() if above.tag in _BLOCKS), link)
    words = block.text_content().split()
    if len(" ".join(words)) > MOST:
        return link
    for above in block.iterancestors():
        if above.tag == "body" or above.text_content().split() != words:
            break
        block = above
    return block


def _said(block: html.HtmlElement) -> str:
    return " ".join(block.text_content().split())[:80] or "a picture with a link"


def _drop(element: html.HtmlElement) -> None:
    if element.getparent() is not None:
        element.drop_tree()
