"""`--fix`: mends that need no thought, in the editor's files. Only what a finding names."""

import os
import re
from pathlib import Path

from site_gen.basics import files
from site_gen.check.findings import Finding


def fixed(root: Path, findings: list[Finding]) -> list[Finding]:
    """Carries out the fixes; gives back the findings that are mended by them.

    A file is read right before it is replaced, and left alone where a line is not as it was found.
    """
    mended: list[Finding] = []
    for path in dict.fromkeys(f.path for f in findings if f.hit.fix is not None):
        own = [f for f in findings if f.path == path and f.hit.fix is not None]
        mended += _mend(root / path, own)
    return mended


def _whole(address: str) -> re.Pattern[str]:
    """The address where it stands alone, and not where it begins or ends a longer one."""
    return re.compile(rf"(?<![\w/?&=%#.:-]){re.escape(address)}(?![\w/?&=%#~+@$-]|[.,;:!*][\w/])")


def _mend(file: Path, findings: list[Finding]) -> list[Finding]:
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
    part = file.with_name(f".{file.name}.{os.getpid()}.part")
    try:
        part.write_bytes("".join(lines).encode("utf-8"))
        os.chmod(part, file.stat().st_mode & 0o7777)
        if files.read_bytes(file) != data:
            return []  # the editor saved meanwhile: theirs stays
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)
    return done
