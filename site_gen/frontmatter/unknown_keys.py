"""What is said of keys that are none of ours."""

from collections.abc import Collection

from site_gen.basics.yaml_values import Path
from site_gen.frontmatter import foreign_names
from site_gen.frontmatter.findings import Finding, name
from site_gen.frontmatter.not_public import Mark
from site_gen.problems import did_you_mean, shown

NEVER = frozenset({"secured", "featuredContent"})
"""Carried by content files and published nowhere, at whatever depth they stand."""

FEW = 10
"""Known keys of a mapping that are listed where none is near the unknown one."""


def dotted(path: Path) -> str:
    """`related.price`: the key, without the numbers of list items."""
    return name(tuple(part for part in path if isinstance(part, str)))


def finding(path: Path, known: Collection[str], *, hint: bool) -> Finding:
    """The warning for a key at `path` among `known` ones; `hint` looks for a near name."""
    key = str(path[-1])
    near = near_name(key, known, top=len(path) == 1, hint=hint)
    cure = "correct the name" if near else "it is published nowhere: remove it, or let it be"
    if not near and len(path) > 1 and len(known) <= FEW:
        cure += f"; known in {dotted(path[:-1])}: {', '.join(sorted(known))}"
    text = f"unknown key {shown(dotted(path))}.{near}"
    return Finding(path, "article/unknown-key", text, cure, "warning", dotted(path))


def near_name(key: str, known: Collection[str], *, top: bool, hint: bool = True) -> str:
    """` Did you mean "excerpt"?`: what others call so (at the top of a block), else the nearest of
    the `known` names, which a `hint` looks for."""
    ours = foreign_names.ours(key) if top else ""
    if ours and (ours in known or ours == "authors"):
        return f' Did you mean "{ours}"?'
    return did_you_mean(key, known) if hint and not ours else ""


def kept_back(key: str, mark: Mark) -> Finding:
    """The warning for another system's way of saying that a text is not public."""
    return Finding(
        (key,),
        "article/not-public",
        f"{shown(str(mark))} says that this is not public; it is kept back as a draft",
        "write `draft: true` for it, or remove the line",
        "warning",
    )
