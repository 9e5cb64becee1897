"""Editions: their notes, their locks, and what they come to."""

from collections.abc import Sequence
from datetime import date, datetime

from site_gen.model.articles import AuthorRef, Card, LocalLink, TopicRef
from site_gen.model.base import Noun
from site_gen.model.matter import Correction, SafeHtml
from site_gen.model.pictures import Picture


class Note(Noun, frozen=True, kw_only=True):
    """The note of an edition, from `content/editions/<id>.md`.

    date      its cut-off where notes say what the editions are, else the day it is dated
    range     ids of the first and last edition that it stands for, where it is several in one
    skip      this edition does not come out: what is in it goes to the next
    sections  names or slugs, in the order of this edition
    source    digest of what the editor wrote: title and text; `facts` of date, guid, excerpt,
              authors and picture
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


class Member(Noun, frozen=True, kw_only=True):
    """An article of a locked edition.

    path   of its file when the edition was closed, below `content/`
    title  for people: what a digest cannot tell
    seen   digest of its title, excerpt and address; `text` of its body's source; `facts` of what
           else the letter says of it, and `picture` of which it has, "" in locks that do not tell
    band   slug of the band that it stood in, "" for none
    rights, lastmod   as its card had them, "" in locks that do not tell
    files   (content path, digest) of the pictures and attachments that it led to
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


class Lock(Noun, frozen=True, kw_only=True):
    """An edition as its subscribers were sent it, from `content/editions/<id>.lock`.

    following     the number of the next one, unless its note says another
    closed        its cut-off
    top           stories before its sections
    note          digest of what its note said, "" without one; `facts` of what else stood in it
    bands         slug and name of each band, in order; None in locks that do not tell
    corrections   digests of the corrections to earlier editions that it told of
    threads       guid of each member with a story, and the earlier editions with articles on it,
                  oldest first; None in locks that do not tell
    settings      name and value of those by which all of it was made
    names         kind and slug or domain of topics and providers, and what they were called
    words         digest of the words to the note's picture, "" in locks that do not tell
    files         (content path, digest) of the pictures and attachments of its note
    members       in order
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


class Corrected(Noun, frozen=True, kw_only=True):
    """A correction as lists show it: of an article, or of the note of an edition.

    id     of what was corrected; `link` leads there, `edition` is its edition
    """

    id: str
    title: str
    link: str
    edition: str
    date: datetime
    text: str
    language: str = ""


class EditionRef(Noun, frozen=True, kw_only=True):
    """What articles and navigation see of an edition: no counts, no cards.

    id            "" for what is after the last note, where notes say what the editions are
    permalink     "" for one that is not shown yet
    folder        where its other forms are: e-mail, e-book
    first, last   days of its range, in the site's zone; `number` is None while it is open
    """

    id: str
    permalink: str
    folder: str = ""
    first: date
    last: date
    number: int | None = None
    title: str = ""
    closed: bool = True


class Band(Noun, frozen=True, kw_only=True):
    """A band of an edition: a section, a topic, or other stories (without a name).

    stories   number of stories; articles on the same event count as one
    """

    name: str
    slug: str
    permalink: str
    stories: int
    topic: TopicRef | None = None


class Edition(Noun, frozen=True, kw_only=True):
    """One edition: its note, and its cards in the order they are shown.

    The first of several cards of one story leads it, and the others follow it at once.

    top       stories before the bands: the lead, and those beside it
    stories   number of stories; articles on the same event count as one
    cutoff    when it closed or will close, or when its note is dated
    closes    when it closed or will close, where that is another moment
    cards     none for an issue that is its note alone
    guid      the note's own, or ""
    locked    whether it is as its lock says
    threads   earlier editions with articles on its stories, as its lock says: see `Lock`
    source    digest of what its note says; `facts` of what else stands in it
    following     the number that would come next
    corrections   to what is in it; `earlier` to earlier editions, told in this one
    minutes   reading time of the note
    authors   of the note; the permalink of one without articles is ""
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
