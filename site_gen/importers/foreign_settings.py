"""What lies beside a folder of Markdown and says whose site it was: settings of Nikola, Hexo and
systems like them. Title, address, zone, menu, and the rule by which texts got their addresses."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from site_gen import frontmatter
from site_gen.basics import slugs
from site_gen.importers import javascript_settings, menus, names, python_settings, values
from site_gen.importers.folder import Folder
from site_gen.importers.old_site import Listing, MenuItem, Rule
from site_gen.problems import SiteError

SCRIPTS = ("docusaurus.config.js", "docusaurus.config.ts", "gatsby-config.js", "gatsby-config.ts")
"""Settings that are programs: looked through for plain values, never run."""
NAMES = (
    *SCRIPTS,
    "conf.py",
    "_config.yml",
    "_config.yaml",
    "config.toml",
    "config.yaml",
    "config.yml",
)
_TITLE = ("title", "blog_title", "site_title", "sitename", "name")
_URL = ("url", "siteurl", "site_url", "base_url", "baseurl", "siteurl")
_ABOUT = ("description", "tagline", "blog_description", "subtitle", "sitesubtitle")
_LANGUAGE = ("language", "default_lang", "lang", "locale", "default_language")


@dataclass(frozen=True, slots=True)
class Frame:
    """Its settings, keys in lower case; `name` is their file."""

    name: str = ""
    settings: Mapping[str, Any] = field(default_factory=dict)

    def said(self, keys: tuple[str, ...]) -> str:
        """The first of these that is set."""
        found = (values.text(self.settings.get(key)) for key in keys)
        return next(filter(None, found), "")

    @property
    def title(self) -> str:
        return self.said(_TITLE)

    @property
    def base_url(self) -> str:
        """Without the slash at its end."""
        return self.said(_URL).rstrip("/")

    @property
    def description(self) -> str:
        return self.said(_ABOUT)

    @property
    def language(self) -> str:
        return self.said(_LANGUAGE)

    @property
    def menu(self) -> list[MenuItem]:
        """Nikola's, of the first language."""
        found = self.settings.get("navigation_links")
        if isinstance(found, Mapping):
            found = next(iter(found.values()), None)
        return menus.items(found)

    @property
    def feeds(self) -> list[str]:
        """Where its feed stands."""
        if self.name == "conf.py":
            return ["/rss.xml"]
        if self.name.startswith("docusaurus"):
            return [f"{self.blog}/{name}" for name in ("rss.xml", "atom.xml")]
        if self.name.startswith("gatsby"):
            return ["/rss.xml"]
        own = values.table(self.settings.get("feed")).get("path")
        return [f"/{path}" for path in map(str, values.listed(own))]

    @property
    def scratch(self) -> str:
        """Where it keeps what it is working on, "" where nowhere."""
        return "cache/" if self.name == "conf.py" else ""

    def lists(self, topics: Iterable[str], years: Iterable[int]) -> Iterator[Listing]:
        """The pages that Nikola makes of others; "galleries" and the like are of its files."""
        if self.name != "conf.py":
            return
        place = values.text(self.settings.get("tag_path")) or "categories"
        yield Listing("/archive.html", "editions")
        yield Listing(f"/{place}/", "topics")
        yield from (Listing(f"/{year}/", "editions") for year in years)
        for topic in topics:
            for name in (slugs.slugify(topic), f"cat_{slugs.slugify(topic)}"):
                yield Listing(f"/{place}/{name}/", "topic", topic)
                yield Listing(f"/{place}/{name}.xml", "topic feed", topic)

    @property
    def rules(self) -> list[Rule]:
        """Nikola's redirects."""
        pairs = map(values.listed, values.listed(self.settings.get("redirections")))
        return [Rule(f"/{str(p[0]).lstrip('/')}", str(p[1])) for p in pairs if len(p) == 2]

    def address(self, path: str, slug: str, day: date | None) -> str:
        """Where the text of a file stood; "" where the settings do not tell."""
        if self.name == "conf.py":
            return self._nikola(path, slug)
        if self.name.startswith("docusaurus"):
            return self._docusaurus(path, slug, day)
        if self.name.startswith("gatsby"):
            return f"/{slug or names.stem_of(path)}/" if "content/" in f"/{path}" else ""
        if path.startswith("source/"):
            return self._hexo(path.removeprefix("source/"), slug, day)
        return ""

    @property
    def blog(self) -> str:
        """Where Docusaurus shows its blog."""
        return "/" + str(self.settings.get("routebasepath") or "blog").strip("/")

    def _docusaurus(self, path: str, slug: str, day: date | None) -> str:
        if path.startswith("src/pages/"):
            plain = re.sub(r"(?:^|/)index$", "", re.sub(r"\.\w+$", "", path[10:]))
            return f"/{plain}"
        if not path.startswith("blog/"):
            return ""
        if slug:
            return slug if slug.startswith("/") else f"{self.blog}/{slug}"
        named = names.named(path)
        inner = re.sub(r"^(?:\d{4}[/-]\d\d[/-]\d\d[/-]?)", "", re.sub(r"\.\w+$", "", path[5:]))
        inner = re.sub(r"(?:^|/)index$", "", inner)
        told = f"{named.day:%Y/%m/%d}/" if named.day and named.exact else ""
        return f"{self.blog}/{told}{inner}".rstrip("/")

    def _nikola(self, path: str, slug: str) -> str:
        for key in ("posts", "pages"):
            for rule in values.listed(self.settings.get(key)):
                pattern, place = (*map(str, values.listed(rule)), "", "")[:2]
                root = pattern.partition("*")[0]
                if root and path.startswith(root) and slug:
                    inner = path[len(root) :].rpartition("/")[0]
                    plain = "/".join(part for part in ("", place, inner, slug) if part)
                    pretty = self.settings.get("pretty_urls") is not False
                    return f"/{plain}{'/' if pretty else '.html'}"
        return ""

    def _hexo(self, path: str, slug: str, day: date | None) -> str:
        if not path.startswith("_posts/"):
            stem = re.sub(r"\.\w+$", "", path)
            return f"/{stem.removesuffix('index')}" if stem.endswith("/index") else f"/{stem}.html"
        pattern = self.said(("permalink",)) or ":year/:month/:day/:title/"
        stem = re.sub(r"\.\w+$", "", path.removeprefix("_posts/"))
        said = {"title": slug or stem, "name": names.stem_of(path), "slug": slug or stem}
        if day:
            said |= {"year": f"{day.year}", "month": f"{day.month:02d}", "day": f"{day.day:02d}",
                     "i_month": f"{day.month}", "i_day": f"{day.day}"}  # fmt: skip
        made = re.sub(r":(\w+)", lambda m: said.get(m[1], m[0]), pattern)
        return "" if ":" in made else f"/{made.lstrip('/')}"


def read(folder: Folder) -> Frame:
    """The settings beside the texts; none where there are none that can be read."""
    name = folder.first(*NAMES)
    if not name:
        return Frame()
    text = folder.text(name)
    if name in SCRIPTS:
        keys = ("title", "url", "siteUrl", "tagline", "description", "routeBasePath")
        given = {key.lower(): javascript_settings.value(text, key) for key in keys}
        return Frame(name, {key: value for key, value in given.items() if value})
    try:
        if name.endswith(".py"):
            found, _ = python_settings.assigned(text, {})
        elif name.endswith(".toml"):
            found = tomllib.loads(text)
        else:
            found = dict(frontmatter.load(text, name))
    except (SiteError, ValueError, RecursionError):
        return Frame()
    return Frame(name, {str(key).lower(): value for key, value in found.items()})
