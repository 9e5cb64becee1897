"""Conflicts between output paths: the same path, or a file and a folder, on any file system."""

from collections.abc import Iterable

from site_gen.basics import slugs
from site_gen.basics.output_paths import path_fault
from site_gen.model import Page
from site_gen.output.file_list import LIST_NAME, is_list_name
from site_gen.problems import Problem, Where


def find_conflicts(pages: Iterable[Page]) -> tuple[list[Page], list[Problem]]:
    """(pages without conflict, problems). Conflicts are two outputs with the same path, a file with
    the path of a folder, and a path that some file systems do not support."""
    files: dict[str, Page] = {}
    folders: dict[str, Page] = {}
    twins: dict[tuple[frozenset[str], str], tuple[Page, Page]] = {}
    problems = []
    for page in pages:
        if fault := path_fault(page.path) or _list_fault(page.path):
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
            # Page, letter and book of two editions conflict for the same reason: one problem.
            pair = (frozenset((page.origin, other.origin)), at)
            if pair not in twins or page.format == "html":
                twins[pair] = (page, other)
            continue
        while at and at not in folders:
            folders[at] = page
            at = at.rpartition("/")[0]
    problems += [
        _collision_problem(one, two, f"both become {one.path}") for one, two in twins.values()
    ]
    for path in sorted(files.keys() & folders.keys()):
        one, two = files.pop(path), folders[path]
        problems.append(
            _collision_problem(one, two, f"{one.path} would be a file and the folder of {two.path}")
        )
    return list(files.values()), problems


def _list_fault(path: str) -> str:
    """The predicate of a problem if `path` is that of the file list or below it, else ""."""
    first = path.partition("/")[0]
    return (
        f"lies where the list of the site's files does ({LIST_NAME})" if is_list_name(first) else ""
    )


def has_collision(new: Iterable[str], others: Iterable[str]) -> bool:
    """Whether a new path is, on some file system, one of `others`, a folder of it, or below it."""
    new = list(new)
    known = slugs.folded("\n".join(("", *others, ""))) if new else ""
    for path in map(slugs.folded, new):
        parts = path.split("/")
        above = ("/".join(parts[:count]) for count in range(1, len(parts) + 1))
        if f"\n{path}/" in known or any(f"\n{each}\n" in known for each in above):
            return True
    return False


def _collision_problem(one: Page, two: Page, message: str) -> Problem:
    # A content file first: that is what the editor can change.
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
