"""Outputs in each other's way: on one path, or where a folder must be, on any file system."""

from collections.abc import Iterable

from site_gen.basics import slugs
from site_gen.basics.output_paths import fault_of
from site_gen.model import Page
from site_gen.output.file_list import LIST, is_list
from site_gen.problems import Problem, Where


def publishable(pages: Iterable[Page]) -> tuple[list[Page], list[Problem]]:
    """Pages without conflict, and the conflicts: two outputs on one path, a file where a folder
    must be, a path that not every file system can hold."""
    files: dict[str, Page] = {}
    folders: dict[str, Page] = {}
    twins: dict[tuple[frozenset[str], str], tuple[Page, Page]] = {}
    problems = []
    for page in pages:
        if fault := fault_of(page.path) or _of_list(page.path):
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
        other = files.setdefault(path, page)
        at = path.rpartition("/")[0]
        if other is not page:
            # Page, letter and book of two editions are in each other's way for one reason.
            pair = (frozenset((page.origin, other.origin)), at)
            if pair not in twins or page.format == "html":
                twins[pair] = (page, other)
            continue
        while at and at not in folders:
            folders[at] = page
            at = at.rpartition("/")[0]
    problems += [_both(one, two, f"both become {one.path}") for one, two in twins.values()]
    for path in sorted(files.keys() & folders.keys()):
        one, two = files.pop(path), folders[path]
        problems.append(_both(one, two, f"{one.path} would be a file and the folder of {two.path}"))
    return list(files.values()), problems


def _of_list(path: str) -> str:
    """Why an output may not lie where the list of our files does, on any file system."""
    first = path.partition("/")[0]
    return f"lies where the list of the site's files does ({LIST})" if is_list(first) else ""


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
    first, second = sorted(
        (one.origin, two.origin), key=lambda o: (not o.startswith("content/"), o)
    )
    return Problem(
        "output/collision",
        f"{first} and {second}: {message}",
        Where(first, key="slug"),
        "rename one, or give one another slug",
        also=(Where(second, key="slug"),),
    )
