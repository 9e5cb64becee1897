"""New content files for editors to fill in: an article, an edition's note."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from site_gen import edition_periods, frontmatter
from site_gen.basics import dates, slugs
from site_gen.convert.drafts import naming
from site_gen.convert.drafts.files import Store
from site_gen.problems import Problem, SiteError, UsageError, Where, clean, shown
from site_gen.settings import NO_TAG, Settings

CONTENT = "content"
_OF_INIT = Path(__file__).resolve().parents[2] / "scaffold" / "edition.md"
"""The draft of a note that `init` wrote; a new note replaces it."""


class Proposal(NamedTuple):
    """Suggestions for an edition's note.

    stories  (slug, title), the best first
    drafts   (slug, title) of those that wait for an editor
    before   path of the note whose text is carried over, relative to the site, or ""
    """

    id: str
    number: int | None = None
    stories: Sequence[tuple[str, str]] = ()
    sections: Sequence[str] = ()
    before: str = ""
    drafts: Sequence[tuple[str, str]] = ()


def new_article(
    root: Path, settings: Settings, title: str, now: datetime, edition: str = ""
) -> str:
    """Write `content/<week>/<slug>.md` with the front matter of an article; return its path.

    Raises UsageError if the title has no visible character, SiteError if the file exists.
    """
    if not title.strip():
        cure = 'add it: new article "A title"'
        raise UsageError([Problem("new/title", "the article has no title", None, cure)])
    slug = naming.slug(title, title)
    wanted = edition_id(settings, edition) if edition else ""
    week = wanted or dates.week_of(now.date(), settings.first_weekday)
    path = f"{week}/{slug}"
    matter = {
        "title": title.strip(),
        "excerpt": "",
        "publishedDateTime": now.replace(microsecond=0),
        "draft": True,
        "slug": slug,
        "guid": f"tag:{settings.feeds.tag or NO_TAG}:{path}",
        **({"edition": wanted} if wanted else {}),
        "topics": [],
    }
    return _write(root, f"{CONTENT}/{path}.md", matter)


def new_edition(root: Path, settings: Settings, found: Proposal, now: datetime) -> str:
    """Write `content/editions/<id>.md`, an edition's note with the proposal; return its path."""
    wanted = edition_id(settings, found.id)
    matter: dict[str, object] = {"title": found.stories[0][1] if found.stories else ""}
    if found.number is not None:
        matter["number"] = found.number
    if edition_periods.is_by_notes(settings):
        matter["date"] = now.replace(microsecond=0)
    matter["lead"] = found.stories[0][0] if found.stories else ""
    if len(found.sections) > 1:
        matter["sections"] = list(found.sections)
    text = carry_over(root, found.before, settings.editions.carry)
    return _write(root, f"{CONTENT}/editions/{wanted}.md", matter, _comments(found), text)


def _comments(found: Proposal) -> Iterator[str]:
    """Comments for the editor."""
    if found.stories:
        yield "# The stories so far, the best first; pins: [...] puts some before the lead."
    for number, (slug, title) in enumerate(found.stories, 1):
        yield f"# {number}. {slug}: {clean(title, 80)}"
    if found.drafts:
        yield "# Drafts, which no reader sees before `site-gen accept`:"
    for slug, title in found.drafts:
        yield f"# {slug}: {clean(title, 80)}"


def edition_id(settings: Settings, name: str) -> str:
    """The id of an edition as an editor typed it. Raises UsageError."""
    try:
        if not edition_periods.is_by_notes(settings):
            edition_periods.calendar(settings).place_of(name)
        elif not name or slugs.safe(name) != name:
            raise ValueError("is no name for an address")
    except ValueError as error:
        problem = Problem(
            "new/week", f"{shown(name)} {error}", help=dates.edition_id_cure(name, error)
        )
        raise UsageError([problem]) from None
    return name


def carry_over(root: Path, path: str, headings: Iterable[str]) -> str:
    """The sections of an earlier note below these headings, unchanged."""
    data = Store(root).read(path) if path else None
    if not data:
        return ""
    wanted = {slugs.folded(heading) for heading in headings}
    kept: list[str] = []
    level = 0
    fenced = False
    for line in data.decode("utf-8-sig", "replace").splitlines():
        fenced ^= line.startswith(("```", "~~~"))
        marks = len(line) - len(line.lstrip("#"))
        if not fenced and 0 < marks <= 6 and line[marks : marks + 1] == " ":
            if level and marks <= level:
                level = 0
            if not level and slugs.folded(line.strip("# ")) in wanted:
                level = marks
        if level:
            kept.append(line)
    return "\n".join(kept).strip() + "\n" if kept else ""


def _write(
    root: Path, path: str, matter: dict[str, object], said: Iterable[str] = (), text: str = ""
) -> str:
    store = Store(root)
    there = store.read(path)
    if there is not None and there != _OF_INIT.read_bytes():
        problem = Problem("new/exists", f"{path} is there already", Where(path), "edit that file")
        raise SiteError([problem])
    comments = "".join(f"{line}\n" for line in said)
    store.write(path, f"---\n{frontmatter.dump(matter)}{comments}---\n\n{text}".encode())
    return path
