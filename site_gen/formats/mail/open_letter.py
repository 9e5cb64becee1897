"""The letter of the open edition, marked as unfinished. For the preview only, never published."""

from collections.abc import Iterator
from functools import partial

from msgspec.structs import replace

from site_gen.formats.common.publishable import closed_editions, has_content
from site_gen.formats.common.units import Digests, Unit
from site_gen.formats.common.views import view
from site_gen.formats.mail import letter
from site_gen.formats.mail.views import Mail
from site_gen.model import Catalog, Edition, Page
from site_gen.settings import Settings
from site_gen.theme.load import Theme

render = letter.render


def units(catalog: Catalog, theme: Theme, settings: Settings, digests: Digests) -> Iterator[Unit]:
    """The letters of open editions; none if e-mail is off."""
    if "email" not in settings.formats:
        return
    badge = theme.strings.translate("so_far")
    editions = [e for e in catalog.editions if not e.ref.closed and has_content(e)]
    for unit in letter.letter_units(editions, catalog, theme, settings, digests):
        yield unit._replace(plan=partial(_with_badge, unit, badge))
    yield Unit("pictures", lambda: digests.frame, lambda: _pictures(editions, catalog, settings))


def _pictures(editions: list[Edition], catalog: Catalog, settings: Settings) -> Iterator[Page]:
    """The pictures that no letter of a closed edition shows."""
    known = {
        page.path for page in letter.picture_pages(closed_editions(catalog), catalog, settings)
    }
    found = letter.picture_pages(editions, catalog, settings)
    return (page for page in found if page.path not in known)


def _with_badge(unit: Unit, badge: str) -> Iterator[Page]:
    for page in unit.plan():
        mail: Mail = page.views["mail"].value
        said = replace(mail, subject=f"{mail.subject} · {badge}", folio=f"{mail.folio} · {badge}")
        yield replace(page, views={**page.views, "mail": view(said)})
