"""Former addresses as pages that send readers on, for hosts that know no rules (GitHub Pages)."""

from collections.abc import Iterable, Iterator, Sequence
from posixpath import splitext
from urllib.parse import unquote, urlsplit

from markupsafe import escape

from site_gen.basics import slugs
from site_gen.basics.output_paths import fault_of
from site_gen.formats.common.units import LeftOut
from site_gen.formats.common.views import view
from site_gen.formats.deploy.redirect_rule import Redirect
from site_gen.formats.deploy.redirects import rules_of
from site_gen.model import Catalog, Page
from site_gen.output.file_list import is_list
from site_gen.problems import Problem, Where, shown
from site_gen.settings import Settings

PAGES = (".html", ".htm")
"""What a host serves as a page; below any other name it would be served as what it is not."""
OTHERS = frozenset(
    (".xml", ".rss", ".atom", ".json", ".txt", ".pdf", ".epub", ".ics", ".opml", ".php", ".asp",
     ".aspx", ".jsp", ".cgi", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".css", ".js")
)  # fmt: skip
"""What a name ends in that is a file's, not a folder's with a dot in it."""


def plan(
    catalog: Catalog, theme: object, settings: Settings, pages: Sequence[Page]
) -> Iterator[Page]:
    """A page for each rule of ours. Raises LeftOut, with the others planned, of those for which no
    page can stand; and of what is wrong with rules, unless `_redirects` says it."""
    rules, problems = rules_of(catalog, settings, pages)
    if "redirects" in settings.formats:
        problems = []
    taken = _Taken(page.path for page in pages)
    left: list[str] = []
    for rule in rules:
        path = _path(rule, settings.root)
        if not path or not taken.take(path):
            left.append(rule.source)
            continue
        target = _absolute(rule.target, settings)
        yield Page(
            path=path,
            format="alias_pages",
            kind="alias",
            views={"target": view(target), "language": view(settings.language)},
            origin="the aliases of articles and the settings",
        )
    if left:
        problems.append(_left_out(left))
    if problems:
        raise LeftOut(problems)


def render(page: Page, theme: object) -> bytes:
    """A page of HTML without script, which every browser and every search engine follows."""
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


def _path(rule: Redirect, root: str) -> str:
    """Where the page of a rule lies; "" where none can."""
    path = unquote(rule.source).removeprefix(root).strip("/")
    ending = splitext(path)[1].lower()
    if ending in OTHERS and not rule.source.endswith("/"):
        return ""
    if ending not in PAGES or rule.source.endswith("/"):
        path = f"{path}/index.html"
    return "" if fault_of(path) or is_list(path.partition("/")[0]) else path


def _absolute(target: str, settings: Settings) -> str:
    if not target.startswith("/"):
        return target
    base = urlsplit(settings.base)
    return f"{base.scheme}://{base.netloc}{target}"


class _Taken:
    """Paths of the site, as a disk that knows no case sees them."""

    def __init__(self, paths: Iterable[str]) -> None:
        self._files: set[str] = set()
        self._folders: set[str] = set()
        for path in paths:
            self._add(slugs.folded(path))

    def take(self, path: str) -> bool:
        """Whether a file may lie there; it does from now on."""
        name = slugs.folded(path)
        if name in self._files or name in self._folders or self._files & set(_above(name)):
            return False
        self._add(name)
        return True

    def _add(self, name: str) -> None:
        self._files.add(name)
        self._folders.update(_above(name))


def _above(path: str) -> Iterator[str]:
    while "/" in path:
        path = path.rpartition("/")[0]
        yield path


def _left_out(sources: Sequence[str]) -> Problem:
    number = f"{len(sources)} former addresses have" if len(sources) > 1 else "a former address has"
    return Problem(
        "output/alias-page",
        f"{number} no page that sends readers on: {shown(unquote(sources[0]))}",
        Where("site.toml", key="alias_pages"),
        "a page can stand for a page alone, and where nothing else is; for others the host needs "
        "rules: `site-gen redirects`",
        "warning",
    )
