"""The views of a letter's templates."""

from site_gen.model import Link, Picture, Record


class Story(Record, frozen=True, kw_only=True):
    """A story; `meta` is its provider, topic and reading time. Links are absolute.

    section     the heading of the band that begins with this story, or ""
    in_section  whether the story is in a band
    covered     other articles on the same event
    earlier     earlier editions with articles on it
    """

    title: str
    link: str
    meta: str = ""
    excerpt: str = ""
    why: str = ""
    section: str = ""
    in_section: bool = False
    covered: tuple[Link, ...] = ()
    earlier: tuple[Link, ...] = ()
    language: str = ""
    direction: str = ""


class MailCorrection(Record, frozen=True, kw_only=True):
    """A correction to an earlier edition; `link` is absolute."""

    day: str
    title: str
    link: str
    text: str


class Note(Record, frozen=True, kw_only=True):
    """The note of an edition as its page shows it, with its picture before it.

    base       base URL of the site, without a slash at the end
    url        URL of the edition
    pictures   (site-absolute URL of a local picture, picture for letters)
    """

    html: str
    base: str
    url: str
    pictures: tuple[tuple[str, Picture], ...] = ()


class Mail(Record, frozen=True, kw_only=True):
    """The edition; every URL is absolute. `more` is the number of stories left out, `cut` whether
    part of the note is. `unsubscribe` is a URL or a tag that the mail service replaces. `byline`
    names the note's authors. `note_text` is filled in by `render`."""

    subject: str
    preheader: str
    folio: str
    title: str
    url: str
    home: str
    archive: str
    unsubscribe: str
    byline: str = ""
    note_text: str = ""
    image: Picture | None
    stories: tuple[Story, ...]
    more: int = 0
    cut: bool = False
    corrections: tuple[MailCorrection, ...] = ()
