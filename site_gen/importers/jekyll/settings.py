"""Jekyll's `_config.yml`: what it keeps out, what it gives to files, menu and authors."""

from collections.abc import Iterator, Mapping
from fnmatch import fnmatch
from typing import Any

from site_gen import frontmatter
from site_gen.importers import menus
from site_gen.importers.old_site import MenuItem
from site_gen.importers.reading import broken_settings, build_commands, values
from site_gen.importers.reading.folder import Folder
from site_gen.problems import SiteError

CONFIG = ("_config.yml", "_config.yaml", "_config.toml")
_MENUS = ("navigation", "menu", "nav", "navbar", "navbar-links")
EXCLUDED = (
    "Gemfile*", "*.gemspec", "node_modules/*", "package*.json", "Rakefile", "README*",
    "LICENSE*", "LICENCE*", "CNAME.bak", "_*", "*/_*", ".*", "*/.*", "#*", "*/#*", "~*", "*/~*",
    "import-report.md",
)  # fmt: skip

MARKS = ("_", ".", "#", "~")
"""What the names of files and folders begin with that it passes over."""


def read(folder: Folder) -> dict[str, Any]:
    """The settings, with those that the commands of its build add; none where there is no file of
    them. Raises SiteError."""
    name = folder.first(*CONFIG)
    if not name:
        return {}
    made: dict[str, Any] = {}
    for each in dict.fromkeys([name, *build_commands.configs(folder)]):
        if each.endswith((".yml", ".yaml", ".toml")):
            made = values.merged(made, broken_settings.table(folder.text(each), each))
    return made


def excluded(config: Mapping[str, Any], path: str) -> bool:
    """Whether a file is no part of the site."""
    included = [str(p).strip("/") for p in values.listed(config.get("include"))]
    if any(path == p or path.startswith(f"{p}/") for p in included):
        return False
    if path in CONFIG or any(fnmatch(path, pattern) for pattern in EXCLUDED):
        return not path.startswith(".well-known/")
    return left_out(config, path)


def left_out(config: Mapping[str, Any], path: str) -> bool:
    """Whether the settings name it, or its folder, as no part of the site: posts too."""
    own = [str(p) for p in values.listed(config.get("exclude")) if isinstance(p, str)]
    own += filter(None, [values.text(config.get("destination")).strip("./")])
    return any(fnmatch(path, p) or path.startswith(p.rstrip("/") + "/") for p in own)


def passed_over(config: Mapping[str, Any], inner: str) -> bool:
    """Whether Jekyll does not see a file of a collection, by its path inside the collection."""
    first, *_, name = parts = [*inner.split("/")[:1], *inner.split("/")]
    included = {str(p).strip("/") for p in values.listed(config.get("include"))}
    if {first, name, inner} & included:
        return False
    special = first.startswith(MARKS) or name.startswith(MARKS) or name.endswith("~")
    return special or any(part.startswith(".") for part in parts)


def defaults(config: Mapping[str, Any], path: str, kind: str) -> dict[str, Any]:
    """What the settings give to a file of a kind: "posts", "pages", a collection's name."""
    made: dict[str, Any] = {}
    for given in values.listed(config.get("defaults")):
        rule = values.table(given)
        scope = values.table(rule.get("scope"))
        place = str(scope.get("path") or "").strip("/")
        inside = not place or path == place or path.startswith(f"{place}/")
        if (inside or fnmatch(path, place)) and str(scope.get("type") or kind) == kind:
            made.update(values.table(rule.get("values")))
    return made


def menu(config: Mapping[str, Any], folder: Folder) -> list[MenuItem]:
    """The main menu, as its theme knows it."""
    own = next((config[key] for key in _MENUS if config.get(key)), None)
    pages = [str(page) for page in values.listed(config.get("header_pages"))]
    if pages:  # minima's
        return [MenuItem(page, page) for page in pages]
    return menus.items(own or _navigation(folder))


def _navigation(folder: Folder) -> Any:
    """The menu in `_data`, as many themes have it."""
    for stem in ("navigation", "menu", "nav", "main_menu"):
        name = folder.first(f"_data/{stem}.yml", f"_data/{stem}.yaml")
        if name:
            try:
                return frontmatter.load(f"menu:\n{_indented(folder.text(name))}", name)["menu"]
            except SiteError:
                return None
    return None


def _indented(text: str) -> str:
    return "".join(f"  {line}\n" for line in text.split("\n") if line.strip() not in ("---", ""))


def authors(config: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, str]]]:
    """Key, name and details of each author."""
    one, many = config.get("author"), config.get("authors")
    if isinstance(many, Mapping):
        for key, value in many.items():
            if isinstance(value, Mapping) and value.get("name"):
                yield str(key), {"name": str(value["name"]), "bio": str(value.get("bio") or "")}
    if isinstance(one, Mapping) and one.get("name"):
        yield "author", {"name": str(one["name"]), "bio": str(one.get("bio") or "")}


def words(value: Any, *, spaces: bool = True) -> list[str]:
    """A list, or a text of words."""
    if isinstance(value, list):
        return [str(item) for item in value if item not in (None, "")]
    text = str(value or "").strip()
    return text.split() if spaces else [text] if text else []
