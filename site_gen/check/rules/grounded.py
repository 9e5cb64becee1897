"""Rules for summaries: their names, numbers and addresses must be in the summarised texts.

These are hints, since a summary may be right in other words. `check/claims.py` defines how tolerant
the comparison is; docs/check.md has measurements.
"""

from collections.abc import Iterator
from typing import Any

from site_gen.check.claims import Claim, Evidence, claims
from site_gen.check.document import Document
from site_gen.check.findings import Hit
from site_gen.check.rules.rule import Rule, Sight
from site_gen.problems import shown

MIN_WORDS = 60
"""A shorter text is not compared: it only points to its original."""
SUMMARIES = ("excerpt", "why")
_MONTHS = (
    "January February March April May June July August September October November December"
).split()
_CAPITALIZED_NOUNS = ("de", "lb", "gsw")


def summary(document: Document, sight: Sight) -> Iterator[Hit]:
    """Compare an article's excerpt and `why` with its text and other front matter."""
    if document.kind != "article" or document.words < MIN_WORDS:
        return
    language = (document.text("language") or sight.settings.language).lower()
    asked = [(key, claim) for key in SUMMARIES if document.text(key)
             for claim in _claims(document.text(key), language)]  # fmt: skip
    if not asked:
        return

    def beside() -> Iterator[str]:
        others = {key: value for key, value in document.matter.items() if key not in SUMMARIES}
        yield from (*all_strings(others), *_dates_in_words(document))

    evidence = Evidence((document.prose,), _linked_urls(document), beside)
    for key, claim in asked:
        if not evidence.supports(claim):
            line = document.line_with(key, claim.text)
            yield Hit(
                rule="grounded/summary", line=line, field=key,
                message=f"{key}: {_quoted_claim(claim)} is not in the text",
                help="correct it, or add its source",
            )  # fmt: skip


def note_hits(note: Document, articles: list[Document], language: str) -> Iterator[Hit]:
    """Compare the note of an edition with its articles.

    A note with more links than the edition has articles is the issue itself and is not compared.
    """
    outside = [link for link in note.links if link.url.startswith("http") and not link.field]
    if not articles or len(outside) > len(articles):
        return
    texts = [t for d in articles for t in (*(p.text for p in d.paragraphs), *all_strings(d.matter))]
    evidence = Evidence(
        (*texts, *(x for d in articles for x in _dates_in_words(d)), note.text("title")),
        (link.url for d in articles for link in d.links),
    )
    for piece in note.paragraphs:
        for claim in unsupported_claims(piece.text, evidence, language):
            yield Hit(
                rule="grounded/note", line=piece.line,
                message=f"the note: {_quoted_claim(claim)} is in none of the edition's articles",
                help="correct it, or link what says so",
            )  # fmt: skip


def unsupported_claims(said: str, evidence: Evidence, language: str) -> Iterator[Claim]:
    """Return the claims in `said` that the evidence does not support, without duplicates."""
    return (claim for claim in _claims(said, language) if not evidence.supports(claim))


def _claims(said: str, language: str) -> list[Claim]:
    return list(dict.fromkeys(claims(said, names=not language.startswith(_CAPITALIZED_NOUNS))))


def all_strings(value: Any) -> list[str]:
    """Return all strings in a value of the front matter."""
    found: list[str] = []
    waiting = [value]
    while waiting:
        inner = waiting.pop()
        if isinstance(inner, str):
            found.append(inner)
        elif isinstance(inner, dict):
            waiting.extend(inner.values())
        elif isinstance(inner, list):
            waiting.extend(inner)
    return found


def _dates_in_words(document: Document) -> Iterator[str]:
    """Return the dates in the front matter in words: a summary may name the month."""
    for key, value in document.matter.items():
        if key.endswith("DateTime") and isinstance(value, str) and value[5:7].isdigit():
            yield f"{_MONTHS[min(max(int(value[5:7]), 1), 12) - 1]} {value[:4]} {value[8:10]}"


def _linked_urls(document: Document) -> Iterator[str]:
    yield from (link.url for link in document.links)  # looked up only where an address is claimed


def _quoted_claim(claim: Claim) -> str:
    kinds = {"name": "the name", "number": "the number", "address": "the address"}
    return f"{kinds[claim.kind]} {shown(claim.text)}"


RULES = (
    Rule("grounded/summary", "hint", "a name, number or address in excerpt or `why` that the text "
         "does not have", "correct it, or add the source", document=summary),
    Rule("grounded/note", "hint", "a name, number or address in a note that no article of the "
         "edition has", "correct it, or link what says so"),
)  # fmt: skip
