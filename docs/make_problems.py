"""Makes every mistake of docs/problems.md on a site of its own, and writes down what is said of it.

    python docs/make_problems.py

A block of front matter becomes `content/a.md`, a block of TOML `site.toml`; the next block is what
a build then says.
"""

import re
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from site_gen.engine.build import build
from site_gen.engine.report import Options
from site_gen.problems import gathered, layout

PAGE = Path(__file__).with_name("problems.md")
NOW = datetime(2024, 6, 1, 12, tzinfo=UTC)
SETTINGS = 'base_url = "https://t.example"\n[feeds]\ntag = "t.example,2024"\n'
GOOD = "---\ntitle: Good\npublishedDateTime: 2024-02-13T09:00:00Z\n---\n## Wood\n\nFine.\n"
BLOCK = re.compile(r"```(yaml|toml)\n(.*?)```\n\n```text\n(.*?)```\n", re.DOTALL)


def said(kind: str, text: str) -> str:
    """What a build says of a site with this content file, or these settings."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "content").mkdir()
        (root / "content/good.md").write_text(GOOD, "utf-8")
        (root / "site.toml").write_text(text if kind == "toml" else SETTINGS, "utf-8")
        if kind == "yaml":
            (root / "content/a.md").write_text(text, "utf-8")
        report = build(root, Options(now=NOW, jobs=1))
    return "\n\n".join(map(layout, gathered(report.problems))) + "\n"


def renewed(page: str) -> str:
    """The page with what is said now."""
    return BLOCK.sub(lambda m: f"```{m[1]}\n{m[2]}```\n\n```text\n{said(m[1], m[2])}```\n", page)


if __name__ == "__main__":
    PAGE.write_text(renewed(PAGE.read_text("utf-8")), "utf-8")
