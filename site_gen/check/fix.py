"""`--fix`: mends that need no thought, in the editor's files. Only what a finding names."""

import errno
import os
import re
from pathlib import Path

from site_gen.basics import files
from site_gen.check.findings import Finding
from site_gen.problems import Problem, Where

WRITABLE = 0o222
"""Rights to write: who took them from a file wants it as it is, whatever the folder allows."""


def fixed(root: Path, findings: list[Finding]) -> tuple[list[Finding], list[Problem]]:
    """Carries out the fixes; gives back the findings that are mended by them, and a problem for
    each file that may not be written.

    A file is read right before it is replaced, and left alone where a line is not as it was found.
    """
    mended: list[Finding] = []
    problems: list[Problem] = []
    for path in dict.fromkeys(f.path for f in findings if f.hit.fix is not None):
        own = [f for f in findings if f.path == path and f.hit.fix is not None]
        try:
            mended += _mend(root / path, own)
        except OSError as error:
            told = f"the file is not mended: {error.strerror or error}"
            problems.append(Problem("check/fix", told, Where(path), "give rights to write it"))
    return mended, problems


def _whole(address: str) -> re.Pattern[str]:
    """The address where it stands alone, and not where it begins or ends a longer one."""
    return re.compile(rf"(?<![\w/?&=%#.:-]){re.escape(address)}(?![\w/?&=%#~+@$-]|[.,;:!*][\w/])")


def _mend(file: Path, findings: list[Finding]) -> list[Finding]:
    """Raises OSError."""
    try:
        data = files.read_bytes(file)
        # Lines as findings count them; what else Python takes for an end of a line is text.
        lines = re.split(r"(?<=\n)|(?<=\r)(?!\n)", data.decode("utf-8"))
    except (files.Unreadable, UnicodeDecodeError):
        return []
    done = []
    for finding in findings:
        fix = finding.hit.fix
        if fix is None or not 0 < fix.line <= len(lines):
            continue
        line, count = _whole(fix.old).subn(lambda _, new=fix.new: new, lines[fix.line - 1])
        if count:
            lines[fix.line - 1] = line
            done.append(finding)
    if not done:
        return []
    mode = file.stat().st_mode
    if not mode & WRITABLE:
        raise PermissionError(errno.EACCES, "it may only be read")
    part = file.with_name(f".{file.name}.{os.getpid()}.part")
    try:
        part.write_bytes("".join(lines).encode("utf-8"))
        os.chmod(part, mode & 0o7777)
        if files.read_bytes(file) != data:
            return []  # the editor saved meanwhile: theirs stays
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)
    return done
