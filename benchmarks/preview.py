"""From a save to the changed pixel in headless Chromium, with the preview over a large site.

    python benchmarks/preview.py --articles 1000 10000 --rounds 20

For each size: start the real command, open an article's page, save a body, a title, a style
sheet and a template in turn, and take the time from before the save until the frame after the
one in which the page showed it (two animation frames: then it is painted). Needs playwright and
Chromium.
"""

import argparse
import json
import os
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright
from preview_site import make_site

CHECKOUT = Path(__file__).resolve().parent.parent
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking",
             "--disable-component-update", "--disable-sync"]  # fmt: skip
PATIENCE = 300_000

#: Resolves, with the time in ms, once `sign` has been true for a painted frame.
WATCH = """
(sign) => {
  const test = new Function(`return ${sign}`);
  window.seen = new Promise((resolve) => {
    const look = () => {
      if (!test()) return requestAnimationFrame(look);
      requestAnimationFrame(() => resolve(Date.now()));
    };
    look();
  });
}
"""


@dataclass(frozen=True)
class Edit:
    """A kind of save: the file, how its text changes, and the sign in the page."""

    name: str
    file: Path
    change: Callable[[str, int], str]
    sign: Callable[[int], str]


def edits(root: Path, article: Path) -> tuple[Edit, ...]:
    theme = root / "themes" / "broadsheet"
    return (
        Edit(
            "body",
            article,
            lambda text, n: re.sub(r"Body token \d+", f"Body token {n}", text),
            lambda n: f"document.body.textContent.includes('Body token {n}.')",
        ),
        Edit(
            "title",
            article,
            lambda text, n: re.sub(r"(?m)^title: .*", f"title: Title {n} of it", text),
            lambda n: f"document.querySelector('h1').textContent.includes('Title {n} of')",
        ),
        Edit(
            "css",
            theme / "assets" / "style.css",
            lambda text, n: (
                re.sub(r"\n:root \{ --bench.*", "", text) + f"\n:root {{ --bench: {n}; }}"
            ),
            lambda n: (
                "getComputedStyle(document.documentElement).getPropertyValue('--bench')"
                f".trim() === '{n}'"
            ),
        ),
        Edit(
            "template",
            theme / "templates" / "article.html",
            lambda text, n: re.sub(
                r'<div class="text">(<b>bench \d+</b>)?',
                f'<div class="text"><b>bench {n}</b>',
                text,
            ),
            lambda n: f"document.body.textContent.includes('bench {n}')",
        ),
    )


def save(file: Path, text: str) -> None:
    """As most editors do: a new file over the old one."""
    fresh = file.with_name(f".{file.name}.tmp")
    fresh.write_text(text, encoding="utf-8")
    os.replace(fresh, file)


@contextmanager
def served(root: Path) -> Iterator[tuple[str, float, subprocess.Popen[str]]]:
    """The command at work: its URL, the seconds until it was ready, the process."""
    start = time.perf_counter()
    command = [sys.executable, "-m", "site_gen", "-C", str(root), "--format", "json", "serve"]
    process = subprocess.Popen(
        [*command, "-p", "8400"], cwd=CHECKOUT, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    try:
        for line in process.stdout:
            event = json.loads(line)
            if event["event"] == "build":
                if not event["ok"]:
                    raise SystemExit(f"the site does not build: {event['problems'][:3]}")
                yield event["url"], time.perf_counter() - start, process
                break
    finally:
        process.send_signal(signal.SIGINT)
        process.stdout.close()
        process.wait()


def measure(page: Page, edit: Edit, numbers: range) -> list[float]:
    """Milliseconds from save to pixel, for each of these rounds."""
    found = []
    for number in numbers:
        page.evaluate(WATCH, edit.sign(number))
        text = edit.change(edit.file.read_text("utf-8"), number)
        start = time.time() * 1000
        save(edit.file, text)
        found.append(page.evaluate("window.seen") - start)
    return found


def resident(process: subprocess.Popen[str]) -> int:
    """Memory of the command, in MB."""
    text = Path(f"/proc/{process.pid}/status").read_text()
    return int(re.findall(r"VmRSS:\s+(\d+)", text)[0]) // 1024


def row(articles: int, what: str, found: list[float]) -> str:
    late = sorted(found)[max(0, round(len(found) * 0.95) - 1)]
    return f"| {articles:,} | {what} | {statistics.median(found):.0f} | {late:.0f} |"


def run(work: Path, articles: int, rounds: int, names: list[str], browser: Any) -> None:
    root = work / f"site-{articles}"
    made = make_site(root, articles, max(52, articles // 50), CHECKOUT / "themes")
    article = made[articles // 2]
    with served(root) as (url, cold, _):
        print(f"{articles:,} articles: {cold:.1f} s until ready, from nothing", flush=True)
    with served(root) as (url, warm, process):
        print(f"{articles:,} articles: {warm:.2f} s until ready again", flush=True)
        page = browser.new_page()
        page.set_default_timeout(PATIENCE)
        page.goto(f"{url}/articles/{article.stem}/")
        for edit in edits(root, article):
            if edit.name in names:
                few = rounds if edit.name != "template" or articles <= 1000 else min(rounds, 5)
                measure(page, edit, range(1, 2))
                found = measure(page, edit, range(2, few + 2))
                print(row(articles, edit.name, found), flush=True)
        print(f"{articles:,} articles: {resident(process)} MB at the end", flush=True)
        page.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--articles", type=int, nargs="+", default=[1000, 10_000])
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--edits", nargs="+", default=["body", "title", "css", "template"])
    parser.add_argument("--work", type=Path)
    given = parser.parse_args()
    work = given.work or Path(tempfile.mkdtemp(prefix="preview-bench-"))
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        print("| articles | save of | median ms | 95 % ms |\n| --- | --- | --- | --- |")
        for articles in given.articles:
            run(work, articles, given.rounds, given.edits, browser)
        browser.close()
    if given.work is None:
        shutil.rmtree(work)


if __name__ == "__main__":
    main()
