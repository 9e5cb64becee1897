"""Hugo's output formats: the further addresses at which each page stands, as JSON, AMP ..."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from site_gen.importers.hugo import settings
from site_gen.importers.old_site import Target
from site_gen.importers.reading import values

_SUFFIXES = {"amp": "html", "calendar": "ics", "html": "html", "json": "json", "markdown": "md",
             "csv": "csv", "css": "css", "rss": "xml", "webappmanifest": "webmanifest",
             "gotmpl": "gotmpl", "robots": "txt", "sitemap": "xml"}  # fmt: skip
_MEDIA = {"application/json": "json", "application/feed+json": "json", "text/html": "html",
          "text/plain": "txt", "text/markdown": "md", "text/csv": "csv", "text/calendar": "ics",
          "application/rss+xml": "xml", "application/xml": "xml", "text/xml": "xml",
          "application/atom+xml": "xml", "text/css": "css",
          "application/manifest+json": "webmanifest"}  # fmt: skip
_NAMES = {"webappmanifest": "manifest", "robots": "robots", "sitemap": "sitemap",
          "sitemapindex": "sitemap"}  # fmt: skip
_OF_LISTS = ("html", "rss")


class Format(NamedTuple):
    """A form in which a page is published: `path` stands before its address."""

    name: str
    file: str
    suffix: str
    path: str
    ugly: bool

    @property
    def is_html(self) -> bool:
        """Whether a person reads it, so that the page itself serves as well."""
        return self.suffix in ("html", "htm")

    @property
    def is_feed(self) -> bool:
        return self.name in ("rss", "atom") or "feed" in self.name

    def address(self, page: str) -> str:
        """Its address, by that of the page (or list) in HTML."""
        top = f"/{self.path.strip('/')}" if self.path.strip("/") else ""
        plain = page.removesuffix(".html").rstrip("/")
        if (self.ugly or page.endswith(".html")) and plain:
            return f"{top}{plain}.{self.suffix}"
        if self.is_html and self.file == "index":
            return f"{top}{plain}/"
        return f"{top}{plain}/{self.file}.{self.suffix}"

    def target(self, feed: Target = "feed") -> Target:
        """What stands for it now: only a template told what others than feeds hold."""
        return feed if self.is_feed else "lost"


class Outputs:
    """What `outputs` and `outputFormats` of the settings say."""

    def __init__(self, config: Mapping[str, Any]) -> None:
        self._kinds = settings.lower(values.table(config.get("outputs")))
        self._given = settings.lower(values.table(config.get("outputformats")))
        self._media = settings.lower(values.table(config.get("mediatypes")))

    def of(self, kind: str, own: Any = None) -> Iterator[Format]:
        """The forms beside HTML of a page of a kind; `own` = what its front matter asks for."""
        usual = ("html",) if kind == "page" else _OF_LISTS
        for item in values.listed(own or self._kinds.get(kind) or list(usual)):
            name = values.text(item).lower()
            if name and name != "html":
                yield self._format(name)

    def _format(self, name: str) -> Format:
        said = values.table(self._given.get(name))
        media = values.text(said.get("mediatype")).lower()
        suffixes = values.listed(values.table(self._media.get(media)).get("suffixes"))
        known = _MEDIA.get(media) or _SUFFIXES.get(name)
        suffix = values.text(suffixes[0]) if suffixes else known or name
        return Format(
            name=name,
            file=values.text(said.get("basename")) or _NAMES.get(name, "index"),
            suffix=suffix,
            path=values.text(said.get("path")) or ("amp" if name == "amp" else ""),
            ugly=said.get("ugly") is True,
        )
