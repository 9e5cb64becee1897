"""The letter of an edition as it goes out: what the build wrote, read again."""

from pathlib import Path
from typing import NamedTuple

from site_gen.basics import digest, files
from site_gen.formats.mail import letter
from site_gen.model import Edition
from site_gen.problems import Problem, SiteError, Where, shown
from site_gen.settings import Settings


class Letter(NamedTuple):
    """One edition's letter.

    digest   of all that a reader gets; the same letter has the same
    tag      by which a service knows it again, whatever its subject
    url      of the edition on the web
    """

    edition: str
    subject: str
    preview: str
    html: str
    text: str
    url: str
    digest: str
    tag: str


def refuse_unlocked(edition: Edition) -> None:
    """Raises SiteError for an edition without a lock: what is sent must be what is closed later."""
    if edition.locked:
        return
    name = edition.ref.id
    told = f"the edition {shown(name)} is not locked: a late story could still join it"
    cure = f"run `site-gen close {name}`, `site-gen build` and `site-gen publish` first"
    raise SiteError([Problem("send/unlocked", told, help=cure)])


def letter_of(edition: Edition, output: Path, settings: Settings) -> Letter:
    """Raises SiteError for an edition that is open or whose letter is not built."""
    name = edition.ref.id
    if not edition.ref.closed:
        raise SiteError(
            [
                Problem(
                    "send/open",
                    f"the edition {shown(name)} is open until {edition.cutoff:%d %B %H:%M}",
                    help="send it after its cut-off: its stories may still change",
                )
            ]
        )
    folder = output / edition.ref.permalink.strip("/")
    folder = folder if folder.is_dir() else folder.parent
    try:
        html, text = (
            files.decode(files.read_bytes(folder.resolve() / file)).text
            for file in ("email.html", "email.txt")
        )
    except files.Unreadable as error:
        raise SiteError(
            [
                Problem(
                    "send/unbuilt",
                    f"the letter of {shown(name)} is not built ({error.reason})",
                    Where(str(folder)),
                    'run `site-gen build`, with "email" among the formats',
                )
            ]
        ) from None
    subject = letter.subject(edition, settings)
    preview = next((card.title for card in edition.cards), "")
    own = digest.of_parts(subject, html, text)
    return Letter(
        edition=name,
        subject=subject,
        preview=preview,
        html=html,
        text=text,
        url=f"{settings.base}{edition.ref.permalink}",
        digest=own,
        tag=f"site_gen {name}",
    )
