"""A content file as the rules see it, and the part of it that is kept between two checks."""

import re
from bisect import bisect
from collections.abc import Iterator
from functools import cached_property
from itertools import accumulate
from typing import Any

from msgspec import Struct

from site_gen import frontmatter
from site_gen.check import scan
from site_gen.check.addresses import is_plain
from site_gen.check.scan import Link, Paragraph
from site_gen.problems import SiteError
from site_gen.read.excerpt import wide
from site_gen.read.excerpt import words as count_words

HIDDEN = ("secured", "featuredContent")
TEXTS = ("title", "excerpt", "why")
"""Keys of the front matter whose texts readers see."""
_ADDRESS = ("url", "Url", "URL")
_OF_PICTURE = re.compile(r"images(?:\[\d+\])?\.url")


class Picture(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A picture of the front matter."""

    url: str
    line: int
    alt: str = ""
    credit: str = ""
    caption: str = ""
    width: int = 0
    height: int = 0


class Document(Struct, frozen=True, kw_only=True, dict=True):
    """One content file, read. Lines count in the file, from 1.

    path    below `content/`
    kind    "article", "note" or "page", by its folder
    matter  the front matter as it stands, but for what is never published
    """

    path: str
    kind: str
    matter: dict[str, Any]
    head: str
    body: str
    body_line: int
    links: tuple[Link, ...]
    pictures: tuple[Picture, ...]
    paragraphs: tuple[Paragraph, ...]

    @property
    def shown(self) -> str:
        """Its path from the site's folder."""
        return f"content/{self.path}"

    @cached_property
    def prose(self) -> str:
        """Its paragraphs, a line each."""
        return "\n".join([piece.text for piece in self.paragraphs])

    @cached_property
    def seen(self) -> str:
        """The texts that readers see, a line each."""
        return "\n".join([text for _, _, text in self.texts])

    @cached_property
    def texts(self) -> list[tuple[int, str, str]]:
        """What readers see: line (0 for that of the key), key and text; "" is the body's key."""
        return [
            *((0, key, self.text(key)) for key in TEXTS),
            *((piece.line, "", piece.text) for piece in self.paragraphs),
        ]

    def text_at(self, place: int) -> tuple[int, str, str]:
        """Of the texts that readers see the one that stands at this place of `seen`."""
        return self.texts[bisect(self._ends, place)]

    @cached_property
    def _ends(self) -> list[int]:
        return list(accumulate(len(text) + 1 for _, _, text in self.texts))

    @cached_property
    def words(self) -> int:
        """Words of its paragraphs, whatever their letters."""
        return sum([piece.words for piece in self.paragraphs])

    @cached_property
    def unusual_links(self) -> list[Link]:
        """Its links but for those of which no rule for addresses has anything to say."""
        return [link for link in self.links if not is_plain(link.url)]

    @cached_property
    def body_lines(self) -> list[str]:
        """The lines of its body."""
        return self.body.split("\n")

    def text(self, key: str) -> str:
        """A text of the front matter, "" where it is none."""
        value = self.matter.get(key)
        return value if isinstance(value, str) else ""

    def line_of(self, key: str, text: str = "") -> int:
        """The line of a key of the front matter, or the first one after it that holds `text`."""
        head, start = self.head, f"{key}:"
        at = 0 if head.startswith(start) else head.find(f"\n{start}") + 1 or head.find(start)
        if text:
            at = max(at, head.find(text, max(0, at)))
        return head.count("\n", 0, max(0, at)) + 2

    def excerpt_of(self, line: int) -> str:
        """The text of a line of the file."""
        if line >= self.body_line:
            lines = self.body_lines
            return lines[line - self.body_line] if line - self.body_line < len(lines) else ""
        lines = self.head.split("\n", max(0, line - 1))
        return lines[line - 2] if 0 <= line - 2 < len(lines) else ""


class Summary(Struct, frozen=True, kw_only=True, array_like=True):
    """What other documents, and the next check, need to know of a document.

    original   the address of the original, the key that says it, and its line
    date_line  the line of the date that places it: it was published, or else added
    links      those of a note; an article's are read where somebody asks for them
    """

    path: str
    kind: str
    title: str = ""
    title_line: int = 1
    original: str = ""
    original_field: str = "webUrl"
    original_line: int = 1
    guid: str = ""
    provider: str = ""
    topics: tuple[str, ...] = ()
    language: str = ""
    language_line: int = 1
    date_line: int = 1
    lead: str = ""
    draft: bool = False
    links: tuple[Link, ...] = ()
    words: int = 0
    paywalled: bool = False
    ignored: tuple[str, ...] = ()

    @property
    def shown(self) -> str:
        """Its path from the site's folder."""
        return f"content/{self.path}"


def kind_of(path: str) -> str:
    """What a content path holds, as the contract says."""
    return {"editions": "note", "pages": "page"}.get(path.partition("/")[0], "article")


def parse(text: str, path: str) -> Document | None:
    """The document in `text`; None where it has no front matter that can be read: the build
    says so better than a check could."""
    try:
        raw, parts = frontmatter.parse(text, f"content/{path}")
    except SiteError:
        return None
    matter = {key: value for key, value in raw.items() if key not in HIDDEN}
    shift = parts.body_line - 1
    head = _Head(parts.head)
    in_head: list[Link] = []
    _addresses(matter, head, "", in_head)
    return Document(
        path=path,
        kind=kind_of(path),
        matter=matter,
        head=parts.head,
        body=parts.body,
        body_line=parts.body_line,
        links=(*in_head, *scan.links(parts.body, shift)),
        pictures=tuple(_pictures(matter.get("images"), in_head)),
        paragraphs=tuple(scan.paragraphs(parts.body, shift)),
    )


def summary_of(document: Document) -> Summary:
    """The part of a document that is kept."""
    matter = document.matter
    provider = matter.get("provider")
    name = provider.get("name") or provider.get("domain") if isinstance(provider, dict) else None
    field = next((key for key in ("webUrl", "originalUrl") if document.text(key)), "webUrl")
    return Summary(
        path=document.path,
        kind=document.kind,
        title=document.text("title"),
        title_line=document.line_of("title"),
        original=document.text(field),
        original_field=field,
        original_line=next((link.line for link in document.links if link.field == field), 1),
        guid=document.text("guid"),
        provider=str(name or ""),
        topics=tuple(str(x) for x in listed(matter.get("topics"))),
        language=document.text("language"),
        language_line=document.line_of("language") if document.text("language") else 1,
        date_line=_date_line(document),
        lead=document.text("lead"),
        draft=matter.get("draft") is True,
        links=document.links if document.kind == "note" else (),
        words=_words(document),
        paywalled=matter.get("isAccessibleForFree") is False,
        ignored=tuple(ignored_rules(matter)),
    )


def _date_line(document: Document) -> int:
    dates = (key for key in ("publishedDateTime", "addedDateTime") if document.matter.get(key))
    return next(map(document.line_of, dates), 1)


def _words(document: Document) -> int:
    if wide(document.prose):
        return sum(count_words(x.text) for x in document.paragraphs)
    return document.words


def ignored_rules(matter: dict[str, Any]) -> dict[str, str]:
    """The rules that an article asks to be silent, with the reasons given for it."""
    found = {}
    for entry in listed(matter.get("checkIgnore")):
        if isinstance(entry, dict):
            found[str(entry.get("rule", ""))] = str(entry.get("reason") or "")
        else:
            rule, _, reason = str(entry).partition(" ")
            found[rule.rstrip(":")] = reason.strip(" -–—:")
    return found


def listed(value: Any) -> list[Any]:
    """A value of the front matter as a list: one alone is a list of one."""
    return value if isinstance(value, list) else [] if value in (None, "") else [value]


class _Head:
    """The block of front matter, read from its top to its end."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at, self._line = 0, 2

    def line_of(self, key: str, text: str) -> int:
        """The line of the next value `text` of a key; of one that does not stand there as it is,
        the line of the last one that did."""
        key_at = self._text.find(key, self._at)
        at = self._text.find(text, key_at) if key_at >= 0 else -1
        if at >= 0:
            self._line += self._text.count("\n", self._at, at)
            self._at = at
        return self._line


def _addresses(value: dict[str, Any], head: _Head, field: str, found: list[Link]) -> None:
    """Every address below a mapping of the front matter, by the names of its keys."""
    for key, inner in value.items():
        kind = type(inner)
        if kind is str:
            if inner and key.endswith(_ADDRESS):
                name = f"{field}.{key}" if field else key
                shows = ".images" in f".{name}"
                found.append(
                    Link(url=inner, line=head.line_of(key, inner), field=name, image=shows)
                )
        elif kind is dict:
            _addresses(inner, head, f"{field}.{key}" if field else key, found)
        elif kind is list:
            _listed_addresses(inner, head, f"{field}.{key}" if field else key, found)


def _listed_addresses(value: list[Any], head: _Head, field: str, found: list[Link]) -> None:
    for number, inner in enumerate(value):
        if type(inner) is dict:
            _addresses(inner, head, f"{field}[{number}]", found)
        elif type(inner) is list:
            _listed_addresses(inner, head, f"{field}[{number}]", found)


def _pictures(value: Any, links: list[Link]) -> Iterator[Picture]:
    lines = (link.line for link in links if _OF_PICTURE.fullmatch(link.field))
    for image in listed(value):
        if isinstance(image, dict) and isinstance(image.get("url"), str):
            yield Picture(
                url=image["url"],
                line=next(lines, 1) if image["url"] else 1,
                alt=str(image.get("alt") or ""),
                credit=str(image.get("credit") or ""),
                caption=str(image.get("caption") or ""),
                width=image["width"] if isinstance(image.get("width"), int) else 0,
                height=image["height"] if isinstance(image.get("height"), int) else 0,
            )
