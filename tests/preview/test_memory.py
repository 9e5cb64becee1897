"""A preview that runs all day keeps its size."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

PROGRAM = """
import gc, os, sys
from datetime import UTC, datetime
from pathlib import Path
from site_gen.engine.build import build
from site_gen.engine.cache.in_process import Kept
from site_gen.engine.report import Options
from site_gen.preview.loop import run

root = Path(sys.argv[1])
file = root / "content" / "0.md"
text = file.read_text()

def resident():
    gc.collect()
    return int(Path("/proc/self/statm").read_text().split()[1])

class Changes:
    def __init__(self):
        self.turn = 0
    def wait(self, *, again=False):
        self.turn += 1
        if self.turn in (50, 500):
            print(resident(), flush=True)
        if self.turn == 500:
            return None
        file.write_text(text.replace("Text of", f"Words {self.turn} of"))
        return (str(file),)
    def waiting(self):
        return False

options = Options(now=datetime(2024, 6, 1, tzinfo=UTC), base_url="http://127.0.0.1:8000",
                  drafts=True, future=True, jobs=1, preview=True)

def seen(turn):
    assert turn.report.ok, turn.report.problems

kept = Kept()
asked = lambda o, viewer: build(root, o, viewer=viewer, kept=kept)
run(asked, lambda: options, Changes(), lambda news: None, seen)
"""


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="needs /proc")
def test_after_500_rebuilds_it_is_no_larger_than_after_50(site: Any) -> None:
    for number in range(10):
        site.put(
            f"content/{number}.md",
            f"---\ntitle: Story {number}\nexcerpt: Short.\n"
            f"publishedDateTime: 2024-02-0{number + 1}\n---\n\nText of {number}.\n".replace(
                "-010", "-10"
            ).encode(),
        )
    site.write("-- content/pages/about.md --\n---\ntitle: About\n---\n\nUs.\n")
    done = subprocess.run(
        (sys.executable, "-c", PROGRAM, str(site.root)), check=True, capture_output=True, text=True
    )
    after_50, after_500 = map(int, done.stdout.split())
    assert after_500 <= after_50 * 1.1
