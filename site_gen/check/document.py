"""A content file as the rules see it, and the part of it that is kept between two checks."""

from bisect import bisect
from collections.abc import Mapping
from functools import cached_property, partial
from itertools import accumulate
from typing import Any, TypeVar

from msgspec import Struct

from site_gen import frontmatter
from site_gen.check import head_addresses, plain_head, scan
from site_gen.check.addresses import is_plain
from site_gen.check.head_addresses import Picture, listed
from site_gen.check.scan import Link, Paragraph
from site_gen.problems import SiteError
from site_gen.read.excerpt import wide
from site_gen.read.excerpt import words as count_words

T = TypeVar("T")
HIDDEN = ("secured", "featuredContent")
TEXTS = ("title", "excerpt", "why")
"""Keys of the front matter whose texts readers see."""


class Document(Struct, frozen=True, kw_only=True, dict=True):
    """One content file, read. Lines count in the file, from 1.

    path       below `content/`
    kind       "article", "note" or "page", by its folder
    matter     the front matter as it stands, but for what is never published
    body_links the links of the body, pictures among them
    plain_head whether no rule has anything to say of the addresses in the front matter
    """

    path: str
    kind: str
    matter: Mapping[str, Any]
    head: str
    body: str
    body_line: int
    body_links: tuple[Link, ...]
    paragraphs: tuple[Paragraph, ...]
    plain_head: bool = False

    @property
    def shown(self) -> str:
        """Its path from the site's folder."""
        return f"content/{self.path}"

    @cached_property
    def head_links(self) -> tuple[Link, ...]:
        """The addresses in the front matter."""
        return tuple(head_addresses.addresses(self.matter, self.head))

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """All its links, those of the front matter first."""
        return (*self.head_links, *self.body_links)

    @cached_property
    def pictures(self) -> tuple[Picture, ...]:
        """The pictures of the front matter."""
        images = self.matter.get("images")
        if not images:
            return ()
        lines = (
            head_addresses.lines_from(self.head, images) if self.plain_head
            else head_addresses.lines_of_pictures(self.head_links)
        )  # fmt: skip
        return tuple(head_addresses.pictures(images, lines))

    @cached_property
    def prose(self) -> str:
        """Its paragraphs, a line each."""
        return "\n".join([piece.text for piece in self.paragraphs])

    @cached_property
    def seen(self) -> str:
        """The texts that readers see, a line each."""
        return "\n".join([*map(self.text, TEXTS), *([self.prose] if self.paragraphs else [])])

    @cached_property
    def seen_bytes(self) -> bytes:
        """The same in UTF-8, in which a word is found sooner."""
        return self.seen.encode("utf-8", "surrogatepass")

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
        links = self.body_links if self.plain_head else self.links
        return [link for link in links if not is_plain(link.url)]

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


def parse(text: str, path: str, ours: str | None = None) -> Document | None:
    """The document in `text`; None where it has no front matter that can be read: the build
    says so better than a check could.

    Of a text in which a build found no fault `ours` is the site's host: then no more is read of its
    front matter than is asked for.
    """
    shown = f"content/{path}"
    try:
        parts = frontmatter.split(text, shown)
        blocks = None if ours is None else plain_head.blocks(parts.head, ours)
        matter: Mapping[str, Any]
        if blocks is None:
            matter = _shown(frontmatter.load(parts.head, shown))
        else:
            matter = plain_head.PlainMatter(_shown(blocks), partial(_whole, parts.head))
    except SiteError:
        return None
    links, paragraphs = scan.read(parts.body, parts.body_line - 1)
    return Document(
        path=path,
        kind=kind_of(path),
        matter=matter,
        head=parts.head,
        body=parts.body,
        body_line=parts.body_line,
        body_links=tuple(links),
        paragraphs=tuple(paragraphs),
        plain_head=blocks is not None,
    )


def _shown(matter: dict[str, T]) -> dict[str, T]:
    for key in HIDDEN:
        matter.pop(key, None)
    return matter


def _whole(head: str) -> dict[str, Any]:
    return _shown(frontmatter.load(head))


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
        original_line=_line_of_link(document, field),
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


def _line_of_link(document: Document, field: str) -> int:
    if document.plain_head:
        address = document.text(field)
        return document.line_of(field, address) if address else 1
    return next((link.line for link in document.head_links if link.field == field), 1)


def _date_line(document: Document) -> int:
    dates = (key for key in ("publishedDateTime", "addedDateTime") if document.matter.get(key))
    return next(map(document.line_of, dates), 1)


def _words(document: Document) -> int:
    if wide(document.prose):
        return sum(count_words(x.text) for x in document.paragraphs)
    return document.words


def ignored_rules(matter: Mapping[str, Any]) -> dict[str, str]:
    """The rules that an article asks to be silent, with the reasons given for it."""
    found = {}
    for entry in listed(matter.get("checkIgnore")):
        if isinstance(entry, dict):
            found[str(entry.get("rule", ""))] = str(entry.get("reason") or "")
        else:
            rule, _, reason = str(entry).partition(" ")
            found[rule.rstrip(":")] = reason.strip(" -–—:")
    return found
