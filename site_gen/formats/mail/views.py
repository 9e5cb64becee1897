"""What the templates of a letter are handed."""

from site_gen.model import Link, Noun, Picture


class Story(Noun, frozen=True, kw_only=True):
    """One story; `meta` is its provider, topic and reading time. Links are absolute.

    section     the heading of the band that begins with it, or ""
    in_section  whether it is in one
    covered   others on the same event; `earlier` editions that told of it
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


class Amended(Noun, frozen=True, kw_only=True):
    """A correction to an earlier edition; `link` is absolute."""

    day: str
    title: str
    link: str
    text: str


class Note(Noun, frozen=True, kw_only=True):
    """The note of an edition, its picture before it, as its page has it.

    base, url  of the site, without a slash at the end, and of the edition
    pictures   (site-absolute address of a picture of ours, as letters show it)
    """

    html: str
    base: str
    url: str
    pictures: tuple[tuple[str, Picture], ...] = ()


class Mail(Noun, frozen=True, kw_only=True):
    """The edition; every URL is absolute. `more` counts stories that are on the web only, `cut`
    says whether the rest of the note is. `unsubscribe` is what the sender's system replaces;
    `byline` who wrote the note; `note_text` is filled in when the letter is made."""

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
    corrections: tuple[Amended, ...] = ()
