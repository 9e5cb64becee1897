"""Rules for rights and sources."""

from collections.abc import Iterator
from functools import lru_cache

from site_gen.basics import slugs
from site_gen.check.document import Document
from site_gen.check.findings import Hit
from site_gen.check.rules.rule import Rule, Sight
from site_gen.problems import shown

LONG = 1500
"""Characters: a longer body is a republished text and not a comment on it."""
_folded = lru_cache(maxsize=1024)(slugs.folded)  # a site has few providers


def full_text(document: Document, sight: Sight) -> Iterator[Hit]:
    if document.text("rights") != "full":
        return
    names = _names(document)
    for provider in sight.settings.providers:
        known = {_folded(provider.name), _folded(provider.domain)} - {""}
        if provider.rights in ("excerpt", "link") and names & known:
            yield Hit(
                rule="rights/full-text", line=document.line_of("rights"), field="rights",
                message=f"the settings allow {provider.rights} of {shown(provider.name)}, the "
                "article says full", help="take `rights: full` out, or ask for the right",
            )  # fmt: skip


def canonical(document: Document, sight: Sight) -> Iterator[Hit]:
    """Find republished texts that search engines would take for this site's own."""
    whole = document.text("rights") in ("", "full") and len(document.body) > LONG
    if document.kind != "article" or not whole or not document.text("webUrl"):
        return
    own = {_folded(sight.settings.publisher.name), _folded(sight.settings.title)}
    names = _names(document)
    declared = document.matter.get("canonical") or next(
        (p.canonical for p in sight.settings.providers
         if {_folded(p.name), _folded(p.domain)} & names and p.canonical), None
    )  # fmt: skip
    if names and not names & own and declared is None:
        yield Hit(
            rule="rights/canonical", line=document.line_of("webUrl"), field="canonical",
            message="a whole text of another publisher does not say which address is the original",
            help="add `canonical: original`, or `canonical` to the provider's settings",
        )  # fmt: skip


def no_source(document: Document, sight: Sight) -> Iterator[Hit]:
    keys = ("provider", "webUrl", "originalUrl", "sources", "author", "authors", "credits")
    if document.kind == "article" and not any(document.matter.get(key) for key in keys):
        yield Hit(
            rule="rights/source", line=document.line_of("title"), field="sources",
            message="neither provider, author nor source says where it comes from",
            help="add one of them",
        )  # fmt: skip


def _names(document: Document) -> set[str]:
    provider = document.matter.get("provider")
    if isinstance(provider, str):
        return {_folded(provider)}
    if not isinstance(provider, dict):
        return set()
    values = (provider.get("name"), provider.get("domain"))
    return {_folded(v) for v in values if isinstance(v, str) and v}


RULES = (
    Rule("rights/full-text", "error", "the whole text of a provider that allows less",
         "take `rights: full` out, or ask for the right", document=full_text),
    Rule("rights/canonical", "hint", "a republished text without `canonical`",
         "add `canonical: original`", document=canonical),
    Rule("rights/source", "warning", "an article that does not say where it comes from",
         "add provider, author or sources", document=no_source),
)  # fmt: skip
