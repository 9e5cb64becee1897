"""What a page says of itself; each field from the most trusted source."""

import re
from collections.abc import Iterator
from datetime import tzinfo
from itertools import islice
from typing import Any

from site_gen.basics import dates, urls, written_dates
from site_gen.convert import languages, similarity
from site_gen.convert.html import authors, json_ld, placeholders
from site_gen.convert.html.libraries import library
from site_gen.convert.html.links import Base
from site_gen.convert.html.tree import Element, elements, serialised, text_of
from site_gen.model import Cut

PUBLISHED = (
    "article:published_time article:published article.published og:published_time og:pubdate"
    " date pubdate publishdate publish-date pub_date published published_at dc.date dc.date.issued"
    " dcterms.created dcterms.date parsely-pub-date sailthru.date article_date_original"
    " datepublished sn-post-date"
).split()
MODIFIED = "article:modified_time og:updated_time article_date_updated article.updated".split()
DESCRIPTIONS = ("og:description", "description", "twitter:description")
MAX_TAGS = 20
MARKS = (" | ", " - ", " – ", " — ", " :: ", " · ", " » ", " « ")
"""Separators between a title and the name of the site."""
MOTTO = 4
"""Words from which a name unrelated to its domain is a motto."""
HOSTS = frozenset("hosted home news blog mobile amp edition web site website wordpress".split())
"""First labels of hosts that some sites use as their name."""
_SAVED_FROM = re.compile(r"saved from url=\(\d+\)(\S+)")
_ELSEWHERE = re.compile(r"(?<![a-z])(?:comment|related|recommend|teaser|sidebar|promo)")
_DAY = re.compile(r"/((?:19|20)\d\d)([/-])(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?=[/_.-]|$)")
DATE = "publishedDateTime"


class Page:
    """A parsed page with cached facts."""

    def __init__(self, root: Element, url: str, zone: tzinfo) -> None:
        self.root = root
        self.zone = zone
        self.meta = dict(_meta(root))
        self.fetched = url or _saved_from(root)
        self.canonical = _canonical(root, self.meta, self.fetched)
        addresses = filter(None, (self.fetched, self.canonical))
        titles = [self.meta.get("og:title", ""), *_headings(root)]
        self.article = json_ld.article(root, titles, set(addresses))
        self.language = language(self)
        self.base = Base(_base_url(root, self.fetched or self.canonical))

    def first(self, keys: tuple[str, ...] | list[str]) -> str:
        """The value of the first of these meta elements that has one."""
        return next((self.meta[key] for key in keys if self.meta.get(key)), "")


def _meta(root: Element) -> Iterator[tuple[str, str]]:
    """Meta elements by name or property in lower case; the first of each counts."""
    pairs = [
        ((m.get("property") or m.get("name") or m.get("itemprop") or "").lower(), m.get("content"))
        for m in root.iter("meta")
    ]
    for key, value in reversed(pairs):
        if key and value and value.strip():
            yield key, similarity.squeeze(value)


def _saved_from(root: Element) -> str:
    """The address that browsers write into saved pages."""
    for comment in root.getroottree().xpath("//comment()[position() < 20]"):
        found = _SAVED_FROM.search(comment.text or "")
        if found:
            return Base("").absolute(found[1])
    return ""


def _canonical(root: Element, meta: dict[str, str], fetched: str) -> str:
    """The canonical URL, "" if it is a home page or on another domain than the fetched one."""
    given = [link.get("href", "") for link in root.iter("link") if _is(link, "canonical")]
    for reference in [*given, meta.get("og:url", "")]:
        url = Base(fetched).absolute(reference)
        if not url or urls.path(url) in ("", "/"):
            continue
        if fetched and domain(url) != domain(fetched):
            continue
        return url
    return ""


def _is(link: Element, relation: str) -> bool:
    return relation in link.get("rel", "").lower().split()


def _base_url(root: Element, url: str) -> str:
    declared = next((element.get("href", "") for element in root.iter("base")), "")
    return Base(url).absolute(declared) or url if declared else url


def domain(url: str) -> str:
    """The registrable domain of a URL ("bbc.co.uk"), or its host."""
    extract_domain = library("courlan").extract_domain
    return str(extract_domain(url, fast=False) or urls.host(url)) if url else ""


def title(page: Page) -> str:
    """The title, from JSON-LD, og:title, h1 or title, without the name of the site.

    The page's heading wins over a title for search engines if the title for sharing agrees with it,
    and over one that has nothing in common with the others.
    """
    whole = next((similarity.squeeze(t.text or "") for t in page.root.iter("title")), "")
    shared = _without_site(page.first(["og:title", "twitter:title"]), page)
    headline = _without_site(json_ld.text(page.article.get("headline")), page)
    heading = _heading(page, f"{whole} {shared}")
    own = _without_site(whole, page)
    if heading and _alike(heading, shared or own):
        first = headline or shared
        if not _alike(heading, first) or _part_of(heading, first):
            return heading
    return headline or shared or heading or own


def _headings(root: Element) -> list[str]:
    tops = (h for h in root.iter("h1") if not _leads_home(h))
    return [similarity.squeeze(text_of(h)) for h in islice(tops, 3)]


def _leads_home(heading: Element) -> bool:
    """Whether a heading is the site's name, as above all its pages."""
    links = [*heading.iterancestors("a"), *heading.iter("a")]
    return any(urls.path(link.get("href", "")) in ("", "/") and _goes(link) for link in links)


def _goes(link: Element) -> bool:
    return bool(link.get("href", "").strip()) and not link.get("href", "").startswith(("#", "?"))


def _heading(page: Page, known: str) -> str:
    """The first heading that the titles contain, else the first one; some headings are the site's
    name."""
    tops = _headings(page.root)
    lower = [similarity.squeeze(text_of(h)) for h in list(page.root.iter("h2"))[:5]]
    said = f" {' '.join(similarity.words(known))} "
    names = _site_names(page)
    for text in [*tops, *lower]:
        words = similarity.words(text)
        if len(words) > 2 and f" {' '.join(words)} " in said and "".join(words) not in names:
            return text
    return next(filter(None, tops), "")


def _alike(one: str, other: str) -> bool:
    return similarity.similarity(similarity.words(one), similarity.words(other)) > 0.8


def _part_of(heading: str, given: str) -> bool:
    """Whether `given` is the heading plus a section or site, with a separator."""
    return heading != given and any(
        given.startswith(f"{heading}{mark}") or given.endswith(f"{mark}{heading}") for mark in MARKS
    )


def _site_names(page: Page) -> set[str]:
    names = [page.meta.get("og:site_name", ""), *json_ld.names(page.article.get("publisher"))]
    host = domain(page.fetched or page.canonical)
    known = {"".join(similarity.words(name)) for name in (*names, host)}
    return known | {host.partition(".")[0]} - {""}


def _without_site(text: str, page: Page) -> str:
    """`text` without " | Site" at its end or before it, if that is the site's name."""
    known = _site_names(page)
    for _ in range(2):
        head, mark, tail = _parted(text)
        if mark and "".join(similarity.words(tail)) in known:
            text = head
    first, mark, rest = _front(text)
    return rest if mark and "".join(similarity.words(first)) in known else text


def _parted(text: str) -> tuple[str, str, str]:
    mark = max((m for m in MARKS if m in text), key=text.rfind, default="")
    return text.rpartition(mark) if mark else (text, "", "")


def _front(text: str) -> tuple[str, str, str]:
    mark = min((m for m in (*MARKS, ": ") if m in text), key=text.find, default="")
    return text.partition(mark) if mark else (text, "", "")


def titles(page: Page) -> list[str]:
    """All titles of the page, for the rule that removes copies."""
    headings = [text_of(h) for h in list(page.root.iter("h1"))[:3]]
    heads = [t.text or "" for t in list(page.root.iter("title"))[:1]]
    metas = [page.meta.get(key, "") for key in ("og:title", "twitter:title", "title")]
    return [*metas, *heads, *headings, json_ld.text(page.article.get("headline"))]


def published(page: Page) -> tuple[str, list[str]]:
    """The publication date in RFC 3339, and warnings for the editor."""
    of_data = [page.article.get("datePublished"), page.article.get("dateCreated")]
    values = [*of_data, *(page.meta.get(key) for key in PUBLISHED), *_times(page)[:1]]
    texts = [text for text in map(json_ld.text, values) if text]
    for text in texts:
        given = written_dates.read(text, page.zone, page.language)
        if given:
            return dates.iso(given.moment), written_dates.warnings(DATE, text, given)
    unread = written_dates.warnings(DATE, texts[0], None) if texts else []
    day = _day_in_address(page)
    byline = None if day else _in_byline(page)
    if byline:
        text, found = byline
        return dates.iso(found.moment), [*unread, *written_dates.warnings(DATE, text, found)]
    read_off = written_dates.read(day or _day_in_text(page), page.zone)
    if read_off is None:
        return "", unread
    said = f"{DATE}: read off the page's {'address' if day else 'text'}, exact to the day only"
    return dates.iso(read_off.moment), [*unread, said]


def _in_byline(page: Page) -> tuple[str, written_dates.Reading] | None:
    """The text of the first byline with a date, and that date."""
    for text in authors.bylines(page.root):
        found = written_dates.find(text, page.zone, page.language)
        if found:
            return text, found
    return None


def _day_in_address(page: Page) -> str:
    """The day in an address such as `/2026/03/04/` or `/2026-03-04-bridge`, or ""."""
    for url in (page.fetched, page.canonical):
        found = _DAY.search(urls.path(url))
        if found:
            return f"{found[1]}-{found[3]}-{found[4]}"
    return ""


def _times(page: Page) -> list[str]:
    """The dates of `time` elements outside of comments and other articles."""
    return [
        text
        for element in page.root.iter("time")
        if not any(_is_elsewhere(holder) for holder in element.iterancestors())
        and (text := element.get("datetime") or similarity.squeeze(text_of(element)))
    ]


def _is_elsewhere(holder: Element) -> bool:
    said = f"{holder.get('class', '')} {holder.get('id', '')}".lower()
    if holder.tag in ("body", "html"):
        return False
    return holder.tag in ("aside", "nav", "footer") or _ELSEWHERE.search(said) is not None


def _day_in_text(page: Page) -> str:
    """The day that htmldate finds, or ""."""
    source = serialised(page.root)
    find_date = library("htmldate").find_date
    try:
        return str(find_date(source, extensive_search=False, original_date=True) or "")
    except Exception:
        # it raises whatever its parsers raise; a page without a date is no fault
        return ""


def modified(page: Page, published: str) -> str:
    """The date of the last change, if it is later than the publication."""
    for value in [page.article.get("dateModified"), *(page.meta.get(key) for key in MODIFIED)]:
        moment = written_dates.moment(json_ld.text(value), page.zone, page.language)
        before = written_dates.moment(published, page.zone)
        if moment and before:
            return dates.iso(moment) if written_dates.is_later(moment, before) else ""
    return ""


def authors_of(page: Page) -> list[str]:
    """Names of people, from the most trusted source that has any."""
    site = [page.meta.get("og:site_name", ""), *json_ld.names(page.article.get("publisher"))]
    host = domain(page.fetched or page.canonical)
    nobody = [*site, host, host.partition(".")[0]]
    given = json_ld.names(page.article.get("author") or page.article.get("creator"))
    return authors.of_page(page.root, given, page.meta, nobody)


def tags(page: Page) -> list[str]:
    """Keywords that the page gives its article."""
    given = json_ld.listed(page.article.get("keywords"))
    elements = (m for m in page.root.iter("meta") if m.get("property") == "article:tag")
    given += [similarity.squeeze(m.get("content", "")) for m in elements]
    given = given or json_ld.listed(page.meta.get("news_keywords", ""))
    good = (tag for tag in given if 1 < len(tag) <= 60 and ":" not in tag)
    return list({tag.lower(): tag for tag in good}.values())[:MAX_TAGS]


def description(page: Page) -> str:
    """The page's own description, at most 240 characters; or ""."""
    text = page.first(DESCRIPTIONS) or json_ld.text(page.article.get("description"))
    return similarity.shorten(text)


def provider(page: Page) -> dict[str, str]:
    """The publisher: registrable domain, and the name most similar to it, else the first."""
    url = page.fetched or page.canonical
    own = domain(url)
    given = [
        page.meta.get("og:site_name", ""),
        *json_ld.names(page.article.get("publisher")),
        page.meta.get("application-name", ""),
        page.meta.get("al:iphone:app_name", ""),
    ]
    label = own.partition(".")[0]
    names = [
        name
        for name in map(_house, given)
        if name and not _is_section(name, page, url) and not _is_motto(name, label)
    ]
    best = next((name for name in names if label and _looks_like(name, label)), "")
    found = {"name": best or next(iter(names[:1]), ""), "domain": own}
    return {key: value for key, value in found.items() if value}


def _house(name: str) -> str:
    """A publisher's name without its motto; "" for a handle or an address."""
    short = re.split(r"\s[|–—-]\s", similarity.squeeze(name))[0].strip()
    return "" if short.startswith("@") or "//" in short or len(short) > 80 else short


def _is_section(name: str, page: Page, url: str) -> bool:
    """Whether a name is only a part of the site: its section, or a common host name."""
    word = "".join(similarity.words(name))
    section = "".join(similarity.words(page.meta.get("article:section", "")))
    return word == section or (word in HOSTS and word not in domain(url))


def _is_motto(name: str, label: str) -> bool:
    """Whether a name of many words has no word or initials in common with its domain."""
    words = similarity.words(name)
    initials = "".join(word[0] for word in words)
    known = not label or initials in label or label in initials
    return len(words) > MOTTO and not known and not any(w in label for w in words if len(w) > 2)


def _looks_like(name: str, label: str) -> bool:
    words = similarity.words(name)
    whole, initials = "".join(words), "".join(word[0] for word in words)
    plain = label.replace("-", "")
    return plain in whole or whole in plain or initials == plain


def language(page: Page) -> str:
    """The language tag that the page declares, "" if none or invalid."""
    declared = page.root.get("lang", "") or page.root.get("xml:lang", "")
    given = [declared, json_ld.text(page.article.get("inLanguage")), page.meta.get("og:locale", "")]
    return next(filter(None, map(languages.normalize, given)), "")


def amp(page: Page) -> str:
    """The address of the AMP version."""
    links = (link for link in page.root.iter("link") if _is(link, "amphtml"))
    return next((page.base.absolute(link.get("href", "")) for link in links), "")


def picture(page: Page) -> tuple[dict[str, Any], list[Cut]]:
    """The picture for sharing the page, and what was refused as one."""
    cuts = []
    for found in (_shared_picture(page), json_ld.image(page.article.get("image"))):
        given = str(found.get("url", ""))
        if given and placeholders.is_placeholder(given, found.get("width")):
            cuts.append(placeholders.refused(given))
        elif url := page.base.absolute(given):
            named = {key: value for key, value in found.items() if value}
            return {**named, "url": url}, cuts
    return {}, cuts


def _shared_picture(page: Page) -> dict[str, Any]:
    url = page.first(["og:image:secure_url", "og:image", "og:image:url"])
    sizes = {key: page.meta.get(f"og:image:{key}", "") for key in ("width", "height")}
    found: dict[str, Any] = {"url": url, "alt": page.meta.get("og:image:alt", "")}
    found |= {key: int(v) for key, v in sizes.items() if v.isascii() and v.isdigit() and len(v) < 6}
    return found


def kind(page: Page) -> str:
    """`article` if the page says that it is one."""
    given = page.meta.get("og:type", "").lower()
    return "article" if page.article or given in ("article", "news.article") else ""


def teasers(page: Page) -> int:
    """The number of headings that are links, which distinguishes a list from an article."""
    headings = (e for e in elements(page.root) if e.tag in ("h1", "h2", "h3"))
    return sum(heading.find(".//a") is not None for heading in headings)
