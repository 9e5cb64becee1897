"""Texts of which a part, by the marks that are left in them, was not shown to everybody: parts for
members, parts that only a program would have shown. In doubt they are not public."""

import re
from collections.abc import Iterator

from site_gen.importers.bodies import spans
from site_gen.importers.old_site import OldSite
from site_gen.importers.wordpress import members

CONDITIONS = frozenset("if unless ifchanged case ifversion elif elsif when switch".split())
_TAG = re.compile(
    r"\{(?:\{[<%]|%-?)\s*+(?P<end>/|end_?(?=\w))?\s*+(?P<name>[\w./-]++)(?P<said>[^{}]*)\}"
)
"""A tag of Liquid, Nunjucks, Hugo or Zola."""
_COMPONENT = re.compile(r"<([A-Z][\w.]*)>")
_PATIENT = re.compile(r"hide-?(?:toggle|block|inline|details)|show-?hide|spoiler", re.IGNORECASE)
"""What readers could open."""


def settle(site: OldSite) -> None:
    """Such texts become private; each says why."""
    for entry in site.entries:
        if entry.private or not entry.odd:
            continue
        if why := next(_parts(entry.body, entry.odd), "") or next(_components(entry.odd), ""):
            entry.private, entry.unlisted = why, entry.address
            entry.address = entry.guid = ""


def _parts(body: str, odd: list[str]) -> Iterator[str]:
    """Tags of a body around texts, of those that were found to be none that is known."""
    known = {found[0] for name in odd if (found := re.search(r"[\w./-]+", name))}
    tags = [
        (found["end"], found["name"], found["said"])
        for piece in _outside(body) for found in _TAG.finditer(piece)
    ]  # fmt: skip
    ended = {name for end, name, _ in tags if end}
    if any(name == "end" for _, name, _ in tags):  # Zola's
        ended |= {name for _, name, said in tags if said.lstrip().startswith("(")}
    for end, name, said in tags:
        if not end and name in ended & known:
            if name.lower() in CONDITIONS:
                yield f"a part shown on a condition: {name}{said.rstrip('-%> ')[:60]}"
            elif members.is_for_some(name, said) and not _PATIENT.search(name):
                yield f"a part not for all: {name}"


def _outside(body: str) -> Iterator[str]:
    """Each part of a body that is no code."""
    at = 0
    for start, end in [*spans.code(body), (len(body), len(body))]:
        yield body[at:start]
        at = end


def _components(odd: list[str]) -> Iterator[str]:
    for name in odd:
        found = _COMPONENT.fullmatch(name)
        if found and members.is_for_some(found[1], "") and not _PATIENT.search(name):
            yield f"a part not for all: {name}"
