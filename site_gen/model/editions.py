"""Editions with their notes and locks."""

from collections.abc import Sequence
from datetime import date, datetime

from site_gen.model.articles import AuthorRef, Card, LocalLink, TopicRef
from site_gen.model.base import Record
from site_gen.model.matter import Correction, SafeHtml
from site_gen.model.pictures import Picture


class Note(Record, frozen=True, kw_only=True):
    """The note of an edition, from `content/editions/<id>.md`.

    date      the cut-off if notes define the editions, else the date of the note
    range     ids of the first and last edition, if the note covers several
    skip      the edition is not published; its articles go to the next one
    sections  names or slugs, in the order of this edition
    source    digest of what the editor wrote: title and text
    facts     digest of date, guid, excerpt, authors and picture
    """

    id: str
    path: str
    title: str = ""
    number: int | None = None
    date: datetime | None = None
    range: tuple[str, str] | None = None
    skip: bool = False
    lead: str = ""
    pins: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    slug: str = ""
    aliases: tuple[str, ...] = ()
    guid: str = ""
    excerpt: str = ""
    image: Picture | None = None
    authors: tuple[AuthorRef, ...] = ()
    corrections: tuple[Correction, ...] = ()
    body: SafeHtml = SafeHtml("")
    minutes: int = 0
    source: str = ""
    facts: str = ""
    draft: bool = False
    published: bool = True
    visible_from: datetime | None = None
    visible_until: datetime | None = None
    links: tuple[LocalLink, ...] = ()
    anchors: tuple[tuple[str, str], ...] = ()


class Member(Record, frozen=True, kw_only=True):
    """An article of a locked edition. Fields that older locks do not have are "".

    path     of its file when the edition was closed, relative to `content/`
    title    for people; everything else is digests
    seen     digest of title, excerpt and address
    text     digest of the source of its body
    facts    digest of what else the letter shows; `picture` that of the picture
    band     slug of its band, "" for none
    rights, lastmod  as its card had them
    files    (content path, digest) of its pictures and attachments
    """

    guid: str
    path: str
    seen: str
    text: str
    facts: str = ""
    picture: str = ""
    band: str = ""
    title: str = ""
    rights: str = ""
    lastmod: str = ""
    files: tuple[tuple[str, str], ...] = ()


Named = tuple[str, int]
"""Id and number of an edition, 0 for none."""


class Lock(Record, frozen=True, kw_only=True):
    """An edition as it was sent to subscribers, from `content/editions/<id>.lock`.

    following    the number of the next edition, unless its note has another
    closed       the cut-off
    top          number of stories before the sections
    note         digest of the note's text, "" without a note; `facts` of its other fields
    bands        slug and name of each band, in order; None in older locks
    corrections  digests of the corrections to earlier editions that it contained
    threads      guid of each member with a story, and the earlier editions with articles on it,
                 oldest first; None in older locks
    settings     name and value of the settings that affect it
    names        kind, and slug or domain, of topics and providers -> their names then
    words        digest of the texts of the note's picture, "" in older locks
    files        (content path, digest) of the note's pictures and attachments
    members      in order
    """

    id: str
    path: str
    number: int
    following: int
    first: date
    last: date
    closed: datetime
    top: int = 1
    note: str = ""
    facts: str = ""
    bands: tuple[tuple[str, str], ...] | None = None
    corrections: tuple[str, ...] = ()
    threads: tuple[tuple[str, tuple[Named, ...]], ...] | None = None
    settings: tuple[tuple[str, str], ...] = ()
    names: tuple[tuple[str, str], ...] = ()
    words: str = ""
    files: tuple[tuple[str, str], ...] = ()
    members: tuple[Member, ...] = ()


class Corrected(Record, frozen=True, kw_only=True):
    """A correction in a list, of an article or of an edition's note.

    id       of what was corrected; `link` leads to it
    edition  the edition of what was corrected
    """

    id: str
    title: str
    link: str
    edition: str
    date: datetime
    text: str
    language: str = ""


class EditionRef(Record, frozen=True, kw_only=True):
    """What articles and navigation need of an edition: no counts, no cards.

    id           "" for what is after the last note, if notes define the editions
    permalink    "" if it is not shown yet
    folder       of its other forms: e-mail, e-book
    first, last  days of its range in the site's zone
    number       None while it is open
    """

    id: str
    permalink: str
    folder: str = ""
    first: date
    last: date
    number: int | None = None
    title: str = ""
    closed: bool = True


class Band(Record, frozen=True, kw_only=True):
    """A band of an edition: a section, a topic, or other stories (without a name).

    stories  number of stories; articles on the same event count as one
    """

    name: str
    slug: str
    permalink: str
    stories: int
    topic: TopicRef | None = None


class Edition(Record, frozen=True, kw_only=True):
    """An edition with its cards, in the order in which they are shown.

    Of several cards of one story, the first leads and the others follow it directly.

    top        number of stories before the bands: the lead and those beside it
    stories    number of stories; articles on the same event count as one
    cutoff     when it closed or will close, or the date of its note
    closes     when it closed or will close, if that is another moment
    cards      none for an issue that is only a note
    guid       of the note, or ""
    locked     whether it is as its lock says
    threads    earlier editions with articles on its stories, by its lock; see `Lock`
    source     digest of the note's text; `facts` of its other fields
    following  the next number
    corrections  to this edition; `earlier` to earlier editions, shown in this one
    minutes    reading time of the note
    authors    of the note; their permalink is "" if they have no articles
    """

    ref: EditionRef
    cutoff: datetime
    cards: Sequence[Card]
    note: SafeHtml = SafeHtml("")
    lastmod: datetime
    path: str = ""
    guid: str = ""
    excerpt: str = ""
    image: Picture | None = None
    authors: tuple[AuthorRef, ...] = ()
    aliases: tuple[str, ...] = ()
    minutes: int = 0
    top: int = 1
    bands: tuple[Band, ...] = ()
    stories: int = 0
    locked: bool = False
    threads: tuple[tuple[str, tuple[Named, ...]], ...] | None = None
    closes: datetime | None = None
    source: str = ""
    facts: str = ""
    following: int = 0
    corrections: tuple[Corrected, ...] = ()
    earlier: tuple[Corrected, ...] = ()
