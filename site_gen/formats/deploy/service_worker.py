"""`/service-worker.js`: keeps visited pages readable without a network, if `offline` is set.

One script has two roles. The home page includes it, so that it registers itself; then the browser
runs it as the worker, which caches responses of the site and asks the network first.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from site_gen.basics import digest
from site_gen.formats.common.units import Digests, Unit
from site_gen.formats.common.views import view
from site_gen.model import Catalog, Page
from site_gen.settings import Settings

PATH = "service-worker.js"


def units(catalog: Catalog, theme: object, settings: Settings, digests: Digests) -> Iterator[Unit]:
    """A unit of one page, or of none without `offline`."""
    yield Unit("", lambda: digest.of_parts(_script()), lambda: _pages(settings))


def _pages(settings: Settings) -> Iterator[Page]:
    if settings.offline:
        views = {"script": view(_script())}
        origin = "the setting offline"
        yield Page(path=PATH, format="service_worker", kind="file", views=views, origin=origin)


@cache
def _script() -> str:
    return Path(__file__).with_suffix(".js").read_text("utf-8")


def render(page: Page, theme: object) -> bytes:
    """The script, unchanged."""
    script: str = page.views["script"].value
    return script.encode()
