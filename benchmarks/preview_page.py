"""Watches an open page: whether and when a sign is painted, even if the page reloads."""

import contextlib
import time
from collections.abc import Iterator
from typing import Any

from playwright.sync_api import Page, TimeoutError, sync_playwright
from preview_edits import Edit, Sign
from preview_servers import Running

#: Nothing but the page itself is there to be waited for: remote pictures fail at once.
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking",
             "--disable-component-update", "--disable-sync",
             "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
             ]  # fmt: skip

#: Runs in every document before its own scripts, and looks once a frame. What is looked for and
#: the time of the frame after the sign are in the session's storage: a reload keeps them.
WATCH = """
(() => {
  const store = sessionStorage;
  const found = ([where, text]) => {
    if (where === '--bench')
      return getComputedStyle(document.documentElement).getPropertyValue(where).trim() === text;
    const element = document.querySelector(where);
    return element !== null && element.textContent.includes(text);
  };
  const look = () => {
    const sign = store.getItem('bench-sign');
    if (sign !== null && store.getItem('bench-seen') === null && found(JSON.parse(sign)))
      requestAnimationFrame(() => store.setItem('bench-seen', Date.now()));
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})();
"""
SET = """
(sign) => {
  sessionStorage.removeItem('bench-seen');
  sessionStorage.setItem('bench-sign', JSON.stringify(sign));
  return true;
}
"""
SEEN = "() => sessionStorage.getItem('bench-seen')"


class Watched:
    """A page open in the browser."""

    def __init__(self, page: Page, pause: float) -> None:
        self._page, self._pause = page, pause

    def expect(self, sign: Sign) -> None:
        """Look for this sign from now on."""
        # `wait_for_function`, unlike `evaluate`, starts again after a reload.
        self._page.wait_for_function(SET, arg=list(sign))

    def seen(self, seconds: float) -> float | None:
        """Return when the sign was painted, in milliseconds since 1970; None if not in time."""
        try:
            handle = self._page.wait_for_function(SEEN, timeout=seconds * 1000)
        except TimeoutError:
            return None
        return float(handle.json_value())

    def took(self, edit: Edit, number: int, patience: float) -> float | None:
        """Return the milliseconds from a save to its painted sign; None if not in time."""
        time.sleep(self._pause)
        self.expect(edit.sign(number))
        start = time.time() * 1000
        edit.save(number)
        at = self.seen(patience)
        return None if at is None else at - start


@contextlib.contextmanager
def chromium(program: str | None) -> Iterator[Any]:
    """Start a headless browser."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield browser
        browser.close()


@contextlib.contextmanager
def opened(browser: Any, running: Running, pause: float) -> Iterator[Watched]:
    """Open the server's page of the article in a new browser context."""
    context = browser.new_context()
    context.add_init_script(WATCH)
    page = context.new_page()
    page.goto(running.url)
    yield Watched(page, pause)
    context.close()
