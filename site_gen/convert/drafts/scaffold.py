"""New content files for an editor to fill in: an article, the note of an edition."""

from datetime import datetime
from pathlib import Path

from site_gen import frontmatter
from site_gen.basics import dates
from site_gen.convert.drafts import naming
from site_gen.convert.drafts.files import Store
from site_gen.problems import Problem, SiteError, UsageError, Where, shown
from site_gen.settings import NO_TAG, Settings

CONTENT = "content"


def new_article(root: Path, settings: Settings, title: str, now: datetime) -> str:
    """Write `content/<week>/<slug>.md` with the front matter an article needs; its path.

    Raises UsageError for a title without a visible character, SiteError where the file is there.
    """
    if not title.strip():
        raise UsageError(
            [
                Problem(
                    "new/title", "the article has no title", None, 'add it: new article "A title"'
                )
            ]
        )
    slug = naming.slug(title, title)
    week = dates.week_of(now.date(), dates.WEEKDAYS.index(settings.editions.first_weekday))
    path = f"{week}/{slug}"
    matter = {
        "title": title.strip(),
        "excerpt": "",
        "publishedDateTime": now.replace(microsecond=0),
        "draft": True,
        "slug": slug,
        "guid": f"tag:{settings.feeds.tag or NO_TAG}:{path}",
        "topics": [],
    }
    return _write(root, f"{CONTENT}/{path}.md", matter)


def new_edition(root: Path, settings: Settings, week: str, now: datetime) -> str:
    """Write `content/editions/<id>.md`, the note of an edition; its path. `week` "" = this one."""
    first = dates.WEEKDAYS.index(settings.editions.first_weekday)
    wanted = week or dates.week_of(now.date(), first)
    try:
        dates.week_range(wanted, first)
    except ValueError as error:
        problem = Problem("new/week", f"{shown(wanted)} {error}", help="write it as 2024-W07")
        raise UsageError([problem]) from None
    return _write(root, f"{CONTENT}/editions/{wanted}.md", {"title": "", "lead": ""})


def _write(root: Path, path: str, matter: dict[str, object]) -> str:
    store = Store(root)
    if store.read(path) is not None:
        problem = Problem("new/exists", f"{path} is there already", Where(path), "edit that file")
        raise SiteError([problem])
    store.write(path, f"---\n{frontmatter.dump(matter)}---\n\n".encode())
    return path
