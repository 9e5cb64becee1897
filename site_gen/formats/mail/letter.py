"""An edition as an e-mail, in HTML and in plain text: closed editions only.

The style sheet of the template is written into the elements: of mail programs, only some read one.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from html import escape
from typing import Any

from markupsafe import Markup
from msgspec.structs import replace

from site_gen.basics import digest
from site_gen.formats.common.contents import Told, contents
from site_gen.formats.common.links import absolute, absolute_html
from site_gen.formats.common.newsletter import unsubscribe
from site_gen.formats.common.plain import cut, one_line, plain_text
from site_gen.formats.common.publishable import address, closed, is_visible, named, picture, visible
from site_gen.formats.common.remarked import Remarked
from site_gen.formats.common.site import direction, site_view
from site_gen.formats.common.text import legal
from site_gen.formats.common.threads import Threads
from site_gen.formats.common.units import Digests, Unit
from site_gen.formats.common.views import view
from site_gen.formats.common.wording import edition_name, signed, story_count, words
from site_gen.formats.mail.inline import inlined
from site_gen.formats.mail.pictures import Pictures, with_pictures
from site_gen.formats.mail.shorten import shortened
from site_gen.formats.mail.views import Amended, Mail, Note, Story
from site_gen.model import Card, Catalog, Edition, Link, Page, Picture, Thread
from site_gen.problems import Problem, Where
from site_gen.settings import Settings
from site_gen.theme.filters import format_date, format_range
from site_gen.theme.load import Theme

LIBRARIES = ("css_inline",)
"""Imported before workers are forked: see `formats.import_libraries`."""

LIMIT = 100_000
"""Bytes: mail programs cut what is longer (Gmail at 102 KB)."""

TITLE = 300
EXCERPTS = (280, 140, 70, 0)
"""Characters of an excerpt that are tried in turn until the mail is short enough."""

LINK = 400
"""Bytes kept for the link to what a shortened note leaves out."""

NOTE = 20_000
"""Bytes of a note that stay, however many stories there are."""

_FIGURE = re.compile(r"<(/?)figure>")
TEMPLATES = ("email.html", "email.txt")
OFFERED = ("site", "mail", "note", "words")
ALWAYS = ("mail", "note")
"""What a letter is made from whether its template names it or not."""


def units(catalog: Catalog, theme: Theme, settings: Settings, digests: Digests) -> Iterator[Unit]:
    """`email.html` and `email.txt` beside each closed edition."""
    editions = closed(catalog)
    yield from of_editions(editions, catalog, theme, settings, digests)
    yield Unit("pictures", lambda: digests.frame, lambda: copies(editions, catalog, settings))


def of_editions(
    editions: Iterable[Edition],
    catalog: Catalog,
    theme: Theme,
    settings: Settings,
    digests: Digests,
) -> Iterator[Unit]:
    """The letters of some editions, without the copies of pictures that they show."""
    names = {template: theme.closure(template).names for template in TEMPLATES}
    pictures = Pictures(catalog)
    around = digest.of_value((catalog.pictures, catalog.files))
    told = Threads(catalog)
    for edition in editions:
        given = (edition, told.of(edition))
        seal = partial(_digest, given, digests, around)
        yield Unit(edition.ref.id, seal, partial(_pages, settings, names, pictures, given))


def _digest(given: "_Given", digests: Digests, around: str) -> str:
    edition, threads = given
    return digest.of_parts(around, digest.of_value(threads), digests.edition(edition))


def copies(editions: Sequence[Edition], catalog: Catalog, settings: Settings) -> Iterator[Page]:
    """The pictures that the letters of some editions show, each once."""
    covers = [_cover(visible(e.cards), settings) for e in editions]
    covers += [_own(e) for e in editions]
    yield from Pictures(catalog).pages(editions, (cover for cover in covers if cover))


_Given = tuple[Edition, dict[str, Thread]]


def _pages(
    settings: Settings,
    names: Mapping[str, frozenset[str]],
    pictures: Pictures,
    given: _Given,
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
            views={n: v for n, v in views.items() if n in names[template] or n in ALWAYS},
            lastmod=edition.lastmod,
            origin=f"content/{edition.path}"
            if edition.path
            else f"edition {edition.ref.id} as an e-mail",
        )
        for template in TEMPLATES
    )


def render(page: Page, theme: Theme) -> bytes:
    """The template with its views; shortened, with a link to the rest, where it is too long."""
    assert page.template is not None
    views = {name: each.value for name, each in page.views.items()}
    html, text = _written(views["note"])
    whole: Mail = replace(views["mail"], note_text=text)
    data = b""
    for mail, note in _shorter(whole, html, partial(_rest, page, theme)):
        data = _rendered(page.template, {**views, "mail": mail, "note": _marked(note)}, theme)
        if len(data) <= LIMIT:
            break
    if mail.more or mail.cut:
        return Remarked(data, (_too_long(page, mail),))
    return data


def _rest(page: Page, theme: Theme, mail: Mail) -> int:
    """Bytes that are left for the note beside all else of a mail."""
    views = {name: each.value for name, each in page.views.items()}
    bare = replace(mail, note_text="", cut=True)  # the note itself is left out below
    assert page.template is not None
    return LIMIT - LINK - len(_rendered(page.template, {**views, "mail": bare, "note": ""}, theme))


def _marked(note: str) -> Markup | str:
    return Markup(note) if note else ""  # noqa: S704 - came through the sanitiser


def _too_long(page: Page, mail: Mail) -> Problem:
    lost = [f"{mail.more} stories"] if mail.more else []
    lost += ["a part of the note"] if mail.cut else []
    return Problem(
        "email/long",
        f"{page.path} leaves out {' and '.join(lost)}: a mail program cuts what is over "
        f"{LIMIT // 1000} kB",
        Where(page.origin) if page.origin.startswith("content/") else None,
        "shorten the note, or leave it so: the letter links to the whole edition",
        "note",
    )


def _rendered(template: str, views: Mapping[str, Any], theme: Theme) -> bytes:
    text = legal(theme.render(template, views, OFFERED))
    if template == "email.html":
        text = inlined(text)
    return (text.strip() + "\n").encode()


def _shorter(mail: Mail, note: str, rest: Callable[[Mail], int]) -> Iterator[tuple[Mail, str]]:
    """The mail and its note, then with ever shorter excerpts, then with what fits of the note,
    then with ever fewer stories."""
    for length in EXCERPTS:
        stories = tuple(replace(s, excerpt=cut(s.excerpt, length)) for s in mail.stories)
        if length == EXCERPTS[0] or stories != mail.stories:
            mail = replace(mail, stories=stories)
            yield mail, note
    if mail.note_text:
        room = rest(mail)
        for size in (room, room * 3 // 4, NOTE):
            text, short = (
                _paragraphs(mail.note_text, max(size, NOTE)),
                shortened(note, max(size, NOTE)),
            )
            if text != mail.note_text or short != note:
                mail, note = replace(mail, note_text=text, cut=True), short
                yield mail, note
    total = len(mail.stories)
    count = total * 3 // 4
    while count:
        yield replace(mail, stories=mail.stories[:count], more=total - count), note
        count = count * 3 // 4


def _paragraphs(text: str, size: int) -> str:
    """The first paragraphs of a text, in at most `size` bytes of UTF-8."""
    while len(text.encode()) > size:
        text = text.rpartition("\n\n")[0]
    return text


def _mail(
    edition: Edition,
    url: str,
    settings: Settings,
    pictures: Pictures,
    threads: Mapping[str, Thread],
) -> Mail:
    cards = visible(edition.cards)
    ref, language = edition.ref, settings.language
    site = site_view(settings)
    folio = [format_range(ref.first, ref.last, site)]
    count = len(contents(edition, is_visible).stories)
    folio += [story_count(count, language)] if cards else []
    return Mail(
        subject=subject(edition, settings),
        preheader=one_line(cut(edition.excerpt or "; ".join(c.title for c in cards[:3]), 140)),
        folio=" · ".join([*_number(edition, settings), *folio]),
        title=one_line(ref.title),
        url=url,
        home=absolute(settings.base, "/"),
        unsubscribe=unsubscribe(settings),
        archive=absolute(settings.base, "/editions/"),
        byline=one_line(signed(edition, language)),
        image=_lead_picture(cards, settings, pictures),
        stories=tuple(_stories(edition, url, settings, threads)),
        corrections=tuple(
            Amended(
                day=format_date(each.date, site),
                title=one_line(cut(each.title, TITLE)),
                link=absolute(settings.base, each.link) or url,
                text=one_line(each.text),
            )
            for each in edition.earlier
        ),
    )


def subject(edition: Edition, settings: Settings) -> str:
    """The subject line of an edition's letter."""
    return one_line(f"{settings.title} {edition_name(edition.ref, site_view(settings))}")


def _note(edition: Edition, url: str, settings: Settings, pictures: Pictures) -> Note:
    """The note under its picture; what letters make of it is made when they are rendered."""
    own = _own(edition)
    shown = f'<p><img src="{escape(own.url)}" alt="{escape(own.alt)}"></p>' if own else ""
    html = shown + edition.note
    return Note(html=html, base=settings.base, url=url, pictures=pictures.of_note(html))


@lru_cache(maxsize=1)  # both forms of a letter are rendered in a row
def _written(note: Note) -> tuple[str, str]:
    """A note as HTML, whole, in elements that mail programs know, and as text."""
    html = _FIGURE.sub(r"<\1p>", note.html).replace("<section", "<div")
    html = html.replace("</section>", "</div>").replace("<figcaption>", "<br><em>")
    html = absolute_html(html.replace("</figcaption>", "</em>"), note.base, note.url)
    html = with_pictures(html, note.base, note.pictures)
    return html, plain_text(html)


def _number(edition: Edition, settings: Settings) -> list[str]:
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


def _earlier(thread: Thread | None, settings: Settings) -> Iterator[Link]:
    """Earlier editions that told of a story, by their numbers."""
    number = words(settings.language).number
    for ref in thread.earlier if thread else ():
        name = number.format(ref.number) if ref.number is not None else ref.id
        yield Link(name=name, url=absolute(settings.base, ref.permalink))


def _story(story: Told, edition: str, settings: Settings, threads: Mapping[str, Thread]) -> Story:
    card = story.card
    facts = [card.provider.name] if card.provider else []
    facts += [topic.name for topic in card.topics[:1]]
    facts += [words(settings.language).minutes.format(card.minutes)] if card.minutes else []
    foreign = card.language and card.language != settings.language
    return Story(
        title=one_line(cut(card.title, TITLE)),
        link=_address(card, edition, settings),
        meta=one_line(" · ".join(facts)),
        excerpt=one_line(cut(card.excerpt, EXCERPTS[0])),
        why=one_line(words(settings.language).why.format(card.why)) if card.why else "",
        covered=tuple(
            Link(name=one_line(cut(named(each), TITLE)), url=_address(each, edition, settings))
            for each in story.covered
        ),
        earlier=tuple(_earlier(threads.get(card.id), settings)),
        language=card.language if foreign else "",
        direction=direction(card.language) if foreign else "",
    )


def _address(card: Card, edition: str, settings: Settings) -> str:
    return absolute(settings.base, address(card, settings)) or edition


def _cover(cards: tuple[Card, ...], settings: Settings) -> Picture | None:
    image = picture(cards[0], settings) if cards else None
    return image if image and image.local else None


def _own(edition: Edition) -> Picture | None:
    """The picture of a note, if it is ours; one that its text shows is not shown twice."""
    image = edition.image
    if image is None or not (image.local and image.url) or escape(image.url) in edition.note:
        return None
    return image


def _lead_picture(
    cards: tuple[Card, ...], settings: Settings, pictures: Pictures
) -> Picture | None:
    cover = _cover(cards, settings)
    found = pictures.lettered(cover) if cover else None
    if found is None:
        return None
    alt = legal(found.alt or cards[0].title)
    return replace(found, url=absolute(settings.base, found.url), alt=alt)
