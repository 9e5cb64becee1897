"""Closed editions as e-mails, in HTML and in plain text.

The template's style sheet is inlined, as many mail programs ignore style sheets.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from html import escape
from typing import Any

from markupsafe import Markup
from msgspec.structs import replace

from site_gen.basics import digest
from site_gen.formats.common.contents import StoryGroup, contents
from site_gen.formats.common.links import absolute, absolute_html
from site_gen.formats.common.newsletter import unsubscribe_link
from site_gen.formats.common.plain import cut, one_line, plain_text
from site_gen.formats.common.publishable import (
    allowed_picture,
    closed_editions,
    is_visible,
    reader_url,
    source_name,
    visible_cards,
)
from site_gen.formats.common.remarked import BytesWithWarnings
from site_gen.formats.common.site import direction, site_view
from site_gen.formats.common.text import legal_xml
from site_gen.formats.common.threads import Threads
from site_gen.formats.common.units import Digests, Unit
from site_gen.formats.common.views import view
from site_gen.formats.common.wording import byline, edition_name, story_count, words
from site_gen.formats.mail.inline import inline_styles
from site_gen.formats.mail.pictures import MailPictures, replace_pictures
from site_gen.formats.mail.shorten import shorten_html
from site_gen.formats.mail.views import Mail, MailCorrection, Note, Story
from site_gen.model import Card, Catalog, Edition, Link, Page, Picture, Thread
from site_gen.problems import Problem, Where
from site_gen.settings import Settings
from site_gen.theme.filters import format_date, format_range
from site_gen.theme.load import Theme

LIBRARIES = ("css_inline",)
"""Imported before workers are forked: see `formats.import_libraries`."""

MAX_SIZE = 100_000
"""Bytes. Mail programs cut longer mails (Gmail at 102 KB)."""

MAX_TITLE = 300
EXCERPT_LENGTHS = (280, 140, 70, 0)
"""Maximum characters of excerpts, tried in turn until the mail is short enough."""

LINK_RESERVE = 400
"""Bytes reserved for the link below a shortened note."""

NOTE_RESERVE = 20_000
"""Bytes to which a note is shortened at most, however many stories there are."""

_FIGURE = re.compile(r"<(/?)figure>")
TEMPLATES = ("email.html", "email.txt")
OFFERED = ("site", "mail", "note", "words")
ALWAYS_PASSED = ("mail", "note")
"""Views that `render` needs even if the template does not name them."""


def units(catalog: Catalog, theme: Theme, settings: Settings, digests: Digests) -> Iterator[Unit]:
    """`email.html` and `email.txt` beside each closed edition."""
    editions = closed_editions(catalog)
    yield from letter_units(editions, catalog, theme, settings, digests)
    yield Unit(
        "pictures", lambda: digests.frame, lambda: picture_pages(editions, catalog, settings)
    )


def letter_units(
    editions: Iterable[Edition],
    catalog: Catalog,
    theme: Theme,
    settings: Settings,
    digests: Digests,
) -> Iterator[Unit]:
    """A unit for each edition's letter. `picture_pages` plans the pictures that they show."""
    names = {template: theme.closure(template).names for template in TEMPLATES}
    pictures = MailPictures(catalog)
    around = digest.of_value((catalog.pictures, catalog.files))
    told = Threads(catalog)
    for edition in editions:
        given = (edition, told.by_card(edition))
        own_digest = partial(_digest, given, digests, around)
        yield Unit(edition.ref.id, own_digest, partial(_pages, settings, names, pictures, given))


def _digest(given: "_EditionThreads", digests: Digests, around: str) -> str:
    edition, threads = given
    return digest.of_parts(around, digest.of_value(threads), digests.edition(edition))


def picture_pages(
    editions: Sequence[Edition], catalog: Catalog, settings: Settings
) -> Iterator[Page]:
    """A page for each picture that the letters of `editions` show."""
    covers = [_local_picture(visible_cards(e.cards), settings) for e in editions]
    covers += [_note_picture(e) for e in editions]
    yield from MailPictures(catalog).pages(editions, (cover for cover in covers if cover))


_EditionThreads = tuple[Edition, dict[str, Thread]]


def _pages(
    settings: Settings,
    names: Mapping[str, frozenset[str]],
    pictures: MailPictures,
    given: _EditionThreads,
) -> tuple[Page, ...]:
    edition, threads = given
    url = absolute(settings.base, edition.ref.permalink)
    offer: dict[str, Any] = {
        "site": site_view(settings),
        "mail": _mail(edition, url, settings, pictures, threads),
        "note": _note(edition, url, settings, pictures),
        "words": words(settings.language),
    }
    views = {name: view(value) for name, value in offer.items()}
    return tuple(
        Page(
            path=f"{edition.ref.folder.lstrip('/')}{template}",
            format="email",
            kind="email",
            template=template,
            views={n: v for n, v in views.items() if n in names[template] or n in ALWAYS_PASSED},
            lastmod=edition.lastmod,
            origin=f"content/{edition.path}"
            if edition.path
            else f"edition {edition.ref.id} as an e-mail",
        )
        for template in TEMPLATES
    )


def render(page: Page, theme: Theme) -> bytes:
    """The rendered letter. One that is too long is shortened, with a warning."""
    assert page.template is not None
    views = {name: each.value for name, each in page.views.items()}
    html, text = _note_for_mail(views["note"])
    whole: Mail = replace(views["mail"], note_text=text)
    data = b""
    for mail, note in _shortened_versions(whole, html, partial(_room_for_note, page, theme)):
        data = _render_template(
            page.template, {**views, "mail": mail, "note": _as_markup(note)}, theme
        )
        if len(data) <= MAX_SIZE:
            break
    if mail.more or mail.cut:
        return BytesWithWarnings(data, (_too_long_problem(page, mail),))
    return data


def _room_for_note(page: Page, theme: Theme, mail: Mail) -> int:
    """The bytes that the rest of a mail leaves for its note."""
    views = {name: each.value for name, each in page.views.items()}
    bare = replace(mail, note_text="", cut=True)  # `note` is left out below
    assert page.template is not None
    return (
        MAX_SIZE
        - LINK_RESERVE
        - len(_render_template(page.template, {**views, "mail": bare, "note": ""}, theme))
    )


def _as_markup(note: str) -> Markup | str:
    return Markup(note) if note else ""  # noqa: S704 - came through the sanitiser


def _too_long_problem(page: Page, mail: Mail) -> Problem:
    lost = [f"{mail.more} stories"] if mail.more else []
    lost += ["a part of the note"] if mail.cut else []
    return Problem(
        "email/long",
        f"{page.path} leaves out {' and '.join(lost)}: a mail program cuts what is over "
        f"{MAX_SIZE // 1000} kB",
        Where(page.origin) if page.origin.startswith("content/") else None,
        "shorten the note, or leave it so: the letter links to the whole edition",
        "note",
    )


def _render_template(template: str, views: Mapping[str, Any], theme: Theme) -> bytes:
    text = legal_xml(theme.render(template, views, OFFERED))
    if template == "email.html":
        text = inline_styles(text)
    return (text.strip() + "\n").encode()


def _shortened_versions(
    mail: Mail, note: str, rest: Callable[[Mail], int]
) -> Iterator[tuple[Mail, str]]:
    """(mail, note) in full, then with ever shorter excerpts, then with a shortened note, then with
    ever fewer stories. `rest` returns the bytes left for the note."""
    for length in EXCERPT_LENGTHS:
        stories = tuple(replace(s, excerpt=cut(s.excerpt, length)) for s in mail.stories)
        if length == EXCERPT_LENGTHS[0] or stories != mail.stories:
            mail = replace(mail, stories=stories)
            yield mail, note
    if mail.note_text:
        room = rest(mail)
        for size in (room, room * 3 // 4, NOTE_RESERVE):
            text, short = (
                _cut_paragraphs(mail.note_text, max(size, NOTE_RESERVE)),
                shorten_html(note, max(size, NOTE_RESERVE)),
            )
            if text != mail.note_text or short != note:
                mail, note = replace(mail, note_text=text, cut=True), short
                yield mail, note
    total = len(mail.stories)
    count = total * 3 // 4
    while count:
        yield replace(mail, stories=mail.stories[:count], more=total - count), note
        count = count * 3 // 4


def _cut_paragraphs(text: str, size: int) -> str:
    """The first paragraphs of `text`, in at most `size` bytes of UTF-8."""
    while len(text.encode()) > size:
        text = text.rpartition("\n\n")[0]
    return text


def _mail(
    edition: Edition,
    url: str,
    settings: Settings,
    pictures: MailPictures,
    threads: Mapping[str, Thread],
) -> Mail:
    cards = visible_cards(edition.cards)
    ref, language = edition.ref, settings.language
    site = site_view(settings)
    folio = [format_range(ref.first, ref.last, site)]
    count = len(contents(edition, is_visible).stories)
    folio += [story_count(count, language)] if cards else []
    return Mail(
        subject=subject(edition, settings),
        preheader=one_line(cut(edition.excerpt or "; ".join(c.title for c in cards[:3]), 140)),
        folio=" · ".join([*_edition_number(edition, settings), *folio]),
        title=one_line(ref.title),
        url=url,
        home=absolute(settings.base, "/"),
        unsubscribe=unsubscribe_link(settings),
        archive=absolute(settings.base, "/editions/"),
        byline=one_line(byline(edition, language)),
        image=_lead_picture(cards, settings, pictures),
        stories=tuple(_stories(edition, url, settings, threads)),
        corrections=tuple(
            MailCorrection(
                day=format_date(each.date, site),
                title=one_line(cut(each.title, MAX_TITLE)),
                link=absolute(settings.base, each.link) or url,
                text=one_line(each.text),
            )
            for each in edition.earlier
        ),
    )


def subject(edition: Edition, settings: Settings) -> str:
    """The subject line of an edition's letter."""
    return one_line(f"{settings.title} {edition_name(edition.ref, site_view(settings))}")


def _note(edition: Edition, url: str, settings: Settings, pictures: MailPictures) -> Note:
    """The note with its picture before it. `_note_for_mail` converts it when it is rendered."""
    own = _note_picture(edition)
    shown = f'<p><img src="{escape(own.url)}" alt="{escape(own.alt)}"></p>' if own else ""
    html = shown + edition.note
    return Note(html=html, base=settings.base, url=url, pictures=pictures.in_note(html))


@lru_cache(maxsize=1)  # HTML and text of a letter are rendered in a row
def _note_for_mail(note: Note) -> tuple[str, str]:
    """(HTML in elements that mail programs support, plain text) of the whole note."""
    html = _FIGURE.sub(r"<\1p>", note.html).replace("<section", "<div")
    html = html.replace("</section>", "</div>").replace("<figcaption>", "<br><em>")
    html = absolute_html(html.replace("</figcaption>", "</em>"), note.base, note.url)
    html = replace_pictures(html, note.base, note.pictures)
    return html, plain_text(html)


def _edition_number(edition: Edition, settings: Settings) -> list[str]:
    number = edition.ref.number
    return [words(settings.language).number.format(number)] if number else []


def _stories(
    edition: Edition, url: str, settings: Settings, threads: Mapping[str, Thread]
) -> Iterator[Story]:
    found = contents(edition, is_visible)
    for story in found.top:
        yield _story(story, url, settings, threads)
    for part in found.parts:
        heading = part.band.name or words(settings.language).more
        for place, story in enumerate(part.stories):
            made = replace(_story(story, url, settings, threads), in_section=True)
            yield made if place else replace(made, section=one_line(heading))


def _earlier_links(thread: Thread | None, settings: Settings) -> Iterator[Link]:
    """Links to earlier editions with articles on a story."""
    number = words(settings.language).number
    for ref in thread.earlier if thread else ():
        name = number.format(ref.number) if ref.number is not None else ref.id
        yield Link(name=name, url=absolute(settings.base, ref.permalink))


def _story(
    story: StoryGroup, edition: str, settings: Settings, threads: Mapping[str, Thread]
) -> Story:
    card = story.card
    facts = [card.provider.name] if card.provider else []
    facts += [topic.name for topic in card.topics[:1]]
    facts += [words(settings.language).minutes.format(card.minutes)] if card.minutes else []
    foreign = card.language and card.language != settings.language
    return Story(
        title=one_line(cut(card.title, MAX_TITLE)),
        link=_story_url(card, edition, settings),
        meta=one_line(" · ".join(facts)),
        excerpt=one_line(cut(card.excerpt, EXCERPT_LENGTHS[0])),
        why=one_line(words(settings.language).why.format(card.why)) if card.why else "",
        covered=tuple(
            Link(
                name=one_line(cut(source_name(each), MAX_TITLE)),
                url=_story_url(each, edition, settings),
            )
            for each in story.covered
        ),
        earlier=tuple(_earlier_links(threads.get(card.id), settings)),
        language=card.language if foreign else "",
        direction=direction(card.language) if foreign else "",
    )


def _story_url(card: Card, edition: str, settings: Settings) -> str:
    return absolute(settings.base, reader_url(card, settings)) or edition


def _local_picture(cards: tuple[Card, ...], settings: Settings) -> Picture | None:
    image = allowed_picture(cards[0], settings) if cards else None
    return image if image and image.local else None


def _note_picture(edition: Edition) -> Picture | None:
    """The local picture of a note, unless the note's text shows it already."""
    image = edition.image
    if image is None or not (image.local and image.url) or escape(image.url) in edition.note:
        return None
    return image


def _lead_picture(
    cards: tuple[Card, ...], settings: Settings, pictures: MailPictures
) -> Picture | None:
    cover = _local_picture(cards, settings)
    found = pictures.for_letter(cover) if cover else None
    if found is None:
        return None
    alt = legal_xml(found.alt or cards[0].title)
    return replace(found, url=absolute(settings.base, found.url), alt=alt)
