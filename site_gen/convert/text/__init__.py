"""Text copied from news pages to drafts: split into articles, cleaned by named rules, with
receipts.

Reads no files, fetches nothing, adds no identities: decoded text comes in, drafts go out.
"""

from datetime import tzinfo

from msgspec.structs import replace

from site_gen.convert.text import (
    address,
    body,
    deck,
    people,
    publication_date,
    references,
    second_head,
)
from site_gen.convert.text.columns import is_in_columns
from site_gen.convert.text.confidence import SEVERAL
from site_gen.convert.text.draft import draft_of
from site_gen.convert.text.lexicon import Lexicon, compiled
from site_gen.convert.text.line_model import line_odds
from site_gen.convert.text.marked_lines import Sheet, sheet_of
from site_gen.convert.text.read import read_page, rules_of
from site_gen.convert.text.split import pieces
from site_gen.convert.text.title import find_title
from site_gen.model import Draft
from site_gen.problems import Problem, SiteError, Where
from site_gen.settings import Settings

__all__ = ["convert_text"]

IN_COLUMNS = "two columns stand beside each other, so their sentences are mixed: copy one by one"


def convert_text(
    text: str,
    *,
    source: str,
    settings: Settings,
    split: bool | None = None,
    title: str = "",
    whole: bool = False,
) -> list[Draft]:
    """One draft for each article of `text`, which is decoded and has plain newlines.

    split   None decides, True cuts wherever the clues allow it, False never
    title   replaces the title of a text that holds one article
    whole   the text has no frame, as a mail: all stays but what rules know, and no address in it
            is its own

    Raises SiteError where the text has no line at all.
    """
    plain, count = references.decoded(text)
    page = read_page(plain)
    if not page.lines:
        raise SiteError([_empty(source)])
    provider = _provider_lines(settings)
    rules = rules_of(page, provider)
    odds = line_odds(page, rules)
    cut = pieces(page, rules, odds, split)
    if len(cut.pieces) == 1:
        sheets = [Sheet(page=page, rules=rules, odds=odds)]
    else:
        sheets = [sheet_of(page, start, end, provider) for start, end in cut.pieces]
    given = title if len(sheets) == 1 else ""
    filled = [_filled(sheet, given, settings.zone, whole=whole) for sheet in sheets]
    for sheet in filled if count else ():
        sheet.warnings.append(f"{count} character references such as &amp; were decoded")
    drafts = [draft_of(sheet, source, settings, cut.doubt) for sheet in filled]
    if is_in_columns(plain):
        return [_set_apart(each, IN_COLUMNS) for each in drafts]
    if split is None and len(drafts) == 1 and second_head.has_one(filled[0]):
        return [_set_apart(drafts[0], SEVERAL)]
    return drafts


def _set_apart(draft: Draft, reason: str) -> Draft:
    """The draft quarantined for one more reason."""
    return replace(draft, quarantine=tuple(dict.fromkeys((*draft.quarantine, reason))))


def _filled(sheet: Sheet, given: str, zone: tzinfo, *, whole: bool) -> Sheet:
    """The passes over an article, in their order; later ones use the results of earlier ones."""
    decide = body.keep_all if whole else body.decide
    decide(sheet)
    people.find_people(sheet)
    find_title(sheet, given)
    deck.find_captions(sheet)
    people.find_tags(sheet)
    deck.find_deck(sheet)
    people.find_named(sheet)
    publication_date.find_dates(sheet, zone)
    people.find_sources(sheet)
    if not whole:
        address.find_address(sheet)
    return sheet


def _provider_lines(settings: Settings) -> Lexicon:
    return compiled(tuple(line for one in settings.providers for line in one.drop_lines))


def _empty(source: str) -> Problem:
    return Problem(
        code="convert/empty",
        message="the document has no text",
        where=Where(source),
        help="leave it out, or save the text again",
    )
