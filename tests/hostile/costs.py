"""Articles read in a process of its own under limits of the system; what each took, as JSON lines.

python costs.py FOLDER SECONDS MEGABYTES FILE...
"""

import json
import resource
import sys
from pathlib import Path

import defences

from site_gen.engine.inputs.reader import Reader
from site_gen.memo.problem_codec import decode_problems
from site_gen.settings import Settings


def main(folder: Path, seconds: int, megabytes: int, names: list[str]) -> None:
    """Reads a plain article first, so that imports count for nothing."""
    defences.take_out_asked()
    reader = Reader(folder, Settings())
    reader.read("plain.md")
    for name in names:
        before = _used()
        resource.setrlimit(resource.RLIMIT_CPU, (int(before) + seconds + 1, -1))
        size = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (size + (megabytes << 20), -1))
        row = reader.read(name)
        said = {
            "name": name,
            "seconds": _used() - before,
            "kind": row.kind,
            "codes": [p.code for p in decode_problems(row.problems)] if row.problems else [],
            "html": len(row.body),
        }
        sys.stdout.write(json.dumps(said) + "\n")
        sys.stdout.flush()


def _used() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4:])
