"""Publishes staged files to the output folder, so that each page is whole, old or new, at any time.

There are two ways. A build that changes many files, and every first one, makes a new tree and swaps
it with the old one in one rename. Any other records its plan and renames its files; if it is
interrupted, the next build completes it.
"""

import contextlib
import errno
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from site_gen.basics.output_paths import path_fault
from site_gen.output import file_list, staging
from site_gen.output.file_list import LIST_NAME, format_list
from site_gen.output.staging import NEW_FOLDER, STAGE_FOLDER, Staging, stage_folder
from site_gen.problems import Problem, SiteError, Where

PLAN_FILE = "plan.json"
TREE_FOLDER = "tree"
SWAP_SHARE = 20
"""A build that changes more than one in SWAP_SHARE files swaps the whole tree."""

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


@contextlib.contextmanager
def open_staging(output: Path, root: Path, work: Path) -> Iterator[Staging]:
    """The staging of `output` for the block, after completing an interrupted build. Raises
    SiteError if the output folder may not be ours."""
    check_output(output, root)
    staged = Staging(output, stage_folder(output, work))
    recover(staged)
    try:
        yield staged
    finally:
        staged.clear()


def check_output(output: Path, root: Path) -> None:
    """Raise SiteError if the output folder may not be ours."""
    fault = _output_fault(output, root)
    if fault:
        message, cure = fault
        raise SiteError(
            [Problem("output/folder", f"the output folder {message}", Where(str(output)), cure)]
        )


def _output_fault(output: Path, root: Path) -> tuple[str, str] | None:
    other = "choose another with --output"
    if output.is_symlink():
        return "is a link", other
    if output.exists() and not output.is_dir():
        return "is a file", other
    real = output.resolve()
    if real in (Path("/"), Path.home().resolve()) or root.resolve().is_relative_to(real):
        return "is the site itself or above it", other
    for name in ("content", "themes", ".site_gen/quarantine", ".site_gen/receipts", ".git"):
        inner = (root / name).resolve()
        if real.is_relative_to(inner) or inner.is_relative_to(real):
            return f"is or holds {name}/", other
    if output.is_dir() and not (output / LIST_NAME).is_file():
        found = sorted(n for n in os.listdir(output) if not n.startswith("."))
        if found:
            return (
                f"holds files that site_gen did not make, such as {found[0]}",
                "empty it, choose another with --output, or create an empty file "
                f"{LIST_NAME} in it",
            )
    return None


def recover(where: Staging) -> None:
    """Complete or remove what an interrupted build left."""
    output, folder = where.output, where.folder
    for place in (folder.parent, folder) if folder.parent.name == STAGE_FOLDER else (folder,):
        if place.is_symlink():
            place.unlink()  # we create no links: staging would write to its target
    plan = _read_plan(folder)
    if plan and plan.way == "rename":
        _rename_all(output, folder, plan)
    elif plan and not output.exists() and (folder / TREE_FOLDER).is_dir():
        os.rename(folder / TREE_FOLDER, output)
    where.clear()


class Plan(NamedTuple):
    """The plan of a commit: `way` is "swap" or "rename", `write` and `remove` are paths."""

    way: str
    write: list[str]
    remove: list[str]


def _read_plan(folder: Path) -> Plan | None:
    try:
        plan = Plan(*json.loads((folder / PLAN_FILE).read_text("utf-8")))
        good = all(isinstance(p, str) and not path_fault(p) for p in (*plan.write, *plan.remove))
        return plan if good and plan.way in ("swap", "rename") else None
    except (OSError, ValueError, TypeError):
        return None


def publish(
    where: Staging, write: list[str], keep: list[str], remove: list[str], mark: str
) -> None:
    """Publish the staged files `write`, leave `keep`, and delete `remove` (all relative paths).
    `mark` becomes the first line of the list.

    Raises OSError, and SiteError if somebody else's file is in the way. All pages are whole then,
    and the next build goes on.
    """
    mine = sorted((*write, *keep))
    # Until the end the list has old and new paths, so that no file of ours looks foreign, and no
    # options, as the output is not what any build made.
    new_list, both = format_list(mine, mark), format_list([*mine, *remove])
    is_listed = file_list.read_list(where.output) == new_list
    if not write and not remove and is_listed:
        return
    _refuse_obstacles(where.output, write)
    first = not (where.output / LIST_NAME).is_file()
    much = (len(write) + len(remove)) * SWAP_SHARE > len(mine)
    if where.folder.parent != where.output and (first or much):
        _publish_by_swap(where, write, remove, new_list)
    else:
        _publish_by_rename(where, write, remove, b"" if is_listed else both, new_list)
    where.clear()


def publish_existing(where: Staging, write: list[str]) -> None:
    """Publish the staged files `write`, which replace listed ones. Raises as `publish`."""
    if write:
        _refuse_obstacles(where.output, write)
        _publish_by_rename(where, write, [])
        where.clear()


def _refuse_obstacles(output: Path, write: list[str]) -> None:
    """Raise SiteError if a link or file is where a page needs a folder, or a folder where the page
    must be: they belong to somebody else."""
    if not os.path.lexists(output):
        return
    folders: dict[str, str] = {}
    found = []
    for path in write:
        full = f"{output}/{path}"
        at = _find_obstacle(str(output), os.path.dirname(full), folders)
        if not at and os.path.isdir(full) and not os.path.islink(full):
            at = full
        if at:
            found.append(Problem(
                "output/foreign",
                f"{path} cannot be written: {os.path.relpath(at, output)} is in its way",
                Where(at),
                "move it away, or build into another folder",
            ))  # fmt: skip
    if found:
        raise SiteError(found)


def _find_obstacle(output: str, folder: str, known: dict[str, str]) -> str:
    """The first part of the path from `output` to `folder` that is a link or file, else ""."""
    if folder == output:
        return ""
    found = known.get(folder)
    if found is None:
        found = _find_obstacle(output, os.path.dirname(folder), known)
        if not found and os.path.lexists(folder):
            found = folder if os.path.islink(folder) or not os.path.isdir(folder) else ""
        known[folder] = found
    return found


def _publish_by_rename(
    where: Staging, write: list[str], remove: list[str], both: bytes = b"", new_list: bytes = b""
) -> None:
    """Publish by renames. Meanwhile the list is `both`, with old and new paths; b"" if the list
    does not change."""
    names = list(write)
    if both:
        _write_list(where, "union", both)
        where_list = where.staged_path(LIST_NAME)
        os.makedirs(os.path.dirname(where_list), exist_ok=True)
        Path(where_list).write_bytes(new_list)
        names.append(LIST_NAME)
    plan = Plan("rename", names, remove)
    staging.before_operation("plan")
    _write_plan(where.folder, plan)
    _rename_all(where.output, where.folder, plan)


def _write_list(where: Staging, name: str, data: bytes) -> None:
    where.folder.mkdir(parents=True, exist_ok=True)
    where.output.mkdir(parents=True, exist_ok=True)
    temporary = where.folder / name
    temporary.write_bytes(data)
    staging.before_operation("list")
    os.replace(temporary, where.output / LIST_NAME)


def _write_plan(folder: Path, plan: Plan) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    temporary = folder / f"{PLAN_FILE}.new"
    temporary.write_text(json.dumps(plan), "utf-8")
    os.replace(temporary, folder / PLAN_FILE)


def _rename_all(output: Path, folder: Path, plan: Plan) -> None:
    """Carry out a plan. May be interrupted anywhere and run again. Follows no links."""
    folders: dict[str, str] = {}
    for path in plan.remove:
        target = output / path
        staging.before_operation(f"remove {path}")
        if not _find_obstacle(str(output), str(target.parent), folders) and not _is_folder(target):
            target.unlink(missing_ok=True)
            _remove_empty_folders(output, path)
    folders.clear()
    for path in plan.write:
        source = folder / NEW_FOLDER / path
        target = output / path
        staging.before_operation(f"rename {path}")
        if source.exists() and not _find_obstacle(str(output), str(target.parent), folders):
            target.parent.mkdir(parents=True, exist_ok=True)
            os.replace(source, target)
    staging.before_operation("done")
    (folder / PLAN_FILE).unlink(missing_ok=True)


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()


def _remove_empty_folders(output: Path, path: str) -> None:
    folder = (output / path).parent
    while folder != output:
        try:
            folder.rmdir()
        except OSError:
            return
        folder = folder.parent


def _publish_by_swap(where: Staging, write: list[str], remove: list[str], new_list: bytes) -> None:
    tree = where.folder / TREE_FOLDER
    (where.folder / NEW_FOLDER).mkdir(parents=True, exist_ok=True)
    os.rename(where.folder / NEW_FOLDER, tree)
    (tree / LIST_NAME).write_bytes(new_list)
    skip = {*write, *remove, LIST_NAME}
    if where.output.is_dir():
        _link_kept_files(where.output, tree, skip)
    staging.before_operation("plan")
    _write_plan(where.folder, Plan("swap", [], []))
    staging.before_operation("swap")
    _swap_folders(tree, where.output)
    staging.before_operation("done")
    (where.folder / PLAN_FILE).unlink(missing_ok=True)


def _link_kept_files(old: Path, tree: Path, skip: set[str]) -> None:
    """Hard-link all files of the old tree that are kept, other people's included."""
    for folder, folders, names in os.walk(old):
        place = os.path.relpath(folder, old)
        prefix = "" if place == "." else f"{place}/"
        for name in (*names, *(f for f in folders if os.path.islink(f"{folder}/{f}"))):
            path = prefix + name
            if path in skip:
                continue
            target = tree / path
            target.parent.mkdir(parents=True, exist_ok=True)
            staging.before_operation(f"link {path}")
            os.link(f"{folder}/{name}", target, follow_symlinks=False)
        if not names and not folders and prefix:
            _keep_empty_folder(tree, place, skip)


def _keep_empty_folder(tree: Path, place: str, skip: set[str]) -> None:
    """Create an empty folder of the old tree, unless files were removed from it."""
    if not any(path.startswith(f"{place}/") for path in skip):
        (tree / place).mkdir(parents=True, exist_ok=True)


def _swap_folders(tree: Path, output: Path) -> None:
    """Put the new tree in the place of `output`, and the old one at `tree`."""
    if not output.exists():
        output.parent.mkdir(parents=True, exist_ok=True)
        os.rename(tree, output)
        return
    if _rename_exchange(tree, output):
        return
    old = tree.with_name("old")
    os.rename(output, old)
    try:
        os.rename(tree, output)
    except OSError:
        os.rename(old, output)
        raise


def _rename_exchange(one: Path, two: Path) -> bool:
    """Swap two folders with renameat2(RENAME_EXCHANGE); False if the system does not support it."""
    import ctypes  # slow to import, and rarely needed

    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    result = rename(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(two), _RENAME_EXCHANGE)
    if result == 0:
        return True
    if ctypes.get_errno() in (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP):
        return False
    number = ctypes.get_errno()
    raise OSError(number, os.strerror(number), str(two))
