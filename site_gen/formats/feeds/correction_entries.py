"""Corrections as entries of their own feed, and as HTML in other entries."""

from collections.abc import Iterable
from html import escape

from site_gen.formats.common.links import absolute
from site_gen.formats.common.site import site_view
from site_gen.formats.common.text import legal_xml
from site_gen.formats.common.wording import words
from site_gen.formats.feeds.entries import Entry
from site_gen.model import Catalog, Corrected, Correction, Link
from site_gen.settings import Settings
from site_gen.theme.filters import format_date


def correction_entries(catalog: Catalog, settings: Settings) -> tuple[Entry, ...]:
    """One entry for each correction, newest first."""
    from site_gen.basics import digest

    publisher = legal_xml(settings.publisher.name or settings.title)
    return tuple(
        Entry(
            id=legal_xml(f"{each.id}#correction-{digest.of_parts(each.text)[:10]}"),
            title=legal_xml(each.title),
            link=absolute(settings.base, each.link),
            published=each.date,
            updated=each.date,
            summary=legal_xml(each.text),
            html=legal_xml(f"<p>{escape(each.text)}</p>"),
            creators=(Link(name=publisher, url=""),),
            language=each.language,
        )
        for each in catalog.corrections[: settings.feeds.items]
    )


def corrections_html(corrections: Iterable[Correction], settings: Settings) -> str:
    """The corrections of an article as HTML, to be put before its text."""
    said = words(settings.language).corrected
    site = site_view(settings)
    return "".join(
        f"<p><strong>{escape(said.format(format_date(c.date, site), c.text))}</strong></p>"
        for c in corrections
        if c.date and c.text.strip()
    )


def corrections_list_html(
    corrections: Iterable[Corrected], heading: str, settings: Settings
) -> str:
    """Corrections as an HTML list with links below `heading`; "" for none."""
    site = site_view(settings)
    lines = []
    for each in corrections:
        link = f'<a href="{escape(absolute(settings.base, each.link))}">{escape(each.title)}</a>'
        lines.append(f"<li>{format_date(each.date, site)}: {link}: {escape(each.text)}</li>")
    return f"<h3>{escape(heading)}</h3><ul>{''.join(lines)}</ul>" if lines else ""
