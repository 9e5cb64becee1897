"""Writes the reference of views and types in themes.md: `python docs/make_views.py`.

What each template is offered comes from the program, fields and their meaning from the model.
A test holds the page to what this makes.
"""

import re
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from msgspec import Struct

from site_gen import model
from site_gen.cli.page_inputs import TEMPLATE_VIEWS
from site_gen.cli.theme import views_offered
from site_gen.formats.common.wording import Words
from site_gen.formats.html.template_context import COMMON
from site_gen.formats.mail.letter import Mail
from site_gen.formats.search.index import SearchConfig

PAGE = Path(__file__).with_name("themes.md")
BEGIN, END = "<!-- made by make_views.py -->", "<!-- end -->"

PAGES = {
    "home.html": "`/`: the newest edition, or first steps if there is none",
    "edition.html": "`/editions/<id>/`",
    "article.html": "`/articles/<slug>/`",
    "topic.html": "a topic, and each page of its list",
    "section.html": "a section, and each page of its list",
    "story.html": "a story that several articles cover, `/stories/<slug>/`",
    "provider.html": "a provider, and each page of its list",
    "author.html": "an author, and each page of the list",
    "topics.html": "`/topics/`",
    "sections.html": "`/sections/`",
    "providers.html": "`/providers/`",
    "authors.html": "`/authors/`",
    "corrections.html": "`/corrections/`, if there are any",
    "archive.html": "`/editions/`",
    "feeds.html": "`/feeds/`",
    "page.html": "a page of `content/pages/`",
    "404.html": "`/404.html`",
    "search.html": "`/search/`",
    "email.html": "a closed edition as an e-mail",
    "email.txt": "the same as plain text",
}

VIEWS: dict[str, Any] = {
    "site": model.SiteView,
    "page": model.PageView,
    "options": dict[str, Any],
    "navigation": tuple[model.Link, ...],
    "feeds": tuple[model.FeedLink, ...],
    "newsletter": model.NewsletterView | None,
    "edition": model.Edition | model.EditionRef | None,
    "lead": model.Card | None,
    "also": tuple[model.Card, ...],
    "sections": tuple[model.Section, ...],
    "covered_by": dict[str, tuple[model.Card, ...]],
    "threads": dict[str, model.Thread],
    "minutes": int,
    "budgets": tuple[model.Budget, ...],
    "previous_edition": model.EditionRef | None,
    "next_edition": model.EditionRef | None,
    "downloads": tuple[model.Link, ...],
    "recent": tuple[model.ArchiveLine, ...],
    "article": model.ArticleView,
    "body": model.SafeHtml | None,
    "previous": model.Card | None,
    "next": model.Card | None,
    "more": tuple[model.Card, ...],
    "see_also": tuple[model.Card, ...],
    "count": int | None,
    "groups": tuple[model.Group, ...],
    "pager": model.Pager,
    "own_feeds": tuple[model.FeedLink, ...],
    "topic": model.TopicRef,
    "description": str,
    "parents": tuple[model.TopicRef, ...],
    "children": tuple[model.TopicRef, ...],
    "section": model.SectionRef,
    "story": str,
    "thread": model.Thread | None,
    "provider": model.ProviderRef,
    "domain": str,
    "author": model.AuthorRef,
    "bio": str,
    "links": tuple[model.Link, ...],
    "entries": tuple[model.IndexEntry, ...],
    "corrections": tuple[model.Corrected, ...],
    "years": tuple[model.ArchiveYear, ...],
    "feed_list": tuple[model.FeedLink, ...],
    "outlines": tuple[model.Link, ...],
    "content_page": model.ContentPage,
    "search_config": SearchConfig,
    "mail": Mail,
    "note": model.SafeHtml,
    "words": Words,
}

_PLAIN = {
    str: "text", int: "number", float: "number", bool: "yes or no", datetime: "moment",
    date: "day", NoneType: "none", model.SafeHtml: "HTML", Any: "anything",
}  # fmt: skip


def said(hint: Any) -> str:
    """A type in a reader's words."""
    if hint in _PLAIN:
        return _PLAIN[hint]
    origin, inner = get_origin(hint), get_args(hint)
    if origin in (tuple, Sequence):
        return f"list of {said(inner[0])}"
    if origin is dict:
        return "mapping"
    if origin is Literal:
        return ", ".join(f'`"{value}"`' for value in inner)
    if origin in (Union, UnionType):
        return " or ".join(said(each) for each in inner)
    return f"[{hint.__name__}](#{hint.__name__.lower()})"


def types() -> list[type[Struct]]:
    """Every type of ours that a view leads to, by name."""
    found: set[type[Struct]] = set()
    pending: list[Any] = [*VIEWS.values()]
    while pending:
        hint = pending.pop()
        pending += get_args(hint)
        if isinstance(hint, type) and issubclass(hint, Struct) and hint not in found:
            found.add(hint)
            pending += get_type_hints(hint).values()
    return sorted(found, key=lambda each: each.__name__)


def meanings(kind: type[Struct]) -> tuple[str, dict[str, str]]:
    """A docstring's text, and what it says of single fields."""
    text: list[str] = []
    fields: dict[str, str] = {}
    names: list[str] = []
    for line in (kind.__doc__ or "").splitlines():
        entry = re.match(r" {4}(\w+(?:, \w+)*) {2,}(.+)", line)
        if entry and all(name in kind.__struct_fields__ for name in entry[1].split(", ")):
            names = entry[1].split(", ")
            fields |= dict.fromkeys(names, entry[2])
        elif names and line.startswith(" " * 8):
            fields |= {name: f"{fields[name]} {line.strip()}" for name in names}
        elif line.strip():
            names = []
            text.append(line.strip())
    return " ".join(text), fields


def templates() -> list[str]:
    """The table of templates and views."""
    common = ", ".join(f"`{name}`" for name in COMMON)
    lines = [f"Every page's template gets {common}, and these:", ""]
    lines += ["| template | page | views |", "| --- | --- | --- |"]
    for template, views in views_offered().items():
        own = [v for v in views if v not in COMMON or template.startswith("email.")]
        names = ", ".join(f"`{v}`" for v in own)
        lines.append(f"| `{template}` | {PAGES[template]} | {names} |")
    lines += ["", "The letter's templates get nothing else.", ""]
    lines += ["| view | is | meaning |", "| --- | --- | --- |"]
    lines += [
        f"| `{name}` | {said(hint)} | {TEMPLATE_VIEWS[name]} |" for name, hint in VIEWS.items()
    ]
    return lines


def table(kind: type[Struct]) -> list[str]:
    """A type's fields."""
    text, fields = meanings(kind)
    hints = get_type_hints(kind)
    lines = ["", f"#### {kind.__name__}", "", text, "", "| field | is | |", "| --- | --- | --- |"]
    return lines + [
        f"| `{name}` | {said(hints[name])} | {fields.get(name, '')} |"
        for name in kind.__struct_fields__
    ]


def made() -> str:
    """The whole reference."""
    lines = [*templates(), "", "### Types"]
    for kind in types():
        lines += table(kind)
    return "\n".join([BEGIN, *lines, END])


def renewed(page: str) -> str:
    """The page with the reference made anew."""
    head, _, rest = page.partition(BEGIN)
    return head + made() + rest.partition(END)[2]


if __name__ == "__main__":
    PAGE.write_text(renewed(PAGE.read_text("utf-8")), "utf-8")
