"""What lies beside a folder of Markdown and says whose site it was: settings of Hexo and
Gatsby. Title, address, zone, and the rule by which texts got their addresses."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, tzinfo
from typing import Any

from site_gen.importers.old_site import Entry, Listing, MenuItem, Rule
from site_gen.importers.reading import globs, names, values

_TITLE = ("title", "blog_title", "site_title", "sitename", "name")
_URL = ("url", "siteurl", "site_url", "base_url", "baseurl", "siteurl")
_ABOUT = ("description", "tagline", "blog_description", "subtitle", "sitesubtitle")
_LANGUAGE = ("language", "default_lang", "lang", "locale", "default_language")


@dataclass(frozen=True, slots=True)
class FolderSettings:
    """Its settings, keys in lower case; `name` is their file."""

    name: str = ""
    settings: Mapping[str, Any] = field(default_factory=dict)

    def said(self, keys: tuple[str, ...]) -> str:
        """The first of these that is set."""
        found = (values.text(self.settings.get(key)) for key in keys)
        return next(filter(None, found), "")

    @property
    def is_hexo(self) -> bool:
        """Whether they are Hexo's: those of Jekyll have the same name."""
        return self.name.startswith("_config.") and self.settings.get("source_dir") == "source"

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

    def takes(self, path: str) -> bool:
        """Whether the system reads a file at all: Hexo those of one folder, not those below `_`."""
        if not self.is_hexo:
            return True
        if any(
            not globs.Filter((), [rule], any_depth=True).takes(place)
            for key in ("exclude", "ignore")
            for rule in map(str, values.listed(self.settings.get(key)))
            for place in (path, path.removeprefix("source/"))
        ):
            return False
        parts = path.split("/")
        hidden = any(p.startswith("_") and p not in ("_posts", "_drafts") for p in parts[:-1])
        return parts[0] == "source" and not hidden

    @property
    def menu(self) -> list[MenuItem]:
        """Its main menu."""
        return []

    @property
    def feeds(self) -> list[str]:
        """Where its feed stands."""
        if self.name.startswith("gatsby"):
            return ["/rss.xml"]
        own = values.table(self.settings.get("feed")).get("path")
        return [f"/{path}" for path in map(str, values.listed(own))]

    @property
    def output(self) -> str:
        """The folder that it is built into, where the settings name one: Nikola's, Hexo's."""
        return self.said(("output_folder", "public_dir"))

    @property
    def scratch(self) -> str:
        """Where it keeps what it is working on, "" where nowhere."""
        return ""

    @property
    def has_tag_pages(self) -> bool:
        """Whether each tag and category had a page there, so that each is a topic here."""
        return bool(self.settings) and self.name.startswith("_config.")

    @property
    def shows_hidden(self) -> bool:
        """Whether a text that is not public had a page there all the same, in no list."""
        return False

    def language_of(self, path: str) -> str:
        """The language that a file's name tells, "" for the site's own."""
        return ""

    def lists(self, entries: Iterable[Entry], zone: tzinfo) -> Iterator[Listing]:
        """The pages that it makes of others."""
        return iter(())

    def finished(self, entries: Iterable[Entry]) -> None:
        """Whatever can be said once all texts are read: Hexo's plugins shut those with a tag."""
        said = values.table(self.settings.get("encrypt"))
        shut = {
            values.text(values.table(one).get("name")): "encrypt"
            for one in values.listed(said.get("tags"))
        }
        for entry in entries:
            words = [str(w) for key in ("tags", "topics") for w in entry.matter.get(key, ())]
            if self.is_hexo and (hit := next((w for w in words if w in shut), "")):
                entry.keep_private(f"encrypt: tag {hit}")

    @property
    def rules(self) -> list[Rule]:
        """Its redirects."""
        return []

    def address(self, path: str, slug: str, day: date | None) -> str:
        """Where the text of a file stood; "" where the settings do not tell."""
        if self.name.startswith("gatsby"):
            return f"/{slug or names.stem_of(path)}/" if "content/" in f"/{path}" else ""
        if self.is_hexo and path.startswith("source/"):
            return self._hexo(path.removeprefix("source/"), slug, day)
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
