"""The measured preview servers: how each is started and stopped, and what it serves."""

import argparse
import os
import shlex
import shutil
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from build import WEEKS
from contenders import Contender, Hugo, Ours, copy_skeleton
from generate import FLAVOURS, article
from measure import CommandError, held, members

START_SECONDS = 900
"""The most seconds until a server shows its first page."""
POLL_SECONDS = 0.01
TOKEN = "\nBody token 0.\n"


class Eleventy(Contender):
    """Eleventy, with a site that shows the same articles; only its server is measured."""

    name = "Eleventy"
    flavour = "eleventy"
    made = ("_site",)
    templates = {  # noqa: RUF012 - never changed
        "edition": ("edition.njk", "---\n<h1>"),
        "article": ("_includes/article.njk", "<article>\n"),
    }
    edition = Ours.edition

    def __init__(
        self, folder: Path, articles: int, weeks: int, command: list[str], skeleton: Path
    ) -> None:
        super().__init__(folder, articles, weeks)
        self.command, self.skeleton = command, skeleton

    def prepare(self) -> None:
        copy_skeleton(self.skeleton, self.folder)
        self._content()


@dataclass(frozen=True)
class Server:
    """A site, the command that serves it on a port, and its style sheet if it has one."""

    name: str
    site: Contender
    command: Callable[[int], list[str]]
    stylesheet: str

    @property
    def article(self) -> Path:
        """Return the content file of the open page: one from the middle."""
        made = article(self.site.articles // 2, self.site.articles, self.site.weeks)
        return self.site.folder / FLAVOURS[self.site.flavour](made)[0]

    @property
    def template(self) -> tuple[Path, str]:
        """Return the template of articles, and the text in it after which marks are inserted."""
        name, line = self.site.templates["article"]
        return self.site.folder / name, line

    def environment(self) -> dict[str, str]:
        """Return the environment of the command."""
        found = self.site.environment()
        found.pop("PYTHONPYCACHEPREFIX", None)
        return found

    def prepare(self) -> None:
        """Write the whole site anew; the open page's article ends with a token."""
        shutil.rmtree(self.site.folder, ignore_errors=True)
        self.site.folder.mkdir(parents=True)
        self.site.prepare()
        with self.article.open("a", encoding="utf-8") as file:
            file.write(TOKEN)


def servers(work: Path, articles: int, given: argparse.Namespace) -> list[Server]:
    """Return site_gen and the other installed servers, each with a site of so many articles."""
    weeks = given.weeks or WEEKS.get(articles) or max(1, articles // 20)
    return [
        make(work / f"{name}-{articles}", articles, weeks, given)
        for name, make in (("site_gen", _ours), ("hugo", _hugo), ("eleventy", _eleventy))
        if name in given.servers
    ]


def _ours(folder: Path, articles: int, weeks: int, given: argparse.Namespace) -> Server:
    site = Ours(folder, articles, weeks, ())
    start = site.command[: site.command.index("build")]
    return Server(
        "site-gen",
        site,
        lambda port: [*start, "--format", "json", "serve", "-p", str(port)],
        "themes/broadsheet/assets/style.css",
    )


def _hugo(folder: Path, articles: int, weeks: int, given: argparse.Namespace) -> Server:
    words = ["server", "--buildFuture", "--logLevel", "error"]
    return Server(
        "Hugo",
        Hugo(folder, articles, weeks, given.hugo, given.hugo_site),
        lambda port: [given.hugo, *words, "--port", str(port)],
        "static/style.css",
    )


def _eleventy(folder: Path, articles: int, weeks: int, given: argparse.Namespace) -> Server:
    words = ["--serve", "--incremental", "--quiet"]
    return Server(
        "Eleventy",
        Eleventy(folder, articles, weeks, given.eleventy, given.eleventy_site),
        lambda port: [*given.eleventy, *words, f"--port={port}"],
        "style.css",
    )


def eleventy_command(site: Path) -> list[str] | None:
    """Return the command in ELEVENTY, or `eleventy` on PATH; None, with a message, without."""
    words = shlex.split(os.environ.get("ELEVENTY", "")) or ["eleventy"]
    if not shutil.which(words[0]):
        print("No Eleventy: set ELEVENTY to its command (`npm install @11ty/eleventy`).\n")
        return None
    if not (site / "eleventy.config.js").is_file():
        print(f"No site for Eleventy in {site}: name one with --eleventy-site.\n")
        return None
    return words


class Running:
    """A server at work.

    url   of the page of Server.article
    """

    def __init__(self, process: subprocess.Popen[bytes], url: str, log: Path) -> None:
        self.url, self._process, self._log = url, process, log

    def memory(self) -> int:
        """Return the memory of all its processes in bytes."""
        return held(members(self._process.pid))

    def page(self) -> str:
        """Return the served page, "" if there is none yet."""
        try:
            with urllib.request.urlopen(self.url, timeout=60) as answer:
                return str(answer.read(), "utf-8")
        except OSError:
            return ""

    def shows(self, text: str, seconds: float) -> bool:
        """Whether the served page has this text in time. Raises CommandError when it ended."""
        end = time.monotonic() + seconds
        while text not in self.page():
            if self._process.poll() is not None:
                raise CommandError(f"the server ended: {self.said()}")
            if time.monotonic() > end:
                return False
            time.sleep(POLL_SECONDS)
        return True

    def said(self) -> str:
        """Return the end of the log."""
        return self._log.read_text("utf-8", "replace")[-2000:]


@contextmanager
def served(server: Server) -> Iterator[Running]:
    """Run a server, and wait until it shows the current article. Raises CommandError."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    url = f"http://127.0.0.1:{port}/articles/{server.article.stem}/"
    log = server.site.folder.with_suffix(".log")
    with log.open("wb") as said:
        process = subprocess.Popen(
            server.command(port),
            cwd=server.site.folder,
            env=server.environment(),
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
            start_new_session=True,
        )
    running = Running(process, url, log)
    try:
        last = server.article.read_text("utf-8").rstrip().rsplit("\n", 1)[1]
        if not running.shows(last, START_SECONDS):
            raise CommandError(f"{server.name} shows nothing: {running.said()}")
        yield running
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Terminate the process group, then kill it."""
    for number in (signal.SIGINT, signal.SIGKILL):
        try:
            os.killpg(process.pid, number)
            process.wait(15)
        except ProcessLookupError:
            return
        except subprocess.TimeoutExpired:
            continue
        return
