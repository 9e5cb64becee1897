"""The recipients and the ledgers beside them must not be in a folder that is published."""

from collections.abc import Iterator
from pathlib import Path

from site_gen.basics import schema
from site_gen.settings.tables import Settings

PUBLISHED = ("content", "themes", "public")
"""Folders of a site whose files a build may publish."""
KEY = ("send", "smtp", "recipients")


def published_recipients(root: Path, settings: Settings) -> Iterator[tuple[schema.Path, str, str]]:
    """The file, if it is in a published folder: (path, what is wrong, cure)."""
    file = root / settings.send.smtp.recipients
    # The ledgers lie beside the name that was given, the addresses where its link leads.
    places = (file.resolve(), file.parent.resolve() / file.name)
    for name in PUBLISHED:
        if any(place.is_relative_to((root / name).resolve()) for place in places):
            told = f"the list of readers lies in {name}/, whose files are published"
            yield KEY, told, "move it beside site.toml, out of version control, and name it here"
