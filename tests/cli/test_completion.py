"""Completion, as the real shells ask for it."""

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

BASH = """
source ./script
COMP_WORDS=({words}) COMP_CWORD={last}
_site_gen_completion site-gen
printf '%s\\n' "${{COMPREPLY[@]}}"
"""
ZSH = """
compdef() {{ : }}
_describe() {{ print -l -- ${{(P)4}} ${{(P)3}} }}
compadd() {{ print -l -- ${{(P)@[-1]}} }}
_path_files() {{ print -l -- FILES }}
source ./script
words=({words}) CURRENT={next}
_site_gen_completion
"""
FISH = "source ./script; complete --do-complete {line}"


@pytest.fixture
def shell(harbour: Any, tmp_path: Path) -> Any:
    """`ask("bash", "site-gen", "bu")`: the words that it offers."""
    program = tmp_path / "bin/site-gen"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m site_gen "$@"\n')
    program.chmod(0o755)
    env = {**os.environ, "PATH": f"{program.parent}:{os.environ['PATH']}", "HOME": str(tmp_path)}

    def run(*words: str) -> str:
        done = subprocess.run(
            words, env=env, cwd=harbour.root, capture_output=True, text=True, check=False,
            timeout=60,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    def ask(name: str, *words: str) -> list[str]:
        if shutil.which(name) is None:
            pytest.skip(f"no {name} here")
        (harbour.root / "script").write_text(run("site-gen", "completion", name), "utf-8")
        listed = " ".join(map(shlex.quote, words))
        texts = {"bash": BASH, "zsh": ZSH, "fish": FISH}
        line = shlex.quote(" ".join(words))
        last = len(words) - 1
        text = texts[name].format(words=listed, last=last, next=last + 1, line=line)
        flags = {"bash": ["--norc"], "zsh": ["-f"], "fish": ["--no-config"]}[name]
        return [w.split("\t")[0].split(":")[0] for w in run(name, *flags, "-c", text).split("\n")]

    return ask


SHELLS = pytest.mark.parametrize("name", ["bash", "zsh", "fish"])


@SHELLS
def test_commands(shell: Any, name: str) -> None:
    offered = shell(name, "site-gen", "c")
    assert {"convert", "close", "check", "config", "completion"} <= set(offered)
    assert "build" not in offered


@SHELLS
def test_options_also_those_of_every_command(shell: Any, name: str) -> None:
    assert {"--drafts", "--directory"} <= set(shell(name, "site-gen", "build", "--d"))


@SHELLS
def test_kinds_and_choices(shell: Any, name: str) -> None:
    assert {"jekyll", "hugo"} <= set(shell(name, "site-gen", "import", ""))
    assert "nginx" in shell(name, "site-gen", "redirects", "n")


@SHELLS
def test_ids_of_editions_that_have_a_note_or_are_built(shell: Any, harbour: Any, name: str) -> None:
    harbour.put("content/editions/2024-W07.md", b"---\ntitle: Seven\n---\n")
    harbour.good()
    offered = shell(name, "site-gen", "send", "2024")
    assert {"2024-W07", "2024-W09"} <= set(offered)
    assert "email" not in " ".join(offered)


def test_what_stands_for_no_edition_of_a_command_is_not_offered(shell: Any, harbour: Any) -> None:
    """Each command that takes an edition: `open` where it does, too."""
    for words in (("send",), ("close",), ("new", "edition"), ("new", "article", "--edition")):
        assert "open" not in shell("bash", "site-gen", *words, "o"), words
    for words in (
        ("check", "--edition"),
        ("list", "articles", "--edition"),
        ("stories", "--edition"),
    ):
        assert "open" in shell("bash", "site-gen", *words, "o"), words


def test_files_are_left_to_the_shell(shell: Any) -> None:
    assert shell("zsh", "site-gen", "convert", "si") == ["FILES", ""]


def test_a_folder_that_is_named_is_looked_into(shell: Any, tmp_path: Path) -> None:
    note = tmp_path / "other/content/editions/2031-W01.md"
    note.parent.mkdir(parents=True)
    note.write_text("---\ntitle: A\n---\n", "utf-8")
    assert "2031-W01" in shell("bash", "site-gen", "-C", str(tmp_path / "other"), "close", "20")
