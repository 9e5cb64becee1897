"""Ghost's routes.yaml: where posts, tags and authors stand; Ghost's own places without it."""

import re
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
    filters: tuple[str, ...] = ()

    def post(self, slug: str, day: date | None, tag: str) -> str:
        """The address of a post; "" where the pattern asks for what the post has not."""
        said = {"slug": slug, "primary_tag": tag or "all"}
        if day:
            said |= {"year": f"{day.year}", "month": f"{day.month:02d}", "day": f"{day.day:02d}"}
        made = self.posts
        for name, value in said.items():
            made = made.replace(f"{{{name}}}", value)
        return "" if "{" in made else made

    def takes(self, tags: list[str], *, featured: bool) -> bool:
        """Whether some collection shows a post with these tags (slugs), as far as filters tell."""
        return not self.filters or any(_holds(said, tags, featured) for said in self.filters)

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
        () if taken else tuple(values.text(rule.get("filter")) for rule in collections.values()),
    )


_TEST = re.compile(r"(primary_tag|tags?|featured):(-?)(?:\[([^\[\]]*)\]|'?([\w-]+)'?)")


def _holds(said: str, tags: list[str], featured: bool) -> bool:
    """Whether a filter such as `tag:-hash-inner+featured:true` takes a post; what cannot be read
    takes it."""
    if "(" in said:
        return True
    return any(
        all(_passes(test, tags, featured) for test in any_of.split("+"))
        for any_of in re.split(r",(?![^\[]*\])", said)
    )


def _passes(test: str, tags: list[str], featured: bool) -> bool:
    found = _TEST.fullmatch(test.strip())
    if not found:
        return True
    key, negated, listed, one = found.groups()
    names = {name.strip(" '") for name in (listed or one).split(",")}
    if key == "featured":
        return featured is ("true" in names)
    own = tags[:1] if key == "primary_tag" else tags
    return bool(names & set(own)) is not bool(negated)
