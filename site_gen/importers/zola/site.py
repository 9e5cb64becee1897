"""What Zola does otherwise than Hugo, whose folders it has: addresses, links, shortcodes, feeds."""

import re
from collections.abc import Callable, Mapping
from posixpath import dirname
from typing import Any

from site_gen.basics import slugs
from site_gen.importers.bodies import spans
from site_gen.importers.bodies.shortcodes import known as known_shortcode
from site_gen.importers.reading import names, values

_DATED = re.compile(r"\d{4}-\d\d-\d\d(?:T[\d:.+Z-]+?)?[-_](?=.)")
_INLINE = re.compile(r"\{\{\s*+(\w++)\s*+\(((?:[^{}]++|\{(?!\{)|\}(?!\}))*+)\}\}")
_BLOCK = (
    re.compile(r"\{%\s*+(\w++)\s*+\(((?:[^%{]++|%(?!\})|\{(?!%))*+)%\}"),
    re.compile(r"\{%\s*+end\s*+%\}"),
)
_QUOTES = ("quote", "blockquote", "pullquote", "note", "callout", "aside")


def is_zola(config: Mapping[str, Any]) -> bool:
    """Whether settings read as Hugo's are Zola's: they look alike but for these keys."""
    return "baseurl" not in config and "base_url" in config


def address(inner: str, fields: Mapping[str, Any], config: Mapping[str, Any]) -> str:
    """The address of the page in `content/<inner>`; "" where it is spelt in Latin letters by rules.

    Folders stand as they are called; `path` of front matter takes the place of all.
    """
    if own := values.text(fields.get("path")):
        return f"/{own.strip('/')}/"
    folder, stem = dirname(inner), names.stem_of(inner)
    if inner.rpartition("/")[2].startswith("index."):
        folder = dirname(folder)
    name = values.text(fields.get("slug")) or _DATED.sub("", stem, count=1)
    slug = slugged(name, slugs_of(config, "paths"))
    return "/".join(["", *filter(None, [folder, slug]), ""]) if slug else ""


def slugs_of(config: Mapping[str, Any], kind: str) -> str:
    """How the settings want slugs of "paths" or "taxonomies": "on", "safe" or "off"."""
    return values.text(values.table(config.get("slugify")).get(kind)) or "on"


def slugged(text: str, how: str) -> str:
    """A part of an address; "" where nothing here can tell it."""
    if how == "off":
        return text
    if how == "safe":
        return re.sub(r'[<>:"/\\|?*]', "", text.rstrip(" ."))
    plain = slugs.slugify(text.replace("'", "-"))
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") if plain.isascii() else ""


def makes_feeds(said: Mapping[str, Any]) -> bool:
    """Whether a site or section has feeds; the key had another name once."""
    return bool(said.get("generate_feeds", said.get("generate_feed")))


def feeds(config: Mapping[str, Any]) -> list[str]:
    """What its feeds are called; none where it makes none."""
    if not makes_feeds(config):
        return []
    wanted = config.get("feed_filenames") or config.get("feed_filename") or "atom.xml"
    return [values.text(name) for name in values.listed(wanted) if values.text(name)]


def body(text: str, address_of: Callable[[str], str], odd: list[str]) -> str:
    """The body: links to content files resolved, known shortcodes as Markdown."""

    def link(target: str) -> str:
        path, mark, anchor = target.partition("#")
        found = address_of(path[2:]) if path.startswith("@/") else ""
        return f"{found}{mark}{anchor}" if found else target

    def one(found: re.Match[str]) -> str:
        made = known_shortcode(found[1], _arguments(found), lambda _: "")
        if made is None:
            odd.append(f"{found[1]}()")
            return found[0]
        return made

    def block(mark: re.Match[str], inner: str) -> str:
        if mark[1] not in _QUOTES:
            odd.append(f"{mark[1]}()")
            return f"{mark[0]}{inner}{{% end %}}"
        named, _ = spans.attributes(_arguments(mark))
        return spans.quotation(inner, named.get("author") or named.get("cite") or "")

    if "{{" in text or "{%" in text:
        text = spans.outside_code(
            text, lambda part: _INLINE.sub(one, spans.enclosed(part, _BLOCK, block))
        )
    return spans.retarget(text, link) if "@/" in text else text


def _arguments(mark: re.Match[str]) -> str:
    return mark[2].rstrip().removesuffix(")").replace(",", " ")
