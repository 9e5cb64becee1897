"""Files excluded by settings of systems without an importer of their own. Programs are searched for
patterns, never run. In doubt a text that they name is not public."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from site_gen import frontmatter
from site_gen.importers.reading import globs
from site_gen.importers.reading.folder import Folder
from site_gen.problems import SiteError

_SETTINGS = re.compile(
    r"(?P<place>(?:.*/)?)(?P<name>mkdocs\.ya?ml|\.(?:vitepress|vuepress)/config(?:/index)?\.\w+"
    r"|(?:contentlayer|quartz|nuxt|content)\.config\.\w+|gatsby-(?:config|node)\.\w+"
    r"|metalsmith\.\w+|_cobalt\.yml|_config\.yml|conf\.py|Rules|config\.rb|book\.toml)"
)
_ROOTS = {"Rules": "content/", "config.rb": "source/", "content.config.ts": "content/",
          "nuxt.config.ts": "content/", "quartz.config.ts": "content/", "metalsmith.json": "src/",
          "metalsmith.js": "src/"}  # fmt: skip
"""Below which folder patterns are, where it is not that of the settings."""
_BLOCK = re.compile(
    r"^(?:exclude_docs|draft_docs):[ \t]*"
    r"(?:[|>][-+]?[ \t]*\n((?:[ \t]+\S[^\n]*\n?|[ \t]*\n)+)|(\S[^\n]*))",
    re.MULTILINE,
)
_DOCS = re.compile(r"^docs_dir:[ \t]*[\"']?([^\"'\n#]+)", re.MULTILINE)
_GLOBS = re.compile(r"^[ \t]*-[ \t]*exclude:[ \t]*\n((?:[ \t]+\S[^\n]*\n?)+)", re.MULTILINE)
_LIST = re.compile(
    r"(?:^|[^\w.])(?P<key>srcExclude|ignores?|ignorePatterns|pagePatterns|contentDirExclude"
    r"|exclude_patterns|exclude|drafts_dir)\b[\"']?\s*?[:=(]?\s*?"
    r"(?P<said>\[[^\]]{0,4000}\]|[\"'`][^\n]*|/[^\s/][^\n]*?/|(?:\n[ \t]*-[ \t]+[^\n]+)+"
    r"|(?<=:)[ \t]*[\w./-]+[ \t]*$)",
    re.MULTILINE,
)
_EXCLUDING = ("content.config.", "_cobalt")
"""Settings in which `exclude` is about texts: in others it is about the site's map and so on."""
_OWN_LINE = re.compile(r"^[ \t]*(?:-[ \t]+)?([^\s\"'`\[\]][^\n]*?)[ \t]*$", re.MULTILINE)
_TOC_ALONE = re.compile(r"^only_build_toc_files:[ \t]*[\"']?(?:true|yes|on)\b", re.MULTILINE | re.I)
_NAMED = re.compile(r"^[ \t]*(?:-[ \t]+)*(file|root|glob):[ \t]*([^\n#]+)", re.MULTILINE)
_CHAPTER = re.compile(r"\]\(([^()\s]+\.md)\)")
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


class ExcludePatterns:
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
    if name == "book.toml":
        yield from _chapters(folder, f"{place}src/")
        return
    if name == "_config.yml" and _TOC_ALONE.search(text):
        yield from _contents(folder, place)
    for listed in _LIST.finditer(text):
        key, said = listed["key"], listed["said"]
        if key == "exclude" and not name.startswith(_EXCLUDING):
            continue
        if name in ("conf.py", "_config.yml") and key != "exclude_patterns":
            continue  # Nikola's and Hexo's are read where those are
        if said.startswith("/"):
            yield from _expression(root, said.strip("/"), found[0])
            continue
        strings = [string[2] for string in _STRING.finditer(said)] or _OWN_LINE.findall(said)
        for glob in strings:
            if glob.strip("!./*") and (key != "pagePatterns" or glob.startswith("!")):
                yield _rule(root, glob.lstrip("!"), found[0])
    for shut in _ENCRYPTED.finditer(text):
        for key in _PATH_KEY.findall(shut[1]):
            yield _rule(root, key, found[0])


def _chapters(folder: Folder, root: str) -> Iterator[_Rule]:
    """mdBook makes pages of what its summary leads to, and of nothing else."""
    summary = f"{root}SUMMARY.md"
    try:
        plain = re.sub(r"<!--.*?-->", "", folder.text(summary), flags=re.DOTALL)
    except SiteError:
        return
    yield _Rule(root, re.compile(".*", re.DOTALL), f"{summary} does not lead to it")
    for chapter in _CHAPTER.findall(plain):
        yield _rule(root, f"./{chapter.removeprefix('./')}", summary, shown=True)


def _contents(folder: Folder, place: str) -> Iterator[_Rule]:
    """Jupyter Book makes pages of what its table of contents names, where the settings say so."""
    name = folder.first(f"{place}_toc.yml", f"{place}_toc.yaml")
    try:
        text = folder.text(name) if name else ""
    except SiteError:
        text = ""
    said = f"{place}_toc.yml does not name it: only_build_toc_files"
    yield _Rule(place, re.compile(".*", re.DOTALL), said)
    for key, path in _NAMED.findall(text):
        plain = path.strip("\"' ").removeprefix("./")
        stem = plain if key == "glob" else re.sub(r"\.(?:md|ipynb|rst)$", "", plain)
        for ending in ("",) if plain.endswith(".md") and key == "glob" else (".md", ".markdown"):
            pattern = globs.pattern(f"{stem}{ending}", any_depth=False)
            yield _Rule(place, pattern, name, shown=True)


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
