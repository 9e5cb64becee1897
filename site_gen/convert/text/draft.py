"""Makes a draft of a finished sheet: front matter in the schema's order, Markdown, receipt."""

from typing import Any

from site_gen.convert.text.blocks import markdown, texts
from site_gen.convert.text.body import foreign
from site_gen.convert.text.confidence import confidence, reasons_against
from site_gen.convert.text.language import script_language
from site_gen.convert.text.marked_lines import Sheet
from site_gen.model import Draft, Receipt
from site_gen.settings import Settings

ORDER = (
    "category",
    "title",
    "titleDerived",
    "excerpt",
    "publishedDateTime",
    "modifiedDateTime",
    "webUrl",
    "type",
    "provider",
    "language",
    "languages",
    "authors",
    "credits",
    "sources",
    "images",
    "tags",
    "warnings",
)


def draft_of(sheet: Sheet, source: str, settings: Settings, doubt: float | None) -> Draft:
    """The draft of one article."""
    body = markdown(sheet)
    _languages(sheet)
    against = reasons_against(sheet, settings, doubt)
    receipt = Receipt(
        source=source,
        kind="text",
        confidence=confidence(sheet, doubt),
        kept=tuple(texts(sheet)),
        cuts=tuple(sheet.receipt_cuts()),
        reasons=tuple(dict.fromkeys((*sheet.warnings, *against))),
    )
    return Draft(matter=_matter(sheet), body=body, receipt=receipt, quarantine=tuple(against))


def _matter(sheet: Sheet) -> dict[str, Any]:
    found = {"category": "news", "type": "article", **sheet.found}
    if sheet.warnings:
        found["warnings"] = list(dict.fromkeys(sheet.warnings))
    return {key: found[key] for key in ORDER if found.get(key)}


def _languages(sheet: Sheet) -> None:
    """`language`, and also `languages` if a passage is in another script."""
    main = sheet.page.language
    if main:
        sheet.found["language"] = main
    others = [script_language(sheet.lines[at].text) for at in sheet.kept() if foreign(sheet, at)]
    known = [tag for tag in dict.fromkeys(others) if tag and tag != main]
    if known and main:
        sheet.found["languages"] = [main, *known]
        sheet.warnings += [f"mixed-language: {tag}" for tag in known]
