"""Ghost's routes.yaml: where posts, tags and authors stand; Ghost's own places without it."""

from datetime import date
from typing import NamedTuple

from site_gen import frontmatter
from site_gen.importers.reading import values
from site_gen.importers.reading.folder import Folder
from site_gen.problems import SiteError

NAMES = ("routes.yaml", "routes.yml", "content/settings/routes.yaml")


class Routes(NamedTuple):
    """Patterns such as `/{year}/{slug}/`, and the addresses of lists of posts beside home."""

    posts: str = "/{slug}/"
    tags: str = "/tag/{slug}/"
    authors: str = "/author/{slug}/"
    collections: tuple[str, ...] = ()

    def post(self, slug: str, day: date | None, tag: str) -> str:
        """The address of a post; "" where the pattern asks for what the post has not."""
        said = {"slug": slug, "primary_tag": tag or "all"}
        if day:
            said |= {"year": f"{day.year}", "month": f"{day.month:02d}", "day": f"{day.day:02d}"}
        made = self.posts
        for name, value in said.items():
            made = made.replace(f"{{{name}}}", value)
        return "" if "{" in made else made

    def tag(self, slug: str) -> str:
        """The address of a tag's page."""
        return self.tags.replace("{slug}", slug)

    def author(self, slug: str) -> str:
        """The address of an author's page."""
        return self.authors.replace("{slug}", slug)


def read(folder: Folder) -> Routes:
    """The routes beside the export. Of several collections the first one that takes all counts."""
    name = folder.first(*NAMES)
    if not name:
        return Routes()
    try:
        found = frontmatter.load(folder.text(name), name)
    except SiteError:
        return Routes()
    collections = {
        place: values.table(rule) for place, rule in values.table(found.get("collections")).items()
    }
    taken = [rule for rule in collections.values() if not rule.get("filter")]
    rule = next(iter(taken or collections.values()), {})
    terms = values.table(found.get("taxonomies"))
    return Routes(
        values.text(rule.get("permalink")) or Routes().posts,
        values.text(terms.get("tag")) or Routes().tags,
        values.text(terms.get("author")) or Routes().authors,
        tuple(place for place in collections if place != "/"),
    )
