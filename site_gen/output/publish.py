"""Staged files to the output folder, so that each page is old or new whole at every moment.

Two ways. A build that changes much, and any first one, makes a whole new tree beside the old and
swaps the two in one rename. A small one records its plan, renames its files in one short step,
and is finished by the next build when cut off.
"""

import contextlib
import errno
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from site_gen.basics.output_paths import fault_of
from site_gen.output import file_list, staging
from site_gen.output.file_list import LIST, listing
from site_gen.output.staging import NEW, STAGE, Staging, stage_folder
from site_gen.problems import Problem, SiteError, Where

PLAN = "plan.json"
TREE = "tree"
SWAP_SHARE = 20
"""A build that changes more than one file in so many swaps the whole tree."""

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


@contextlib.contextmanager
def prepared(output: Path, root: Path, work: Path) -> Iterator[Staging]:
    """Where new files of `output` wait within the block, once what an earlier build began is
    finished. Raises SiteError for an output that is not plainly ours."""
    check_output(output, root)
    staged = Staging(output, stage_folder(output, work))
    recover(staged)
    try:
        yield staged
    finally:
        staged.clear()


def check_output(output: Path, root: Path) -> None:
    """Refuse an output folder that is not plainly ours. Raises SiteError."""
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
    if output.is_dir() and not (output / LIST).is_file():
        found = sorted(n for n in os.listdir(output) if not n.startswith("."))
        if found:
            return (
                f"holds files that site_gen did not make, such as {found[0]}",
                f"empty it, choose another with --output, or create an empty file {LIST} in it",
            )
    return None


def recover(where: Staging) -> None:
    """Finish or clear away what an earlier build left."""
    output, folder = where.output, where.folder
    for place in (folder.parent, folder) if folder.parent.name == STAGE else (folder,):
        if place.is_symlink():
            place.unlink()  # never ours: staging would write where it leads
    plan = _plan(folder)
    if plan and plan.way == "rename":
        _rename_all(output, folder, plan)
    elif plan and not output.exists() and (folder / TREE).is_dir():
        os.rename(folder / TREE, output)
    where.clear()


class Plan(NamedTuple):
    """What a commit is about to do."""

    way: str
    write: list[str]
    remove: list[str]


def _plan(folder: Path) -> Plan | None:
    try:
        plan = Plan(*json.loads((folder / PLAN).read_text("utf-8")))
        good = all(isinstance(p, str) and not fault_of(p) for p in (*plan.write, *plan.remove))
        return plan if good and plan.way in ("swap", "rename") else None
    except (OSError, ValueError, TypeError):
        return None


def publish(
    where: Staging, write: list[str], keep: list[str], remove: list[str], mark: str
) -> None:
    """Commit the staged `write`, leave `keep`, take out `remove` (all relative paths); the list
    then begins with `mark`.

    Raises OSError, and SiteError where something foreign is in the way; what is in the output
    then is whole, and the next build goes on.
    """
    mine = sorted((*write, *keep))
    # Until the end the list names old and new, so that nothing of ours looks foreign, and says of
    # no build that this is what it made.
    new_list, both = listing(mine, mark), listing([*mine, *remove])
    is_listed = file_list.read(where.output) == new_list
    if not write and not remove and is_listed:
        return
    _refuse_obstacles(where.output, write)
    first = not (where.output / LIST).is_file()
    much = (len(write) + len(remove)) * SWAP_SHARE > len(mine)
    if where.folder.parent != where.output and (first or much):
        _swap(where, write, remove, new_list)
    else:
        _in_place(where, write, remove, b"" if is_listed else both, new_list)
    where.clear()


def publish_few(where: Staging, write: list[str]) -> None:
    """Commit the staged `write`, files that the output has already and lists. Raises as above."""
    if write:
        _refuse_obstacles(where.output, write)
        _in_place(where, write, [])
        where.clear()


def _refuse_obstacles(output: Path, write: list[str]) -> None:
    """A link or file where a page needs a folder, or a folder in its place, is somebody's own."""
    if not os.path.lexists(output):
        return
    folders: dict[str, str] = {}
    found = []
    for path in write:
        full = f"{output}/{path}"
        at = _obstacle(str(output), os.path.dirname(full), folders)
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


def _obstacle(output: str, folder: str, known: dict[str, str]) -> str:
    """The first part of the way from `output` to `folder` that is no folder, "" for none."""
    if folder == output:
        return ""
    found = known.get(folder)
    if found is None:
        found = _obstacle(output, os.path.dirname(folder), known)
        if not found and os.path.lexists(folder):
            found = folder if os.path.islink(folder) or not os.path.isdir(folder) else ""
        known[folder] = found
    return found


def _in_place(
    where: Staging, write: list[str], remove: list[str], both: bytes = b"", new_list: bytes = b""
) -> None:
    """By renames; with a list of `both` old and new on the way, where there is a new one."""
    names = list(write)
    if both:
        _write_list(where, "union", both)
        where_list = where.staged(LIST)
        os.makedirs(os.path.dirname(where_list), exist_ok=True)
        Path(where_list).write_bytes(new_list)
        names.append(LIST)
    plan = Plan("rename", names, remove)
    staging.operation("plan")
    _write_plan(where.folder, plan)
    _rename_all(where.output, where.folder, plan)


def _write_list(where: Staging, name: str, data: bytes) -> None:
    where.folder.mkdir(parents=True, exist_ok=True)
    where.output.mkdir(parents=True, exist_ok=True)
    temporary = where.folder / name
    temporary.write_bytes(data)
    staging.operation("list")
    os.replace(temporary, where.output / LIST)


def _write_plan(folder: Path, plan: Plan) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    temporary = folder / f"{PLAN}.new"
    temporary.write_text(json.dumps(plan), "utf-8")
    os.replace(temporary, folder / PLAN)


def _rename_all(output: Path, folder: Path, plan: Plan) -> None:
    """The short step: may be cut off anywhere and run again. It follows no link out."""
    folders: dict[str, str] = {}
    for path in plan.remove:
        target = output / path
        staging.operation(f"remove {path}")
        if not _obstacle(str(output), str(target.parent), folders) and not _is_folder(target):
            target.unlink(missing_ok=True)
            _drop_empty(output, path)
    folders.clear()
    for path in plan.write:
        source = folder / NEW / path
        target = output / path
        staging.operation(f"rename {path}")
        if source.exists() and not _obstacle(str(output), str(target.parent), folders):
            target.parent.mkdir(parents=True, exist_ok=True)
            os.replace(source, target)
    staging.operation("done")
    (folder / PLAN).unlink(missing_ok=True)


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()


def _drop_empty(output: Path, path: str) -> None:
    folder = (output / path).parent
    while folder != output:
        try:
            folder.rmdir()
        except OSError:
            return
        folder = folder.parent


def _swap(where: Staging, write: list[str], remove: list[str], new_list: bytes) -> None:
    tree = where.folder / TREE
    (where.folder / NEW).mkdir(parents=True, exist_ok=True)
    os.rename(where.folder / NEW, tree)
    (tree / LIST).write_bytes(new_list)
    skip = {*write, *remove, LIST}
    if where.output.is_dir():
        _link_rest(where.output, tree, skip)
    staging.operation("plan")
    _write_plan(where.folder, Plan("swap", [], []))
    staging.operation("swap")
    _exchange(tree, where.output)
    staging.operation("done")
    (where.folder / PLAN).unlink(missing_ok=True)


def _link_rest(old: Path, tree: Path, skip: set[str]) -> None:
    """Hard links to everything of the old tree that stays, foreign files among it."""
    for folder, folders, names in os.walk(old):
        place = os.path.relpath(folder, old)
        prefix = "" if place == "." else f"{place}/"
        for name in (*names, *(f for f in folders if os.path.islink(f"{folder}/{f}"))):
            path = prefix + name
            if path in skip:
                continue
            target = tree / path
            target.parent.mkdir(parents=True, exist_ok=True)
            staging.operation(f"link {path}")
            os.link(f"{folder}/{name}", target, follow_symlinks=False)
        if not names and not folders and prefix:
            _keep_empty(tree, place, skip)


def _keep_empty(tree: Path, place: str, skip: set[str]) -> None:
    """A foreign empty folder stays."""
    if not any(path.startswith(f"{place}/") for path in skip):
        (tree / place).mkdir(parents=True, exist_ok=True)


def _exchange(tree: Path, output: Path) -> None:
    """The new tree in the place of the old, which ends up at `tree`."""
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
    """renameat2(RENAME_EXCHANGE) where the system has it."""
    import ctypes  # for a whole new tree only

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
