"""Which pages a rule of Hugo's settings is about: those of a path, a kind, a language."""

from collections.abc import Mapping
from posixpath import dirname
from typing import Any, NamedTuple

from site_gen.importers.hugo.content import BRANCH, BUNDLE
from site_gen.importers.reading import globs, values

ENVIRONMENT = "production"


class Page(NamedTuple):
    """A page by what rules ask for: Hugo's own path of it, its kind, its language."""

    path: str
    kind: str
    language: str


def page(language: str, inner: str) -> Page:
    """The page of a file of content: a bundle's path is its folder's."""
    branch = BRANCH.search(inner)
    whole = branch or BUNDLE.search(inner)
    stem = dirname(inner) if whole else inner.rpartition(".")[0]
    kind = ("section" if dirname(inner) else "home") if branch else "page"
    return Page(f"/{stem}".replace(" ", "-").lower(), kind, language)


def hits(target: Mapping[str, Any], page: Page) -> bool:
    """Whether a rule with this target (keys in lower case) is about a page; "" is about all."""
    asked = (("path", page.path), ("kind", page.kind), ("environment", ENVIRONMENT),
             ("lang", page.language))  # fmt: skip
    for key, text in asked:
        glob = values.text(target.get(key))
        if glob and not globs.matches(glob, text):
            return False
    matrix = values.table(values.table(target.get("sites")).get("matrix"))
    named = [values.text(glob) for glob in values.listed(matrix.get("languages"))]
    return not named or any(globs.matches(glob, page.language) for glob in named)
