"""Takes the pictures in this folder again: every kind of page of the demo site, in both themes.

Those in `before/` are of the themes as they were before the edition had a way in; they stay.

    python docs/screenshots/make.py

Needs `site_gen` installed, Playwright, Pillow and Chromium. Nothing is asked of other hosts:
pictures that articles link to stand as grey boxes.
"""

import functools
import http.server
import io
import shutil
import subprocess
import sys
import tempfile
import threading
import urllib.request
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Route, sync_playwright

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
THEMES = ("broadsheet", "minimal")
NOW = "2025-08-01T00:00:00Z"
PAGES = {
    "home": "",
    "edition": "editions/2025-W05/",
    "article": "articles/openai-for-countries/",
    "excerpt": "articles/ai-security-infrastructure/",
    "archive": "editions/",
    "topic": "topics/cybersecurity/",
    "topics": "topics/",
    "provider": "providers/foxnews.com/",
    "providers": "providers/",
    "author": "authors/amara/",
    "authors": "authors/",
    "search": "search/",
    "feeds": "feeds/",
    "about": "about/",
    "not-found": "404.html",
    "letter": "editions/2025-W30/email.html",
}
VIEWS = {
    "": (1280, 900, "light"),
    "-dark": (1280, 900, "dark"),
    "-narrow": (320, 640, "light"),
}
EVERYWHERE = ("home", "edition", "article")
"""Pages that are also shown dark and narrow."""

OWN = "https://digest.example"
LOADED = (
    "[...document.images].every(image => image.complete || "
    "image.getBoundingClientRect().top > innerHeight)"
)
GREY = b'<svg xmlns="http://www.w3.org/2000/svg" width="16" height="9"><path fill="#999" d="M0 0h16v9H0z"/></svg>'  # noqa: E501


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves a folder and says nothing."""

    def log_message(self, *_: Any) -> None:
        """The pictures are the message."""


def main() -> None:
    """Builds the demo once per theme and photographs it."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        chromium = shutil.which("chromium") or shutil.which("chromium-browser")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        demo = Path(folder) / "demo"
        shutil.copytree(ROOT / "content", demo / "content")
        shutil.copy(ROOT / "pyproject.toml", demo)
        for theme in THEMES:
            site = Path(folder) / theme
            build(demo, theme, site)
            server = serve(site)
            for name, path in PAGES.items():
                if not (site / path).exists():
                    print(f"left out: the demo has no {path}", file=sys.stderr)
                    continue
                address = f"http://127.0.0.1:{server.server_port}/{path}"
                for suffix, view in VIEWS.items():
                    if not suffix or name in EVERYWHERE:
                        photograph(browser, address, view, HERE / f"{theme}-{name}{suffix}.webp")
            server.shutdown()
        browser.close()


def build(demo: Path, theme: str, output: Path) -> None:
    """A copy of the demo in `theme`, as of a fixed moment; the checkout's own site stays."""
    command = [sys.executable, "-m", "site_gen", "build", "-C", str(demo), "--theme", theme]
    command += ["--now", NOW, "--output", str(output)]
    subprocess.run(command, cwd=ROOT, check=True)  # noqa: S603 - our own program


def serve(folder: Path) -> http.server.ThreadingHTTPServer:
    """A server of `folder` on a free port of this machine."""
    handler = functools.partial(Quiet, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def photograph(browser: Any, address: str, view: tuple[int, int, str], target: Path) -> None:
    """One page at one size, as a WebP file."""
    width, height, scheme = view
    size = {"width": width, "height": height}
    context = browser.new_context(viewport=size, color_scheme=scheme)
    page = context.new_page()
    page.route(lambda url: "127.0.0.1" not in url, stand_in)
    # A letter names its pictures by the site's own address.
    here = "/".join(address.split("/")[:3])
    page.route(f"{OWN}/**", functools.partial(ours, here))
    page.goto(address)
    page.wait_for_function(LOADED)
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    picture.save(target, "WEBP", quality=80, method=6)
    context.close()


def ours(here: str, route: Route) -> None:
    """A file of the site that is asked for by its published address."""
    with urllib.request.urlopen(route.request.url.replace(OWN, here)) as found:  # noqa: S310 - here
        route.fulfill(body=found.read(), content_type=found.headers["Content-Type"])


def stand_in(route: Route) -> None:
    """A grey box for a picture of another host."""
    route.fulfill(body=GREY, content_type="image/svg+xml")


if __name__ == "__main__":
    main()
