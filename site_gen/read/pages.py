"""Dateless pages, and what they share with the notes of editions: content that is no article."""

from collections.abc import Iterator
from datetime import UTC, datetime, tzinfo
from posixpath import basename
from typing import Annotated, Any, NamedTuple, TypeVar

import msgspec
from msgspec.structs import replace

from site_gen import frontmatter, permalinks
from site_gen.basics import dates, schema, slugs, urls
from site_gen.frontmatter import Parts, foreign_dates, not_public, unknown_keys
from site_gen.frontmatter.findings import Finding
from site_gen.model import ContentPage, LocalLink
from site_gen.problems import Problem, Where, shown
from site_gen.read import body_faults, markdown
from site_gen.read.named_addresses import named_addresses
from site_gen.settings import Settings

Short = Annotated[str, msgspec.Meta(max_length=frontmatter.MAX_TEXT)]
Long = Annotated[str, msgspec.Meta(max_length=frontmatter.MAX_LONG_TEXT)]


Kind = TypeVar("Kind", bound=msgspec.Struct)


class Shown(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """What such a file says of whether readers see its text, as an article does."""

    draft: bool = False
    published: bool = True
    published_date_time: Short | None = None
    expiry_date_time: Short | None = None
    withdrawn: Any = None


class PageMatter(Shown, frozen=True, kw_only=True, rename="camel"):
    """Front matter of a dateless page. `order` and `menu` place it in the main menu; `aliases`
    are paths at which it stood before."""

    title: Short
    excerpt: Long | None = None
    slug: Short | None = None
    aliases: Annotated[tuple[Short, ...], msgspec.Meta(max_length=frontmatter.MAX_ITEMS)] = ()
    order: int = 0
    menu: bool = True


class Read(NamedTuple):
    """A page, or None where a problem is an error."""

    value: ContentPage | None
    problems: tuple[Problem, ...]


def read_page(text: str, path: str, settings: Settings) -> Read:
    """The page in `content/pages/<slug>.md`. Raises SiteError for no front matter."""
    raw, parts = frontmatter.parse(text, f"content/{path}")
    matter, problems = matter_of(raw, PageMatter, path, parts, settings.zone)
    body, links = body_of(parts, path, settings, problems)
    shown_when = when_shown(matter, path, parts, settings, problems) if matter else {}
    if matter is None or any(p.severity == "error" for p in problems):
        return Read(None, tuple(problems))
    stem = basename(path).removesuffix(".md")
    slug = slugs.safe(matter.slug or stem) or permalinks.slug_of_name(stem)
    page = ContentPage(
        slug=slug,
        path=path,
        permalink=permalinks.content_page(slug),
        title=matter.title,
        excerpt=matter.excerpt or body.first_paragraph[:300],
        body=body.html,
        order=matter.order,
        menu=matter.menu,
        **shown_when,
        links=(*named_addresses(matter, parts.head, urls.host(settings.base_url)), *links),
        anchors=body.anchors,
        aliases=tuple(_aliases(matter.aliases, path, problems)),
    )
    return Read(page, tuple(problems))


def _aliases(given: tuple[str, ...], path: str, problems: list[Problem]) -> Iterator[str]:
    for alias in given:
        if urls.is_alias_path(alias):
            yield alias
            continue
        message = f"alias {shown(alias)} is not a path; it is left out"
        where = Where(f"content/{path}", key="aliases")
        cure = "write a path such as /about.html"
        problems.append(Problem("page/aliases", message, where, cure, "warning"))


def when_shown(
    matter: Shown, path: str, parts: Parts, settings: Settings, problems: list[Problem]
) -> dict[str, Any]:
    """draft, published, visible_from and visible_until of the noun; what is wrong with its dates
    is added to `problems`."""

    def moment(key: str, value: str | None) -> datetime | None:
        try:
            return dates.parse(value, settings.zone) if value else None
        except ValueError as error:
            message = f"{key}: {shown(str(value))} {error}"
            where = frontmatter.place(
                parts.head, frontmatter.marks(parts.head)[(key,)], f"content/{path}"
            )
            problems.append(
                Problem("page/value", message, where, "write a date such as 2024-02-17")
            )
            return None

    return {
        "draft": matter.draft,
        "published": matter.published and not _is_withdrawn(matter.withdrawn),
        "visible_from": moment("publishedDateTime", matter.published_date_time),
        "visible_until": moment("expiryDateTime", matter.expiry_date_time),
    }


def _is_withdrawn(value: Any) -> bool:
    return value is not None and not not_public.says_no(value)


def body_of(
    parts: Parts, path: str, settings: Settings, problems: list[Problem]
) -> tuple[markdown.Rendered, tuple[LocalLink, ...]]:
    """The text of such a file, and its local links; its faults are added to `problems`."""
    body = markdown.render(
        parts.body,
        path,
        remote_images=settings.images.remote == "link",
        with_html=settings.markdown.html == "safe",
        host=urls.host(settings.base_url),
    )
    problems += body_faults.to_problems(body.faults, f"content/{path}", parts.body, parts.body_line)
    shift = parts.body_line - 1
    links = tuple(replace(link, line=link.line + shift) for link in body.links)
    return body, links


def matter_of(
    raw: dict[str, Any], kind: type[Kind], path: str, parts: Parts, zone: tzinfo
) -> tuple[Kind | None, list[Problem]]:
    """The front matter as a `kind`, None if a value is wrong; and its problems."""
    shown_path = f"content/{path}"
    raw = {key: value for key, value in raw.items() if key not in unknown_keys.NEVER_PUBLISHED}
    unknown = list(schema.unknown_keys(raw, kind))
    held, kept_back = _held(raw, unknown, zone)
    told = {each.path for each in kept_back}
    outcome = schema.convert({**raw, **held}, kind)
    faults = outcome if isinstance(outcome, list) else []
    found = frontmatter.marks(parts.head) if unknown or faults else {}

    def where(at: schema.Path, key: bool = False) -> Where:
        mark = found.get((*at, "#key") if key else at) or found.get(at[:1])
        if mark is None:
            return Where(shown_path, 1, 1, 3, "---")
        return frontmatter.place(parts.head, mark, shown_path)

    problems = [
        Problem(
            "page/unknown-key",
            f"unknown key {shown(str(f.path[-1]))}."
            + unknown_keys.near_name(str(f.path[-1]), f.known, top=len(f.path) == 1),
            where(f.path, True)._replace(key=str(f.path[-1])),
            "correct the name, or remove the line",
            "warning",
        )
        for f in unknown
        if f.path not in told
    ]
    problems += [
        Problem(f.code, f.message, where(f.path, True), f.help, f.severity) for f in kept_back
    ]
    problems += [
        Problem(
            "page/value",
            f"{f.path[-1] if f.path else 'front matter'}: {f.message}",
            where(f.path),
            _cure(f),
        )
        for f in faults
    ]
    return (None if isinstance(outcome, list) else outcome), problems


def _held(
    raw: dict[str, Any], unknown: list[schema.Fault], zone: tzinfo
) -> tuple[dict[str, Any], list[Finding]]:
    """What says in another system's words when readers see the text, in ours, and of each what is
    to be said."""
    foreign = {
        key: raw[key] for f in unknown if len(f.path) == 1 and (key := str(f.path[0])) in raw
    }
    never, always = (each.replace(tzinfo=UTC) for each in (datetime.min, datetime.max))
    begins = never if raw.get("publishedDateTime") is None else always
    ends = always if raw.get("expiryDateTime") is None else never
    given = {**foreign, "draft": raw["draft"]} if "draft" in raw else foreign
    made, found = foreign_dates.convert_dates(
        given, lambda text: dates.parse(text, zone), begins, ends
    )
    held: dict[str, Any] = {
        k: v.isoformat() if isinstance(v, datetime) else v for k, v in made.items()
    }
    for key, value in foreign.items():
        mark = not_public.find_mark(key, value)
        if mark and mark.sure and "draft" not in raw:
            held["draft"] = True
            found.append(unknown_keys.not_public_finding(key, mark))
    return held, found


def _cure(fault: schema.Fault) -> str:
    key = fault.path[-1] if fault.path else ""
    if "expected a list" in fault.message:
        return f"write it as a list: {key}: [one, another]"
    return "correct the value"
