"""The texts this was made for, where they lie beside the checkout."""

import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from site_gen.convert.text import convert_text
from site_gen.settings import Settings

SHARED = Path(__file__).resolve().parents[4] / "shared"


def test_seeds_pass_the_gold_check(tmp_path: Path) -> None:
    check = SHARED / "gold" / "check.py"
    if not check.is_file():
        pytest.skip(f"{check} is absent")
    for path in sorted((SHARED / "seeds").glob("*.txt")):
        text = path.read_text("utf-8")
        if text.startswith("---\n"):
            (tmp_path / f"{path.name[:3]}.md").write_text(text, "utf-8")
            continue
        drafts = convert_text(text, source=path.name, settings=Settings())
        for number, draft in enumerate(drafts, start=1):
            assert draft.quarantine == ()
            name = f"{path.name[:3]}-{number}.md" if len(drafts) > 1 else f"{path.name[:3]}.md"
            matter = yaml.safe_dump(draft.matter, allow_unicode=True, sort_keys=False)
            (tmp_path / name).write_text(f"---\n{matter}---\n\n{draft.body}", "utf-8")
    done = subprocess.run(
        [sys.executable, str(check), str(tmp_path)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout
    assert "230/230" in done.stdout
