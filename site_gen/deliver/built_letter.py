"""Reads the built letter of an edition."""

from pathlib import Path
from typing import NamedTuple

from site_gen.basics import digest, files
from site_gen.formats.mail import letter
from site_gen.model import Edition
from site_gen.problems import Problem, SiteError, Where, shown
from site_gen.settings import Settings


class Letter(NamedTuple):
    """The letter of an edition.

    preview  the text that mail programs show beside the subject
    url      the absolute URL of the edition
    digest   digest of subject and texts
    tag      identifies the edition at a service, even if the subject changes
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
    """Raise SiteError if an edition is not locked, since it could still change."""
    if edition.locked:
        return
    name = edition.ref.id
    text = f"the edition {shown(name)} is not locked: a late story could still join it"
    cure = f"run `site-gen close {name}`, `site-gen build` and `site-gen publish` first"
    raise SiteError([Problem("send/unlocked", text, help=cure)])


def read_letter(edition: Edition, output: Path, settings: Settings) -> Letter:
    """Read a letter. Raises SiteError if the edition is open or its letter is not built."""
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
