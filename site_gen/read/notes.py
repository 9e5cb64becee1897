"""The notes of editions: a few words before its stories, or a whole issue in one file."""

from collections.abc import Iterator
from datetime import datetime
from posixpath import basename, dirname, join, normpath
from typing import Annotated, NamedTuple

import msgspec

from site_gen import edition_periods, frontmatter
from site_gen.basics import dates, digest, safehtml, slugs, urls
from site_gen.frontmatter import Parts
from site_gen.model import Author, AuthorRef, Correction, LocalLink, Note, Picture
from site_gen.problems import Problem, Where, shown
from site_gen.read.excerpt import minutes
from site_gen.read.named_addresses import named_addresses
from site_gen.read.names import Names
from site_gen.read.pages import Long, Short, Shown, body_of, matter_of, when_shown
from site_gen.settings import Settings

Many = Annotated[tuple[Short, ...], msgspec.Meta(max_length=frontmatter.MAX_ITEMS)]


class ImageMatter(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A picture of a note."""

    url: Short
    width: int | None = None
    height: int | None = None
    alt: Long = ""
    caption: Long = ""
    credit: Short = ""


class CorrectionMatter(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A correction of an issue, and its date."""

    date: Short
    text: Long


class NoteMatter(Shown, frozen=True, kw_only=True, rename="camel"):
    """Front matter of a note. lead and pins name articles by slug or content path; `range` the
    first and last edition that an issue stands for; authors are names or keys of the settings."""

    title: Short | None = None
    number: int | None = None
    date: Short | None = None
    range: tuple[Short, Short] | None = None
    skip: bool = False
    lead: Short | None = None
    pins: Many | None = None
    sections: Many | None = None
    slug: Short | None = None
    aliases: Many | None = None
    guid: Short | None = None
    excerpt: Long | None = None
    images: Annotated[tuple[ImageMatter, ...], msgspec.Meta(max_length=100)] | None = None
    authors: Many | None = None
    corrections: Annotated[tuple[CorrectionMatter, ...], msgspec.Meta(max_length=100)] | None = None


class Read(NamedTuple):
    """A note, or None where a problem is an error."""

    value: Note | None
    problems: tuple[Problem, ...]


def read_note(text: str, path: str, settings: Settings, names: Names) -> Read:
    """The note in `content/editions/<id>.md`. Raises SiteError for no front matter."""
    raw, parts = frontmatter.parse(text, f"content/{path}")
    matter, problems = matter_of(raw, NoteMatter, path, parts, settings.zone)
    work = _Work(path, parts, settings, names, problems)
    work.check_name()
    body, links = body_of(parts, path, settings, problems)
    note = work.note(matter) if matter else None
    if note is None or any(p.severity == "error" for p in problems):
        return Read(None, tuple(problems))
    if note.skip and body.html.strip():
        work.warn("skip", "an edition that is skipped does not show its text", "remove one of both")
    note = msgspec.structs.replace(
        note,
        excerpt=note.excerpt or body.first_paragraph[:300],
        body=body.html,
        minutes=minutes(body.words),
        source=digest.of_parts(note.title, parts.body.strip()),
        facts=_facts(note),
        links=(
            *note.links,
            *named_addresses(matter, parts.head, urls.host(settings.base_url)),
            *links,
        ),
        anchors=body.anchors,
    )
    return Read(note, tuple(problems))


def _facts(note: Note) -> str:
    return digest.of_parts(
        note.date.isoformat() if note.date else "",
        note.guid,
        note.excerpt,
        *(author.name for author in note.authors),
        note.image.url if note.image else "",
    )


class _Work:
    """Makes a note of one front matter."""

    def __init__(
        self, path: str, parts: Parts, settings: Settings, names: Names, problems: list[Problem]
    ) -> None:
        self.path = path
        self.id = basename(path).removesuffix(".md")
        self.parts = parts
        self.settings = settings
        self.names = names
        self.problems = problems
        self.links: list[LocalLink] = []

    def note(self, matter: NoteMatter) -> Note:
        return Note(
            id=self.id,
            path=self.path,
            title=matter.title or "",
            number=matter.number,
            date=self._moment("date", matter.date) if matter.date else None,
            range=self._range(matter.range),
            skip=matter.skip,
            lead=matter.lead or "",
            pins=matter.pins or (),
            sections=matter.sections or (),
            slug=slugs.safe(matter.slug or ""),
            aliases=tuple(self._aliases(matter.aliases or ())),
            guid=(matter.guid or "").strip(),
            excerpt=matter.excerpt or "",
            image=next(self._pictures(matter.images or ()), None),
            authors=tuple(self._authors(matter.authors or ())),
            corrections=tuple(
                Correction(date=self._moment("corrections", each.date), text=each.text)
                for each in matter.corrections or ()
            ),
            **when_shown(matter, self.path, self.parts, self.settings, self.problems),
            links=tuple(self.links),
        )

    def check_name(self) -> None:
        """The file is named after its edition."""
        by_notes = edition_periods.is_by_notes(self.settings)
        if by_notes and slugs.safe(self.id) == self.id != "":
            return
        cure = "name it in letters, digits and hyphens, such as 2024-02-issue-12.md"
        fault = "is no name for an address"
        if not by_notes:
            try:
                edition_periods.calendar(self.settings).place_of(self.id)
            except ValueError as error:
                fault, cure = str(error), "name the file after its week, such as 2024-W07.md"
                if self.settings.editions.every in ("month", "day"):
                    cure = f"name the file after its {self.settings.editions.every}"
            else:
                return
        where = Where(f"content/{self.path}")
        message = f"the file name {shown(self.id)} {fault}"
        self.problems.append(Problem("edition/name", message, where, cure))

    def warn(self, key: str, message: str, cure: str) -> None:
        self.problems.append(Problem(f"edition/{key}", message, self._where(key), cure, "warning"))

    def _moment(self, key: str, value: str) -> datetime | None:
        try:
            return dates.parse(value, self.settings.zone)
        except ValueError as error:
            self._error(key, f"{key}: {shown(value)} {error}", "write a date such as 2024-02-17")
            return None

    def _range(self, given: tuple[str, str] | None) -> tuple[str, str] | None:
        """The ids of the first and last edition in one, the note's own among them."""
        if given is None:
            return None
        if edition_periods.is_by_notes(self.settings):
            self.warn(
                "range", "range: notes say what editions are here; it is left out", "remove it"
            )
            return None
        slots = edition_periods.calendar(self.settings)
        try:
            first, last = (slots.place_of(name) for name in given)
        except ValueError as error:
            self._error("range", f"range: {error}", "name its first and last edition by their ids")
            return None
        try:
            own = slots.place_of(self.id)
        except ValueError:
            return given  # said already: the file has a wrong name
        if not first <= own <= last:
            message = f"range: {shown(self.id)} is not from {given[0]} to {given[1]}"
            self._error("range", message, "name its first and last edition by their ids, in order")
            return None
        return given

    def _aliases(self, given: tuple[str, ...]) -> Iterator[str]:
        for alias in given:
            if urls.is_alias_path(alias):
                yield alias
            else:
                message = f'alias "{alias}" is not a path; it is left out'
                self.warn("aliases", message, "write a path such as /issues/12.html")

    def _pictures(self, given: tuple[ImageMatter, ...]) -> Iterator[Picture]:
        for image in given:
            url = self._picture_url(image.url)
            if url:
                local = url.startswith(f"{safehtml.LOCAL}:")
                yield Picture(
                    url=url, width=image.width, height=image.height, alt=image.alt,
                    caption=image.caption, credit=image.credit, local=local,
                )  # fmt: skip

    def _picture_url(self, url: str) -> str:
        if not urls.scheme_of(url) and "//" not in url:
            base = "" if url.startswith("/") else dirname(self.path)
            target = normpath(join(base, url.lstrip("/")))
            line = self._where("images").line
            self.links.append(LocalLink(target=target, line=line, image=True))
            return f"{safehtml.LOCAL}:{target}"
        try:
            checked = urls.check(url, ("https",))
        except ValueError as error:
            message = f"images: {shown(url)} {error}; it is left out"
            self.warn("images", message, "use an https address, or a copy in content/")
            return ""
        return checked if self.settings.images.remote == "link" else ""

    def _authors(self, given: tuple[str, ...]) -> Iterator[AuthorRef]:
        for name in given:
            if name.strip():
                yield self.names.author_ref(self.names.author(Author(name=name.strip())))

    def _error(self, key: str, message: str, cure: str) -> None:
        self.problems.append(Problem(f"edition/{key}", message, self._where(key), cure))

    def _where(self, key: str) -> Where:
        at = ("\n" + self.parts.head).find(f"\n{key}:")
        line = 1 if at < 0 else self.parts.head.count("\n", 0, at) + 2
        text = "" if line < 2 else self.parts.head.split("\n")[line - 2]
        return (
            Where(f"content/{self.path}", line, 1, len(key), text)
            if text
            else Where(f"content/{self.path}", 1)
        )
