"""OPML: the feeds in a reading list."""

from lxml import etree

from site_gen.basics import urls
from site_gen.model import RawDocument
from site_gen.problems import Problem, SiteError, Where

MAX_FEEDS = 1000


def feeds(raw: RawDocument, text: str) -> list[str]:
    """The addresses of its feeds, in order, without duplicates. Raises SiteError if there are
    none."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    try:
        root = etree.fromstring(_undeclared(text).encode("utf-8", "replace"), parser)
    except (etree.LxmlError, ValueError):
        root = None
    found: dict[str, None] = {}
    for outline in root.iter("outline") if root is not None else ():
        address = next((v for k, v in outline.attrib.items() if str(k).lower() == "xmlurl"), "")
        try:
            found[urls.check(str(address))] = None
        except ValueError:
            continue
    if not found:
        problem = Problem(
            "convert/opml",
            "the list names no feed",
            Where(raw.name),
            'each feed is an <outline> with an xmlUrl="https://..."',
        )
        raise SiteError([problem])
    return list(found)[:MAX_FEEDS]


def _undeclared(text: str) -> str:
    """Without the XML declaration, since the text is already decoded."""
    start = text.lstrip()
    return start.partition("?>")[2] if start.startswith("<?xml") else start
