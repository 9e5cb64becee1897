"""`/.well-known/security.txt` (RFC 9116), written if the settings name a contact."""

from collections.abc import Iterator
from datetime import UTC

from site_gen.basics.dates import iso, parse
from site_gen.formats.common.units import Digests, Unit
from site_gen.formats.common.views import view
from site_gen.model import Catalog, Page
from site_gen.problems import Problem, SiteError, Where, shown
from site_gen.settings import Settings

PATH = ".well-known/security.txt"


def units(catalog: Catalog, theme: object, settings: Settings, digests: Digests) -> Iterator[Unit]:
    """A unit of one page, or of none without a contact."""
    yield Unit("", lambda: "", lambda: _pages(settings))


def _pages(settings: Settings) -> Iterator[Page]:
    """Raises SiteError if the expiry is no date."""
    security = settings.security
    if not security.contact:
        return
    lines = [("Contact", _contact_uri(contact)) for contact in security.contact]
    lines.append(("Expires", _parse_expiry(security.expires)))
    lines += [("Policy", security.policy)] if security.policy else []
    lines.append(("Canonical", f"{settings.base}/{PATH}"))
    yield Page(
        path=PATH,
        format="security_txt",
        kind="security",
        views={"lines": view(tuple(lines))},
        origin="the setting security.contact",
    )


def render(page: Page, theme: object) -> bytes:
    """The file in UTF-8."""
    lines = page.views["lines"].value
    return "".join(f"{name}: {' '.join(value.split())}\n" for name, value in lines).encode()


def _contact_uri(contact: str) -> str:
    bare = "@" in contact and ":" not in contact
    return f"mailto:{contact}" if bare else contact


def _parse_expiry(text: str) -> str:
    """The expiry date, which RFC 9116 requires."""
    try:
        return iso(parse(text, UTC))
    except ValueError:
        problem = Problem(
            "settings/security",
            f"security.expires: expected a date, got {shown(text)}",
            Where("site.toml", key="contact"),
            help='security.txt needs one: write expires = "2027-01-01" beside the contact',
        )
        raise SiteError([problem]) from None
