"""Reads one content file as an article: card, body, and the details that only its page shows."""

from collections.abc import Iterator
from datetime import datetime
from posixpath import basename, dirname, join, normpath
from typing import Any, NamedTuple
from urllib.parse import unquote

from msgspec.structs import replace

from site_gen import edition_periods, frontmatter, permalinks
from site_gen.basics import dates, digest, safehtml, slugs, urls
from site_gen.frontmatter import Parts, unknown_keys
from site_gen.frontmatter.lastmod import modified
from site_gen.model import (
    Article,
    Author,
    Canonical,
    Card,
    FrontMatter,
    Image,
    LocalLink,
    Picture,
    Related,
    Rights,
    SafeHtml,
    SectionRef,
    Source,
    TopicRef,
    Translation,
)
from site_gen.problems import Problem, Where, shown
from site_gen.read import body_faults, markdown
from site_gen.read.excerpt import excerpt, minutes
from site_gen.read.named_addresses import named_addresses
from site_gen.read.names import Names
from site_gen.settings import Settings


class Read(NamedTuple):
    """An article, or None where a problem is an error."""

    article: Article | None
    problems: tuple[Problem, ...]


def read_article(text: str, path: str, settings: Settings, names: Names) -> Read:
    """The article in `text`, the file `path` below `content/`. Raises SiteError for no front
    matter at all; every other problem is in the result."""
    shown = f"content/{path}"
    raw, parts = frontmatter.parse(text, shown)
    matter, problems = frontmatter.check(raw, parts.head, shown, settings.zone)
    body = markdown.render(
        parts.body,
        path,
        remote_images=settings.images.remote == "link",
        with_html=settings.markdown.html == "safe",
        host=urls.host(settings.base_url),
    )
    faults = body_faults.to_problems(body.faults, shown, parts.body, parts.body_line)
    problems = (*problems, *faults)
    if matter is None or any(p.severity == "error" for p in problems):
        return Read(None, problems)
    work = _Work(matter, path, parts, settings, names)
    article = work.article(body)
    failed = any(p.severity == "error" for p in work.problems)
    return Read(None if failed else article, (*problems, *work.problems))


class _Work:
    """Makes an article of one front matter."""

    def __init__(
        self, matter: FrontMatter, path: str, parts: Parts, settings: Settings, names: Names
    ) -> None:
        self.matter = matter
        self.path = path
        self.parts = parts
        self.settings = settings
        self.names = names
        self.known = names.settled(matter.provider)
        self.problems: list[Problem] = []
        self.links: list[LocalLink] = []

    def article(self, body: markdown.Rendered) -> Article:
        matter = self.matter
        rights = self._rights()
        if matter.withdrawn is not None:
            return self._withdrawn(rights)
        full = rights == "full"
        pictures = () if rights == "link" else tuple(self._pictures(matter.images))
        authors = tuple(self._authors(matter.authors))
        return Article(
            card=self._card(rights, body, pictures, authors),
            path=self.path,
            published=matter.published,
            visible_from=matter.published_date_time or matter.added_date_time,
            visible_until=matter.expiry_date_time,
            body=safehtml.with_captions(body.html, pictures) if full else SafeHtml(""),
            pictures=pictures,
            related=tuple(self._related()),
            sources=tuple(self._sources()),
            credits=matter.credits,
            authors=authors,
            corrections=matter.corrections,
            tags=matter.tags,
            languages=matter.languages,
            translations=tuple(self._translations()),
            discussions=tuple(d for d in matter.discussions if d.url),
            original_url=matter.original_url,
            amp_web_url=matter.amp_web_url,
            cdn_amp_web_url=matter.cdn_amp_web_url,
            aliases=tuple(self._aliases()),
            links=(*self.links, *self._named(), *(self._body_links(body) if full else ())),
            anchors=body.anchors if full else (),
            guid_line=self._line("guid"),
            slug_line=self._line("slug"),
            source=digest.of_parts(self.parts.body.strip()),
            extra=_shown(matter.extra),
        )

    def _withdrawn(self, rights: Rights) -> Article:
        """Its address and the reason for its withdrawal, without the text."""
        matter = self.matter
        nothing = markdown.Rendered(SafeHtml(""), (), (), 0, "")
        card = self._card(rights, nothing, (), ())
        return Article(
            card=replace(card, excerpt="", topics=(), provider=None, has_page=True),
            path=self.path,
            published=matter.published,
            visible_from=matter.published_date_time or matter.added_date_time,
            visible_until=matter.expiry_date_time,
            withdrawn=matter.withdrawn,
            aliases=tuple(self._aliases()),
            guid_line=self._line("guid"),
            slug_line=self._line("slug"),
        )

    def _card(
        self,
        rights: Rights,
        body: markdown.Rendered,
        pictures: tuple[Picture, ...],
        authors: tuple[Author, ...],
    ) -> Card:
        matter, settings = self.matter, self.settings
        date = matter.published_date_time or matter.added_date_time
        assert date is not None
        slug, edition = self._slug(), self._edition(date)
        permalink = self._permalink(slug, date, edition)
        original = matter.web_url or matter.original_url
        has_body = rights == "full" and bool(body.html.strip())
        has_page = settings.article_pages == "all" or has_body or not original
        topics = self._topics()
        first = excerpt(body.first_paragraph) if rights != "link" and not matter.excerpt else ""
        return Card(
            id=self.path.removesuffix(".md"),
            slug=slug,
            permalink=permalink,
            link=permalink if has_page else original,
            guid=matter.guid or f"tag:{settings.tag}:{self.path.removesuffix('.md')}",
            title=matter.title,
            excerpt=matter.excerpt or first,
            date=date,
            dated=matter.published_date_time is not None,
            lastmod=modified(matter) or date,
            edition=edition,
            type=matter.type,
            category=matter.category,
            quality=matter.quality,
            heat=matter.heat,
            rights=rights,
            canonical=self._canonical(original),
            original=original,
            provider=self.names.provider(matter.provider),
            topics=topics,
            section=self._section(topics),
            story=matter.story,
            why=matter.why,
            authors=tuple(self.names.author_ref(a) for a in authors),
            language=matter.language,
            image=next((p for p in pictures if p.url), None),
            minutes=minutes(body.words) if has_body else 0,
            has_body=has_body,
            has_page=has_page,
            draft=matter.draft,
            subscription=not matter.is_accessible_for_free,
        )

    def _slug(self) -> str:
        stem = basename(self.path).removesuffix(".md")
        return self.matter.slug or slugs.safe(stem) or permalinks.slug_of_name(stem)

    def _permalink(self, slug: str, date: datetime, edition: str) -> str:
        day = dates.day_in(date, self.settings.zone)
        return permalinks.article(slug, day, edition, self.settings)

    def _topics(self) -> tuple[TopicRef, ...]:
        for name, other, shared in self.names.taken_for_one(self.matter.topics):
            self._warn(
                f"{shown(name)} and {shown(other)} are two names with one address, {shared}: they"
                " are taken for one",
                "topics",
                'declare one of them: [[topics]] name = "...", slug = "..." in the settings',
            )
        return self.names.topics(self.matter.topics)

    def _edition(self, date: datetime) -> str:
        """The edition that the file names, else the one of its date; "" if notes decide."""
        named = self.matter.edition
        if edition_periods.is_by_notes(self.settings):
            return named
        slots = edition_periods.calendar(self.settings)
        if not named:
            return slots.id_at(date)
        try:
            slots.place_of(named)
        except ValueError as error:
            message = f"edition: {shown(named)} {error}"
            cure = f"{dates.edition_id_cure(named, error)}, or remove the line"
            self.problems.append(Problem("article/edition", message, self._where("edition"), cure))
        return named

    def _sources(self) -> Iterator[Source]:
        """Sources of the front matter, and the archived copy, named by its host."""
        sources, archive = self.matter.sources, self.matter.archive
        yield from sources
        if archive and all(each.url != archive for each in sources):
            yield Source(name=urls.host(archive), url=archive)

    def _related(self) -> Iterator[Related]:
        """Related links, including those to our own host, whose texts may be hidden."""
        host = urls.host(self.settings.base_url)
        for each in self.matter.related:
            if host and urls.scheme_of(each.web_url) and urls.host(each.web_url) == host:
                target, line = unquote(urls.path(each.web_url)), self._line("related")
                self.links.append(LocalLink(target=target, line=line, href=each.web_url))
            yield each

    def _translations(self) -> Iterator[Translation]:
        """Translations with an address and a language; a path means a file of `content/`."""
        for each in self.matter.translations:
            if not each.language:
                self._warn(
                    "a translation without a language is left out",
                    "translations",
                    "write `language: de` beside its url",
                )
            elif urls.scheme_of(each.url):
                yield each
            elif each.url:
                target = self._target(each.url)
                self.links.append(LocalLink(target=target, line=self._line("translations")))
                yield replace(each, url=f"{safehtml.LOCAL}:{target}")

    def _authors(self, given: tuple[Author, ...]) -> Iterator[Author]:
        for author in given:
            if hint := self.names.mistyped_author(author.name):
                message = f"the settings have no author {shown(author.name)}.{hint}"
                where = self._where("author" if self._line("author") > 1 else "authors")
                cure = "correct it, or write the name as readers are to see it"
                self.problems.append(Problem("article/author", message, where, cure, "warning"))
            if author.name:
                yield self.names.author(author)

    def _section(self, topics: tuple[TopicRef, ...]) -> SectionRef | None:
        named = self.matter.section
        hint = self.names.unknown_section(named)
        if hint is not None:
            message = f"section: the settings have no section {shown(named)}.{hint}"
            self._warn(message, "section", "correct it, or add it to [[sections]] of the settings")
        return self.names.section(named, topics)

    def _rights(self) -> Rights:
        settled = self.known.rights if self.known else None
        return self.matter.rights or settled or self.settings.rights.default

    def _canonical(self, original: str) -> Canonical:
        settled = self.known.canonical if self.known else None
        wanted = self.matter.canonical or settled or "self"
        return wanted if original else "self"

    def _pictures(self, images: tuple[Image, ...]) -> list[Picture]:
        return [p for image in images if (p := self._picture(image))]

    def _picture(self, image: Image) -> Picture | None:
        url = image.url
        scheme = urls.scheme_of(url)
        if scheme == "http":
            self._warn(
                "a picture over http: is left out",
                "images",
                "use an https address, or a copy in content/",
            )
            return None
        remote = scheme == "https"
        if remote and self.settings.images.remote == "off":
            url = ""
        if not url and not (image.caption or image.credit):
            return None
        if url and not remote:
            url = self._local(url)
        return Picture(
            url=url, width=image.width, height=image.height, alt=image.alt or "",
            caption=image.caption, credit=image.credit, local=bool(url) and not remote,
            is_cached=image.is_cached,
        )  # fmt: skip

    def _local(self, url: str) -> str:
        """A path in front matter: from the content file, or from the top of `content/`."""
        target = self._target(url)
        self.links.append(LocalLink(target=target, line=self._line("images"), image=True))
        return f"{safehtml.LOCAL}:{target}"

    def _target(self, url: str) -> str:
        base = "" if url.startswith("/") else dirname(self.path)
        return normpath(join(base, url.lstrip("/")))

    def _named(self) -> Iterator[LocalLink]:
        host, known = urls.host(self.settings.base_url), {link.href for link in self.links}
        for link in named_addresses(self.matter, self.parts.head, host):
            if link.href not in known:
                yield link

    def _body_links(self, body: markdown.Rendered) -> tuple[LocalLink, ...]:
        shift = self.parts.body_line - 1
        return tuple(replace(link, line=link.line + shift) for link in body.links)

    def _aliases(self) -> list[str]:
        found = []
        for alias in self.matter.aliases:
            path = urls.path(alias) if "://" in alias else alias
            path = path if path.startswith("/") else f"/articles/{slugs.safe(path)}/"
            if urls.is_alias_path(path):
                found.append(path)
            else:
                self._warn(
                    f'alias "{alias}" is not a path; it is left out',
                    "aliases",
                    "write a path such as /articles/old-name/",
                )
        return found

    def _warn(self, message: str, key: str, cure: str) -> None:
        where = self._where(key)
        self.problems.append(Problem(f"article/{key}", message, where, cure, "warning"))

    def _where(self, key: str) -> Where:
        line = self._line(key)
        return Where(f"content/{self.path}", line, 1, len(key), self._text(line))

    def _line(self, key: str) -> int:
        """Line of a top-level key, 1 when it is not there."""
        at = ("\n" + self.parts.head).find(f"\n{key}:")
        return 1 if at < 0 else self.parts.head.count("\n", 0, at) + 2

    def _text(self, line: int) -> str:
        return "" if line < 2 else self.parts.head.split("\n")[line - 2]


def _shown(value: Any) -> Any:
    """Values of unknown keys without what is published at no depth."""
    if isinstance(value, dict):
        return {
            key: _shown(v) for key, v in value.items() if key not in unknown_keys.NEVER_PUBLISHED
        }
    return [_shown(item) for item in value] if isinstance(value, list) else value
