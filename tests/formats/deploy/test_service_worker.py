"""Reading without a network: off by default; on, the home page alone runs a script for it."""

import functools
import http.server
import re
from pathlib import Path
from typing import Any

from tests.chromium import NEEDS_CHROMIUM
from tests.serving import serving

SITE = """
-- site.toml --
title = "Harbour Weekly"
base_url = "https://t.example"
offline = true
[feeds]
tag = "t.example,2024"
-- content/a.md --
---
title: Alpha
publishedDateTime: 2024-02-13T09:00:00Z
---
One.
-- content/b.md --
---
title: Beta
publishedDateTime: 2024-02-14T09:00:00Z
---
Two.
"""


def policies(site: Any) -> dict[str, str]:
    """Pattern -> Content-Security-Policy."""
    rules = re.split(r"\n\n", site.page("_headers").strip())
    found = {}
    for rule in rules:
        pattern, *headers = rule.split("\n")
        for header in headers:
            if header.strip().startswith("Content-Security-Policy:"):
                found[pattern] = header
    return found


def test_it_is_off_by_default(site: Any) -> None:
    site.write(SITE.replace("offline = true\n", ""))
    site.good()
    assert not site.has("service-worker.js")
    assert "service-worker" not in site.page("index.html")
    assert "script-src 'none'" in policies(site)["/"]


def test_the_home_page_alone_runs_a_script_for_it(site: Any) -> None:
    site.write(SITE)
    site.good()
    assert '<script src="/service-worker.js" defer></script>' in site.page("index.html")
    assert "service-worker" not in site.page("articles/a/index.html")
    found = policies(site)
    assert "script-src 'self'" in found["/"]
    assert "connect-src 'self'" in found["/*"], "the worker asks the network by this policy"
    assert "script-src 'none'" in found["/articles/*"]


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves a folder and says nothing."""

    def log_message(self, *_: Any) -> None:
        """A test says what matters."""


@NEEDS_CHROMIUM[0]
@NEEDS_CHROMIUM[1]
def test_what_was_read_is_there_without_a_network(site: Any, browser: Any) -> None:
    site.write(SITE)
    site.good()
    folder = str(Path(site.root) / "public")
    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(Quiet, directory=folder)
    )
    with serving(server):
        base = f"http://127.0.0.1:{server.server_port}/"
        page = browser.new_page()
        page.goto(base)
        # A page registers over https alone, so that a preview is never kept.
        assert not page.evaluate("navigator.serviceWorker.getRegistration().then(Boolean)")
        page.evaluate("navigator.serviceWorker.register('/service-worker.js')")
        page.wait_for_function("navigator.serviceWorker.controller !== null")
        for path in ("", "articles/a/"):
            page.goto(base + path)
        kept = "caches.open('read ' + location.origin + '/').then(c => c.match('{}')).then(Boolean)"
        page.wait_for_function(kept.format("/articles/a/"))
        page.wait_for_function(kept.format("/"))
    page.goto(f"{base}articles/a/")
    assert page.inner_text("h1") == "Alpha"
    page.goto(f"{base}articles/b/")
    assert page.inner_text(".nameplate") == "Harbour Weekly", "home stands in for the unread"
    page.close()
