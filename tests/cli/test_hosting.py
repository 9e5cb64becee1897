"""What docs/hosting.md says to write down does what it says."""

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

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


def block(kind: str, within: str) -> str:
    """The block of code of that kind which holds `within`."""
    blocks = re.findall(rf"^```{kind}\n(.*?)^```", HOSTING.read_text("utf-8"), re.M | re.S)
    (found,) = [each for each in blocks if within in each]
    return str(found)


@pytest.fixture
def mapped(harbour: Any, run: Any) -> Any:
    """A built site with a former address; its rules for a server, in a file."""
    harbour.edit("content/bridge.md", "topics: [City]", 'aliases: ["/old/"]\ntopics: [City]')
    harbour.good()

    def rules(server: str) -> Path:
        path: Path = harbour.root / f"{server}.rules"
        path.write_text(run("-q", "redirects", server).out, "utf-8")
        return path

    return rules


def test_the_recipe_for_nginx_is_sound_with_the_rules_of_a_site(
    mapped: Any, tmp_path: Path
) -> None:
    if shutil.which("nginx") is None:
        pytest.skip("no nginx here")
    text = block("nginx", "server_name").replace("/srv/www/digest-redirects.conf",
                                                 str(mapped("nginx")))  # fmt: skip
    conf = tmp_path / "nginx.conf"
    conf.write_text(f"pid {tmp_path}/pid; events {{}} http {{ access_log off; {text} }}", "utf-8")
    words = ["nginx", "-t", "-c", conf, "-p", tmp_path, "-e", tmp_path / "log"]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_recipe_for_caddy_is_sound_with_the_rules_of_a_site(
    mapped: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if shutil.which("caddy") is None:
        pytest.skip("no caddy here")
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    text = block("caddyfile", "import").replace("/etc/caddy/digest-redirects",
                                                str(mapped("caddy")))  # fmt: skip
    (tmp_path / "Caddyfile").write_text(text, "utf-8")
    words = ["caddy", "validate", "--adapter", "caddyfile", "--config", tmp_path / "Caddyfile"]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_recipe_for_caddy_hides_what_is_for_no_reader() -> None:
    from site_gen.deliver.targets.folder import MARK

    hidden = re.search(r"@hidden path (.+)", block("caddyfile", "import"))
    assert hidden
    assert set(hidden[1].split()) == {"/_headers", "/_redirects", "/.site_gen-files", f"/{MARK}"}
