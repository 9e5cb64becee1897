"""Findings about unknown keys."""

from collections.abc import Collection

from site_gen.basics import schema
from site_gen.basics.yaml_values import Path
from site_gen.frontmatter import foreign_names
from site_gen.frontmatter.findings import Finding
from site_gen.frontmatter.not_public import Mark
from site_gen.problems import did_you_mean, shown

NEVER_PUBLISHED = frozenset({"secured", "featuredContent"})
"""Keys whose values are never published, at any depth."""

MAX_LISTED_KEYS = 10
"""A message lists at most so many known keys, if none is similar."""


def key_name(path: Path) -> str:
    """`related.price`: the path without the numbers of list items."""
    return schema.dotted(tuple(part for part in path if isinstance(part, str)))


def finding(path: Path, known: Collection[str], *, hint: bool) -> Finding:
    """The warning for the key at `path`, whose siblings are `known`; `hint` looks for a similar
    name."""
    key = str(path[-1])
    near = near_name(key, known, top=len(path) == 1, hint=hint)
    cure = "correct the name" if near else "it is published nowhere: remove it, or let it be"
    if not near and len(path) > 1 and len(known) <= MAX_LISTED_KEYS:
        cure += f"; known in {key_name(path[:-1])}: {', '.join(sorted(known))}"
    text = f"unknown key {shown(key_name(path))}.{near}"
    return Finding(path, "article/unknown-key", text, cure, "warning", key_name(path))


def near_name(key: str, known: Collection[str], *, top: bool, hint: bool = True) -> str:
    """` Did you mean "excerpt"?`: our name for another system's key (at the top), else the most
    similar `known` name, if `hint`."""
    ours = foreign_names.our_name(key) if top else ""
    if ours and (ours in known or ours == "authors"):
        return f' Did you mean "{ours}"?'
    return did_you_mean(key, known) if hint and not ours else ""


def not_public_finding(key: str, mark: Mark) -> Finding:
    """The warning for another system's mark that an article is not public."""
    message = f"{shown(str(mark))} says that this is not public; it is kept back as a draft"
    cure = "write `draft: true` for it, or remove the line"
    return Finding((key,), "article/not-public", message, cure, "warning")
