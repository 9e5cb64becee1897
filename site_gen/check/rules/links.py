"""Rules for links: malformed, tracking, dead or repeated addresses."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from site_gen.arrange.site_paths import Site, addresses_of, is_alive
from site_gen.basics import urls
from site_gen.check import addresses
from site_gen.check.document import Document, Summary
from site_gen.check.findings import Fix, Hit
from site_gen.check.rules.rule import Placed, Rule, Sight, View
from site_gen.check.scan import Link
from site_gen.check.titles import Titles
from site_gen.formats.deploy.redirects import alias_claims
from site_gen.model import Edition
from site_gen.problems import shown

PLACEHOLDER = re.compile(
    r"(?:[A-Z]+_)*(?:LINK|URL)_?(?:GOES_?)?HERE|\b[A-Z]+_(?:LINK|URL)\b|\bTODO\b|\bFIXME\b|\bXXX+\b"
    r"|(?:https?://)?(?i:url|link|tbd|todo|xxx|\.\.\.|…)/?",
)
EMPTY = re.compile(r"(?:https?:/{0,2}|#|www\.?|)")
# A mistyped scheme: a wrong letter, missing or extra slashes, or none at all.
MISTYPED = re.compile(r"(?:h?t{1,3}ps?|https?|htps|hhttps?)(?:;|:)/{0,3}(?=\S)|www\.\S+\.", re.I)
# Paths of lists, feeds and other generated files, which only a build knows.
_GENERATED_PATH = re.compile(
    r"/page/\d+/?$|^/(?:api|assets|search|feeds)(?:/|$)"
    r"|\.(?:xml|json|html|txt|epub|opml|webmanifest)$"
)
WORDLESS = ("[](", "[ ](")
END = 36
"""The number of last characters of a long address that a message shows."""
WIDELY_LINKED = 3
"""An address in this many earlier editions belongs to all of them, such as a shop."""
RECURRING_SHARE = 0.25
"""The share of repeated links that makes a section a recurring list, such as a calendar."""


def tracking(document: Document, sight: Sight) -> Iterator[Hit]:
    for link in document.unusual_links:
        if "?" not in link.url or not addresses.MAY_TRACK.search(link.url):
            continue
        try:
            clean = addresses.without_tracking(link.url)
        except ValueError:
            continue
        if clean != link.url:
            yield _hit(
                "links/tracking", link, f"{shown(link.url)} tracks where its reader came from",
                f"write {clean}, or run check --fix", Fix(link.line, link.url, clean),
            )  # fmt: skip


def shortener(document: Document, sight: Sight) -> Iterator[Hit]:
    for link in document.unusual_links:
        if urls.host(link.url) in addresses.SHORTENERS:
            yield _hit(
                "links/shortener", link, f"{shown(link.url)} hides where it leads",
                "write the address that it leads to",
            )  # fmt: skip


def malformed(document: Document, sight: Sight) -> Iterator[Hit]:
    for link in document.unusual_links:
        url = link.url.strip()
        if urls.scheme_of(url) in urls.WEB:
            try:
                urls.check(url)
            except ValueError as error:
                if not EMPTY.fullmatch(url):
                    yield _hit("links/malformed", link, f"{shown(url)} {error}",
                               "correct the address")  # fmt: skip
        elif MISTYPED.match(url):
            yield _hit("links/malformed", link, f"{shown(url)} is no address that a browser knows",
                       "write it whole, with https://")  # fmt: skip


def placeholder(document: Document, sight: Sight) -> Iterator[Hit]:
    for link in document.unusual_links:
        url = link.url.strip()
        if "example." in url and _is_example(link, sight):
            yield _hit("links/placeholder", link, f"{shown(url)} is an address that nobody has",
                       "put in the address that was meant, or take the link out")  # fmt: skip
            continue
        if len(url) > 16 and url.startswith("http") and "_HERE" not in url:
            continue  # nearly all addresses
        empty = EMPTY.fullmatch(url) and not link.image
        if empty or PLACEHOLDER.fullmatch(url) or _ends_in_placeholder(url):
            short = url if len(url) <= END else f"…{url[-END:]}"
            text = shown(short) if url else "an empty address"
            yield _hit("links/placeholder", link, f"{text} was to be replaced",
                       "put in the address, or take the link out")  # fmt: skip


def _is_example(link: Link, sight: Sight) -> bool:
    """Whether a link leads to a host for examples and shows words, not that address."""
    host = urls.host(link.url).removeprefix("www.")
    return (
        host in addresses.EXAMPLES
        and not sight.is_ours(link)
        and (bool(link.field) or not link.text.startswith(("http", "www.", "example.", "`", "·")))
    )


def _ends_in_placeholder(url: str) -> bool:
    return re.search(r"(?:^|[/=#])[A-Z]+(?:_[A-Z]+)*_HERE/?$", url) is not None


def wordless(document: Document, sight: Sight) -> Iterator[Hit]:
    """Find links without text."""
    if not any(map(document.body.__contains__, WORDLESS)):
        return
    for link in document.body_links:
        empty = not link.image and not link.text.strip() and link.url
        if empty and any(map(document.source_line(link.line).__contains__, WORDLESS)):
            yield _hit("links/wordless", link, f"the link to {shown(link.url)} has no words",
                       "say between its brackets where it leads")  # fmt: skip


def repeated_in_note(document: Document, sight: Sight) -> Iterator[Hit]:
    """Find items that occur twice under the same heading of a note, as by a copying error.

    An item may be under two headings, such as an event that is both online and in a town.
    """
    if document.kind != "note":
        return
    first: dict[str, Link] = {}
    for link in document.body_links:
        form = addresses.same(link.url)
        if not form or not link.lead or addresses.is_home(form):
            continue
        before = first.setdefault(f"{link.section}#{form}#{urls.parts(link.url).fragment}", link)
        if before is not link and not _is_recurring_list(document, link.section):
            yield _hit(
                "links/repeated", link,
                f"{shown(link.url)} stands in line {before.line} too", "link it once",
            )  # fmt: skip


def _is_recurring_list(document: Document, section: str) -> bool:
    """Whether many links of a section are repeated, as in a calendar of recurring events."""
    own = [addresses.same(x.url) for x in document.links if x.section == section and x.lead]
    return len(own) - len(set(own)) > max(1, RECURRING_SHARE * len(own) / 2)


def same_story(edition: Edition, view: View) -> Iterator[Placed]:
    """Find articles of one edition with the same original."""
    first: dict[str, Summary] = {}
    for document in view.articles_of(edition):
        form = addresses.same(document.original)
        if not form or addresses.is_home(form):
            continue
        before = first.setdefault(form, document)
        if before is not document:
            yield (
                document.path,
                Hit(
                    rule="links/same-story",
                    message=f"{shown(document.original)} is the {before.original_field} of"
                    f" {before.path_in_site} too",
                    line=document.original_line,
                    field=document.original_field,
                    help="keep one of the two",
                ),
            )


def seen_before(edition: Edition, view: View) -> Iterator[Placed]:
    """Find addresses that one of the previous editions had."""
    place = view.editions.index(edition)
    earlier = view.editions[place + 1 : place + 1 + view.settings.check.repeat_editions]
    linked = [(other, _chosen_links(other, view)) for other in earlier]
    own = _chosen_links(edition, view)
    known: dict[str, list[Edition]] = defaultdict(list)
    for other, links in linked:
        for form in own.keys() & links.keys():
            known[form].append(other)
    total = Counter(link.section for _, link in own.values() if not link.field)
    again = Counter(x.section for form, (_, x) in own.items() if not x.field and form in known)
    for form, (document, link) in own.items():
        runs_on = not link.field and again[link.section] > max(
            1, RECURRING_SHARE * total[link.section]
        )
        if form in known and len(known[form]) < WIDELY_LINKED and not runs_on:
            yield document.path, _hit(
                "links/seen-before", link,
                f"{shown(link.url)} stood already in {view.name_of(known[form][0])}",
                "drop it, or say what is new",
            )  # fmt: skip


def _chosen_links(edition: Edition, view: View) -> dict[str, tuple[Summary, Link]]:
    """Return the links of an edition: the originals of its articles, and the items of its note."""
    known = view.links.get(edition.ref.id)
    if known is not None:
        return known
    found: dict[str, tuple[Summary, Link]] = {}
    view.links[edition.ref.id] = found
    for document in view.articles_of(edition):
        form = addresses.same(document.original)
        if form and not addresses.is_home(form):
            field = document.original_field
            line = document.original_line
            found.setdefault(form, (document, Link(url=document.original, line=line, field=field)))
    note = view.note_of(edition)
    for link in note.links if note else ():
        form = addresses.same(link.url)
        # A fragment, such as one comment of a thread, counts as another address.
        if form and not link.field and link.lead and not addresses.is_home(form):
            form += "#" + urls.parts(link.url).fragment
            found.setdefault(form.rstrip("#"), (note, link))  # type: ignore[arg-type]
    return found


def near_titles(edition: Edition, view: View) -> Iterator[Placed]:
    """Find articles of one edition with nearly the same title."""
    limit = view.settings.check.similar_titles
    titles = Titles[Summary]()
    for document in view.articles_of(edition):
        other = next(titles.near(document.title, limit), None)
        if other is not None:
            yield (
                document.path,
                Hit(
                    rule="links/near-title",
                    message=f"the title is nearly that of {other.path_in_site}",
                    line=document.title_line,
                    field="title",
                    help="keep one, or tie them with `story:`",
                ),
            )
        titles.add(document.title, document)


def dead(view: View) -> Iterator[Placed]:
    """Find links to paths of this site where nothing is.

    The build checks links to pages that only it knows, such as lists and feeds.
    """
    shown_paths = {article.path for article in view.catalog.articles}
    shown_paths |= {edition.path for edition in view.catalog.editions}
    shown_paths |= {page.path for page in view.catalog.pages}
    known = set(addresses_of(view.catalog))
    known |= {alias for claim in alias_claims(view.catalog) for alias in claim.aliases}
    site = Site(known, view.content, view.settings.root)
    for path in view.paths:
        entry = view.files.index_entry(path) if path in shown_paths else None
        for link in entry.internal_links if entry else ():
            if "://" not in link.url and not link.url.startswith("/"):
                continue
            if _ends_in_placeholder(link.url):
                continue  # `links/placeholder` reports it
            target = urls.path(link.url)
            if not _GENERATED_PATH.search(target) and not is_alive(target, site):
                yield path, _hit(
                    "links/dead", link, f"{shown(link.url)} leads to no page or file of this site",
                    "correct the path, or add the file to content/",
                )  # fmt: skip


def _hit(rule: str, link: Link, message: str, cure: str, fix: Fix | None = None) -> Hit:
    return Hit(rule=rule, message=message, line=link.line, field=link.field, help=cure, fix=fix)


RULES = (
    Rule("links/tracking", "warning", "an address with parameters that only track the reader",
         "take them out (`--fix` does)", document=tracking),
    Rule("links/shortener", "warning", "an address of a shortening service",
         "write the address that it leads to", document=shortener),
    Rule("links/malformed", "error", "an address that no browser can open",
         "correct it", document=malformed),
    Rule("links/placeholder", "error", "an address that was to be replaced, or none at all",
         "put in the address, or take the link out", document=placeholder),
    Rule("links/wordless", "warning", "a link without words: no reader sees it",
         "say between its brackets where it leads", document=wordless),
    Rule("links/dead", "warning", "a link from the top of our site that leads to nothing",
         "correct the path, or add the file", site=dead),
    Rule("links/repeated", "hint", "one item twice under a heading of an edition's note",
         "link it once", document=repeated_in_note),
    Rule("links/same-story", "warning", "two articles of an edition with one webUrl",
         "keep one of them", edition=same_story),
    Rule("links/seen-before", "hint", "an address that one of the last editions had",
         "drop it, or say what is new", edition=seen_before),
    Rule("links/near-title", "hint", "two articles of an edition with nearly one title",
         "keep one, or tie them with `story:`", edition=near_titles),
)  # fmt: skip
