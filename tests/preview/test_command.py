"""`site-gen serve` as a person runs it: a process, a browser beside it, Ctrl-C at the end."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any

import pytest

from tests.chromium import NEEDS_CHROMIUM

PATIENCE = 60
ARTICLE = """\
---
title: Story {number}
excerpt: In short, story {number}.
publishedDateTime: 2024-02-1{number}T09:00:00Z
quality: 5
---

Text of story {number}.
"""


class Command:
    """The running command; `events` are its lines of JSON."""

    def __init__(self, root: Path, *options: str) -> None:
        self.root = root
        command = (sys.executable, "-m", "site_gen", "--format", "json", "-C", str(root), "serve")
        self.process = subprocess.Popen(
            (*command, "-p", "0", *options),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout is not None
        self.lines: IO[str] = self.process.stdout

    def event(self) -> dict[str, Any]:
        """The next event."""
        line = self.lines.readline()
        assert line, self.process.communicate()[1]
        found: dict[str, Any] = json.loads(line)
        return found

    def end(self, by: signal.Signals = signal.SIGINT) -> tuple[int, str]:
        """Exit code and what stood on stderr."""
        self.process.send_signal(by)
        _, said = self.process.communicate(timeout=PATIENCE)
        return self.process.returncode, said


@pytest.fixture
def root(tmp_path: Path, checkout: Path) -> Path:
    """A site with a theme of its own, so that a test may edit it."""
    (tmp_path / "content").mkdir()
    (tmp_path / "site.toml").write_text('title = "T"\n[feeds]\ntag = "t.example,2024"\n')
    shutil.copytree(checkout / "themes" / "broadsheet", tmp_path / "themes" / "broadsheet")
    for number in range(1, 4):
        (tmp_path / "content" / f"{number}.md").write_text(ARTICLE.format(number=number))
    return tmp_path


@pytest.fixture
def begin(root: Path) -> Iterator[Callable[[], Command]]:
    """Starts the command; what still runs in the end is killed."""
    made: list[Command] = []

    def start() -> Command:
        made.append(Command(root))
        return made[-1]

    yield start
    for command in made:
        if command.process.poll() is None:
            command.process.kill()
        print(*command.process.communicate())  # shown where the test has failed
        for log in root.glob(".site_gen/**/*crash*"):
            print(log.read_text("utf-8"))


@pytest.fixture
def command(begin: Callable[[], Command]) -> Command:
    return begin()


def edit(file: Path, pattern: str, new: str) -> None:
    text, count = re.subn(pattern, new, file.read_text("utf-8"), count=1)
    assert count == 1
    fresh = file.with_name(f".{file.name}.tmp")
    fresh.write_text(text, "utf-8")
    os.replace(fresh, file)


def test_it_serves_rebuilds_and_ends_with_0(command: Command, root: Path) -> None:
    ready = command.event()
    assert ready["ok"], ready["problems"]
    assert ready["url"].startswith("http://127.0.0.1:")
    edit(root / "content" / "2.md", "Text of", "Words of")
    assert command.event()["changed"] == ["content/2.md"]
    with urllib.request.urlopen(f"{ready['url']}/articles/2/", timeout=PATIENCE) as reply:
        assert b"Words of story 2" in reply.read()
    with urllib.request.urlopen(f"{ready['url']}/feed.xml", timeout=PATIENCE) as reply:
        assert f"{ready['url']}/articles/2/".encode() in reply.read()
    assert command.end() == (0, "")
    assert not (root / "public").exists()


def test_a_termination_is_clean_too(command: Command) -> None:
    command.event()
    assert command.end(signal.SIGTERM) == (0, "")


def test_a_site_that_is_broken_from_the_start_is_served_once_it_is_not(
    root: Path, begin: Callable[[], Command]
) -> None:
    edit(root / "content" / "2.md", "quality: 5", "quality: lots")
    command = begin()
    broken = command.event()
    assert [problem["code"] for problem in broken["problems"]] == ["article/quality"], broken
    with pytest.raises(urllib.error.HTTPError, match="404"):
        urllib.request.urlopen(f"{broken['url']}/", timeout=PATIENCE)
    edit(root / "content" / "2.md", "quality: lots", "quality: 5")
    assert command.event()["ok"]
    with urllib.request.urlopen(f"{broken['url']}/", timeout=PATIENCE) as reply:
        assert b"Story 2" in reply.read()
    assert command.end() == (0, "")


@NEEDS_CHROMIUM[0]
@NEEDS_CHROMIUM[1]
def test_a_browser_beside_it(root: Path, command: Command, browser: Any) -> None:
    url = command.event()["url"]
    context = browser.new_context()
    page = context.new_page()
    page.set_default_timeout(PATIENCE * 1000)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(f"{url}/articles/2/")
    page.evaluate("window.mark = 'not reloaded'")
    edit(root / "content" / "2.md", "Text of", "Words of")
    page.get_by_text("Words of story 2").wait_for()
    edit(root / "content" / "2.md", "title: Story 2", "title: Another story")
    page.get_by_role("heading", name="Another story").wait_for()
    edit(
        root / "themes" / "broadsheet" / "assets" / "style.css",
        r"\Z",
        "\nh1 { color: rgb(1, 2, 3) }",
    )
    page.wait_for_function(
        "() => getComputedStyle(document.querySelector('h1')).color === 'rgb(1, 2, 3)'"
    )
    edit(root / "content" / "2.md", "quality: 5", "quality: lots")
    page.get_by_text("content/2.md:5:10").wait_for()
    edit(root / "content" / "2.md", "quality: lots", "quality: 6")
    page.get_by_text("content/2.md:5:10").wait_for(state="detached")
    template = root / "themes" / "broadsheet" / "templates" / "article.html"
    edit(template, "<article ", "<p>From the template</p><article ")
    page.get_by_text("From the template").wait_for()
    (root / "content" / "2.md").unlink()
    page.get_by_text("This page is gone: /articles/2/").wait_for()
    assert page.evaluate("window.mark") == "not reloaded"
    assert [line for line in said if "404" not in line] == []
    context.close()
