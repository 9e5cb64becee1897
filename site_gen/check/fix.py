"""`--fix`: applies the automatic corrections of findings to content files."""

import errno
import os
import re
from pathlib import Path

from site_gen.basics import files
from site_gen.check.findings import Finding
from site_gen.problems import Problem, Where

WRITABLE = 0o222
"""Permission bits to write: a read-only file is not replaced, even if its folder allows that."""


def apply_fixes(root: Path, findings: list[Finding]) -> tuple[list[Finding], list[Problem]]:
    """Apply all fixes; return the corrected findings, and a problem for each unwritable file.

    A file is read again right before it is replaced; a line that changed meanwhile stays.
    """
    mended: list[Finding] = []
    problems: list[Problem] = []
    for path in dict.fromkeys(f.path for f in findings if f.hit.fix is not None):
        own = [f for f in findings if f.path == path and f.hit.fix is not None]
        try:
            mended += _fix_file(root / path, own)
        except OSError as error:
            text = f"the file is not mended: {error.strerror or error}"
            problems.append(Problem("check/fix", text, Where(path), "give rights to write it"))
    return mended, problems


def _whole_address(address: str) -> re.Pattern[str]:
    """Return a pattern for the address that does not match within a longer address."""
    return re.compile(rf"(?<![\w/?&=%#.:-]){re.escape(address)}(?![\w/?&=%#~+@$-]|[.,;:!*][\w/])")


def _fix_file(file: Path, findings: list[Finding]) -> list[Finding]:
    """Raises OSError."""
    try:
        data = files.read_bytes(file)
        # Not `splitlines`, which splits at more characters than the line numbers of findings count.
        lines = re.split(r"(?<=\n)|(?<=\r)(?!\n)", data.decode("utf-8"))
    except (files.Unreadable, UnicodeDecodeError):
        return []
    done = []
    for finding in findings:
        fix = finding.hit.fix
        if fix is None or not 0 < fix.line <= len(lines):
            continue
        line, count = _whole_address(fix.old).subn(lambda _, new=fix.new: new, lines[fix.line - 1])
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
            return []  # the editor saved the file meanwhile
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)
    return done
