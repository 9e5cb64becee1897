"""Checks for values that have the right type but are invalid."""

import re
from collections.abc import Iterator, Set
from datetime import date
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from site_gen.basics import dates, language_tags, schema, slugs, urls
from site_gen.problems import did_you_mean, shown
from site_gen.settings.bounds import out_of_bounds
from site_gen.settings.delivery import CHANNELS, LOOPBACK, TARGETS, SmtpSettings
from site_gen.settings.tables import EditionSettings, Settings

_Invalid = tuple[schema.Path, str, str]

ARTICLE_TOKENS = frozenset({"slug", "year", "month", "day", "week", "edition"})
EDITION_TOKENS = frozenset(
    {"id", "edition", "number", "slug", "year", "month", "day", "week"}
)  # fmt: skip
IDENTIFYING_TOKENS = ({"id"}, {"edition"}, {"number"}, {"slug"}, {"year", "month", "day"})
"""A permalink of editions needs one of these sets, so that no two editions share an address."""


def invalid_values(settings: Settings) -> Iterator[_Invalid]:
    """Values of the right type that are invalid: (path, what is wrong, cure)."""
    try:
        ZoneInfo(settings.timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        message = f"{shown(settings.timezone)} is no time zone"
        yield ("timezone",), message, _zone_cure(settings.timezone)
    if settings.base_url:
        yield from _url(settings.base_url, ("base_url",))
    if not language_tags.is_tag(settings.language):
        cure = language_tags.cure(settings.language)
        yield ("language",), f"{shown(settings.language)} is no language tag", cure
    try:
        dates.parse_clock(settings.editions.cutoff_time)
    except ValueError as error:
        yield ("editions", "cutoff_time"), f"{error}", 'write "18:00"'
    yield from _feed_names(settings)
    yield from _edition_schedule(settings.editions)
    if "{slug}" not in settings.article_permalink:
        yield ("article_permalink",), "lacks {slug}", 'write "/articles/{slug}/"'
    yield from _permalink(settings.article_permalink, ("article_permalink",), ARTICLE_TOKENS)
    pattern = settings.editions.permalink
    if not any(name.issubset(_tokens(pattern)) for name in IDENTIFYING_TOKENS):
        message = "lacks {id}, {number}, {slug} or a whole date"
        yield ("editions", "permalink"), message, 'write "/editions/{id}/"'
    yield from _permalink(pattern, ("editions", "permalink"), EDITION_TOKENS)
    if settings.feeds.tag and not re.fullmatch(
        r"[A-Za-z0-9.-]+(@[A-Za-z0-9.-]+)?,\d{4}(-\d\d(-\d\d)?)?", settings.feeds.tag
    ):
        yield ("feeds", "tag"), f"{shown(settings.feeds.tag)} is no tag", 'write "example.org,2026"'
    link = settings.check.editor_link
    if link and not re.fullmatch(r"(?!javascript:|data:)[a-z][a-z0-9+.-]*:.*\{path\}.*", link):
        cure = 'write "vscode://file/{path}:{line}", or "" for none'
        yield ("check", "editor_link"), f"{shown(link)} opens no file", cure
    yield from out_of_bounds(settings)
    yield from _newsletter(settings)
    yield from _named_tables(settings)
    yield from _redirects(settings)
    yield from _smtp(settings.send.smtp)
    if not settings.plugins:  # a plugin may have others, which is known once it is loaded
        yield from _one_of(("send", "channel"), settings.send.channel, CHANNELS)
        yield from _one_of(("publish", "target"), settings.publish.target, TARGETS)


def find_missing_announce_settings(settings: Settings) -> Iterator[tuple[str, str]]:
    """(service in `publish.announce`, setting that it needs but is missing)."""
    needs = {"websub": ("feeds.hub", settings.feeds.hub),
             "indexnow": ("publish.indexnow_key", settings.publish.indexnow_key)}  # fmt: skip
    for name in dict.fromkeys(settings.publish.announce):
        key, value = needs[name]
        if not value:
            yield name, key


def _one_of(at: schema.Path, value: str, known: tuple[str, ...]) -> Iterator[_Invalid]:
    if value and value not in known:
        names = ", ".join(f'"{name}"' for name in known)
        yield at, f"{shown(value)} is none of them.{did_you_mean(value, known)}", f"one of {names}"


def _smtp(found: SmtpSettings) -> Iterator[_Invalid]:
    if found.security == "none" and found.host not in ("", *LOOPBACK):
        told = '"none" is for a server on this machine alone: letters would go out in the open'
        yield ("send", "smtp", "security"), told, 'write "starttls" or "tls"'


def _newsletter(settings: Settings) -> Iterator[_Invalid]:
    found = settings.newsletter
    if not found.service:
        if found.action:
            yield ("newsletter", "service"), "is needed beside action", 'write "form"'
        return
    try:
        urls.check(found.action, ("https",))
    except ValueError as error:
        cure = "write the https address that the service gives for its sign-up form"
        yield ("newsletter", "action"), f"{shown(found.action)} {error}", cure
    for name in (found.field, *found.hidden):
        if name and not re.fullmatch(r"[A-Za-z0-9_.\[\]:-]{1,100}", name):
            yield ("newsletter", "field"), f"{shown(name)} is no name of a field", 'write "email"'


def _edition_schedule(editions: EditionSettings) -> Iterator[_Invalid]:
    if editions.cutoff_day and editions.every not in ("week", "2 weeks"):
        message = f"has no meaning where editions come every {editions.every}"
        yield ("editions", "cutoff_day"), message, "remove it; cutoff_time is of the last day"
    if editions.every == "2 weeks" and not editions.start:
        message = "is needed, as editions of two weeks are counted from it"
        yield ("editions", "start"), message, 'write the first day of one: "2026-01-05"'
    if editions.start:
        try:
            day = date.fromisoformat(editions.start)
        except ValueError:
            day = None
        if day is None or not dates.MIN_YEAR <= day.year <= dates.MAX_YEAR:
            yield ("editions", "start"), f"{shown(editions.start)} is no day", 'write "2026-01-05"'


_OFFSET = re.compile(r"(?:UTC|GMT|[A-Z]{3,4})?([+-])(\d{1,2})(?::?00)?")


def _zone_cure(text: str) -> str:
    """What to write instead of an invalid time zone: the zone of a UTC offset, whose name has the
    opposite sign, else the most similar name."""
    if found := _OFFSET.fullmatch(text.strip()):
        hours = int(found[2])
        if text.startswith(("CET", "MEZ")):
            return 'write the name of a place, such as "Europe/Berlin": its clock knows summer time'
        if hours <= 12:
            return (
                f'write a place, such as "Europe/Berlin", or "Etc/GMT{_OPPOSITE[found[1]]}{hours}"'
            )
    hint = did_you_mean(text, available_timezones())
    return f'write a place, such as "Europe/Berlin".{hint}'


_OPPOSITE = {"+": "-", "-": "+"}


def _named_tables(settings: Settings) -> Iterator[_Invalid]:
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
    yield from _sections(settings)
    yield from _parents(settings)
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


def _parents(settings: Settings) -> Iterator[_Invalid]:
    """Each parent must be a topic of the settings, without cycles."""
    above = {topic.name: topic.parent for topic in settings.topics}
    for index, topic in enumerate(settings.topics):
        at = ("topics", index, "parent")
        if topic.parent and topic.parent not in above:
            hint = did_you_mean(topic.parent, above)
            yield at, f"{shown(topic.parent)} is no topic here.{hint}", "add it under [[topics]]"
            continue
        seen, name = {topic.name}, topic.parent
        while name and name not in seen:
            seen.add(name)
            name = above.get(name, "")
        if name == topic.name:
            yield at, f"{shown(topic.name)} would be above itself", "remove one parent"


def _feed_names(settings: Settings) -> Iterator[_Invalid]:
    names = settings.feeds.names
    found = {"rss": names.rss, "atom": names.atom, "json_feed": names.json_feed}
    for key, name in found.items():
        at = ("feeds", "names", key)
        if not re.fullmatch(r"[\w-][\w.-]*\.(xml|rss|atom|json)", name, re.ASCII):
            yield at, f"{shown(name)} is no name of a feed", 'write "rss.xml"'
        if list(found.values()).count(name) > 1:
            yield at, f"{shown(name)} is the name of two feeds", "give each its own"


def _redirects(settings: Settings) -> Iterator[_Invalid]:
    """Each must go from a plain path, used once, to a path or an absolute address."""
    seen: dict[str, int] = {}
    for number, given in enumerate(settings.redirects):
        at = ("redirects", number)
        path = given.from_
        if not urls.is_alias_path(path) or set("*:") & set(path) or path == "/":
            yield (*at, "from"), f"{shown(path)} is not a path", 'write "/old/name.html"'
        other = seen.setdefault(slugs.folded(path.rstrip("/")), number)
        if other != number:
            yield (*at, "from"), f"{shown(path)} stands in redirects[{other}] too", "remove one"
        if not (given.to.startswith("/") and urls.is_local(given.to)):
            yield from _url(given.to, (*at, "to"))


def _sections(settings: Settings) -> Iterator[_Invalid]:
    names: dict[str, str] = {}
    topics: dict[str, str] = {}
    for index, section in enumerate(settings.sections):
        at = ("sections", index)
        slug = slugs.safe(section.slug) if section.slug else slugs.slugify(section.name)
        if not slug:
            yield (*at, "name"), "gives no slug", 'add slug = "..."'
        elif names.setdefault(slug, section.name) != section.name:
            message = f"{shown(section.name)} and {shown(names[slug])} have the slug {shown(slug)}"
            yield (*at, "name"), message, 'add slug = "..." to one of the two'
        for number, topic in enumerate(section.topics):
            other = topics.setdefault(slugs.folded(topic), section.name)
            if other != section.name:
                message = f"{shown(topic)} is also a topic of the section {shown(other)}"
                yield (*at, "topics", number), message, "keep it in one of the two"


def _url(value: str, at: schema.Path, schemes: tuple[str, ...] = urls.WEB) -> Iterator[_Invalid]:
    try:
        urls.check(value, schemes)
    except ValueError as error:
        plain = re.sub(r"^(?:/+|https?:?/*)", "", value.strip()).rstrip("/")
        known = re.fullmatch(r"[\w-]+(?:\.[\w-]+)+(?::\d+)?(?:/[^\s\"]*)?", plain)
        told = f"https://{plain}" if known else "https://example.org"
        yield at, f"{shown(value)} {error}", f'write "{told}"'
        return
    if at == ("base_url",) and (urlsplit(value).query or urlsplit(value).fragment):
        yield at, "has a query or fragment", 'write "https://example.org"'


def _tokens(pattern: str) -> set[str]:
    return set(re.findall(r"\{([^}]*)\}", pattern))


def _permalink(pattern: str, at: schema.Path, known: Set[str]) -> Iterator[_Invalid]:
    for word in re.findall(r"\{([^}]*)\}", pattern):
        if word not in known:
            yield at, f"unknown field {{{word}}}.{did_you_mean(word, known)}", "correct it"
    plain = re.sub(r"\{[^}]*\}", "x", pattern)
    if not re.fullmatch(r"(/[\w~-][\w.~-]*)*(/|/[\w~-][\w.~-]*\.html)", plain):
        cure = "start it with /, and end it with / or .html"
        yield at, "is not a path such as /articles/{slug}/", cure
