"""What a page says of itself, each field from the most trusted place that has it."""

import re
from collections.abc import Iterator
from datetime import tzinfo
from typing import Any
from urllib.parse import urlsplit

from site_gen.basics import dates, urls, written_dates
from site_gen.convert import languages, likeness
from site_gen.convert.html import json_ld
from site_gen.convert.html.libraries import library
from site_gen.convert.html.links import Base
from site_gen.convert.html.tree import Element, elements, serialised, text_of

PUBLISHED = (
    "article:published_time article:published article.published og:published_time og:pubdate"
    " date pubdate publishdate publish-date pub_date published published_at dc.date dc.date.issued"
    " dcterms.created dcterms.date parsely-pub-date sailthru.date article_date_original"
    " datepublished sn-post-date"
).split()
MODIFIED = "article:modified_time og:updated_time article_date_updated article.updated".split()
DESCRIPTIONS = ("og:description", "description", "twitter:description")
MAX_AUTHORS, MAX_TAGS = 10, 20
_SAVED_FROM = re.compile(r"saved from url=\(\d+\)(\S+)")
_AND = re.compile(r"\s*(?:,| and | und | et |;|&)\s*(?=[^\W\d_])")
_ELSEWHERE = re.compile(r"(?<![a-z])(?:comment|related|recommend|teaser|sidebar|promo)")
DATE = "publishedDateTime"
_BY = re.compile(r"^by\s+", re.IGNORECASE)


class Page:
    """A parsed page with what is asked of it more than once."""

    def __init__(self, root: Element, url: str, zone: tzinfo) -> None:
        self.root = root
        self.zone = zone
        self.meta = dict(_meta(root))
        self.article = json_ld.article(root)
        self.fetched = url or _saved_from(root)
        self.canonical = _canonical(root, self.meta, self.fetched)
        self.language = language(self)
        self.base = Base(_base_url(root, self.fetched or self.canonical))

    def first(self, keys: tuple[str, ...] | list[str]) -> str:
        """The first of these meta elements with a value."""
        return next((self.meta[key] for key in keys if self.meta.get(key)), "")


def _meta(root: Element) -> Iterator[tuple[str, str]]:
    """Meta elements by name or property in lower case; the first of each wins."""
    pairs = [
        ((m.get("property") or m.get("name") or m.get("itemprop") or "").lower(), m.get("content"))
        for m in root.iter("meta")
    ]
    for key, value in reversed(pairs):
        if key and value and value.strip():
            yield key, likeness.squeeze(value)


def _saved_from(root: Element) -> str:
    """The address that a browser wrote into a saved page."""
    for comment in root.getroottree().xpath("//comment()[position() < 20]"):
        found = _SAVED_FROM.search(comment.text or "")
        if found:
            return Base("").absolute(found[1])
    return ""


def _canonical(root: Element, meta: dict[str, str], fetched: str) -> str:
    """The canonical URL, "" when it is a home page or on another domain than the fetched one."""
    given = [link.get("href", "") for link in root.iter("link") if _is(link, "canonical")]
    for reference in [*given, meta.get("og:url", "")]:
        url = Base(fetched).absolute(reference)
        if not url or urlsplit(url).path in ("", "/"):
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
    """The registrable domain of a URL ("bbc.co.uk"), its host where there is none."""
    extract_domain = library("courlan").extract_domain
    return str(extract_domain(url, fast=False) or urls.host(url)) if url else ""


def title(page: Page) -> str:
    """The title: JSON-LD, og:title, the first h1, title; less the name of the site."""
    heading = next((likeness.squeeze(text_of(h)) for h in page.root.iter("h1")), "")
    whole = next((likeness.squeeze(t.text or "") for t in page.root.iter("title")), "")
    given = page.first(["og:title", "twitter:title"])
    found = json_ld.text(page.article.get("headline")) or _without_site(given, page)
    return found or heading or _without_site(whole, page)


def _without_site(text: str, page: Page) -> str:
    """`text` without " | Site" at its end, where the page says that this is its site's name."""
    head, mark, tail = _parted(text)
    names = [page.meta.get("og:site_name", ""), *json_ld.names(page.article.get("publisher"))]
    host = domain(page.fetched or page.canonical).partition(".")[0]
    own = "".join(likeness.words(tail))
    known = {"".join(likeness.words(name)) for name in names if name} | {host}
    return head if mark and own and own in known else text


def _parted(text: str) -> tuple[str, str, str]:
    marks = [mark for mark in (" | ", " - ", " – ", " — ", " :: ") if mark in text]
    mark = max(marks, key=text.rfind, default="")
    return text.rpartition(mark) if mark else (text, "", "")


def titles(page: Page) -> list[str]:
    """Every title the page gives, for the rule that drops its copy."""
    headings = [text_of(h) for h in list(page.root.iter("h1"))[:3]]
    heads = [t.text or "" for t in list(page.root.iter("title"))[:1]]
    metas = [page.meta.get(key, "") for key in ("og:title", "twitter:title", "title")]
    return [*metas, *heads, *headings, json_ld.text(page.article.get("headline"))]


def published(page: Page) -> tuple[str, list[str]]:
    """The date of publication in RFC 3339, and what an editor should know of it."""
    given = [page.article.get("datePublished"), page.article.get("dateCreated")]
    values = [*given, *(page.meta.get(key) for key in PUBLISHED), *_times(page)[:1]]
    texts = [text for text in map(json_ld.text, values) if text]
    for text in texts:
        found = written_dates.read(text, page.zone, page.language)
        if found:
            return dates.iso(found.moment), written_dates.warnings(DATE, text, found)
    unread = written_dates.warnings(DATE, texts[0], None) if texts else []
    found = written_dates.read(_day_in_text(serialised(page.root)), page.zone)
    if found is None:
        return "", unread
    return dates.iso(found.moment), [
        *unread,
        f"{DATE}: read off the page's text, exact to the day only",
    ]


def _times(page: Page) -> list[str]:
    """The moments of `time` elements, but for those of comments and of other articles."""
    return [
        text
        for element in page.root.iter("time")
        if not any(_is_elsewhere(holder) for holder in element.iterancestors())
        and (text := element.get("datetime") or likeness.squeeze(text_of(element)))
    ]


def _is_elsewhere(holder: Element) -> bool:
    said = f"{holder.get('class', '')} {holder.get('id', '')}".lower()
    return holder.tag in ("aside", "nav", "footer") or _ELSEWHERE.search(said) is not None


def _day_in_text(source: str) -> str:
    """The day htmldate finds, "" when it finds none or fails."""
    find_date = library("htmldate").find_date
    try:
        return str(find_date(source, extensive_search=False, original_date=True) or "")
    except Exception:
        # it raises whatever its parsers raise; a page without a date is no fault
        return ""


def modified(page: Page, published: str) -> str:
    """The date of the last change, where the page gives one later than its publication."""
    for value in [page.article.get("dateModified"), *(page.meta.get(key) for key in MODIFIED)]:
        moment = written_dates.moment(json_ld.text(value), page.zone, page.language)
        before = written_dates.moment(published, page.zone)
        if moment and before:
            return dates.iso(moment) if written_dates.is_later(moment, before) else ""
    return ""


def authors(page: Page) -> list[str]:
    """Names of people: JSON-LD, else meta author; addresses and the site's own name left out."""
    names = json_ld.names(page.article.get("author"))
    if not names:
        given = page.first(["author", "parsely-author", "sailthru.author", "article_author"])
        names = _AND.split(given) if given else []
    nobody = {page.meta.get("og:site_name", "").lower(), "admin", "administrator", "root"}
    kept = (_BY.sub("", name).strip() for name in names)
    good = [n for n in kept if 1 < len(n) <= 80 and "//" not in n and "@" not in n]
    return list(dict.fromkeys(n for n in good if n.lower() not in nobody))[:MAX_AUTHORS]


def tags(page: Page) -> list[str]:
    """Keywords that the page gives its article."""
    given = json_ld.listed(page.article.get("keywords"))
    elements = (m for m in page.root.iter("meta") if m.get("property") == "article:tag")
    given += [likeness.squeeze(m.get("content", "")) for m in elements]
    given = given or json_ld.listed(page.meta.get("news_keywords", ""))
    good = (tag for tag in given if 1 < len(tag) <= 60 and ":" not in tag)
    return list({tag.lower(): tag for tag in good}.values())[:MAX_TAGS]


def description(page: Page) -> str:
    """The page's own short text, at most 240 characters; "" when it gives none."""
    text = page.first(DESCRIPTIONS) or json_ld.text(page.article.get("description"))
    return likeness.shorten(text)


def provider(page: Page) -> dict[str, str]:
    """The publisher: registrable domain and name."""
    names = [page.meta.get("og:site_name", ""), *json_ld.names(page.article.get("publisher"))]
    short = (name.partition(" | ")[0].strip() for name in names)
    found = {
        "name": next((name for name in short if name and "//" not in name), ""),
        "domain": domain(page.fetched or page.canonical),
    }
    return {key: value for key, value in found.items() if value}


def language(page: Page) -> str:
    """The language tag that the page declares, "" when it declares none or an impossible one."""
    declared = page.root.get("lang", "") or page.root.get("xml:lang", "")
    given = [declared, json_ld.text(page.article.get("inLanguage")), page.meta.get("og:locale", "")]
    return next(filter(None, map(languages.normal, given)), "")


def amp(page: Page) -> str:
    """The address of the AMP version."""
    links = (link for link in page.root.iter("link") if _is(link, "amphtml"))
    return next((page.base.absolute(link.get("href", "")) for link in links), "")


def picture(page: Page) -> dict[str, Any]:
    """The picture that the page is shared with."""
    url = page.base.absolute(page.first(["og:image:secure_url", "og:image", "og:image:url"]))
    sizes = {key: page.meta.get(f"og:image:{key}", "") for key in ("width", "height")}
    found: dict[str, Any] = {"url": url, "alt": page.meta.get("og:image:alt", "")}
    found |= {key: int(v) for key, v in sizes.items() if v.isascii() and v.isdigit() and len(v) < 6}
    if not url:
        found = json_ld.image(page.article.get("image"))
        found["url"] = page.base.absolute(str(found.get("url", "")))
    return {key: value for key, value in found.items() if value} if found["url"] else {}


def kind(page: Page) -> str:
    """`article` where the page says that it is one."""
    given = page.meta.get("og:type", "").lower()
    return "article" if page.article or given in ("article", "news.article") else ""


def teasers(page: Page) -> int:
    """How many headings are links: what tells a list of articles from an article."""
    headings = (e for e in elements(page.root) if e.tag in ("h1", "h2", "h3"))
    return sum(heading.find(".//a") is not None for heading in headings)
