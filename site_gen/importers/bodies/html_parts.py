"""HTML that Markdown cannot express: becomes a link or text, or is reported."""

import re
from collections.abc import Callable, Iterator

from lxml import html

from site_gen.basics import urls
from site_gen.convert.html import media
from site_gen.convert.html.blocks import BLOCKS
from site_gen.convert.html.links import Base
from site_gen.convert.html.tidy import HEADINGS, KEPT
from site_gen.convert.html.tree import Element, drop
from site_gen.importers.bodies import html_hidden

FRAMES = ("iframe", "frame", "object", "embed", "video", "audio")
_SOURCES = ("data-src", "data-lazy-src", "data-litespeed-src", "src", "data")
_GENERIC = re.compile(r"(?i)(?:youtube|vimeo)? ?(?:video player|embed(?:ded content)?|iframe)?")
"""Titles of players that say nothing of what they play."""
MOST_OF_A_FORM = 400
"""Characters of a form; what holds more is a page around which somebody put one."""
MOST_WORDS = 100
"""Characters in an <object> that are the words of its link; more is a text of its own."""
_GIST = re.compile(r"https://gist\.github\.com/[\w./-]+?(?=\.js|$|\?)")
_COMPANIONS = (
    "platform.twitter.com", "platform.x.com", "instagram.com", "tiktok.com", "embedr.flickr.com",
    "embed.bsky.app", "threads.net", "connect.facebook.net", "assets.pinterest.com",
    "embed.redditmedia.com", "embed.reddit.com",
)  # fmt: skip
"""Hosts whose scripts dress up what the text beside them says already."""
_PICTURE = re.compile(r"(?i)\.(?:jpe?g|png|gif|webp|avif|svg)(?:$|[?#])|/image/fetch/")
_DATA = re.compile(r"(?:json|template|mustache|handlebars|x-config)")


def settle(root: Element, base: Base, lost: list[str]) -> None:
    """Change a parsed piece of HTML in place; what of it will not be seen is added to `lost`."""
    html_hidden.take_out(root, lost)
    _noscripts(root)
    for names, work in _WORK:
        for element in list(root.iter(*names)):
            if element.getparent() is not None:
                work(element, lost)
    _pictures(root, base, lost)
    _links(root)
    for element in list(root.iter(*FRAMES)):
        if element.getparent() is not None:
            _frame(element, base, lost)


def _links(root: Element) -> None:
    """A link around several blocks becomes one of its title, or of its first words; one around a
    picture stays where it leads to something else than the picture."""
    for link in [a for a in root.iter("a") if a.get("href")]:
        box = _closed_before(link)
        below = [link] if box is None else [box]
        blocks = [e for b in below for e in b.iter() if e is not link and e.tag in BLOCKS]
        blocks = [e for e in blocks if e.text_content().strip()]
        picture = next(link.iter("img"), None)
        if not blocks and (picture is None or link.text_content().strip() == ""):
            if picture is not None and not _PICTURE.search(link.get("href")):
                link.set(KEPT, "")
            continue
        holders = {above for e in blocks for above in e.iterancestors()}
        words = [e for e in blocks if e not in holders]
        named = [e for e in words if e.tag in HEADINGS or "title" in (e.get("class") or "")]
        if target := (named or words)[:1]:
            _around(target[0], link.get("href"))
            link.drop_tag()


def _closed_before(link: Element) -> Element | None:
    """The table around which the link stood: the parser ends a link where a table begins."""
    following = link.getnext()
    if len(link) or (link.text or "").strip() or (link.tail or "").strip() or following is None:
        return None
    return following if following.tag == "table" else None


def _around(element: Element, url: str) -> None:
    """A link around all that stands in `element`."""
    link = _link(element.text or "", url)
    link.extend(list(element))
    element.text = None
    element.append(link)


def frame(element: Element, base: Base) -> tuple[str, str]:
    """Words and address of the link that stands for a frame or a player; ("", "") for none."""
    source = next((s for key in _SOURCES if _leads(s := element.get(key) or "")), "")
    inner = (child.get("src") or child.get("value") or "" for child in _inside(element))
    url = base.absolute(source or next(filter(_leads, inner), ""))
    if not url:
        return "", ""
    named, watched = media.player(element, base)
    title = " ".join((element.get("title") or element.get("aria-label") or "").split())
    title = "" if _GENERIC.fullmatch(title) else title
    if element.tag in ("video", "audio"):
        return title or element.tag.capitalize(), url
    last = urls.parts(url).path.rpartition("/")[2]
    own = urls.host(url) if urls.host(url) != urls.host(base.absolute("/")) else last
    return title or named or own or last or "embedded", watched or url


def _leads(source: str) -> bool:
    return bool(source.strip()) and not source.startswith(("about:", "data:", "javascript:"))


def _inside(element: Element) -> Iterator[Element]:
    yield from element.iter("source", "embed")
    yield from (p for p in element.iter("param") if p.get("name") in ("movie", "src", "url"))


def _frame(element: Element, base: Base, lost: list[str]) -> None:
    """A link before it; of what stands inside goes what says that a browser cannot show it."""
    words, url = frame(element, base)
    said = " ".join(element.text_content().split())
    for track in element.iter("track"):
        lost.append(f"<track> of a player ({track.get('kind') or 'subtitles'}), left out")
    if not url:
        lost.append(f"<{element.tag}> without an address, left out")
    elif element.tag == "object" and 0 < len(said) <= MOST_WORDS:
        words, element.text = said, None
    for piece in (html.Element("img", src=element.get("poster") or ""), _link(words, url)):
        if piece.get("src") or piece.get("href"):
            paragraph = html.Element("p")
            paragraph.append(piece)
            element.addprevious(paragraph)
    if url and (element.tag in ("iframe", "video", "audio") or words == said):
        drop(element)
    else:
        element.drop_tag()  # the parser puts into an <embed> what follows it


def _noscripts(root: Element) -> None:
    """What they say is said, but for a picture that a script would have shown as well."""
    found = list(root.iter("noscript"))
    inside = {e for element in found for e in element.iter("img", "iframe")}
    shown = {v for e in root.iter("img", "iframe") if e not in inside for v in e.values()}
    for picture in inside:
        if shown & ({picture.get("src"), picture.get("data-src")} - {None, ""}):
            drop(picture)
    for element in found:
        element.drop_tag()


def _form(element: Element, lost: list[str]) -> None:
    said = " ".join(element.text_content().split())
    if len(said) > MOST_OF_A_FORM:
        element.drop_tag()
        return
    lost.append(f"form{_quoted(said)}, left out")
    drop(element)


def _button(element: Element, lost: list[str]) -> None:
    """Its words stay: a button that opens a part of the text is that part's heading."""
    for icon in list(element.iter("svg")):
        drop(icon)
    said = " ".join(element.text_content().split())
    if said and not any(
        a.tag in ("h2", "h3", "h4", "h5", "summary") for a in element.iterancestors()
    ):
        lost.append(f"button{_quoted(said)}, kept as text")
    element.tag = "span"


def _field(element: Element, lost: list[str]) -> None:
    if element.tag == "input" and element.get("type") == "checkbox":
        _replace(element, _text("☑ " if element.get("checked") is not None else "☐ "))
    elif element.tag != "input" or element.get("type") != "hidden":
        said = element.get("value") or " ".join(element.text_content().split())
        lost.append(f"<{element.tag}> of a form{_quoted(said)}, left out")
        drop(element)


def _drawing(element: Element, lost: list[str]) -> None:
    words = [" ".join(t.text_content().split()) for t in element.iter("text", "title", "desc")]
    said = ", ".join(filter(None, words)) or element.get("aria-label") or ""
    drawn = any(True for _ in element.iter("text"))
    if not drawn and any(above.tag == "a" for above in element.iterancestors()):
        drop(element)  # an icon beside the words of a link
        return
    lost.append(f"drawing (svg){_quoted(said)}, {'its words kept' if drawn else 'left out'}")
    _replace(element, _text(f" {said} " if drawn else ""))


def _formula(element: Element, lost: list[str]) -> None:
    source = next((a.text for a in element.iter("annotation") if a.text), "")
    said = source or element.get("alttext") or " ".join(element.text_content().split())
    lost.append("formula (MathML), kept as code")
    code = html.Element("code")
    code.text = said.strip()
    _replace(element, code)


def _script(element: Element, lost: list[str]) -> None:
    source = element.get("src") or ""
    if gist := _GIST.match(source):
        _replace(element, _link("Code on GitHub", gist[0]))
        return
    host = urls.host(source)
    if source and not host.endswith(_COMPANIONS):
        lost.append(f"script of {host or source.rpartition('/')[2]}, left out")
    elif (
        not source and (element.text or "").strip() and not _DATA.search(element.get("type") or "")
    ):
        lost.append("script, left out")
    drop(element)


def _area(element: Element, _lost: list[str]) -> None:
    if element.get("href"):
        paragraph = html.Element("p")
        paragraph.append(
            _link(
                element.get("alt") or element.get("title") or element.get("href"),
                element.get("href"),
            )
        )
        _replace(element, paragraph)


def _spoken(element: Element, _lost: list[str]) -> None:
    """How a word is said stands behind it."""
    if not any(True for _ in element.getparent().iter("rp")):
        element.text = f" ({element.text or ''}"
        last = element[-1] if len(element) else None
        if last is None:
            element.text += ")"
        else:
            last.tail = f"{last.tail or ''})"


def _quotation(element: Element, _lost: list[str]) -> None:
    """Where it was taken from stands below it."""
    url = (element.get("cite") or "").strip()
    if url.startswith("http") and url not in {a.get("href") for a in element.iter("a")}:
        paragraph = html.Element("p")
        paragraph.text = "— "
        paragraph.append(_link(urls.host(url) or url, url))
        element.append(paragraph)


def _canvas(element: Element, lost: list[str]) -> None:
    lost.append("drawing that a script made (canvas), left out")
    element.drop_tag()


def _explained(element: Element, lost: list[str]) -> None:
    if said := element.get("title"):
        lost.append(
            f"explanation of {_quoted(element.text_content()).strip()}: {said[:60]}, left out"
        )


_WORK: tuple[tuple[tuple[str, ...], Callable[[Element, list[str]], None]], ...] = (
    (("form",), _form),
    (("button",), _button),
    (("input", "select", "textarea"), _field),
    (("svg",), _drawing),
    (("math",), _formula),
    (("script",), _script),
    (("area",), _area),
    (("rt",), _spoken),
    (("canvas",), _canvas),
    (("blockquote",), _quotation),
    (("abbr",), _explained),
)


NAMES = (
    "noscript",
    *(n for names, _ in _WORK for n in names if n not in ("rt", "abbr", "area", "blockquote")),
)
"""Elements beside frames that no body of ours may hold."""


def _pictures(root: Element, base: Base, lost: list[str]) -> None:
    for box in root.xpath("//*[@role='img'][contains(@style, 'url(')]"):
        shown = re.search(r"url\([\"']?([^\"')]+)", box.get("style"))
        if shown and not box.text_content().strip():
            said = box.get("aria-label") or ""
            _replace(box, html.Element("img", src=shown[1], alt=said))
    for choice in list(root.iter("picture")):
        source = choice.find("source")
        if choice.find(".//img") is None and source is not None:
            first = (source.get("srcset") or "").split(",")[0].split()
            choice.append(html.Element("img", src=first[0] if first else ""))
    for picture in list(root.iter("img")):
        if not media.address(picture, base):
            lost.append(f"picture without an address{_quoted(picture.get('alt') or '')}, left out")
        title = picture.get("title") or ""
        if title and title != picture.get("alt") and not picture.get("data-caption"):
            picture.set("data-caption", title)


def _quoted(words: str) -> str:
    plain = " ".join(words.split())
    return f' "{plain[:60]}"' if plain else ""


def _link(words: str, url: str) -> Element:
    link = html.Element("a", href=url)
    link.text = words
    return link


def _text(words: str) -> Element:
    made = html.Element("span")
    made.text = words
    return made


def _replace(element: Element, by: Element) -> None:
    by.tail, element.tail = element.tail, None
    element.getparent().replace(element, by)
