"""Drafts as the files that `score.py` and `check.py` read."""

import json
from collections.abc import Sequence
from pathlib import Path

import yaml

from site_gen.model import Draft


def write_drafts(out: Path, key: str, drafts: Sequence[Draft]) -> None:
    """As files `<key>.md`, or `<key>-1.md`, `<key>-2.md` ..."""
    for number, one in enumerate(drafts, start=1):
        path = out / (f"{key}-{number}.md" if len(drafts) > 1 else f"{key}.md")
        path.parent.mkdir(parents=True, exist_ok=True)
        matter = {key: value for key, value in one.matter.items() if key != "title"}
        rest = yaml.safe_dump(matter, allow_unicode=True, sort_keys=False, width=1e9)
        title = json.dumps(one.matter["title"], ensure_ascii=False)
        path.write_text(f"---\ntitle: {title}\n{rest}---\n\n{one.body}", "utf-8")
