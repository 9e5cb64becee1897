"""Notifies WebSub hubs and search engines (IndexNow) of changes.

Only after a successful publication that changed feeds or pages. A failure is a warning, since the
site is published already.
"""

import json
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from site_gen.deliver.site_files import Changes
from site_gen.deliver.web_api import Api, DeliveryError
from site_gen.problems import Problem, SiteError
from site_gen.settings import Settings
from site_gen.settings.values import find_missing_announce_settings

FEEDS = ("feed.xml", "atom.xml", "feed.json")
INDEXNOW = "https://api.indexnow.org"
MAX_URLS = 10_000
"""The most addresses in one call that IndexNow allows."""


PENDING = ".site_gen/announce.json"
"""The pages and feeds, by protocol, of failed notifications: sent with the next publication."""


def announce(root: Path, settings: Settings, changes: Changes) -> list[Problem]:
    """Send the notifications of changes, and pending ones; return warnings of failures."""
    pending = _read_pending(root)
    problems = []
    missing = dict(find_missing_announce_settings(settings))
    if missing:
        text = "; ".join(f"{name} is to be told, and {key} is not set"
                         for name, key in missing.items())  # fmt: skip
        cure = f"set {' and '.join(missing.values())}, or take it out of publish.announce"
        problems.append(_warning(text, cure))
    for name, changed, notify in (("websub", _feeds, _websub), ("indexnow", _pages, _indexnow)):
        if name not in settings.publish.announce or name in missing:
            continue
        paths = sorted({*pending.pop(name, ()), *changed(changes)})
        try:
            if paths:
                notify(settings, paths)
        except (DeliveryError, SiteError) as error:
            pending[name] = paths
            cure = "publish again to try again, or wait: readers and crawlers come by themselves"
            problems += [_warning(p.message, cure) for p in error.problems]
    _write_pending(root, pending)
    return problems


def _warning(text: str, cure: str) -> Problem:
    return Problem("publish/announce", text, help=cure, severity="warning")


def _read_pending(root: Path) -> dict[str, list[str]]:
    try:
        found = json.loads((root / PENDING).read_bytes())
        return {str(name): [str(path) for path in paths] for name, paths in found.items()}
    except (OSError, ValueError, AttributeError, TypeError, RecursionError):
        return {}


def _write_pending(root: Path, pending: dict[str, list[str]]) -> None:
    if pending:
        (root / PENDING).write_text(json.dumps(pending), "utf-8")
    else:
        (root / PENDING).unlink(missing_ok=True)


def _feeds(changes: Changes) -> list[str]:
    return [f.path for f in changes.pages if f.path.rpartition("/")[2] in FEEDS]


def _pages(changes: Changes) -> list[str]:
    return [f.path for f in changes.pages if f.path.endswith("index.html")]


def _websub(settings: Settings, feeds: list[str]) -> None:
    """Notify the hub: https://www.w3.org/TR/websub/, section 7, in the form that hubs accept."""
    hub = urlsplit(settings.feeds.hub)
    fields = [("hub.mode", "publish"), *(("hub.url", f"{settings.base}/{path}") for path in feeds)]
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    api = Api(f"{hub.scheme}://{hub.netloc}", kind, "the hub")
    path = (hub.path or "/") + (f"?{hub.query}" if hub.query else "")
    api.call("POST", path, form=urlencode(fields).encode())


def _indexnow(settings: Settings, pages: list[str]) -> None:
    """Notify search engines: https://www.indexnow.org/documentation"""
    urls = [f"{settings.base}/{path.removesuffix('index.html')}" for path in pages]
    host = urlsplit(settings.base).netloc
    api = Api(settings.publish.indexnow_url or INDEXNOW, {}, "IndexNow")
    for start in range(0, len(urls), MAX_URLS):
        data = {"host": host, "key": settings.publish.indexnow_key,
                "urlList": urls[start : start + MAX_URLS]}  # fmt: skip
        api.call("POST", "/indexnow", data)
