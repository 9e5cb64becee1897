"""Checks a loaded mapping field by field into a `FrontMatter`.

Every fault is reported with its place. Harmless ones (a bad URL, an unknown key) are warnings, and
the value is ignored; misleading ones (a bad date, a wrong type) are errors.
"""

import unicodedata
from collections.abc import Callable
from datetime import tzinfo
from typing import Any, NamedTuple

from site_gen.basics import dates, language_tags, schema, slugs, urls
from site_gen.basics.yaml_values import Path
from site_gen.frontmatter import foreign_dates, not_public, suspicious, unknown_keys
from site_gen.frontmatter.findings import Finding, to_problems, type_finding
from site_gen.model import FrontMatter
from site_gen.problems import Problem, did_you_mean, shown

_DROP = object()
_RENAMED = {"author": "authors"}
HINTS = 20
"""Unknown keys of a file for which a similar name is looked for; a hostile file may have
100,000."""
_OF_OTHER_COMMANDS = frozenset({"checkIgnore"})
"""Keys that only other commands read."""
MAX_ITEMS = 1000
_MAX_ITEMS_OF = dict.fromkeys(("topics", "author", "authors"), 50)
"""Each topic and author gets a page and feeds; a thousand in one article would take minutes."""
MAX_TEXT, MAX_LONG_TEXT = 1000, 10_000
"""Characters. Text that is on many pages must be shorter than a file may be."""
_LONG_TEXTS = frozenset({"excerpt", "caption", "credit", "alt", "bio", "text"})
RIGHTS = ("full", "excerpt", "link")
CANONICAL = ("self", "original")


class Checked(NamedTuple):
    """The front matter (None if there is an error) and all problems."""

    matter: FrontMatter | None
    problems: tuple[Problem, ...]


def check(raw: dict[str, Any], head: str, path: str, zone: tzinfo) -> Checked:
    """Check what `load` returned for the block `head` of the file `path`; naive dates are in
    `zone`."""
    check_ = _Check(zone)
    data = check_.fields(raw)
    findings = check_.findings
    findings += suspicious.findings(raw, head)
    outcome = schema.convert({**data, "extra": check_.extra}, FrontMatter)
    if isinstance(outcome, list):
        bad = {f.path for f in findings}
        findings += [type_finding(f) for f in outcome if f.path not in bad]
    if not findings:
        return Checked(outcome, ())  # type: ignore[arg-type]
    problems = tuple(to_problems(findings, head, path))
    failed = isinstance(outcome, list) or any(p.severity == "error" for p in problems)
    return Checked(None if failed else outcome, problems)  # type: ignore[arg-type]


class _Check:
    """The check of one front matter: collects findings, returns clean data."""

    def __init__(self, zone: tzinfo) -> None:
        self.zone = zone
        self.findings: list[Finding] = []
        self.extra: dict[str, Any] = {}
        self._hints = 0

    def fields(self, raw: dict[str, Any]) -> dict[str, Any]:
        """The values of known keys, converted; unknown keys go to `extra` by their dotted name."""
        data: dict[str, Any] = {}
        late: dict[str, Any] = {}
        for key, value in raw.items():
            if key in unknown_keys.NEVER_PUBLISHED or key in _OF_OTHER_COMMANDS or value is None:
                continue
            field = _FIELDS.get(key)
            if field is None:
                if not_public.is_moment(key):
                    late[key] = value
                else:
                    self._foreign(raw, data, key, value)
                continue
            made = field(self, (key,), value)
            if made is not _DROP:
                data[_RENAMED.get(key, key)] = made
        if late:
            self._foreign_dates(raw, data, late)
        self._required(raw, data)
        return data

    def _foreign(self, raw: dict[str, Any], data: dict[str, Any], key: str, value: Any) -> None:
        """An unknown key. If it marks private articles in another system, the article is a
        draft."""
        mark = not_public.find_mark(key, value)
        if mark and mark.sure and "draft" not in raw:
            data["draft"] = True
            self.findings.append(unknown_keys.not_public_finding(key, mark))
        else:
            self.unknown((key,), value, _FIELDS)

    def _foreign_dates(
        self, raw: dict[str, Any], data: dict[str, Any], late: dict[str, Any]
    ) -> None:
        """Dates of other systems before or after which an article is hidden."""
        begins = data.get("publishedDateTime") or data.get("addedDateTime")
        given = {**late, "draft": raw["draft"]} if "draft" in raw else late
        made, findings = foreign_dates.convert_dates(
            given, lambda text: dates.parse(text, self.zone), begins, data.get("expiryDateTime")
        )
        data |= made
        self.findings += findings
        told = {finding.path for finding in findings}
        for key in late:
            if (key,) not in told:
                self.unknown((key,), late[key], _FIELDS)

    def _required(self, raw: dict[str, Any], data: dict[str, Any]) -> None:
        title = data.get("title")
        if isinstance(title, str) and not _has_visible_character(title):
            self.error(("title",), "title", "title: has no visible character", "write a title")
        if title is None and not any(f.path == ("title",) for f in self.findings):
            self.error(("title",), "title", "title: is missing", 'add a line `title: "..."`')
            data["title"] = "?"
        if raw.get("publishedDateTime") is None and raw.get("addedDateTime") is None:
            message = "neither publishedDateTime nor addedDateTime is given"
            cure = "add a line such as `publishedDateTime: 2024-02-17T09:00:00Z`"
            self.error((), "date", message, cure)
        self.findings += foreign_dates.find_never_shown(data)

    def error(self, path: Path, code: str, message: str, cure: str = "") -> object:
        self.findings.append(Finding(path, f"article/{code}", message, cure))
        return _DROP

    def warn(self, path: Path, code: str, message: str, cure: str = "") -> object:
        self.findings.append(Finding(path, f"article/{code}", message, cure, "warning"))
        return _DROP

    def unknown(self, path: Path, value: Any, known: Any) -> None:
        """An unknown key: it stays in the file and is not published unless settings name it."""
        if path[-1] in unknown_keys.NEVER_PUBLISHED:
            return
        if len(path) == 1:
            self.extra[str(path[0])] = value
        self._hints += 1
        self.findings.append(unknown_keys.finding(path, known, hint=self._hints <= HINTS))

    def text(self, path: Path, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        if len(value) > MAX_TEXT and len(value) > (
            most := MAX_LONG_TEXT if path[-1] in _LONG_TEXTS else MAX_TEXT
        ):
            found = f"{schema.dotted(path)}: has {len(value)} characters; the limit is {most}"
            return self.error(path, str(path[0]), found, "shorten it")
        return value.strip()

    def line(self, path: Path, value: Any) -> Any:
        """Text on one line."""
        made = self.text(path, value)
        return " ".join(made.split()) if isinstance(made, str) else made

    def moment(self, path: Path, value: Any) -> Any:
        if not isinstance(value, str):
            value = str(value)
        try:
            return dates.parse(value, self.zone)
        except ValueError as error:
            from site_gen.frontmatter.date_cures import date_cure  # only a problem pays for it

            message = f"{schema.dotted(path)}: {shown(value)} {error}"
            return self.error(path, "date", message, date_cure(value))

    def url(self, path: Path, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        if not value.strip():
            return _DROP
        try:
            return urls.check(value)
        except ValueError as error:
            message = f"{schema.dotted(path)}: {shown(value)} {error}; it is left out"
            return self.warn(path, "url", message, suspicious.address_cure(value))

    def picture_url(self, path: Path, value: Any) -> Any:
        """A remote address, or a path relative to the content file, which `read` resolves."""
        if isinstance(value, str) and value and not urls.scheme_of(value) and "//" not in value:
            return value.strip()
        return self.url(path, value)

    def count(self, path: Path, value: Any, least: int = 0) -> Any:
        if isinstance(value, int) and not isinstance(value, bool) and value >= least:
            return value
        message = f"{schema.dotted(path)}: expected a whole number of 0 or more, got {shown(value)}"
        cure = "write a number such as 84, or remove the line"
        return self.error(path, str(path[-1]), message, cure)

    def heat(self, path: Path, value: Any) -> Any:
        made = self.count(path, value, -1)
        return _DROP if made == -1 else made

    def size(self, path: Path, value: Any) -> Any:
        made = self.count(path, value)
        return _DROP if made == 0 else made

    def withdrawn(self, path: Path, value: Any) -> Any:
        """A mapping, a reason, or true. All its faults are warnings: a build that removes an
        article must not fail."""
        if value is False or not_public.says_no(value):
            return _DROP
        if not isinstance(value, dict):
            value = {} if not_public.says_yes(value) else {"reason": value}
        made: dict[str, Any] = {}
        for key, inner in value.items():
            if inner is None:
                continue
            if key not in _WITHDRAWN:
                self.unknown((*path, key), inner, _WITHDRAWN)
            elif key == "reason":
                made[key] = " ".join(str(inner).split())[:MAX_LONG_TEXT]
            else:
                try:
                    made[key] = dates.parse(str(inner), self.zone)
                except ValueError as error:
                    text = f"withdrawn.date: {shown(inner)} {error}; the notice has no date"
                    self.warn((*path, key), "date", text, "write a date such as 2024-02-17")
        return made

    def one_of(self, path: Path, value: Any, options: tuple[str, ...]) -> Any:
        if value in options:
            return value
        hint = did_you_mean(str(value), options)
        message = (
            f"{schema.dotted(path)}: expected {' or '.join(options)}, got {shown(value)}.{hint}"
        )
        cure = f"write one of {', '.join(options)}, or remove the line"
        return self.error(path, str(path[-1]), message, cure)

    def rights(self, path: Path, value: Any) -> Any:
        return self.one_of(path, value, RIGHTS)

    def canonical(self, path: Path, value: Any) -> Any:
        return self.one_of(path, value, CANONICAL)

    def slug(self, path: Path, value: Any) -> Any:
        made = slugs.safe(value) if isinstance(value, str) else value
        if made == "":
            message = f"slug: {shown(value)} has no letter or digit"
            cure = "write a slug such as ai-security, or remove the line"
            return self.error(path, "slug", message, cure)
        return made

    def edition(self, path: Path, value: Any) -> Any:
        """The id of an edition; valid ids depend on the settings."""
        made = str(value).strip()
        if made and slugs.safe(made) == made:
            return made
        message = f"edition: {shown(value)} is no id of an edition"
        cure = "write an id such as 2024-W07, or remove the line"
        return self.error(path, "edition", message, cure)

    def language(self, path: Path, value: Any) -> Any:
        if isinstance(value, str) and language_tags.is_tag(value.strip()):
            return value.strip()
        message = f"{schema.dotted(path)}: {shown(value)} is not a language tag; it is left out"
        return self.warn(path, "language", message, language_tags.cure(str(value)))

    def domain(self, path: Path, value: Any) -> Any:
        try:
            return urls.domain(str(value))
        except ValueError as error:
            message = f"{schema.dotted(path)}: {shown(value)} {error}; it is left out"
            return self.warn(path, "domain", message, "write a domain such as example.org")

    def many(self, path: Path, value: Any, one: Callable[["_Check", Path, Any], Any]) -> Any:
        """A list of values checked by `one`; a single value counts as a list."""
        if not isinstance(value, list):
            made = one(self, path, value)
            return [] if made is _DROP else [made]
        if len(value) > (most := _MAX_ITEMS_OF.get(str(path[-1]), MAX_ITEMS)):
            found = f"{schema.dotted(path)}: holds {len(value)} values; the limit is {most}"
            return self.error(path, str(path[0]), found, "keep those that matter")
        items = [one(self, (*path, i), v) for i, v in enumerate(value) if v is not None]
        return [item for item in items if item is not _DROP]

    def record(self, path: Path, value: Any, fields: "_Fields", main: str) -> Any:
        """A mapping with `fields`; plain text is the value of its `main` field."""
        if isinstance(value, str):
            value = {main: value}
        if not isinstance(value, dict):
            message = f"{schema.dotted(path)}: expected a mapping, got {shown(value)}"
            return self.error(path, str(path[0]), message, f"write `{main}: ...` below it")
        made: dict[str, Any] = {}
        for key, inner in value.items():
            if inner is None:
                continue
            field = fields.get(key)
            if field is None:
                self.unknown((*path, key), inner, fields)
            elif field is _T and isinstance(inner, str) and len(inner) <= MAX_TEXT:
                made[key] = inner.strip()  # half of all fields: short text needs no path
            elif (result := field(self, (*path, key), inner)) is not _DROP:
                made[key] = result
        return made

    def credits(self, path: Path, value: Any) -> Any:
        """A list of {role, name}, or a mapping of roles to names."""
        if not isinstance(value, dict) or set(value) <= {"role", "name"}:
            return self.many(path, value, _record(_CREDIT, "name"))
        made = []
        for role, names in value.items():
            listed = names if isinstance(names, list) else [names]
            made += [{"role": str(role), "name": str(n)} for n in listed if n is not None]
        return self.many(path, made, _record(_CREDIT, "name"))


_Field = Callable[[_Check, Path, Any], Any]
_Fields = dict[str, _Field]


def _record(fields: _Fields, main: str) -> _Field:
    return lambda check, path, value: check.record(path, value, fields, main)


def _list(one: _Field) -> _Field:
    return lambda check, path, value: check.many(path, value, one)


def _as_is(_check: _Check, _path: Path, value: Any) -> Any:
    return value


_T, _U, _D = _Check.text, _Check.url, _Check.moment
_IMAGE: _Fields = {
    "url": _Check.picture_url, "width": _Check.size, "height": _Check.size, "isCached": _as_is,
    "caption": _T, "credit": _T, "alt": _T,
}  # fmt: skip
_PROVIDER: _Fields = {
    "name": _T, "domain": _Check.domain, "images": _list(_record(_IMAGE, "url")),
}  # fmt: skip
_RELATED: _Fields = {
    "title": _T, "excerpt": _T, "publishedDateTime": _D, "webUrl": _U, "ampWebUrl": _U,
    "cdnAmpWebUrl": _U, "type": _T, "provider": _record(_PROVIDER, "name"), "quality": _Check.count,
    "images": _list(_record(_IMAGE, "url")),
}  # fmt: skip
_AUTHOR: _Fields = {"name": _T, "bio": _T, "url": _U}
_SOURCE: _Fields = {"name": _T, "url": _U, "role": _T}
_CREDIT: _Fields = {"role": _T, "name": _T}
_TRANSLATION: _Fields = {"language": _Check.language, "url": _Check.picture_url}
_DISCUSSION: _Fields = {"name": _T, "url": _U}
_WITHDRAWN = ("date", "reason")
_CORRECTION: _Fields = {"date": _D, "text": _T}
_FIELDS: _Fields = {
    "category": _T, "title": _T, "excerpt": _T,
    "publishedDateTime": _D, "addedDateTime": _D, "modifiedDateTime": _D, "expiryDateTime": _D,
    "originalUrl": _U, "webUrl": _U, "ampWebUrl": _U, "cdnAmpWebUrl": _U, "type": _T,
    "quality": _Check.count, "heat": _Check.heat, "published": _as_is, "draft": _as_is,
    "provider": _record(_PROVIDER, "name"), "topics": _list(_T), "tags": _list(_T),
    "images": _list(_record(_IMAGE, "url")), "related": _list(_record(_RELATED, "title")),
    "author": _list(_record(_AUTHOR, "name")), "authors": _list(_record(_AUTHOR, "name")),
    "credits": _Check.credits, "sources": _list(_record(_SOURCE, "name")),
    "language": _Check.language, "languages": _list(_Check.language),
    "translations": _list(_record(_TRANSLATION, "url")),
    "discussions": _list(_record(_DISCUSSION, "url")), "isAccessibleForFree": _as_is,
    "slug": _Check.slug, "aliases": _list(_T), "guid": _T, "edition": _Check.edition,
    "section": _T, "story": _T, "why": _Check.line, "rights": _Check.rights,
    "canonical": _Check.canonical, "corrections": _list(_record(_CORRECTION, "text")),
    "withdrawn": _Check.withdrawn, "titleDerived": _as_is, "warnings": _list(_T), "rawDigest": _T,
    "archive": _U, "secured": _as_is, "featuredContent": _as_is,
}  # fmt: skip
FIELDS = tuple(_FIELDS)
"""All keys of the schema, for "did you mean" and the reference."""


def _has_visible_character(text: str) -> bool:
    return any(unicodedata.category(c)[0] not in "CZM" for c in text)
