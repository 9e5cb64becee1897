"""Telling others that something is new: WebSub hubs, and search engines by IndexNow.

Only after a publication that succeeded, and only where feeds or pages changed. A failure is a
warning: readers have the site already.
"""

from urllib.parse import urlencode, urlsplit

from site_gen.deliver.site_files import Changes
from site_gen.deliver.web_api import Api, DeliveryError
from site_gen.problems import Problem, SiteError
from site_gen.settings import Settings

FEEDS = ("feed.xml", "atom.xml", "feed.json")
INDEXNOW = "https://api.indexnow.org"
MOST = 10_000
"""Addresses in one call, as IndexNow allows."""


def announce(settings: Settings, changes: Changes) -> list[Problem]:
    """Warnings of what could not be told. Nothing is sent where nothing changed."""
    problems: list[Problem] = []
    asked = settings.publish.announce
    try:
        if "websub" in asked and settings.feeds.hub:
            _websub(settings, changes)
        if "indexnow" in asked:
            _indexnow(settings, changes)
    except (DeliveryError, SiteError) as error:
        problems += [
            Problem("publish/announce", p.message, help="publish again to try again, or wait: "
                    "readers and crawlers come by themselves", severity="warning")
            for p in error.problems
        ]  # fmt: skip
    return problems


def _websub(settings: Settings, changes: Changes) -> None:
    """https://www.w3.org/TR/websub/, section 7, as hubs take it."""
    feeds = [f.path for f in changes.pages if f.path.rpartition("/")[2] in FEEDS]
    if not feeds:
        return
    hub = urlsplit(settings.feeds.hub)
    fields = [("hub.mode", "publish"), *(("hub.url", f"{settings.base}/{path}") for path in feeds)]
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    api = Api(f"{hub.scheme}://{hub.netloc}", kind, "the hub")
    path = (hub.path or "/") + (f"?{hub.query}" if hub.query else "")
    api.call("POST", path, form=urlencode(fields).encode())


def _indexnow(settings: Settings, changes: Changes) -> None:
    """https://www.indexnow.org/documentation"""
    key = settings.publish.indexnow_key
    pages = [f.path for f in changes.pages if f.path.endswith("index.html")]
    if not pages or not key:
        return
    urls = [f"{settings.base}/{path.removesuffix('index.html')}" for path in pages[:MOST]]
    data = {"host": urlsplit(settings.base).netloc, "key": key, "urlList": urls}
    Api(settings.publish.indexnow_url or INDEXNOW, {}, "IndexNow").call("POST", "/indexnow", data)
