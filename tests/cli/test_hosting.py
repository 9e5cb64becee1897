"""What docs/hosting.md says to write down does what it says."""

import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

HOSTING = Path(__file__).parents[2] / "docs/hosting.md"


def test_the_crontab_line_finds_the_program_and_publishes(site: Any, tmp_path: Path) -> None:
    """With the bare environment that cron gives, after somebody else wrote an article."""
    block = re.search(r"```crontab\n(.+)\n```", HOSTING.read_text("utf-8"))
    assert block
    command = block[1].split(maxsplit=5)[5]
    settings = 'title = "T"\nbase_url = "https://t.example"\nfeeds = {tag = "t.example,2024"}\n'
    site.write(f"""
-- site.toml --
{settings}publish = {{target = "folder", folder = "../www"}}
-- .gitignore --
/.venv/
/public/
/.site_gen/
-- content/a.md --
---
title: A
publishedDateTime: 2024-02-14
---
Words.
""")
    git = ["git", "-c", "user.name=T", "-c", "user.email=t@t.example", "-c", "commit.gpgsign=false"]
    for words in (["init", "-q", "-b", "main"], ["add", "-A"], ["commit", "-qm", "All"]):
        subprocess.run([*git, *words], cwd=site.root, check=True)
    there = tmp_path / "server"
    subprocess.run([*git, "clone", "-q", site.root, there], check=True)
    program = there / ".venv/bin/site-gen"
    program.parent.mkdir(parents=True)
    program.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m site_gen "$@"\n')
    program.chmod(0o755)
    text = "---\ntitle: B\npublishedDateTime: 2024-02-15\n---\nMore.\n"
    (site.root / "content/b.md").write_text(text, "utf-8")
    for words in (["add", "-A"], ["commit", "-qm", "B"]):
        subprocess.run([*git, *words], cwd=site.root, check=True)
    done = subprocess.run(
        ["/bin/sh", "-c", command.replace("/srv/digest", shlex.quote(str(there)))],
        env={"PATH": "/usr/bin:/bin", "HOME": str(tmp_path)}, cwd="/", capture_output=True,
        text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert (tmp_path / "www/articles/b/index.html").is_file()
