"""Where everything lives on the site: the one place that knows our paths."""

from datetime import date

from site_gen.basics import slugs
from site_gen.settings import Settings

HOME = "/"
ARCHIVE = "/editions/"
TOPICS = "/topics/"
PROVIDERS = "/providers/"
AUTHORS = "/authors/"
CORRECTIONS = "/corrections/"
SECTIONS = "/sections/"
STORIES = "/stories/"
FEEDS = "/feeds/"
SEARCH = "/search/"
LATEST = "/latest/"


def article(slug: str, day: date, edition_id: str, settings: Settings) -> str:
    """`/articles/<slug>/`, or what `article_permalink` says; `day` is in the site's zone."""
    return settings.article_permalink.format(
        slug=slug, edition=edition_id, **_day(day),
    )  # fmt: skip


def edition(
    edition_id: str, day: date, settings: Settings, *, number: int | None = None, slug: str = ""
) -> str:
    """`/editions/<id>/`, or what `editions.permalink` says; one without a number of its own
    stands at the former where the latter asks for it. `day` is in the site's zone."""
    pattern = settings.editions.permalink
    if "{number}" in pattern and number is None:
        return edition_folder(edition_id)
    return pattern.format(
        id=edition_id, edition=edition_id, number=number, slug=slug or edition_id, **_day(day)
    )


def edition_folder(edition_id: str, permalink: str = "") -> str:
    """Where the other forms of an edition are: below its permalink where that is a folder."""
    return permalink if permalink.endswith("/") else f"{ARCHIVE}{edition_id}/"


def _day(day: date) -> dict[str, str]:
    """The parts of a day that patterns name; `week` is the ISO week."""
    return {
        "year": f"{day.year}",
        "month": f"{day.month:02d}",
        "day": f"{day.day:02d}",
        "week": f"{day.isocalendar().week:02d}",
    }


def topic(slug: str) -> str:
    """A topic's page."""
    return f"{TOPICS}{slug}/"


def section(slug: str) -> str:
    """A section's page."""
    return f"{SECTIONS}{slug}/"


def story(slug: str) -> str:
    """A story's page."""
    return f"{STORIES}{slug}/"


def provider(key: str) -> str:
    """A provider's page; `key` is its domain, else the slug of its name."""
    return f"{PROVIDERS}{key}/"


def author(slug: str) -> str:
    """An author's page."""
    return f"{AUTHORS}{slug}/"


def content_page(slug: str) -> str:
    """A dateless page such as About."""
    return f"/{slug}/"


def list_page(own: str, number: int, total: int) -> str:
    """Page `number` of a list at `own`: numbered from the oldest, the newest at `own` itself."""
    return own if number == total else f"{own}page/{number}/"


def output_path(permalink: str) -> str:
    """The file that serves a permalink, relative to the output folder."""
    return permalink.lstrip("/") + ("index.html" if permalink.endswith("/") else "")


def slug_of_name(name: str) -> str:
    """A slug for a name that may have no letter (an emoji): then a digest stands for it."""
    from site_gen.basics import digest

    return slugs.slugify(slugs.spell_out(name)) or digest.of_parts(name)[:10]
