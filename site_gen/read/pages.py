"""Edition notes and dateless pages: content files that are no articles."""

from posixpath import basename
from typing import Annotated, Any, NamedTuple

import msgspec

from site_gen import frontmatter, permalinks
from site_gen.basics import dates, schema, slugs
from site_gen.frontmatter import Parts
from site_gen.model import ContentPage, LocalLink, Note
from site_gen.problems import Problem, Where, did_you_mean, shown
from site_gen.read import markdown
from site_gen.settings import Settings

Short = Annotated[str, msgspec.Meta(max_length=frontmatter.SHORT)]
Long = Annotated[str, msgspec.Meta(max_length=frontmatter.LONG)]


class NoteMatter(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """Front matter of an edition's note. lead and pins name articles by slug or content path."""

    title: Short | None = None
    number: int | None = None
    lead: Short | None = None
    pins: Annotated[tuple[Short, ...], msgspec.Meta(max_length=frontmatter.MAX_ITEMS)] | None = None
    draft: bool = False


class PageMatter(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """Front matter of a dateless page. `order` and `menu` place it in the main menu."""

    title: Short
    excerpt: Long | None = None
    slug: Short | None = None
    order: int = 0
    menu: bool = True


class Read(NamedTuple):
    """A note or page, or None where a problem is an error."""

    value: Note | ContentPage | None
    problems: tuple[Problem, ...]


def read_note(text: str, path: str, settings: Settings) -> Read:
    """The note in `content/editions/<id>.md`. Raises SiteError for no front matter."""
    raw, parts = frontmatter.parse(text, f"content/{path}")
    matter, problems = _matter(raw, NoteMatter, path, parts)
    edition = basename(path).removesuffix(".md")
    try:
        dates.week_range(edition)
    except ValueError as error:
        where = Where(f"content/{path}")
        problems.append(
            Problem(
                "edition/name",
                f"the file name {shown(edition)} {error}",
                where,
                "name the file after its week, such as 2024-W07.md",
            )
        )
    body, links = _body(parts, path, settings, problems)
    if not isinstance(matter, NoteMatter) or any(p.severity == "error" for p in problems):
        return Read(None, tuple(problems))
    note = Note(
        id=edition,
        path=path,
        title=matter.title or "",
        number=matter.number,
        lead=matter.lead or "",
        pins=matter.pins or (),
        body=body.html,
        draft=matter.draft,
        links=links,
    )
    return Read(note, tuple(problems))


def read_page(text: str, path: str, settings: Settings) -> Read:
    """The page in `content/pages/<slug>.md`. Raises SiteError for no front matter."""
    raw, parts = frontmatter.parse(text, f"content/{path}")
    matter, problems = _matter(raw, PageMatter, path, parts)
    body, links = _body(parts, path, settings, problems)
    if not isinstance(matter, PageMatter) or any(p.severity == "error" for p in problems):
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
        links=links,
    )
    return Read(page, tuple(problems))


def _body(
    parts: Parts, path: str, settings: Settings, problems: list[Problem]
) -> tuple[markdown.Rendered, tuple[LocalLink, ...]]:
    body = markdown.render(parts.body, path, remote_images=settings.images.remote == "link")
    problems += markdown.located(body.faults, f"content/{path}", parts.body, parts.body_line)
    shift = parts.body_line - 1
    links = tuple(
        LocalLink(target=x.target, line=x.line + shift, image=x.image) for x in body.links
    )
    return body, links


def _matter(
    raw: dict[str, Any], kind: type[NoteMatter] | type[PageMatter], path: str, parts: Parts
) -> tuple[NoteMatter | PageMatter | None, list[Problem]]:
    shown_path = f"content/{path}"
    unknown = list(schema.unknown_keys(raw, kind))
    outcome = schema.convert(raw, kind)
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
            f"unknown key {shown(str(f.path[-1]))}." + did_you_mean(str(f.path[-1]), f.known),
            where(f.path, True),
            "correct the name, or remove the line",
            "warning",
        )
        for f in unknown
    ]
    problems += [
        Problem(
            "page/value",
            f"{f.path[-1] if f.path else 'front matter'}: {f.message}",
            where(f.path),
            "correct the value",
        )
        for f in faults
    ]
    return (None if isinstance(outcome, list) else outcome), problems
