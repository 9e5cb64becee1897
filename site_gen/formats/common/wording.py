"""The few texts that feeds, e-mail and e-book add themselves, in the site's language."""

import tomllib
from functools import cache
from pathlib import Path

from site_gen.basics.day_words import primary_language
from site_gen.model import Edition, EditionRef, Record, SiteView
from site_gen.theme.filters import format_range


class Words(Record, frozen=True, kw_only=True):
    """Sentences and labels; `{}` stands for a name or a number."""

    editions: str = "Editions"
    articles: str = "Articles"
    topics: str = "Topics"
    sections: str = "Sections"
    providers: str = "Providers"
    authors: str = "Authors"
    number: str = "No. {}"
    by: str = "By {}"
    read_at: str = "Read at {}"
    read_original: str = "Read the original"
    read_story: str = "Read this story on the web"
    read_online: str = "Read this edition on the web"
    one_story: str = "1 story"
    stories: str = "{} stories"
    more_stories: str = "{} more on the web"
    minutes: str = "{} min"
    contents: str = "Contents"
    cover: str = "Cover"
    unsubscribe: str = "Unsubscribe"
    note: str = "From the editor"
    more: str = "Other stories"
    sources: str = "Sources"
    picture: str = "Picture: {}"
    newest: str = "All editions"
    covered: str = "Also covered by {}"
    earlier: str = "Earlier:"
    why: str = "Why it matters: {}"
    corrections: str = "Corrections to earlier editions"
    corrections_list: str = "Corrections"
    corrected: str = "Correction, {}: {}"


ENGLISH = Words()


@cache
def _translations() -> dict[str, dict[str, str]]:
    """The texts of languages other than English, by language tag."""
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))


@cache
def words(language: str) -> Words:
    """The texts for a language tag; English if there are none."""
    found = _translations().get(primary_language(language))
    return Words(**found) if found else ENGLISH


def edition_name(edition: EditionRef, site: SiteView) -> str:
    """`No. 12: Title`, or `No. 12 · 12–18 February 2024` for an edition without a title."""
    number = edition.id
    if edition.number:
        number = words(site.language).number.format(edition.number)
    if edition.title:
        return f"{number}: {edition.title}"
    return f"{number} · {format_range(edition.first, edition.last, site)}"


def byline(edition: Edition, language: str) -> str:
    """`By Ann Lee, Bo Lund`: the authors of an edition's note; "" without authors."""
    names = ", ".join(author.name for author in edition.authors)
    return words(language).by.format(names) if names else ""


def story_count(count: int, language: str) -> str:
    """`1 story`, `88 stories`."""
    spoken = words(language)
    return spoken.one_story if count == 1 else spoken.stories.format(count)
