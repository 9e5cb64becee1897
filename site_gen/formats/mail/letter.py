"""An edition as an e-mail, in HTML and in plain text: closed editions only.

Pictures are our own alone: one on another host would tell that host who opens the mail.
"""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from markupsafe import Markup
from msgspec.structs import replace

from site_gen.formats.again import Again
from site_gen.formats.common.links import absolute, absolute_html, own_pictures
from site_gen.formats.common.plain import cut, one_line, plain_text
from site_gen.formats.common.site import direction, site_view
from site_gen.formats.common.text import legal
from site_gen.formats.common.views import view
from site_gen.formats.common.visible import address, closed, picture, visible
from site_gen.formats.common.wording import edition_name, story_count, words
from site_gen.model import Card, Catalog, Edition, Noun, Page, Picture
from site_gen.settings import Settings
from site_gen.theme.filters import format_range
from site_gen.theme.load import Theme

LIMIT = 100_000
"""Bytes: mail programs cut what is longer (Gmail at 102 KB)."""

TITLE = 300
EXCERPTS = (280, 140, 70, 0)
"""Characters of an excerpt that are tried in turn until the mail is short enough."""

NOTE = 10_000
TEMPLATES = ("email.html", "email.txt")
OFFERED = ("site", "mail", "note", "words")


class Story(Noun, frozen=True, kw_only=True):
    """One story; `meta` is its provider, topic and reading time. `link` is absolute."""

    title: str
    link: str
    meta: str = ""
    excerpt: str = ""
    language: str = ""
    direction: str = ""


class Mail(Noun, frozen=True, kw_only=True):
    """The edition; every URL is absolute. `more` counts stories that are on the web only."""

    subject: str
    preheader: str
    folio: str
    url: str
    archive: str
    note_text: str
    image: Picture | None
    stories: tuple[Story, ...]
    more: int = 0


def plan(catalog: Catalog, theme: Theme, settings: Settings) -> Iterator[Page]:
    """`email.html` and `email.txt` beside each closed edition."""
    names = {template: theme.closure(template).names for template in TEMPLATES}
    editions = ((edition.ref.id, edition) for edition in closed(catalog))
    for pages in _again.planned((settings, names), editions, partial(_pages, settings, names)):
        yield from pages


_again: Again[Edition, tuple[Page, ...]] = Again()


def _pages(
    settings: Settings, names: Mapping[str, frozenset[str]], edition: Edition
) -> tuple[Page, ...]:
    url = absolute(settings.base, edition.ref.permalink)
    note = _note(edition, url, settings)
    offer: dict[str, Any] = {
        "site": site_view(settings),
        "mail": _mail(edition, url, plain_text(note), settings),
        "note": note,
        "words": words(settings.language),
    }
    views = {name: view(value) for name, value in offer.items()}
    return tuple(
        Page(
            path=f"{edition.ref.permalink.lstrip('/')}{template}",
            format="email",
            kind="email",
            template=template,
            views={n: v for n, v in views.items() if n in names[template] or n == "mail"},
            lastmod=edition.lastmod,
            origin=f"edition {edition.ref.id} as an e-mail",
        )
        for template in TEMPLATES
    )


def render(page: Page, theme: Theme) -> bytes:
    """The template with its views; shortened, with a link to the rest, where it is too long."""
    assert page.template is not None
    views = {name: each.value for name, each in page.views.items()}
    if views.get("note"):
        views["note"] = Markup(views["note"])  # noqa: S704 - came through the sanitiser
    data = b""
    for mail in _shorter(views["mail"]):
        data = _rendered(page.template, {**views, "mail": mail}, theme)
        if len(data) <= LIMIT:
            break
    return data


def _rendered(template: str, views: Mapping[str, Any], theme: Theme) -> bytes:
    return (legal(theme.render(template, views, OFFERED)).strip() + "\n").encode()


def _shorter(mail: Mail) -> Iterator[Mail]:
    """The mail, then with ever shorter excerpts, then with ever fewer stories."""
    for length in EXCERPTS:
        stories = tuple(replace(s, excerpt=cut(s.excerpt, length)) for s in mail.stories)
        mail = replace(mail, stories=stories)
        yield mail
    total = len(mail.stories)
    count = total * 3 // 4
    while count:
        yield replace(mail, stories=mail.stories[:count], more=total - count)
        count = count * 3 // 4


def _mail(edition: Edition, url: str, note: str, settings: Settings) -> Mail:
    cards = visible(edition.cards)
    ref, language = edition.ref, settings.language
    site = site_view(settings)
    folio = [format_range(ref.first, ref.last, site), story_count(len(cards), language)]
    return Mail(
        subject=one_line(f"{settings.title} {edition_name(ref, site)}"),
        preheader=one_line(cut("; ".join(card.title for card in cards[:3]), 140)),
        folio=" · ".join([*_number(edition, settings), *folio]),
        url=url,
        archive=absolute(settings.base, "/editions/"),
        note_text=note,
        image=_lead_picture(cards[0], settings),
        stories=tuple(_story(card, url, settings) for card in cards),
    )


def _note(edition: Edition, url: str, settings: Settings) -> str:
    """The note, without pictures that are not ours; a very long one is on the web only."""
    if len(edition.note) > NOTE:
        return ""
    return own_pictures(absolute_html(edition.note, settings.base, url), settings.base)


def _number(edition: Edition, settings: Settings) -> list[str]:
    number = edition.ref.number
    return [words(settings.language).number.format(number)] if number else []


def _story(card: Card, edition: str, settings: Settings) -> Story:
    facts = [card.provider.name] if card.provider else []
    facts += [topic.name for topic in card.topics[:1]]
    facts += [f"{card.minutes} min"] if card.minutes else []
    foreign = card.language and card.language != settings.language
    return Story(
        title=one_line(cut(card.title, TITLE)),
        link=absolute(settings.base, address(card, settings)) or edition,
        meta=one_line(" · ".join(facts)),
        excerpt=one_line(cut(card.excerpt, EXCERPTS[0])),
        language=card.language if foreign else "",
        direction=direction(card.language) if foreign else "",
    )


def _lead_picture(card: Card, settings: Settings) -> Picture | None:
    image = picture(card, settings)
    if image is None or not image.local:
        return None
    return replace(
        image, url=absolute(settings.base, image.url), alt=legal(image.alt or card.title)
    )
