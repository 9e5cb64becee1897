"""Converts a saved page to a draft: body, metadata, Markdown, and a receipt of what was cut."""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from msgspec.structs import replace

from site_gen.basics import dates, urls, written_dates
from site_gen.convert import similarity
from site_gen.convert.html import (
    blocks,
    body,
    captions,
    links,
    listings,
    lists,
    losses,
    markdown,
    media,
    metadata,
    newsletter,
    office,
    pruning,
    quarantine,
    rules,
    tables,
    tidy,
    tree,
)
from site_gen.convert.html.match import Piece
from site_gen.convert.html.metadata import Page
from site_gen.model import Cut, Draft, Receipt
from site_gen.problems import Problem, SiteError, Where
from site_gen.settings import ProviderSettings, Settings

MAX_OUTSIDE = 200
"""Blocks outside the body that a receipt lists; a page's boilerplate can be endless."""
OUTSIDE = "outside_the_body"
UNSEEN = "unseen"
"""For what browsers hide, and for buttons, menus and input fields."""
DATED = frozenset(["byline", "dateline"])
JUDGED = frozenset([OUTSIDE, *(rule.__name__ for rule in rules.PAGE_RULES)])
"""Rules that guess from the whole page; the others recognise single lines."""


class Converted(NamedTuple):
    """A body in Markdown, the parts of its receipt, and the picture that moved to front matter."""

    text: str
    lines: tuple[str, ...]
    cuts: tuple[Cut, ...]
    confidence: float
    lead: dict[str, Any]
    kind: str
    absent: captions.Settled


def convert_html(
    text: str,
    *,
    source: str,
    settings: Settings,
    url: str = "",
    split: bool | None = None,
    whole: bool = False,
) -> list[Draft]:
    """The page as one draft; with `split`, one for each story of a newsletter.

    `url` is where it was fetched; `whole` means that there is no boilerplate, as in a mail. Raises
    only SiteError.
    """
    try:
        draft = _draft(text, source, settings, url, whole=whole)
        return newsletter.split(draft) if split and draft.receipt.kind == "newsletter" else [draft]
    except RecursionError:
        problem = Problem(
            "convert/html",
            "the page is nested too deeply",
            Where(source),
            "copy its text into a .txt file",
        )
        raise SiteError([problem]) from None


def fragment(
    text: str,
    base: str,
    *,
    same_site: bool = False,
    prepare: Callable[[tree.Element], None] | None = None,
) -> str:
    """A piece of HTML, such as a feed's entry, as Markdown; nothing is cut as boilerplate.

    `same_site` keeps site-absolute addresses, because the pictures move along. `prepare` may change
    the parsed piece first.
    """
    if not text.strip():
        return ""
    root = tree.parse(text, base)
    if prepare:
        prepare(root)
    listings.settle(root)
    lists.settle(root)
    tables.unwrap_layout(root)
    blocks.settle(root)
    tidy.tidy(root, links.Base(base, same_site=same_site))
    return markdown.written(root.find("body"))


def plain(text: str) -> str:
    """The text of a piece of HTML, one line for each block."""
    if not text.strip():
        return ""
    root = tree.parse(text, "")
    blocks.settle(root)
    return "\n".join(block.text for block in blocks.found(root) if block.text)


def _draft(text: str, source: str, settings: Settings, url: str, *, whole: bool) -> Draft:
    root = tree.parse(text, source)
    is_document = not url and office.is_one(root)
    if is_document:
        office.settle_title(root)
    page = Page(root, url, settings.zone)
    matter = _matter(page, settings)
    visible = tree.text_of(root)
    provider = _provider(page, settings.providers)
    made = _converted(page, provider, whole=whole, is_document=is_document)
    _carry_over(matter, made)
    _date_from_body(matter, made, page)
    facts = quarantine.Facts(
        title=str(matter.get("title", "")),
        body="\n".join(made.lines),
        visible=visible,
        teasers=metadata.teasers(page),
        declared=bool(metadata.kind(page)),
        free=str(page.article.get("isAccessibleForFree", True)).lower() != "false",
    )
    reasons = quarantine.reasons(facts)
    receipt = Receipt(
        source=source,
        kind=made.kind,
        confidence=round(made.confidence, 3),
        kept=made.lines,
        cuts=made.cuts,
        reasons=reasons,
    )
    return Draft(
        matter={key: value for key, value in matter.items() if value not in ("", [], {}, None)},
        body=made.text,
        receipt=receipt,
        quarantine=reasons,
    )


def _matter(page: Page, settings: Settings) -> dict[str, Any]:
    published, warnings = metadata.published(page)
    given = metadata.provider(page)
    known = _provider(page, settings.providers)
    if known and known.name:
        given["name"] = known.name
    return {
        "title": metadata.title(page),
        "excerpt": metadata.description(page),
        "publishedDateTime": published,
        "modifiedDateTime": metadata.modified(page, published),
        "originalUrl": page.fetched or page.canonical,
        "webUrl": page.canonical or page.fetched,
        "ampWebUrl": metadata.amp(page),
        "type": metadata.kind(page),
        "language": page.language,
        "provider": given,
        "authors": [{"name": name} for name in metadata.authors_of(page)],
        "tags": metadata.tags(page),
        "images": [],
        "warnings": warnings,
    }


def _provider(page: Page, known: Iterable[ProviderSettings]) -> ProviderSettings | None:
    url = page.fetched or page.canonical
    own = {urls.host(url), metadata.domain(url)} - {""}
    return next((provider for provider in known if provider.domain in own), None)


def _converted(
    page: Page, provider: ProviderSettings | None, *, whole: bool, is_document: bool
) -> Converted:
    lead, refused = metadata.picture(page)
    drop_lines = provider.drop_lines if provider else ()
    said = body.Said(metadata.titles(page), metadata.description(page), drop_lines)
    is_newsletter = whole or (not is_document and newsletter.is_one(page.root))
    if is_newsletter:
        newsletter.drop_preheader(page.root)
    unseen = tree.prepare(page.root, provider.selectors if provider else ())
    listings.settle(page.root)
    lists.settle(page.root)
    tables.unwrap_layout(page.root)
    prepared = tree.serialised(page.root)
    unseen += blocks.settle(page.root)
    found = blocks.found(page.root)
    settled = (
        body.of_whole(found, said)
        if is_newsletter or is_document
        else body.of_page(prepared, found, said)
    )
    pieces = list(settled.pieces)
    media.note_captions(page.root)
    is_framed = not (is_newsletter or is_document)
    above, lead_cuts = _lead_above(page, found, pieces) if is_framed and not lead else ({}, [])
    used = {at for piece in pieces for at in piece.blocks}
    outside = [block.text for at, block in enumerate(found) if at not in used and block.text]
    lost = losses.maybe(found, pieces)
    pruning.cut(page.root, found, pieces)
    cuts = [*settled.cuts, *_outside(outside, settled.cuts, lost)]
    cuts = [replace(cut, inside=cut.text in lost and cut.rule in JUDGED) for cut in cuts]
    cuts += [Cut(rule=UNSEEN, text=text) for text in dict.fromkeys(unseen[:MAX_OUTSIDE]) if text]
    cuts += refused
    absent = captions.settle(page.root, page.base)
    cuts += absent.cuts
    if lead:
        cuts += media.take_out(page.root, lead, page.base)
    cuts += lead_cuts
    tidy.tidy(page.root, page.base)
    written = markdown.written(page.root.find("body"))
    moved = {cut.text for cut in absent.cuts if cut.rule == captions.CAPTION}
    lines = (similarity.squeeze(piece.text) for piece in pieces)
    kept_lines = tuple(line for line in lines if line not in moved)
    kind = "newsletter" if is_newsletter else "html"
    return Converted(
        written, kept_lines, tuple(cuts), settled.confidence, lead or above, kind, absent
    )


def _lead_above(
    page: Page, found: list[blocks.Block], pieces: list[Piece]
) -> tuple[dict[str, Any], list[Cut]]:
    """The lead picture of a page that declares none. If the text begins with a copy of its caption,
    that is removed from `pieces`."""
    first = next((at for piece in pieces for at in piece.blocks), None)
    if first is None:
        return {}, []
    lead = media.above_text(page.root, found[first].element, page.base)
    if not lead:
        return {}, []
    cuts = [Cut(rule="lead_picture", text=str(lead["url"]), to="images")]
    if media.told_apart(pieces[0].text) == (lead.get("caption"), lead.get("credit", "")):
        cuts.append(Cut(rule="caption_copy", text=pieces.pop(0).text, to="images"))
    return lead, cuts


def _outside(texts: list[str], cuts: tuple[Cut, ...], lost: set[str]) -> list[Cut]:
    """All cuts that may be losses, and some of the others."""
    named = {cut.text for cut in cuts}
    left = [text for text in dict.fromkeys(texts) if text not in named]
    listed = (text for at, text in enumerate(left) if at < MAX_OUTSIDE or text in lost)
    return [Cut(rule=OUTSIDE, text=text) for text in listed]


def _carry_over(matter: dict[str, Any], made: Converted) -> None:
    """Fill fields from the body: excerpt, credits, the lead picture."""
    first = next((line for line in made.lines if similarity.ends_sentence(line)), "")
    given = str(matter["excerpt"])
    if not given or "\ufffd" in given or _cut_short(given, first):
        matter["excerpt"] = similarity.shorten(first)
    moved = [cut.text.strip(" _*()[]") for cut in made.cuts if cut.to == "credits"]
    matter["images"] = [*([made.lead] if made.lead else []), *made.absent.images]
    matter["warnings"] = [*matter["warnings"], *captions.warnings(made.absent.missing)]
    matter["credits"] = [{"role": "reporting", "name": text} for text in moved]


def _date_from_body(matter: dict[str, Any], made: Converted, page: Page) -> None:
    """If neither metadata nor address has a date: a line of the page that has one."""
    for cut in made.cuts:
        if cut.rule not in DATED or matter["publishedDateTime"]:
            continue
        found = written_dates.find(cut.text, page.zone, page.language)
        if found:
            matter["publishedDateTime"] = dates.iso(found.moment)
            told = [w for w in matter["warnings"] if not w.startswith(metadata.DATE)]
            matter["warnings"] = [*written_dates.warnings(metadata.DATE, cut.text, found), *told]


def _cut_short(given: str, first: str) -> bool:
    """Whether the page's description is its first paragraph, cut inside a word."""
    return given.endswith(("...", "…")) and first.startswith(given[:40].rstrip("."))
