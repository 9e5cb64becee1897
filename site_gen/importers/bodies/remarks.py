"""What writers left in a text for each other, in CriticMarkup or as Pandoc writes it: remarks and
what was struck out go, what was put in stays."""

import re

from site_gen.importers.bodies import html_hidden, spans
from site_gen.importers.old_site import OldSite

_GONE = tuple(
    (re.compile(opening), re.compile(closing))
    for opening, closing in (
        (r"\{>>", r"<<\}"),
        (r"\{--(?!-)", r"--\}"),
        (r"\[(?=[^\[\]]*\]\{\.(?:comment-start|deletion|paragraph-deletion)\b)", r"\]\{[^{}]*\}"),
        (r"\[\]\{\.comment-end\b", r"\}"),
    )
)
_PUT_IN = re.compile(r"\{\+\+"), re.compile(r"\+\+\}")
_PANDOC_PUT_IN = re.compile(r"\[(?=[^\[\]]*\]\{\.insertion\b)"), re.compile(r"\]\{[^{}]*\}")
_CHANGED = re.compile(r"\{~~"), re.compile(r"~~\}")
_MARKS = ("{>>", "{--", "{++", "{~~", "]{.")


def settle(site: OldSite) -> None:
    """Take them out of all texts; each such text says so."""
    for entry in site.entries:
        if any(mark in entry.body for mark in _MARKS):
            made = spans.outside_code(entry.body, plain)
            entry.lost += [html_hidden.REMARKS] * (made != entry.body)
            entry.body = made


def plain(text: str) -> str:
    """A text without them."""
    made = text
    for marks in _GONE:
        made = spans.enclosed(made, marks, lambda _, inner: "")
    for marks in (_PUT_IN, _PANDOC_PUT_IN):
        made = spans.enclosed(made, marks, lambda _, inner: inner)
    return spans.enclosed(made, _CHANGED, lambda _, inner: inner.rpartition("~>")[2])
