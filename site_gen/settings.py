"""`site.toml`, or `[tool.site_gen]` of pyproject.toml, as one typed object.

An empty file is a working site. Unknown keys, wrong types and impossible values are problems
with their line and the nearest known name.
"""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, NamedTuple
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from msgspec import Struct

from site_gen.basics import dates, files, schema, slugs, urls
from site_gen.model import Canonical, Rights
from site_gen.problems import Problem, Where, did_you_mean, shown

SITE_TOML = "site.toml"
PYPROJECT = "pyproject.toml"
NO_BASE_URL = "http://localhost:8000"
NO_TAG = "site-gen.invalid,2026"
PAGE_SIZE = 50

Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
FORMATS = (
    "html",
    "rss",
    "atom",
    "json_feed",
    "opml",
    "api",
    "sitemap",
    "news_sitemap",
    "robots",
    "headers",
    "redirects",
    "email",
    "epub",
    "search",
    "cards",
)
FormatName = Literal[
    "html",
    "rss",
    "atom",
    "json_feed",
    "opml",
    "api",
    "sitemap",
    "news_sitemap",
    "robots",
    "headers",
    "redirects",
    "email",
    "epub",
    "search",
    "cards",
]


class Table(Struct, frozen=True, kw_only=True):
    """Base of every table of the file."""


class PublisherSettings(Table, frozen=True, kw_only=True):
    """Who publishes the digest; `logo` is a path under content/static."""

    name: str = ""
    url: str = ""
    logo: str = ""
    email: str = ""


class EditionSettings(Table, frozen=True, kw_only=True):
    """Weeks: when they start, when they close, how they are numbered.

    cutoff_day is the weekday on which an edition closes, "" = its last day;
    cutoff_time is HH:MM in the site's zone, 24:00 = the end of that day.
    """

    first_weekday: Weekday = "monday"
    cutoff_day: Weekday | Literal[""] = ""
    cutoff_time: str = "24:00"
    first_number: int = 1
    show_open: bool = True
    permalink: str = "/editions/{id}/"


class TopicSettings(Table, frozen=True, kw_only=True):
    """A topic the editor named: its page, its other names, its place among the sections."""

    name: str
    slug: str = ""
    aliases: tuple[str, ...] = ()
    description: str = ""
    order: int = 0
    keywords: tuple[str, ...] = ()


class ProviderSettings(Table, frozen=True, kw_only=True):
    """What the editor settled with a provider, and how to clean its pages."""

    name: str = ""
    domain: str = ""
    logo: str = ""
    feed_url: str = ""
    rights: Rights | None = None
    canonical: Canonical | None = None
    drop_lines: tuple[str, ...] = ()
    selectors: tuple[str, ...] = ()


class LinkSettings(Table, frozen=True, kw_only=True):
    """A named link."""

    name: str
    url: str


class AuthorSettings(Table, frozen=True, kw_only=True):
    """An author, under a key that articles may use."""

    name: str
    bio: str = ""
    url: str = ""
    links: tuple[LinkSettings, ...] = ()


class RightsSettings(Table, frozen=True, kw_only=True):
    """What we may show where neither article nor provider says."""

    default: Rights = "full"


class ImageSettings(Table, frozen=True, kw_only=True):
    """remote: "link" shows https pictures from their own host, "off" leaves them out."""

    remote: Literal["link", "off"] = "link"


class FeedSettings(Table, frozen=True, kw_only=True):
    """Feeds. `tag` is the authority of our guids (`example.org,2026`), written once by `init`.

    link  "page" = our page; "original" = the original for entries without a body
    date  "original" = publishedDateTime; "edition" = the edition's cut-off
    """

    items: int = 50
    content: Literal["full", "excerpt", "none"] = "full"
    tag: str = ""
    link: Literal["page", "original"] = "page"
    date: Literal["original", "edition"] = "original"
    hub: str = ""


class LimitSettings(Table, frozen=True, kw_only=True):
    """Bounds: bytes of a content file (at most 16 MiB) and seconds an article may take."""

    file_bytes: int = 1 << 20
    article_seconds: float = 10.0


class ConvertSettings(Table, frozen=True, kw_only=True):
    """Where drafts come from and when one is put aside."""

    sources: tuple[str, ...] = ()
    quarantine_below: float = 0.5
    user_agent: str = ""


class SecuritySettings(Table, frozen=True, kw_only=True):
    """Fields of `/.well-known/security.txt`; none is written without a contact."""

    contact: tuple[str, ...] = ()
    expires: str = ""
    policy: str = ""


class Settings(Table, frozen=True, kw_only=True):
    """The whole file."""

    title: str = "Weekly Digest"
    base_url: str = ""
    description: str = ""
    language: str = "en"
    timezone: str = "UTC"
    publisher: PublisherSettings = PublisherSettings()
    theme: str = "broadsheet"
    theme_options: dict[str, Any] = {}
    article_permalink: str = "/articles/{slug}/"
    article_pages: Literal["all", "with-body"] = "all"
    noindex: bool = False
    editions: EditionSettings = EditionSettings()
    topics: tuple[TopicSettings, ...] = ()
    providers: tuple[ProviderSettings, ...] = ()
    authors: dict[str, AuthorSettings] = {}
    rights: RightsSettings = RightsSettings()
    images: ImageSettings = ImageSettings()
    feeds: FeedSettings = FeedSettings()
    formats: tuple[FormatName, ...] = FORMATS  # type: ignore[assignment]
    limits: LimitSettings = LimitSettings()
    convert: ConvertSettings = ConvertSettings()
    security: SecuritySettings = SecuritySettings()

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which days and weeks are counted."""
        return ZoneInfo(self.timezone)

    @property
    def first_weekday(self) -> int:
        """0 = Monday."""
        return dates.WEEKDAYS.index(self.editions.first_weekday)

    @property
    def tag(self) -> str:
        """The authority of our guids."""
        return self.feeds.tag or NO_TAG

    @property
    def base(self) -> str:
        """The base URL without its trailing slash; the local one where none is set."""
        return (self.base_url or NO_BASE_URL).rstrip("/")

    @property
    def root(self) -> str:
        """The path prefix of the base URL: "" or "/digest"."""
        return urlsplit(self.base).path.rstrip("/")


class Loaded(NamedTuple):
    """Settings and their problems; `settings` is None when there is an error."""

    settings: Settings | None
    problems: tuple[Problem, ...]
    path: str


def find(root: Path) -> Path | None:
    """The settings file of the site at `root`, or None."""
    if (root / SITE_TOML).is_file():
        return root / SITE_TOML
    project = root / PYPROJECT
    if project.is_file() and "[tool.site_gen" in project.read_text("utf-8", "replace"):
        return project
    return None


def load(root: Path) -> Loaded:
    """The settings of the site at `root`, checked."""
    path = find(root)
    if path is None:
        help_ = "run `site-gen init` here, or `-C DIR` for another folder"
        problem = Problem("settings/missing", "no site.toml in this folder", Where("."), help_)
        return Loaded(None, (problem,), "")
    project = root / PYPROJECT
    if (
        path.name == SITE_TOML
        and project.is_file()
        and "[tool.site_gen" in project.read_text("utf-8", "replace")
    ):
        problem = Problem(
            "settings/two",
            "settings stand in site.toml and in [tool.site_gen] of pyproject.toml",
            Where(SITE_TOML),
            "keep one of the two",
            also=(Where(PYPROJECT),),
        )
        return Loaded(None, (problem,), path.name)
    try:
        text = files.decode(files.read_bytes(path, 1 << 20)).text
    except files.Unreadable as error:
        problem = Problem(
            "settings/unreadable",
            f"{path.name} {error.reason}",
            Where(path.name, error.line),
            "save it as UTF-8",
        )
        return Loaded(None, (problem,), path.name)
    return parse(text, path.name)


def parse(text: str, name: str = SITE_TOML) -> Loaded:
    """Settings from the text of a file called `name`."""
    try:
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        return Loaded(None, (_syntax(str(error), text, name),), name)
    prefix: tuple[str, ...] = ()
    if name == PYPROJECT:
        prefix = ("tool", "site_gen")
        data = data["tool"]["site_gen"]
    place = _Places(text, name, prefix)
    problems = [
        Problem(
            "settings/unknown-key",
            f"unknown key {shown(_dotted(f.path))}." + did_you_mean(str(f.path[-1]), f.known),
            place(f.path),
            "correct the name, or remove the line",
        )
        for f in schema.unknown_keys(data, Settings)
    ]
    outcome = schema.convert(data, Settings)
    if isinstance(outcome, list):
        problems += [
            Problem(
                "settings/type",
                f"{_dotted(f.path)}: {f.message}",
                place(f.path),
                "correct the value, or remove the line",
            )
            for f in outcome
        ]
        return Loaded(None, tuple(problems), name)
    problems += [
        Problem("settings/value", f"{_dotted(at)}: {message}", place(at), cure)
        for at, message, cure in _values(outcome)
    ]
    if problems:
        return Loaded(None, tuple(problems), name)
    return Loaded(outcome, tuple(_advice(outcome, name)), name)


def _syntax(message: str, text: str, name: str) -> Problem:
    found = re.search(r"\(at line (\d+), column (\d+)\)", message)
    line, column = (int(found[1]), int(found[2])) if found else (0, 0)
    lines = text.split("\n")
    excerpt = lines[line - 1] if 0 < line <= len(lines) else ""
    reason = message.split(" (at ")[0]
    return Problem(
        "settings/syntax",
        f"is not TOML: {reason}",
        Where(name, line, column, 1, excerpt),
        "correct the line",
    )


def _advice(settings: Settings, name: str) -> Iterator[Problem]:
    if not settings.base_url:
        yield Problem(
            "settings/base-url",
            f"base_url is not set; {NO_BASE_URL}/ is used",
            Where(name),
            'add base_url = "https://example.org"',
            "warning",
        )
    if not settings.feeds.tag:
        yield Problem(
            "settings/tag",
            f"feeds.tag is not set; {NO_TAG} is used for guids",
            Where(name),
            'add [feeds] tag = "example.org,2026" before you publish',
            "warning",
        )


_Value = tuple[schema.Path, str, str]


def _values(settings: Settings) -> Iterator[_Value]:
    """Values of the right type that cannot be: (path, what is wrong, cure)."""
    try:
        ZoneInfo(settings.timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        yield ("timezone",), f"{shown(settings.timezone)} is no time zone", 'write "Europe/Berlin"'
    if settings.base_url:
        yield from _url(settings.base_url, ("base_url",))
    if not re.fullmatch(r"[a-zA-Z]{2,8}(-[a-zA-Z0-9]{1,8})*", settings.language):
        yield ("language",), f"{shown(settings.language)} is no language tag", 'write "en"'
    try:
        dates.clock(settings.editions.cutoff_time)
    except ValueError as error:
        yield ("editions", "cutoff_time"), f"{error}", 'write "18:00"'
    if "{slug}" not in settings.article_permalink:
        yield ("article_permalink",), "lacks {slug}", 'write "/articles/{slug}/"'
    yield from _pattern(
        settings.article_permalink,
        ("article_permalink",),
        {"slug", "year", "month", "day", "edition"},
    )
    if "{id}" not in settings.editions.permalink:
        yield ("editions", "permalink"), "lacks {id}", 'write "/editions/{id}/"'
    yield from _pattern(settings.editions.permalink, ("editions", "permalink"), {"id"})
    if settings.feeds.tag and not re.fullmatch(
        r"[A-Za-z0-9.-]+(@[A-Za-z0-9.-]+)?,\d{4}(-\d\d(-\d\d)?)?", settings.feeds.tag
    ):
        yield ("feeds", "tag"), f"{shown(settings.feeds.tag)} is no tag", 'write "example.org,2026"'
    if not 1 <= settings.feeds.items <= 1000:
        yield ("feeds", "items"), "is not from 1 to 1000", "write 50"
    if not 1 << 10 <= settings.limits.file_bytes <= files.HARD_LIMIT:
        yield ("limits", "file_bytes"), "is not from 1024 to 16777216", "write 1048576"
    if not 0.1 <= settings.limits.article_seconds <= 60:
        yield ("limits", "article_seconds"), "is not from 0.1 to 60", "write 10"
    yield from _named(settings)


def _named(settings: Settings) -> Iterator[_Value]:
    seen: dict[str, str] = {}
    for index, topic in enumerate(settings.topics):
        slug = slugs.safe(topic.slug) if topic.slug else slugs.slugify(topic.name)
        at = ("topics", index)
        if not slug:
            yield (*at, "name"), "gives no slug", 'add slug = "..."'
        for word in {topic.name, *topic.aliases}:
            other = seen.setdefault(slugs.folded(word), topic.name)
            if other != topic.name:
                yield (*at, "name"), f"{shown(word)} also names the topic {shown(other)}", "rename"
    for index, provider in enumerate(settings.providers):
        place = ("providers", index)
        if not provider.name and not provider.domain:
            yield place, "needs a name or a domain", 'add domain = "example.org"'
        if provider.domain:
            try:
                urls.domain(provider.domain)
            except ValueError as error:
                yield (*place, "domain"), f"{error}", 'write "example.org"'
        if provider.feed_url:
            yield from _url(provider.feed_url, (*place, "feed_url"))
    for key, author in settings.authors.items():
        for number, link in enumerate(author.links):
            yield from _url(link.url, ("authors", key, "links", number, "url"), urls.LINKS)
        if author.url:
            yield from _url(author.url, ("authors", key, "url"))
    if settings.publisher.url:
        yield from _url(settings.publisher.url, ("publisher", "url"))
    if settings.feeds.hub:
        yield from _url(settings.feeds.hub, ("feeds", "hub"))


def _url(value: str, at: schema.Path, schemes: tuple[str, ...] = urls.WEB) -> Iterator[_Value]:
    try:
        urls.check(value, schemes)
    except ValueError as error:
        yield at, f"{shown(value)} {error}", 'write "https://example.org"'
        return
    if at == ("base_url",) and (urlsplit(value).query or urlsplit(value).fragment):
        yield at, "has a query or fragment", 'write "https://example.org"'


def _pattern(pattern: str, at: schema.Path, known: set[str]) -> Iterator[_Value]:
    for word in re.findall(r"\{([^}]*)\}", pattern):
        if word not in known:
            yield at, f"unknown field {{{word}}}.{did_you_mean(word, known)}", "correct it"
    plain = re.sub(r"\{[^}]*\}", "x", pattern)
    if not (plain.startswith("/") and plain.endswith("/")) or not re.fullmatch(
        r"(/[\w~-][\w.~-]*)*/", plain
    ):
        yield at, "is not a path such as /articles/{slug}/", "start and end it with /"


def _dotted(path: schema.Path) -> str:
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else str(part)
    return text


class _Places:
    """Finds the line of a key in TOML text: enough for a message, no second parser."""

    def __init__(self, text: str, name: str, prefix: tuple[str, ...]) -> None:
        self._name = name
        self._lines = text.split("\n")
        self._found: dict[schema.Path, tuple[int, int]] = {}
        table: schema.Path = ()
        counts: dict[schema.Path, int] = {}
        for number, line in enumerate(self._lines, 1):
            header = re.match(r"\s*(\[\[?)\s*([^\]]+?)\s*\]", line)
            if header:
                table = tuple(part.strip(" \"'") for part in header[2].split("."))
                if header[1] == "[[":
                    counts[table] = counts.get(table, -1) + 1
                    table = (*table, counts[table])
                self._remember(table, prefix, number, 1)
                continue
            key = re.match(r"\s*([A-Za-z0-9_.\"'-]+)\s*=", line)
            if key:
                parts = tuple(part.strip(" \"'") for part in key[1].split("."))
                self._remember((*table, *parts), prefix, number, key.start(1) + 1)

    def _remember(self, path: schema.Path, prefix: tuple[str, ...], line: int, column: int) -> None:
        if path[: len(prefix)] == prefix:
            self._found.setdefault(path[len(prefix) :], (line, column))

    def __call__(self, path: schema.Path) -> Where:
        at = path
        while at and at not in self._found:
            at = at[:-1]
        line, column = self._found.get(at, (0, 0))
        excerpt = self._lines[line - 1] if line else ""
        length = len(str(path[-1])) if at == path else max(1, len(excerpt) - column + 1)
        return Where(self._name, line, column, length, excerpt)
