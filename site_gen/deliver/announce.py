"""Telling others that something is new: WebSub hubs, and search engines by IndexNow.

Only after a publication that succeeded, and only where feeds or pages changed. A failure is a
warning: readers have the site already.
"""

import json
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from site_gen.deliver.site_files import Changes
from site_gen.deliver.web_api import Api, DeliveryError
from site_gen.problems import Problem, SiteError
from site_gen.settings import Settings
from site_gen.settings.values import untold

FEEDS = ("feed.xml", "atom.xml", "feed.json")
INDEXNOW = "https://api.indexnow.org"
MOST = 10_000
"""Addresses in one call, as IndexNow allows."""


KEPT = ".site_gen/announce.json"
"""Pages and feeds of which nobody could be told yet, by whom: told with the next publication."""


def announce(root: Path, settings: Settings, changes: Changes) -> list[Problem]:
    """Warnings of what could not be told. Nothing is sent where nothing changed, nor is left."""
    left = _left(root)
    problems = []
    lacking = dict(untold(settings))
    if lacking:
        told = "; ".join(f"{name} is to be told, and {key} is not set"
                         for name, key in lacking.items())  # fmt: skip
        cure = f"set {' and '.join(lacking.values())}, or take it out of publish.announce"
        problems.append(_warning(told, cure))
    for name, news, tell in (("websub", _feeds, _websub), ("indexnow", _pages, _indexnow)):
        if name not in settings.publish.announce or name in lacking:
            continue
        paths = sorted({*left.pop(name, ()), *news(changes)})
        try:
            if paths:
                tell(settings, paths)
        except (DeliveryError, SiteError) as error:
            left[name] = paths
            cure = "publish again to try again, or wait: readers and crawlers come by themselves"
            problems += [_warning(p.message, cure) for p in error.problems]
    _keep(root, left)
    return problems


def _warning(told: str, cure: str) -> Problem:
    return Problem("publish/announce", told, help=cure, severity="warning")


def _left(root: Path) -> dict[str, list[str]]:
    try:
        found = json.loads((root / KEPT).read_bytes())
        return {str(name): [str(path) for path in paths] for name, paths in found.items()}
    except (OSError, ValueError, AttributeError, TypeError, RecursionError):
        return {}


def _keep(root: Path, left: dict[str, list[str]]) -> None:
    if left:
        (root / KEPT).write_text(json.dumps(left), "utf-8")
    else:
        (root / KEPT).unlink(missing_ok=True)


def _feeds(changes: Changes) -> list[str]:
    return [f.path for f in changes.pages if f.path.rpartition("/")[2] in FEEDS]


def _pages(changes: Changes) -> list[str]:
    return [f.path for f in changes.pages if f.path.endswith("index.html")]


def _websub(settings: Settings, feeds: list[str]) -> None:
    """https://www.w3.org/TR/websub/, section 7, as hubs take it."""
    hub = urlsplit(settings.feeds.hub)
    fields = [("hub.mode", "publish"), *(("hub.url", f"{settings.base}/{path}") for path in feeds)]
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    api = Api(f"{hub.scheme}://{hub.netloc}", kind, "the hub")
    path = (hub.path or "/") + (f"?{hub.query}" if hub.query else "")
    api.call("POST", path, form=urlencode(fields).encode())


def _indexnow(settings: Settings, pages: list[str]) -> None:
    """https://www.indexnow.org/documentation"""
    urls = [f"{settings.base}/{path.removesuffix('index.html')}" for path in pages]
    host = urlsplit(settings.base).netloc
    api = Api(settings.publish.indexnow_url or INDEXNOW, {}, "IndexNow")
    for start in range(0, len(urls), MOST):
        data = {"host": host, "key": settings.publish.indexnow_key,
                "urlList": urls[start : start + MOST]}  # fmt: skip
        api.call("POST", "/indexnow", data)
