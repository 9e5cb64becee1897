"""Entries of other systems (Jekyll, Hugo, Pelican ...): their keys become ours, nothing is lost.

Keys without a counterpart stay.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, tzinfo
from typing import Any, NamedTuple

from site_gen import frontmatter
from site_gen.basics import urls, written_dates
from site_gen.convert import kept_as_draft, languages
from site_gen.convert.markdown import foreign_front_matter
from site_gen.frontmatter import not_public
from site_gen.model import Cut, Draft, RawDocument, Receipt
from site_gen.settings import Settings

_STEM = re.compile(r"(\d{4}-\d\d?-\d\d?)[-_.]")
_COMMAS = re.compile(r"\s*[,;]\s*")


class Given(NamedTuple):
    """What field readers need: the site's zone, whether lists are text with commas, the entry's
    language, and `warnings` for the editor."""

    zone: tzinfo
    split: bool
    language: str
    warnings: list[str]


class RefusedError(Exception):
    """A value that the field cannot have; it stays under its own key."""


def convert_foreign(raw: RawDocument, text: str, settings: Settings) -> list[Draft]:
    """`raw` as one draft with our keys. Raises SiteError if its front matter is broken."""
    head = foreign_front_matter.read(text, raw.name)
    late = dict(not_public.not_before(head.fields))
    fields = {key: value for key, value in head.fields.items() if key not in late}
    fields = named(fields, settings.import_.keys)
    matter, cuts = mapped(fields, settings.zone, split=head.style == "lines")
    matter, embargo = kept_as_draft.apply_embargo(matter, head.fields, settings.zone)
    cuts += embargo
    if "publishedDateTime" not in matter:
        # Jekyll's rule: the file's name dates the post
        found = _STEM.match(raw.name.replace("\\", "/").rpartition("/")[2])
        moment = written_dates.moment(found[1], settings.zone) if found else None
        if moment:
            matter["publishedDateTime"] = moment
            cuts.append(Cut(rule="date_in_name", text=raw.name, to="publishedDateTime"))
    body = head.body.strip("\n")
    if _is_page(raw.name, body):
        from site_gen.convert import html  # brings heavy libraries

        body = html.fragment(body, "", same_site=True).strip("\n")
    receipt = Receipt(
        source=raw.name,
        kind="foreign entry",
        confidence=1.0 if "title" in matter else 0.4,
        kept=tuple(line for line in body.split("\n") if line.strip()),
        cuts=tuple(cuts),
    )
    quarantine = () if matter.get("title") else ("no title found",)
    draft = Draft(
        matter=matter,
        body=f"{body}\n" if body else "",
        receipt=receipt,
        quarantine=quarantine,
    )
    return [kept_as_draft.apply_marks(draft, not_public.marks(head.fields))]


def _is_page(name: str, body: str) -> bool:
    """Whether the body is HTML; other systems decide by file name."""
    return name.lower().endswith((".html", ".htm")) and "<" in body


def named(fields: Mapping[str, Any], wanted: Mapping[str, str]) -> dict[str, Any]:
    """`fields` with keys renamed as the editor wants (`wanted`: theirs -> ours), to names that
    `mapped` reads as those fields."""
    known = ((key, wanted.get(key)) for key in fields)
    return {_BY_OURS.get(ours, ours) if ours else key: fields[key] for key, ours in known}


SUMMED = frozenset({"authors", "topics", "tags"})
"""Lists that several keys may add to."""


def mapped(
    fields: Mapping[str, Any], zone: tzinfo, *, split: bool
) -> tuple[dict[str, Any], list[Cut]]:
    """The same facts under our keys, and which key went where.

    `split` says that lists are text with commas. A key that is already set, or whose value does not
    fit, stays unchanged.
    """
    matter: dict[str, Any] = {}
    cuts: list[Cut] = []
    kept: dict[str, Any] = {}
    language = str(fields.get("lang") or fields.get("language") or "")
    given = Given(zone, split, languages.normalize(language), [])
    for key, value in fields.items():
        name, field = _field(str(key), value)
        if value is None or value == "":
            continue
        try:
            read = field(value, given)
            if name in SUMMED and isinstance(matter.get(name), list):  # `author` and `authors`
                read = [*matter[name], *(one for one in read if one not in matter[name])]
            elif name in matter:
                raise RefusedError
            matter[name] = read
        except RefusedError:
            kept[str(key)] = plain(value)
            if field is _moment:
                given.warnings.extend(written_dates.warnings(str(key), value, None))
            continue
        if name != key:
            cuts.append(Cut(rule="key_of_another_system", text=str(key), to=name))
    for key, value in kept.items():
        # a value that our own field of that name would refuse moves to a name that is nobody's
        matter[f"x-{key}" if key in frontmatter.ORDER else key] = value
    if given.warnings:
        matter["warnings"] = [*matter.get("warnings", ()), *given.warnings]
    return matter, cuts


def _field(key: str, value: Any) -> tuple[str, "_Field"]:
    known = KEYS.get(key.lower().replace("_", "").replace("-", ""))
    if known is None:
        return key, _as_is
    name, field = known
    if name == "published" and not isinstance(value, bool) and not _truth_word(value):
        return "publishedDateTime", _moment
    return name, field


def plain(value: Any) -> Any:
    """A value that front matter can hold: TOML dates become text."""
    if isinstance(value, Mapping):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    return value.isoformat() if isinstance(value, date | datetime | time) else value


def _as_is(value: Any, _given: Given) -> Any:
    return plain(value)


def _text(value: Any, _given: Given) -> str:
    if isinstance(value, dict | list | bool):
        raise RefusedError
    return str(value).strip()


def _moment(value: Any, given: Given) -> datetime:
    """A date alone is midnight in the entry's own system, so there is no doubt."""
    found = written_dates.read(value, given.zone, given.language)
    if found is None:
        raise RefusedError
    if found.doubt != written_dates.DAY_ONLY:
        given.warnings.extend(written_dates.warnings("date", value, found))
    return found.moment


def _list(value: Any, given: Given) -> list[str]:
    items = _COMMAS.split(value) if isinstance(value, str) and given.split else value
    items = [items] if not isinstance(items, list) else items
    # Hexo writes a category below another as a list within the list
    items = [one for item in items for one in (item if isinstance(item, list) else [item])]
    if any(isinstance(item, dict | list) for item in items):
        raise RefusedError
    return [str(item).strip() for item in items if str(item or "").strip()]


def _words(value: Any, given: Given) -> list[str]:
    """Jekyll takes words separated by spaces for several tags."""
    if isinstance(value, str) and not given.split:
        return [word for word in re.split(r"\s*,\s*" if "," in value else r"\s+", value) if word]
    return _list(value, given)


def _authors(value: Any, given: Given) -> list[dict[str, Any]]:
    if isinstance(value, Mapping):
        value = [value]
    if isinstance(value, list) and any(isinstance(item, Mapping) for item in value):
        return [_author(item) for item in value]
    return [{"name": name} for name in _list(value, given)]


def _author(value: Any) -> dict[str, Any]:
    if not isinstance(value, Mapping):
        return {"name": str(value)}
    if not set(value) <= {"name", "bio", "url"}:
        raise RefusedError
    return {str(key): plain(inner) for key, inner in value.items()}


def _truth(value: Any, _given: Given) -> bool:
    if isinstance(value, bool):
        return value
    if not _truth_word(value):
        raise RefusedError
    return str(value).lower() in ("true", "yes")


def _truth_word(value: Any) -> bool:
    return str(value).lower() in ("true", "false", "yes", "no")


def _status(value: Any, _given: Given) -> bool:
    """Pelican's Status: everything except "published" is a draft."""
    if str(value).lower() not in ("draft", "hidden", "published"):
        raise RefusedError
    return str(value).lower() != "published"


def _web(value: Any, _given: Given) -> str:
    try:
        return str(urls.check(str(value)))
    except ValueError:
        raise RefusedError from None


def _aliases(value: Any, given: Given) -> list[str]:
    paths = _list(value, given)
    if not all(path.startswith("/") and urls.is_local(path) for path in paths):
        raise RefusedError
    return paths


def _images(value: Any, _given: Given) -> list[dict[str, Any]]:
    return [_image(item) for item in (value if isinstance(value, list) else [value])]


def _image(value: Any) -> dict[str, Any]:
    if isinstance(value, str):
        return {"url": value}
    if not isinstance(value, Mapping):
        raise RefusedError
    names = {"src": "url", "path": "url", "image": "url"}
    image = {names.get(str(key), str(key)): plain(inner) for key, inner in value.items()}
    known = {"url", "width", "height", "caption", "credit", "alt", "isCached"}
    if not image.get("url") or not set(image) <= known:
        raise RefusedError
    return image


def _language(value: Any, _given: Given) -> str:
    found = languages.normalize(str(value))
    if not found:
        raise RefusedError
    return found


_Field = Callable[[Any, Given], Any]
_TABLE: tuple[tuple[str, _Field, str], ...] = (
    ("title", _text, "title subject"),
    ("publishedDateTime", _moment, "date pubdate publishdate pubdatetime publishedon publisheddate"
     " postdate issuedate senddate sentat created createdon datecreated createdat postedat"
     " publishedat datepublished datetime"),
    ("modifiedDateTime", _moment, "modified lastmod updated lastmodifiedat"),
    ("expiryDateTime", _moment, "expirydate"),
    ("excerpt", _text, "description summary excerpt subtitle"),
    ("category", _text, "category"),
    ("topics", _list, "categories topics"),
    ("tags", _words, "tags"),
    ("tags", _list, "keywords"),
    ("authors", _authors, "author authors"),
    ("slug", _text, "slug"),
    ("aliases", _aliases, "aliases redirectfrom"),
    ("webUrl", _web, "canonicalurl externalurl link url source sourceurl"),
    ("images", _images, "image images cover featuredimage thumbnail"),
    ("language", _language, "lang language"),
    ("draft", _truth, "draft"),
    ("published", _truth, "published"),
    ("draft", _status, "status"),
)  # fmt: skip
KEYS = {theirs: (ours, field) for ours, field, names in _TABLE for theirs in names.split()}
"""Keys of other systems (lower case, without `_` and `-`) -> our key, and its reader."""

_BY_OURS = {ours: theirs for theirs, (ours, _) in reversed(KEYS.items())}
