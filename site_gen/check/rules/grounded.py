"""Rules for what a summary says: names, numbers and addresses must stand in what it sums up.

Hints, never errors: what is true may be said in words of one's own. `check/claims.py` says how
tolerant the comparison is; docs/check.md what it was measured to find.
"""

from collections.abc import Iterator
from typing import Any

from site_gen.check.claims import Claim, Evidence, claims
from site_gen.check.document import Document
from site_gen.check.findings import Hit
from site_gen.check.rules.rule import Rule, Sight
from site_gen.problems import shown

ENOUGH = 60
"""Words of a text below which it proves nothing: an entry that only points to its original."""
SUMMARIES = ("excerpt", "why")
_MONTHS = (
    "January February March April May June July August September October November December"
).split()
_NOUNS_ARE_CAPITAL = ("de", "lb", "gsw")


def summary(document: Document, sight: Sight) -> Iterator[Hit]:
    """An article's excerpt and `why` against its text, sources and related articles."""
    if document.kind != "article" or document.words < ENOUGH:
        return
    language = (document.text("language") or sight.settings.language).lower()
    asked = [(key, claim) for key in SUMMARIES if document.text(key)
             for claim in _claims(document.text(key), language)]  # fmt: skip
    if not asked:
        return

    def beside() -> Iterator[str]:
        others = {key: value for key, value in document.matter.items() if key not in SUMMARIES}
        yield from (*strings(others), *_dates(document))

    evidence = Evidence((document.prose,), _linked(document), beside)
    for key, claim in asked:
        if not evidence.bears(claim):
            line = document.line_of(key)
            yield Hit(
                rule="grounded/summary", line=line, field=key,
                message=f"{key}: {_told(claim)} is not in the text",
                help="correct it, or add its source",
            )  # fmt: skip


def note_hits(note: Document, articles: list[Document], language: str) -> Iterator[Hit]:
    """The note of an edition against its articles. A note that is the issue itself (it links
    more than the edition has articles) says things of its own."""
    outside = [link for link in note.links if link.url.startswith("http") and not link.field]
    if not articles or len(outside) > len(articles):
        return
    texts = [t for d in articles for t in (*(p.text for p in d.paragraphs), *strings(d.matter))]
    evidence = Evidence(
        (*texts, *(x for d in articles for x in _dates(d)), note.text("title")),
        (link.url for d in articles for link in d.links),
    )
    for piece in note.paragraphs:
        for claim in missing(piece.text, evidence, language):
            yield Hit(
                rule="grounded/note", line=piece.line,
                message=f"the note: {_told(claim)} is in none of the edition's articles",
                help="correct it, or link what says so",
            )  # fmt: skip


def missing(said: str, evidence: Evidence, language: str) -> Iterator[Claim]:
    """What `said` claims and the evidence does not bear out, each once."""
    return (claim for claim in _claims(said, language) if not evidence.bears(claim))


def _claims(said: str, language: str) -> list[Claim]:
    """What `said` claims, each once."""
    return list(dict.fromkeys(claims(said, names=not language.startswith(_NOUNS_ARE_CAPITAL))))


def strings(value: Any) -> list[str]:
    """Every text in a value of the front matter."""
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


def _dates(document: Document) -> Iterator[str]:
    """The days of the front matter in words: a summary may name the month of publication."""
    for key, value in document.matter.items():
        if key.endswith("DateTime") and isinstance(value, str) and value[5:7].isdigit():
            yield f"{_MONTHS[min(max(int(value[5:7]), 1), 12) - 1]} {value[:4]} {value[8:10]}"


def _linked(document: Document) -> Iterator[str]:
    yield from (link.url for link in document.links)  # looked up only where an address is claimed


def _told(claim: Claim) -> str:
    kinds = {"name": "the name", "number": "the number", "address": "the address"}
    return f"{kinds[claim.kind]} {shown(claim.text)}"


RULES = (
    Rule("grounded/summary", "hint", "a name, number or address in excerpt or `why` that the text "
         "does not have", "correct it, or add the source", document=summary),
    Rule("grounded/note", "hint", "a name, number or address in a note that no article of the "
         "edition has", "correct it, or link what says so"),
)  # fmt: skip
