"""`convert --accept`: a quarantined draft, perhaps mended by the editor, becomes content."""

import os
from pathlib import Path

from site_gen import frontmatter
from site_gen.convert.drafts.placement import QUARANTINE, Desk
from site_gen.convert.receipts.report import Row
from site_gen.problems import Problem, SiteError, Where


def accepted(desk: Desk, name: str) -> Row:
    """Move one draft into the content folder; it must be readable and its place free."""
    try:
        return _accepted(desk, name)
    except SiteError as error:
        reasons = tuple(problem.message for problem in error.problems)
        return Row(source=name, status="failed", reasons=reasons, problems=error.problems)


def _accepted(desk: Desk, name: str) -> Row:
    path = _inside(desk, name)
    data = desk.site.read(f"{QUARANTINE}/{path}")
    if data is None:
        raise _refused(name, "is not in the quarantine", f"look into {QUARANTINE}/")
    text = data.decode("utf-8-sig", "replace").replace("\r\n", "\n")
    matter = frontmatter.load(frontmatter.split(text, name).head, name)
    current = desk.content.read(path)
    if current is not None and current != data:
        raise _refused(name, f"would replace {desk.folder}/{path}", "rename one of the two")
    desk.content.write(path, data)
    desk.site.remove(f"{QUARANTINE}/{path}")
    title = str(matter.get("title", ""))
    return Row(source=name, status="created", path=f"{desk.folder}/{path}", title=title)


def _inside(desk: Desk, name: str) -> str:
    """The path below the quarantine, however the editor spelt it."""
    path = Path(os.path.abspath(desk.site.root / name))
    quarantine = Path(os.path.abspath(desk.site.root / QUARANTINE))
    try:
        return path.relative_to(quarantine).as_posix()
    except ValueError:
        return name.replace(os.sep, "/")


def _refused(name: str, reason: str, cure: str) -> SiteError:
    return SiteError([Problem("convert/accept", f"{name} {reason}", Where(name), cure)])
