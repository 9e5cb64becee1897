"""HTML pages that redirect from old addresses, for hosts without redirect rules (GitHub Pages)."""

from collections.abc import Iterable, Iterator, Sequence
from posixpath import splitext
from urllib.parse import unquote, urlsplit

from markupsafe import escape

from site_gen.basics import slugs
from site_gen.basics.output_paths import path_fault
from site_gen.formats.common.units import IncompleteUnitError
from site_gen.formats.common.views import view
from site_gen.formats.deploy.redirect_rule import Redirect
from site_gen.formats.deploy.redirects import collect_rules
from site_gen.model import Catalog, Page
from site_gen.output.file_list import is_list_name
from site_gen.problems import Problem, Where, shown
from site_gen.settings import Settings

PAGE_EXTENSIONS = (".html", ".htm")
"""The extensions that hosts serve as HTML."""
FILE_EXTENSIONS = frozenset(
    (".xml", ".rss", ".atom", ".json", ".txt", ".pdf", ".epub", ".ics", ".opml", ".php", ".asp",
     ".aspx", ".jsp", ".cgi", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".css", ".js")
)  # fmt: skip
"""The extensions of other files. Names with any other extension are taken for folders."""


def plan(
    catalog: Catalog, theme: object, settings: Settings, pages: Sequence[Page]
) -> Iterator[Page]:
    """A page for each redirect rule. Raises IncompleteUnitError after the last page if some rules
    can have none, and for wrong rules, unless the format `redirects` reports those."""
    rules, problems = collect_rules(catalog, settings, pages)
    if "redirects" in settings.formats:
        problems = []
    taken = _OccupiedPaths(page.path for page in pages)
    left: list[str] = []
    for rule in rules:
        path = _page_path(rule, settings.root)
        if not path or not taken.claim(path):
            left.append(rule.source)
            continue
        target = _absolute_url(rule.target, settings)
        yield Page(
            path=path,
            format="alias_pages",
            kind="alias",
            views={"target": view(target), "language": view(settings.language)},
            origin="the aliases of articles and the settings",
        )
    if left:
        problems.append(_no_page_problem(left))
    if problems:
        raise IncompleteUnitError(problems)


def render(page: Page, theme: object) -> bytes:
    """An HTML page that redirects without script, which browsers and search engines follow."""
    target = escape(page.views["target"].value)
    return (
        f'<!doctype html>\n<html lang="{escape(page.views["language"].value)}">\n<head>\n'
        f'<meta charset="utf-8">\n<title>{target}</title>\n'
        f'<meta http-equiv="refresh" content="0; url={target}">\n'
        f'<link rel="canonical" href="{target}">\n<meta name="robots" content="noindex">\n'
        '<meta name="viewport" content="width=device-width">\n'
        f'</head>\n<body>\n<main><h1><a href="{target}">{target}</a></h1></main>\n'
        "</body>\n</html>\n"
    ).encode()


def _page_path(rule: Redirect, root: str) -> str:
    """The path of a rule's page; "" if it can have none."""
    path = unquote(rule.source).removeprefix(root).strip("/")
    ending = splitext(path)[1].lower()
    if ending in FILE_EXTENSIONS and not rule.source.endswith("/"):
        return ""
    if ending not in PAGE_EXTENSIONS or rule.source.endswith("/"):
        path = f"{path}/index.html"
    return "" if path_fault(path) or is_list_name(path.partition("/")[0]) else path


def _absolute_url(target: str, settings: Settings) -> str:
    if not target.startswith("/"):
        return target
    base = urlsplit(settings.base)
    return f"{base.scheme}://{base.netloc}{target}"


class _OccupiedPaths:
    """The paths of the site, compared without case, as some file systems do."""

    def __init__(self, paths: Iterable[str]) -> None:
        self._files: set[str] = set()
        self._folders: set[str] = set()
        for path in paths:
            self._add(slugs.folded(path))

    def claim(self, path: str) -> bool:
        """Add a path, and return whether it was free."""
        name = slugs.folded(path)
        if name in self._files or name in self._folders or self._files & set(_parents(name)):
            return False
        self._add(name)
        return True

    def _add(self, name: str) -> None:
        self._files.add(name)
        self._folders.update(_parents(name))


def _parents(path: str) -> Iterator[str]:
    while "/" in path:
        path = path.rpartition("/")[0]
        yield path


def _no_page_problem(sources: Sequence[str]) -> Problem:
    number = f"{len(sources)} former addresses have" if len(sources) > 1 else "a former address has"
    return Problem(
        "output/alias-page",
        f"{number} no page that sends readers on: {shown(unquote(sources[0]))}",
        Where("site.toml", key="alias_pages"),
        "a page can stand for a page alone, and where nothing else is; for others the host needs "
        "rules: `site-gen redirects`",
        "warning",
    )
