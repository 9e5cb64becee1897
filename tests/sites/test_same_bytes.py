"""Same input, same bytes: whatever the hash seed, zone, locale, folder, order, times, workers."""

import hashlib
import os
import shutil
import subprocess
import sys
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from site_gen.workers.pool import MIN_ITEMS

pytestmark = pytest.mark.any_version

SITE = (
    "\n".join(
        f"""-- content/{"zyxwv"[n % 5]}/story-{n}.md --
---
title: Story {n} “é”
publishedDateTime: 2024-0{1 + n % 5}-1{n % 9}T0{n % 10}:00:00Z
topics: [AI, Law, {"Chips" if n % 2 else "chips"}, T{n % 4}]
provider: {{name: P{n % 3}, domain: p{n % 3}.example}}
author: [A{n % 3}, B{n % 2}]
heat: {n % 3}
oddKey{n % 2}: {{b: 1, a: 2}}
---
Body [next](../{"zyxwv"[(n + 1) % 5]}/story-{n + 1}.md).
"""
        for n in range(44)
    )
    + """
-- content/v/story-44.md --
---
title: The last
addedDateTime: 2024-02-29
---
Text[^1].

[^1]: Note.
-- content/pages/about.md --
---
title: About
---
We.
"""
)
CODE = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from site_gen.engine.build import build
from site_gen.engine.report import Options
now = datetime(2024, 6, 1, tzinfo=UTC)
report = build(Path(sys.argv[1]), Options(now=now, jobs=int(sys.argv[2])))
assert report.ok, report.problems
"""


def digests_of(folder: Path) -> dict[str, str]:
    return {
        p.relative_to(folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest()
        for p in sorted(folder.rglob("*"))
        if p.is_file()
    }


def built(root: Path, jobs: int = 1, umask: int = 0o022, **environment: str) -> dict[str, str]:
    """The output of a build in a process of its own."""
    known = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG", "TZ"))}
    subprocess.run(
        [sys.executable, "-c", CODE, str(root), str(jobs)],
        check=True,
        cwd=Path(__file__).resolve().parents[2],
        env={**known, **environment},
        umask=umask,
    )
    return digests_of(root / "public")


@pytest.fixture
def first(site: Any) -> dict[str, str]:
    """The reference: one worker, hash seed 0, UTC, the C locale."""
    site.write(SITE)
    found = built(site.root, PYTHONHASHSEED="0", TZ="UTC", LC_ALL="C")
    assert len(found) > MIN_ITEMS, "too few outputs for workers to be used"
    return found


@pytest.mark.parametrize(
    "how",
    [
        {"PYTHONHASHSEED": "1"},
        {"PYTHONHASHSEED": "4242", "TZ": "Pacific/Auckland", "LC_ALL": "tr_TR.UTF-8"},
        {"jobs": 2, "PYTHONHASHSEED": "7"},
        {"umask": 0o077, "PYTHONUTF8": "0", "LC_ALL": "POSIX"},
    ],
    ids=["seed", "zone and locale", "workers", "umask"],
)
def test_around_the_program(first: dict[str, str], tmp_path: Path, site: Any, how: Any) -> None:
    other = tmp_path / "elsewhere" / "a b"
    other.mkdir(parents=True)
    shutil.copytree(site.root / "content", other / "content")
    shutil.copy(site.root / "site.toml", other)
    assert built(other, **how) == first


def test_the_order_of_folders_and_the_times_of_files(
    first: dict[str, str], tmp_path: Path, site: Any
) -> None:
    other = type(site)(tmp_path / "other")
    sources = [p for p in site.tree(".") if p.startswith("content/") or p == "site.toml"]
    for number, path in enumerate(reversed(sources)):
        other.put(path, (site.root / path).read_bytes())
        os.utime(other.root / path, (number * 1000, number * 1000))
    assert built(other.root) == first


def test_the_state_of_the_memo(first: dict[str, str], site: Any) -> None:
    site.edit("content/v/story-44.md", "The last", "The very last")
    changed = built(site.root)
    assert changed != first
    site.edit("content/v/story-44.md", "The very last", "The last")
    assert built(site.root) == first
    (site.root / ".site_gen/memo.sqlite").write_bytes(b"no database")
    assert built(site.root) == first


def test_outputs_are_unique_and_legal_on_every_file_system(first: dict[str, str]) -> None:
    folded = [unicodedata.normalize("NFC", p).casefold() for p in first]
    assert len(set(folded)) == len(folded)
    for path in first:
        for part in path.split("/"):
            assert not set(part) & set('<>:"|?*\\')
            assert not part.endswith((" ", "."))
            assert part.split(".")[0].lower() not in {"con", "prn", "aux", "nul"}
