"""A parsed content file as the rules see it, and its summary, which is cached between checks."""

import re
from bisect import bisect
from collections.abc import Iterator, Mapping
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
HIDDEN_KEYS = ("secured", "featuredContent")
VISIBLE_KEYS = ("title", "excerpt", "why")
"""Keys of the front matter whose texts readers see."""


class Document(Struct, frozen=True, kw_only=True, dict=True):
    """One parsed content file. Line numbers are those of the file, from 1.

    path       relative to `content/`
    kind       "article", "note" or "page", depending on the folder
    matter     the front matter without `HIDDEN_KEYS`, which are never published
    head       the text of the front matter
    body_links links and pictures in the body
    plain_head whether no address in the front matter can break a rule
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
    def path_in_site(self) -> str:
        """The path relative to the site's folder."""
        return f"content/{self.path}"

    @cached_property
    def head_links(self) -> tuple[Link, ...]:
        """The addresses in the front matter."""
        return tuple(head_addresses.addresses(self.matter, self.head))

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """All links and pictures, those of the front matter first."""
        return (*self.head_links, *self.body_links)

    @cached_property
    def pictures(self) -> tuple[Picture, ...]:
        """The pictures of the front matter."""
        images = self.matter.get("images")
        if not images:
            return ()
        lines = (
            head_addresses.picture_lines_in(self.head, images) if self.plain_head
            else head_addresses.picture_lines(self.head_links)
        )  # fmt: skip
        return tuple(head_addresses.pictures(images, lines))

    @cached_property
    def picture_texts(self) -> list[str]:
        """The alternative texts and captions of the pictures of the front matter."""
        return [text for each in self.pictures for text in (each.alt, each.caption) if text]

    @cached_property
    def prose(self) -> str:
        """The text of the body, one paragraph per line."""
        return "\n".join([piece.text for piece in self.paragraphs])

    @cached_property
    def visible_text(self) -> str:
        """The title, excerpt, `why`, words to pictures and body as readers see them, in lines."""
        return "\n".join(
            [
                *map(self.text, VISIBLE_KEYS),
                *self.picture_texts,
                *([self.prose] if self.paragraphs else []),
            ]
        )

    @cached_property
    def visible_bytes(self) -> bytes:
        """`visible_text` in UTF-8: searching bytes is faster."""
        return self.visible_text.encode("utf-8", "surrogatepass")

    @cached_property
    def visible_texts(self) -> list[tuple[int, str, str]]:
        """The line, key and text of each line of `visible_text`.

        The line is 0 for front matter (see `line_of`), the key is "" for the body.
        """
        return [
            *((0, key, self.text(key)) for key in VISIBLE_KEYS),
            *((0, "images", text) for text in self.picture_texts),
            *((piece.line, "", piece.text) for piece in self.paragraphs),
        ]

    def text_at(self, offset: int) -> tuple[int, str, str]:
        """Return the entry of `visible_texts` at an offset in `visible_text`."""
        return self.visible_texts[bisect(self._ends, offset)]

    @cached_property
    def _ends(self) -> list[int]:
        return list(accumulate(len(text) + 1 for _, _, text in self.visible_texts))

    @cached_property
    def words(self) -> int:
        """The number of words in the body, separated by spaces in every script."""
        return sum([piece.words for piece in self.paragraphs])

    @cached_property
    def unusual_links(self) -> list[Link]:
        """The links that may break a rule for addresses."""
        links = self.body_links if self.plain_head else self.links
        return [link for link in links if not is_plain(link.url)]

    @cached_property
    def body_lines(self) -> list[str]:
        """The lines of the body."""
        return self.body.split("\n")

    def text(self, key: str) -> str:
        """Return a string of the front matter; "" if it is missing or not a string."""
        value = self.matter.get(key)
        return value if isinstance(value, str) else ""

    def line_of(self, key: str, text: str = "") -> int:
        """Return the line of a key of the front matter, or of the first `text` after the key."""
        head, start = self.head, f"{key}:"
        at = 0 if head.startswith(start) else head.find(f"\n{start}") + 1 or head.find(start)
        if text:
            at = max(at, head.find(text, max(0, at)))
        return head.count("\n", 0, max(0, at)) + 2

    def line_with(self, key: str, words: str) -> int:
        """Return the line in which `words` begin in the value of a key, which may be on several
        lines; else that of the key."""
        first = self.line_of(key)
        value = [f"{self.source_line(first)}\n"]
        for line in self.head.split("\n")[first - 1 :]:
            if _begins_key(line):
                break
            value.append(f"{line}\n")
        spaced = r"\s+".join(map(re.escape, words.split()))
        found = re.search(spaced, "".join(value)) if len(value) > 1 else None
        return first + "".join(value).count("\n", 0, found.start()) if found else first

    @property
    def published_head(self) -> Iterator[tuple[int, str]]:
        """The numbered lines of the front matter that are not of `HIDDEN_KEYS`."""
        key = ""
        for number, line in enumerate(self.head.split("\n"), 2):
            if _begins_key(line):
                key = line.partition(":")[0].strip("'\"")
            if key not in HIDDEN_KEYS:
                yield number, line

    def source_line(self, line: int) -> str:
        """Return a line of the file; "" if there is no such line."""
        if line >= self.body_line:
            lines = self.body_lines
            return lines[line - self.body_line] if line - self.body_line < len(lines) else ""
        lines = self.head.split("\n", max(0, line - 1))
        return lines[line - 2] if 0 <= line - 2 < len(lines) else ""


class Summary(Struct, frozen=True, kw_only=True, array_like=True):
    """What rules across files, and the next check, need to know about a document.

    original   the address of the original, with its key and line
    date_line  the line of publishedDateTime, else of addedDateTime, else 1
    links      the links of a note; () for an article, whose links are rarely needed
    ignored    the rules in `checkIgnore`
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
    def path_in_site(self) -> str:
        """The path relative to the site's folder."""
        return f"content/{self.path}"


def kind_of(path: str) -> str:
    """Return "article", "note" or "page" for a path relative to `content/`."""
    return {"editions": "note", "pages": "page"}.get(path.partition("/")[0], "article")


def parse(text: str, path: str, own_host: str | None = None) -> Document | None:
    """Return the document in `text`; None if the front matter is invalid, which a build reports.

    Pass the site's host as `own_host` if a build found no fault in the text: then keys of plain
    front matter are only parsed when a rule asks for them.
    """
    shown = f"content/{path}"
    try:
        parts = frontmatter.split(text, shown)
        blocks = None if own_host is None else plain_head.blocks(parts.head, own_host)
        matter: Mapping[str, Any]
        if blocks is None:
            matter = _without_hidden_keys(frontmatter.load(parts.head, shown))
        else:
            matter = plain_head.PlainMatter(
                _without_hidden_keys(blocks), partial(_load_all, parts.head)
            )
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


def _without_hidden_keys(matter: dict[str, T]) -> dict[str, T]:
    for key in HIDDEN_KEYS:
        matter.pop(key, None)
    return matter


def _load_all(head: str) -> dict[str, Any]:
    return _without_hidden_keys(frontmatter.load(head))


def summary_of(document: Document) -> Summary:
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
        original_line=_line_of_address(document, field),
        guid=document.text("guid"),
        provider=str(name or ""),
        topics=tuple(str(x) for x in listed(matter.get("topics"))),
        language=document.text("language"),
        language_line=document.line_of("language") if document.text("language") else 1,
        date_line=_date_line(document),
        lead=document.text("lead"),
        draft=matter.get("draft") is True,
        links=document.links if document.kind == "note" else (),
        words=_word_count(document),
        paywalled=matter.get("isAccessibleForFree") is False,
        ignored=tuple(ignored_rules(matter)),
    )


def _line_of_address(document: Document, field: str) -> int:
    if document.plain_head:
        address = document.text(field)
        return document.line_of(field, address) if address else 1
    return next((link.line for link in document.head_links if link.field == field), 1)


def _date_line(document: Document) -> int:
    dates = (key for key in ("publishedDateTime", "addedDateTime") if document.matter.get(key))
    return next(map(document.line_of, dates), 1)


def _word_count(document: Document) -> int:
    if wide(document.prose):  # a script without spaces between words
        return sum(count_words(x.text) for x in document.paragraphs)
    return document.words


def ignored_rules(matter: Mapping[str, Any]) -> dict[str, str]:
    """Return the rules in `checkIgnore`, each with its reason ("" for none)."""
    found = {}
    for entry in listed(matter.get("checkIgnore")):
        if isinstance(entry, dict):
            found[str(entry.get("rule", ""))] = str(entry.get("reason") or "")
        else:
            rule, _, reason = str(entry).partition(" ")
            found[rule.rstrip(":")] = reason.strip(" -–—:")
    return found


def _begins_key(line: str) -> bool:
    """Whether a key of the front matter begins in this line, and no value goes on in it."""
    return line[:1] not in ("", " ", "\t", "-", "#")
