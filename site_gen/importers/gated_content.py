"""Texts with a part that not everybody saw, by tags left in them: parts for members, parts shown
on a condition. In doubt they are not public."""

import re
from collections.abc import Iterator
from itertools import chain

from site_gen.importers.bodies import spans
from site_gen.importers.old_site import OldSite
from site_gen.importers.wordpress import members

CONDITIONS = frozenset("if unless ifchanged case ifversion elif elsif when switch".split())
_WITHIN = frozenset("elif elsif when".split())
"""Tags inside another one, which has the end tag."""
_OF_PUBLICATION = re.compile(
    r"draft|publish|private|product|environment|(?:^|[\W_])(?:env|dev|now|today|time)(?:$|[\W_])"
    r"|develop|preview|debug|staging|intern|secret|hid(?:e|den)|confiden|member|subscri|paid"
    r"|premium|patron|user|log(?:ged|in)|auth(?!or)|access|role|expir|embargo|schedul|future"
    r"|releas|restrict|protect|status|visib|^\s*(?:false|nil|null|none|0)[\s%-]*$",
    re.IGNORECASE,
)
"""Conditions on whether, when or for whom a text is published, or that never hold; what one on
a language or a layout shows is for readers either way."""
_DIRECTIVE = re.compile(
    r"^[ \t>]*(?:[`:~]{3,}[ \t]*\{(only|ifconfig)\}|\.\.[ \t]+(only|ifconfig)::)[ \t]*([^\n]*)",
    re.MULTILINE,
)
"""Directives of Sphinx and MyST for some output formats only."""
_ANY_PAGE = frozenset(["html", "not latex", "builder_html", "not (latex or pdf)"])
_TAG = re.compile(
    r"\{(?:\{[<%]|%-?)\s*+(?P<end>/|end_?(?=\w))?\s*+(?P<name>[\w./-]++)(?P<said>[^{}]*)\}"
)
"""A tag of Liquid, Nunjucks, Hugo or Zola."""
_COMPONENT = re.compile(r"<([A-Z][\w.]*)>")
_PATIENT = re.compile(r"hide-?(?:toggle|block|inline|details)|show-?hide|spoiler", re.IGNORECASE)
"""Content that readers can unfold."""


def settle(site: OldSite, *, mails: bool = False) -> None:
    """Make such texts private, with the reason. In `mails` every condition is about the reader."""
    for entry in site.entries:
        if entry.private:
            continue
        found = chain(
            _parts(entry.body, entry.odd, any_condition=mails) if entry.odd else (),
            _components(entry.odd),
            _directives(entry.body),
        )
        if why := next(found, ""):
            entry.unlisted = entry.address
            entry.keep_private(why)


def _parts(body: str, odd: list[str], *, any_condition: bool) -> Iterator[str]:
    """Unknown tags with content."""
    known = {found[0] for name in odd if (found := re.search(r"[\w./-]+", name))}
    tags = [
        (found["end"], found["name"], found["said"])
        for piece in _outside(body) for found in _TAG.finditer(piece)
    ]  # fmt: skip
    ended = {name for end, name, _ in tags if end}
    if any(name == "end" for _, name, _ in tags):  # Zola's
        ended |= {name for _, name, said in tags if said.lstrip().startswith("(")}
    for end, name, said in tags:
        if not end and name in known and name in ended | _WITHIN:
            if name.lower() in CONDITIONS:
                if any_condition or _OF_PUBLICATION.search(said):
                    yield f"a part shown on a condition: {name}{said.rstrip('-%> ')[:60]}"
            elif members.is_for_some(name, said) and not _PATIENT.search(name):
                yield f"a part not for all: {name}"


def _directives(body: str) -> Iterator[str]:
    for found in _DIRECTIVE.finditer(body) if "only" in body or "ifconfig" in body else ():
        name, said = found[1] or found[2], found[3].strip()
        if name == "ifconfig" or said.lower() not in _ANY_PAGE:
            yield f"a part shown on a condition: {name} {said[:60]}".rstrip()


def _outside(body: str) -> Iterator[str]:
    """The parts of a body that are not code."""
    at = 0
    for start, end in [*spans.code(body), (len(body), len(body))]:
        yield body[at:start]
        at = end


def _components(odd: list[str]) -> Iterator[str]:
    for name in odd:
        found = _COMPONENT.fullmatch(name)
        if found and members.is_for_some(found[1], "") and not _PATIENT.search(name):
            yield f"a part not for all: {name}"
