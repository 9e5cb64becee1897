"""Keys of outputs: a digest of exactly what a page's render may see."""

from collections.abc import Iterable
from typing import NamedTuple

from site_gen.basics import digest, slugs, urls
from site_gen.basics.output_paths import fault_of
from site_gen.engine.snapshot import CONTENT
from site_gen.formats import plugin_of
from site_gen.memo.memo import PageRow
from site_gen.model import Page
from site_gen.problems import Problem, Where
from site_gen.settings import Settings
from site_gen.theme.load import Theme

SHORT = 12
"""Digits of a digest kept for `explain`."""


class Keyed(NamedTuple):
    """A page, its key, what the key is made of besides the views, and why it is rendered."""

    page: Page
    key: str
    program: str
    template: str
    reasons: tuple[str, ...] = ()

    @property
    def inputs(self) -> str:
        """Inputs by name, short, as the memo keeps them for `explain`."""
        views = ((name, view.digest) for name, view in sorted(self.page.views.items()))
        named = (("program", self.program), ("template", self.template), *views)
        return ";".join(f"{name}={value[:SHORT]}" for name, value in named)


def keyed(page: Page, theme: Theme, program: str) -> Keyed:
    """The key of a page: format, template closure, named views, and the program."""
    template = theme.closure(page.template).digest if page.template else ""
    if own := plugin_of(page.format, theme):
        program = digest.of_parts(program, own)
    parts = [program, page.format, page.kind, page.template or "", template]
    for name, view in page.views.items():
        parts += (name, view.digest)
    return Keyed(page, digest.of_parts(*parts), program, template)


def reasons(each: Keyed, row: PageRow | None) -> tuple[str, ...]:
    """Names of the inputs that changed since the page was made."""
    if row is None:
        return ("new",)
    before, now = inputs(row.inputs), inputs(each.inputs)
    names = tuple(n for n in {**now, **before} if before.get(n) != now.get(n))
    return names or ("the file in the output changed",)


def inputs(text: str) -> dict[str, str]:
    """Inputs by name, from the text that the memo keeps."""
    return dict(part.split("=", 1) for part in text.split(";") if "=" in part)


def publishable(pages: Iterable[Keyed]) -> tuple[list[Keyed], list[Problem]]:
    """Pages without conflict, and the conflicts: two outputs on one path, a file where a folder
    must be, a path that not every file system can hold."""
    files: dict[str, Keyed] = {}
    folders: dict[str, Page] = {}
    twins: dict[tuple[frozenset[str], str], tuple[Page, Page]] = {}
    problems = []
    for each in pages:
        page = each.page
        if fault := fault_of(page.path):
            problems.append(
                Problem(
                    "output/path",
                    f"{page.path} {fault}",
                    Where(page.origin, key="slug"),
                    "rename the file, or change its slug",
                )
            )
            continue
        path = slugs.folded(page.path)
        other = files.setdefault(path, each)
        at = path.rpartition("/")[0]
        if other is not each:
            # Page, letter and book of two editions are in each other's way for one reason.
            pair = (frozenset((page.origin, other.page.origin)), at)
            if pair not in twins or page.format == "html":
                twins[pair] = (page, other.page)
            continue
        while at and at not in folders:
            folders[at] = page
            at = at.rpartition("/")[0]
    problems += [_both(one, two, f"both become {one.path}") for one, two in twins.values()]
    for path in sorted(files.keys() & folders.keys()):
        one, two = files.pop(path).page, folders[path]
        problems.append(_both(one, two, f"{one.path} would be a file and the folder of {two.path}"))
    return list(files.values()), problems


def collide(new: Iterable[str], others: Iterable[str]) -> bool:
    """Whether a new path is, on some file system, one of `others`, its folder, or in it."""
    new = list(new)
    known = slugs.folded("\n".join(("", *others, ""))) if new else ""
    for path in map(slugs.folded, new):
        parts = path.split("/")
        above = ("/".join(parts[:count]) for count in range(1, len(parts) + 1))
        if f"\n{path}/" in known or any(f"\n{each}\n" in known for each in above):
            return True
    return False


def _both(one: Page, two: Page, message: str) -> Problem:
    # A file first: that is where somebody can do something.
    first, second = sorted((one.origin, two.origin), key=lambda o: (not o.startswith(CONTENT), o))
    return Problem(
        "output/collision",
        f"{first} and {second}: {message}",
        Where(first, key="slug"),
        "rename one, or give one another slug",
        also=(Where(second, key="slug"),),
    )


def read_key(settings: Settings, program: str) -> str:
    """What reading a file depends on besides its bytes."""
    used = (
        *(settings.timezone, settings.article_permalink),
        *(settings.article_pages, settings.rights.default, settings.images.remote, settings.tag),
        settings.markdown.html,
        str("search" in settings.formats),
        urls.host(settings.base_url),
    )
    tables = (
        *(settings.topics, settings.sections, settings.providers, settings.authors),
        settings.limits,
        settings.editions,
    )
    return digest.of_parts(program, *used, digest.of_value(tables))
