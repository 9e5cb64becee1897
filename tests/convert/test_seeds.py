"""The seeds beside the checkout, converted into files: the gold check is whole."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

SHARED = Path(__file__).resolve().parents[3] / "shared"


@pytest.mark.skipif(not (SHARED / "gold/check.py").is_file(), reason="../shared/gold is absent")
def test_six_drafts_and_the_whole_gold(folder: Any) -> None:
    report = folder.convert(str(SHARED / "seeds"))
    assert [row.status for row in report.rows] == ["created"] * 6
    check = [sys.executable, SHARED / "gold/check.py", folder.root / "content"]
    done = subprocess.run(check, capture_output=True, text=True, check=False)
    assert done.stdout.strip().endswith("ALL 230/230"), done.stdout


@pytest.mark.skipif(not (SHARED / "corpora/everyday").is_dir(), reason="../shared/corpora absent")
def test_real_entries_are_copied_byte_for_byte(folder: Any) -> None:
    entries = sorted((SHARED / "corpora/everyday").glob("*.md"))[:40]
    report = folder.convert(*map(str, entries))
    assert [row.status for row in report.rows] == ["created"] * len(entries)
    for entry in entries:
        assert (folder.root / "content" / entry.name).read_bytes() == entry.read_bytes()
