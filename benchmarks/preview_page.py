"""The open page: whether, and when, a sign was painted in it, however often it reloads."""

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
    """A page that is open in the browser."""

    def __init__(self, page: Page, pause: float) -> None:
        self._page, self._pause = page, pause

    def expect(self, sign: Sign) -> None:
        """Look for this from now on."""
        # `wait_for_function`, unlike `evaluate`, begins anew where a reload comes between.
        self._page.wait_for_function(SET, arg=list(sign))

    def seen(self, seconds: float) -> float | None:
        """Milliseconds since 1970 at which the sign was painted; None if not in time."""
        try:
            handle = self._page.wait_for_function(SEEN, timeout=seconds * 1000)
        except TimeoutError:
            return None
        return float(handle.json_value())

    def took(self, edit: Edit, number: int, patience: float) -> float | None:
        """Milliseconds from a save to its pixel, after a pause; None if it is not in time."""
        time.sleep(self._pause)
        self.expect(edit.sign(number))
        start = time.time() * 1000
        edit.save(number)
        at = self.seen(patience)
        return None if at is None else at - start


@contextlib.contextmanager
def chromium(program: str | None) -> Iterator[Any]:
    """A headless browser."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield browser
        browser.close()


@contextlib.contextmanager
def opened(browser: Any, running: Running, pause: float) -> Iterator[Watched]:
    """The server's page of the article, in a browser context of its own."""
    context = browser.new_context()
    context.add_init_script(WATCH)
    page = context.new_page()
    page.goto(running.url)
    yield Watched(page, pause)
    context.close()
