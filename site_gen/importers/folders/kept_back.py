"""What settings of further systems keep from readers: MkDocs, VitePress, VuePress, Gatsby, Nanoc,
Middleman. Those that are programs are looked through for patterns, never run. In doubt a text that
one of their patterns names is not public."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from site_gen import frontmatter
from site_gen.importers.reading import globs
from site_gen.importers.reading.folder import Folder
from site_gen.problems import SiteError

_SETTINGS = re.compile(
    r"(?P<place>(?:.*/)?)(?P<name>mkdocs\.ya?ml|\.(?:vitepress|vuepress)/config(?:/index)?\.\w+"
    r"|gatsby-(?:config|node)\.\w+|contentlayer\.config\.\w+|Rules|config\.rb)"
)
_ROOTS = {"Rules": "content/", "config.rb": "source/"}
"""Below which folder patterns are, where it is not that of the settings."""
_BLOCK = re.compile(
    r"^(?:exclude_docs|draft_docs):[ \t]*"
    r"(?:[|>][-+]?[ \t]*\n((?:[ \t]+\S[^\n]*\n?|[ \t]*\n)+)|(\S[^\n]*))",
    re.MULTILINE,
)
_DOCS = re.compile(r"^docs_dir:[ \t]*[\"']?([^\"'\n#]+)", re.MULTILINE)
_GLOBS = re.compile(r"^[ \t]*-[ \t]*exclude:[ \t]*\n((?:[ \t]+\S[^\n]*\n?)+)", re.MULTILINE)
_LIST = re.compile(
    r"(?:^|[^\w.])(?:srcExclude|ignore|pagePatterns|contentDirExclude)\b[\"']?\s*[:=(]?\s*"
    r"(\[[^\]]{0,4000}\]|[\"'`][^\n]*|/[^\s/][^\n]*?/)"
)
_STRING = re.compile(r"([\"'`])((?:(?!\1)[^\\\n])*)\1")
_ENCRYPTED = re.compile(r"\bencrypt\b[\"']?\s*:\s*\{([^;]{0,4000})")
_PATH_KEY = re.compile(r"[\"'](/[^\"'\n]*)[\"']\s*:")
_EXPRESSION = re.compile(r"\^?(?:[\w./-]|\\[./-])+\$?")
META = ".meta.yml"


class _Rule(NamedTuple):
    """Files below `root` that `glob` names are kept back, or shown again; `said` is the setting."""

    root: str
    glob: re.Pattern[str]
    said: str
    shown: bool = False


class KeptBack:
    """The patterns of all such settings in a folder."""

    def __init__(self, folder: Folder) -> None:
        self._folder = folder
        found = [match for name in folder.names if (match := _SETTINGS.fullmatch(name))]
        self._rules = [rule for match in found for rule in _rules(folder, match)]
        mkdocs = any(match["name"].startswith("mkdocs") for match in found)
        self._meta = [n for n in folder.names if mkdocs and n.rpartition("/")[2] == META]

    def why(self, path: str) -> str:
        """Which setting keeps a file from readers, "" where none does."""
        said = ""
        for rule in self._rules:  # the last one that names it decides
            if path.startswith(rule.root) and _names(rule.glob, path[len(rule.root) :].lower()):
                said = "" if rule.shown else rule.said
        return said

    def usual(self, path: str) -> dict[str, Any]:
        """What files of MkDocs' `meta` plugin give all texts of their folder, and below it."""
        made: dict[str, Any] = {}
        for name in self._meta:
            if path.startswith(name.removesuffix(META)):
                try:
                    made |= frontmatter.load(self._folder.text(name), name)
                except SiteError:
                    made["draft"] = True  # nobody here knows what it says
        return made


def _names(glob: re.Pattern[str], path: str) -> bool:
    """Whether it names the file, or a folder around it."""
    ends = [at for at, char in enumerate(path) if char == "/"]
    return any(glob.fullmatch(path[:end]) for end in (*ends, len(path)))


def _rules(folder: Folder, found: re.Match[str]) -> Iterator[_Rule]:
    name, place = found["name"], found["place"]
    try:
        text = folder.text(found[0])
    except SiteError:
        return
    if name.startswith("mkdocs"):
        docs = _DOCS.search(text)
        root = f"{place}{docs[1].strip().strip('/') if docs else 'docs'}/"
        for block in (*_BLOCK.finditer(text), *_GLOBS.finditer(text)):
            for line in (block[1] or block[block.lastindex or 0]).split("\n"):
                glob = re.sub(r"^\s*(?:-\s+)?[\"']?|[\"']?\s*$", "", line)
                if glob and not glob.startswith(("#", "glob:", "regex:")):
                    yield _rule(root, glob.removeprefix("!"), found[0], shown=glob[0] == "!")
        return
    root = f"{place}{_ROOTS.get(name, '')}"
    for listed in _LIST.finditer(text):
        wanted = "!" if "pagePatterns" in listed[0] else ""
        if listed[1].startswith("/"):
            yield from _expression(root, listed[1].strip("/"), found[0])
        for string in _STRING.finditer(listed[1]):
            if string[2].strip("!./*") and string[2].startswith(wanted):
                yield _rule(root, string[2].lstrip("!"), found[0])
    for shut in _ENCRYPTED.finditer(text):
        for key in _PATH_KEY.findall(shut[1]):
            yield _rule(root, key, found[0])


def _rule(root: str, glob: str, settings: str, *, shown: bool = False) -> _Rule:
    """As `.gitignore` means it: a name without a slash is one at any depth."""
    plain = re.sub(r"^\.?/|/(?:\*\*/?)?\*?$|/$", "", glob.strip())
    deep = plain if "/" in glob.strip().rstrip("/") and "**" not in plain else f"**/{plain}"
    said = f"{settings} keeps it from readers: {glob[:60]}"
    return _Rule(root, globs.pattern(deep, any_depth=True), said, shown)


def _expression(root: str, text: str, settings: str) -> Iterator[_Rule]:
    """A plain expression: what has it anywhere in its path."""
    if _EXPRESSION.fullmatch(text):
        inner = re.escape(text.strip("^$").replace("\\", "").lower())
        said = f"{settings} keeps it from readers: /{text[:60]}/"
        yield _Rule(root, re.compile(f".*{inner}.*"), said)
