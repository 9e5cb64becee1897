"""A page of the small output, open in a browser, and what a build does to it."""

import os
from typing import Any

LOOK = 20_000
"""Milliseconds that a page is waited for."""

PROBLEM = {
    "code": "article/quality",
    "severity": "error",
    "path": "content/a.md",
    "line": 11,
    "column": 10,
    "message": "quality: expected a whole number",
    "help": "write a number such as 84",
    "excerpt": "quality: lots",
    "also": [],
}


def opened(context: Any, running: Any, path: str) -> Any:
    page = context.new_page()
    page.said = []
    page.on("console", lambda message: page.said.append(message.text))
    page.on("pageerror", lambda error: page.said.append(str(error)))
    page.goto(f"{running.url}{path}")
    page.evaluate("window.mark = 'not reloaded'")
    connected(page, running)
    return page


def connected(page: Any, running: Any) -> None:
    """Wait until the page's browser listens."""
    page.wait_for_function("() => true")
    for _ in range(LOOK // 10):
        if len(running.tabs):
            return
        page.wait_for_timeout(10)
    raise AssertionError("the page does not listen")


def reloaded(page: Any) -> None:
    page.wait_for_function("() => window.mark === undefined")


def stayed(page: Any) -> None:
    assert page.evaluate("window.mark") == "not reloaded"


def change(running: Any, *changes: tuple[str, str, str]) -> None:
    """Replace text in output files as a build would, and tell the pages."""
    for name, old, new in changes:
        text = (running.output / name).read_text("utf-8")
        assert old in text
        write(running, name, text.replace(old, new))
    tell(running, *(name for name, *_ in changes))


def write(running: Any, name: str, text: str) -> None:
    fresh = running.output / "fresh.tmp"
    fresh.write_text(text, "utf-8")
    (running.output / name).parent.mkdir(parents=True, exist_ok=True)
    os.replace(fresh, running.output / name)


def tell(running: Any, *changed: str, **more: Any) -> None:
    event = {"changed": list(changed), "removed": [], "all": False, "problems": []}
    running.tabs.send_build(event | more)


def colour(page: Any, wanted: str) -> None:
    page.wait_for_function(
        "wanted => getComputedStyle(document.querySelector('h1')).color === wanted", arg=wanted
    )
