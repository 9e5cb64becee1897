"""Eleventy's templates that make pages of collections: further pages of lists, pages of tags;
what its settings keep out, and which files they copy."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from fnmatch import fnmatch
from typing import Any, NamedTuple

from site_gen.importers.eleventy import permalinks
from site_gen.importers.old_site import Listing, OldSite
from site_gen.importers.reading import javascript_settings, listings, values
from site_gen.importers.reading.folder import Folder


class Template(NamedTuple):
    """A template of a list: its path, its front matter, its path below the input folder."""

    path: str
    fields: Mapping[str, Any]
    inner: str


def lists(
    template: Template, address: str | None, site: OldSite, collections: Collection[str]
) -> Iterator[Listing]:
    """The pages of a template, each with what stands for it; "lost" where nothing tells.

    collections   names by which the settings and folders gather texts, tags aside
    """
    paging = values.table(template.fields.get("pagination"))
    if values.text(paging.get("data")) == "collections":
        yield from _tags(template, paging, site, collections)
    elif paging:
        yield from _pages(template, paging, address, site)
    elif address and address not in ("/sitemap.xml", "/robots.txt", "/404.html"):
        yield listings.listing(address) or Listing(address, "lost")


def _pages(
    template: Template, paging: Mapping[str, Any], first: str | None, site: OldSite
) -> Iterator[Listing]:
    """The pages of a list of texts; a list of anything else has addresses that nobody can tell."""
    data = values.text(paging.get("data"))
    if first is None or not data.startswith("collections."):
        return
    size = values.whole(paging.get("size")) or 10
    count = sum(1 for entry in site.entries if not entry.page and entry.address)
    for number in range(max(1, (count + size - 1) // size)):
        address = permalinks.address(template.fields, template.inner, None, page=number)
        if address:
            yield listings.listing(address) or Listing(address, "editions")


def _tags(
    template: Template, paging: Mapping[str, Any], site: OldSite, collections: Collection[str]
) -> Iterator[Listing]:
    alias = values.text(paging.get("alias")) or "tag"
    out = set(map(str, values.listed(paging.get("filter"))))
    topics = Counter(t for entry in site.entries for t in entry.matter.get("topics", ()))
    for name in dict.fromkeys([*topics, *sorted(collections), "all"]):
        address = permalinks.address({**template.fields, alias: name}, template.inner, None)
        if address and name not in out:
            yield Listing(address, "topic" if name in topics else "editions", name)


def collections(program: str) -> set[str]:
    """The names of the collections that the settings make."""
    return set(re.findall(r"\baddCollection\(\s*[\"'`](\w+)", javascript_settings.plain(program)))


def ignored(folder: Folder, program: str) -> Callable[[str], bool]:
    """Whether the settings, `.eleventyignore` or `.gitignore` keep a file from being a page."""
    rules: list[tuple[bool, str]] = []
    git = re.search(r"setUseGitIgnore\(\s*false", javascript_settings.plain(program)) is None
    for name in (".gitignore", ".eleventyignore") if git else (".eleventyignore",):
        lines = folder.text(name).split("\n") if folder.first(name) else []
        for line in map(str.strip, lines):
            if line and not line.startswith("#"):
                rules.append((not line.startswith("!"), line.lstrip("!")))
    for call in javascript_settings.calls(program, "ignores.add"):
        rules += [(True, text) for text in javascript_settings.strings(call)]

    def kept_out(path: str) -> bool:
        found = False
        for out, rule in rules:
            if matches(rule, path):
                found = out
        return found

    return kept_out


def formats(program: str) -> set[str]:
    """The forms that are made into pages, where the settings name them."""
    plain = javascript_settings.plain(program)
    found = javascript_settings.listed(program, "templateFormats")
    for call in re.findall(r"\bsetTemplateFormats\(\s*([^()]*)\)", plain):
        found += javascript_settings.strings(call)
    for call in re.findall(r"\baddTemplateFormats\(\s*([^()]*)\)", plain) if found else ():
        found += javascript_settings.strings(call)
    return {form.strip().rpartition(".")[2].lower() for text in found for form in text.split(",")}


def matches(rule: str, path: str) -> bool:
    """Whether a rule of such a file, or a glob of the settings, holds for a path."""
    plain = rule.strip("/").removeprefix("./")
    pattern = plain.replace("**/", "*")
    anchored = "/" in plain
    if fnmatch(path, pattern) or path.startswith(f"{plain}/"):
        return True
    return not anchored and any(fnmatch(part, pattern) for part in path.split("/"))


_PAIR = re.compile(r"(?:([\"'`])([^\"'`\n]*)\1|(?<!\w)(\w++))\s*+:\s*+([\"'`])([^\"'`\n]*)\4")


def copied(program: str, root: str) -> Callable[[str], str | None]:
    """The address of a file that the settings copy as it is; None for any other."""
    rules: list[tuple[str, str]] = []
    out: list[str] = []
    for call in javascript_settings.calls(program, "addPassthroughCopy"):
        found = javascript_settings.strings(call)
        if call.lstrip().startswith("{"):  # what follows it are options
            pairs = _PAIR.findall(call.partition("}")[0])
            rules += [(_plain(a or bare), "/" + _plain(b)) for _, a, bare, _, b in pairs]
        elif found:
            rules.append((_plain(found[0]), f"/{_inside(_plain(found[0]), root)}"))
        out += [text[1:] for text in found if text.startswith("!")]

    def target(path: str) -> str | None:
        if any(matches(rule, path) for rule in out):
            return None
        for source, place in rules:
            if path == source:
                return place if place != "/" else f"/{path.rpartition('/')[2]}"
            if path.startswith(f"{source}/") or (not source and "/" not in path):
                return f"{place.rstrip('/')}/{path[len(source) :].lstrip('/')}"
            if set("*?[") & set(source) and matches(source, path):
                name = path.rpartition("/")[2]
                whole = place == f"/{_inside(source, root)}"
                return f"/{_inside(path, root)}" if whole else f"{place.rstrip('/')}/{name}"
        return None

    return target


def _plain(path: str) -> str:
    return re.sub(r"^\./|/$", "", path).strip("/")


def _inside(path: str, root: str) -> str:
    return path.removeprefix(f"{root}/") if root else path
