"""G1 by a real browser: on every page of the hostile site, without any policy, no canary runs."""

import functools
import http.server
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest
from judge import book_pages

from tests.chromium import NEEDS_CHROMIUM, chromium
from tests.serving import serving

ALONE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
QUICK = 200
"""So many pages are opened in the quick part, the hostile ones first; all in the whole suite."""

CANARY = """
window.ran = [];
window.canary = window.alert = window.prompt = window.confirm = () => { window.ran.push(1); };
"""
LOOK = """() => {
  const wrong = [];
  const fine = new Set(['http:', 'https:', 'mailto:', 'tel:', '']);
  for (const element of document.querySelectorAll('*')) {
    for (const attribute of element.attributes) {
      if (/^on/i.test(attribute.name)) wrong.push(element.outerHTML.slice(0, 200));
    }
    for (const name of ['href', 'src', 'action', 'formAction', 'data']) {
      const value = element[name];
      if (typeof value !== 'string' || !element.hasAttribute(name.toLowerCase())) continue;
      let scheme = '';
      try { scheme = new URL(value, document.baseURI).protocol } catch { continue }
      if (!fine.has(scheme)) wrong.push(element.outerHTML.slice(0, 200));
    }
    if (/^(IFRAME|OBJECT|EMBED|BASE|FRAME)$/i.test(element.tagName)) wrong.push(element.tagName);
    for (const kind of ['focus', 'mouseover', 'pointerover', 'animationstart', 'toggle', 'error']) {
      element.dispatchEvent(new Event(kind));
    }
  }
  return wrong.concat(window.ran.map(() => 'the canary ran'));
}"""

pytestmark = NEEDS_CHROMIUM


class Served(http.server.SimpleHTTPRequestHandler):
    """Files as they are, without any of the headers that a host would send."""

    def log_message(self, *_: Any) -> None:
        """Nothing: a test says what matters."""


@pytest.fixture(scope="module")
def folder(whole: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site, and beside it what feeds, API and e-books carry, as pages."""
    place = tmp_path_factory.mktemp("opened") / "site"
    shutil.copytree(whole.public, place)
    out = place / "carried"
    out.mkdir()
    for path in sorted(whole.public.rglob("*")):
        name = path.relative_to(whole.public).as_posix().replace("/", "_")
        if path.suffix == ".epub":
            for inner, data in book_pages(path.read_bytes()).items():
                (out / f"{name}_{inner.replace('/', '_')}").write_bytes(data)
        elif path.suffix in (".xml", ".json"):
            html = "\n".join(_bodies(path))
            if html:
                (out / f"{name}.html").write_text(f"<!doctype html>{html}", "utf-8")
    return place


def _bodies(path: Path) -> Iterator[str]:
    if path.suffix == ".json":
        yield from _html_in(json.loads(path.read_bytes()))
        return
    for element in ElementTree.parse(path).iter():
        tag = element.tag.rpartition("}")[2]
        if tag == "encoded" or (tag in ("content", "summary") and element.get("type") == "html"):
            yield element.text or ""


def _html_in(value: Any, key: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _html_in(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from _html_in(inner, key)
    elif isinstance(value, str) and "html" in key.lower():
        yield value


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    handler = functools.partial(Served, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    with serving(server):
        yield f"http://127.0.0.1:{server.server_port}/"


@pytest.fixture(scope="module")
def page(address: str) -> Iterator[Any]:
    with chromium(ALONE) as browser:
        made = browser.new_page()
        made.add_init_script(CANARY)
        yield made


def _opened(folder: Path, long: bool) -> list[str]:
    names = [p.relative_to(folder).as_posix() for p in folder.rglob("*html") if p.is_file()]
    first = (
        "carried/",
        "articles/scripts",
        "articles/markdown",
        "editions/",
        "search/",
        "articles/",
    )
    ranked = sorted(
        names, key=lambda n: (next((i for i, f in enumerate(first) if n.startswith(f)), 9), n)
    )
    return ranked if long else ranked[:QUICK]


def test_g01_no_canary_runs_on_any_page(page: Any, folder: Path, address: str, long: bool) -> None:
    left: list[str] = []
    wrong: dict[str, list[str]] = {}

    def request(asked: Any) -> None:
        if not asked.url.startswith(address) and asked.resource_type != "image":
            left.append(f"{asked.resource_type} {asked.url}")

    page.on("request", request)
    names = _opened(folder, long)
    assert len(names) >= QUICK
    for name in names:
        page.goto(address + name, wait_until="domcontentloaded")
        found = page.evaluate(LOOK)
        if unquote(page.url) != address + name:
            found.append(f"led to {page.url}")
        if found:
            wrong[name] = found[:3]
    page.remove_listener("request", request)
    assert wrong == {}
    assert left == []


def test_g01_the_search_shows_hostile_titles_as_text(page: Any, address: str) -> None:
    for words in ("canary", "script canary", "<img src=x onerror=canary()>", "javascript:canary()"):
        page.goto(f"{address}search/")
        field = page.locator("input[type=search], input[name=q]").first
        field.fill(words)
        page.wait_for_function("document.querySelectorAll('main a, main li').length > 3")
        assert page.evaluate(LOOK) == []


def test_g01_the_browser_test_sees_a_canary(page: Any, folder: Path, address: str) -> None:
    (folder / "bad.html").write_text("<!doctype html><p>x<img src=x onerror=canary()>")
    page.goto(f"{address}bad.html")
    assert page.evaluate(LOOK)
