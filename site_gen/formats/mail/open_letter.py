"""The letter of this week as it stands, with a badge: for a preview alone, never published."""

from collections.abc import Iterator
from functools import partial

from msgspec.structs import replace

from site_gen.formats.common.publishable import closed, has_something
from site_gen.formats.common.units import Digests, Unit
from site_gen.formats.common.views import view
from site_gen.formats.mail import letter
from site_gen.formats.mail.views import Mail
from site_gen.model import Catalog, Edition, Page
from site_gen.settings import Settings
from site_gen.theme.load import Theme

render = letter.render


def units(catalog: Catalog, theme: Theme, settings: Settings, digests: Digests) -> Iterator[Unit]:
    """Letters of the editions that are still open, in their place; a letter's settings hold."""
    if "email" not in settings.formats:
        return
    badge = theme.strings.translate("so_far")
    editions = [e for e in catalog.editions if not e.ref.closed and has_something(e)]
    for unit in letter.of_editions(editions, catalog, theme, settings, digests):
        yield unit._replace(plan=partial(_badged, unit, badge))
    yield Unit("pictures", lambda: digests.frame, lambda: _pictures(editions, catalog, settings))


def _pictures(editions: list[Edition], catalog: Catalog, settings: Settings) -> Iterator[Page]:
    """Those that no letter of a closed edition shows."""
    known = {page.path for page in letter.copies(closed(catalog), catalog, settings)}
    found = letter.copies(editions, catalog, settings)
    return (page for page in found if page.path not in known)


def _badged(unit: Unit, badge: str) -> Iterator[Page]:
    for page in unit.plan():
        mail: Mail = page.views["mail"].value
        said = replace(mail, subject=f"{mail.subject} · {badge}", folio=f"{mail.folio} · {badge}")
        yield replace(page, views={**page.views, "mail": view(said)})
