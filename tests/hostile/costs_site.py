"""Whole sites built with every format, each in a process of its own; what each took, as JSON lines.

python costs_site.py SECONDS FOLDER...
"""

import json
import os
import resource
import sys
from pathlib import Path

import defences
from reading import NOW

from site_gen.engine.build import build
from site_gen.engine.report import Options


def main(seconds: int, first: Path, *others: Path) -> None:
    """The first site is built in this process, so that imports count for nothing."""
    defences.take_out_asked()
    _built(first)
    for root in others:
        child = os.fork()
        if child == 0:
            resource.setrlimit(resource.RLIMIT_CPU, (int(_used()) + seconds + 1, -1))
            before = _used()
            said = {"name": root.name, **_built(root), "seconds": _used() - before}
            sys.stdout.write(json.dumps(said) + "\n")
            sys.stdout.flush()
            os._exit(0)
        os.waitpid(child, 0)


def _built(root: Path) -> dict[str, object]:
    report = build(root, Options(now=NOW, jobs=1, keep_going=True))
    pages = [p for p in (root / "public").rglob("*") if p.is_file()]
    return {
        "codes": sorted({p.code for p in report.problems}),
        "problems": len(report.problems),
        "largest": max(p.stat().st_size for p in pages if p.suffix == ".html"),
        "good": (root / "public/articles/good/index.html").is_file(),
    }


def _used() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main(int(sys.argv[1]), *map(Path, sys.argv[2:]))
