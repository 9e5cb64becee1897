"""Rules for lines of the page that are not the article. Each looks at a single line."""

import re

from site_gen.convert.text.lines import Page
from site_gen.convert.text.rules.rule import Rule, known

_LABELLED = re.compile(r"[^:：]{2,40}[:：]\s*\S.*")
_BARE_ID = re.compile(r"\d{7,}|[0-9a-f]{16,}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.I)
_BARE_URL = re.compile(r"(https?://|www\.)\S+|\S{1,80}@\S{1,80}\.\w{2,10}|@\w+|#\w+", re.I)


def text_size(page: Page, at: int) -> bool:
    """A control for the text size, or the number beside it."""
    line = page.lines[at]
    number = line.text[0].isdecimal()
    return (
        known(line, "text_size", 4)
        and line.text[0].isalnum()
        and (not number or len(line.text) < 4)
    )


def share(page: Page, at: int) -> bool:
    """A button of a social network, a counter of shares, a print button."""
    return known(page.lines[at], "share", 14)


def contents(page: Page, at: int) -> bool:
    """The heading of a missing table of contents."""
    return known(page.lines[at], "contents", 12)


def advertisement(page: Page, at: int) -> bool:
    """A label of an advertisement."""
    return known(page.lines[at], "advertisement", 14)


def player(page: Page, at: int) -> bool:
    """A label of a player or a gallery."""
    return known(page.lines[at], "player", 16)


def navigation(page: Page, at: int) -> bool:
    """An entry of a menu."""
    return known(page.lines[at], "navigation", 8)


def legal(page: Page, at: int) -> bool:
    """Rights, cookies, consent."""
    return known(page.lines[at], "legal", 70)


def promotion(page: Page, at: int) -> bool:
    """An invitation to subscribe, follow, install or donate, or to read one other article: `Read
    also:` with its title on the same line, so that nothing of it follows."""
    line = page.lines[at]
    names_one = _LABELLED.fullmatch(line.text) is not None and known(line, "related", 20)
    return names_one or known(line, "promotion", 60)


def paywall(page: Page, at: int) -> bool:
    """A line that sells the rest of the article."""
    return known(page.lines[at], "paywall", 40)


def bare_id(page: Page, at: int) -> bool:
    """A number or digest from the system that the text came from."""
    return _BARE_ID.fullmatch(page.lines[at].text) is not None


def bare_url(page: Page, at: int) -> bool:
    """Only a URL, an address or a handle."""
    text = page.lines[at].text
    return len(text) <= 600 and _BARE_URL.fullmatch(text) is not None


def symbols(page: Page, at: int) -> bool:
    """Only symbols."""
    return page.lines[at].words == 0 or not page.lines[at].text.strip("_ ")


RULES = (
    Rule("bare_id", "drop", bare_id),
    Rule("bare_url", "drop", bare_url, firm=False),
    Rule("symbols", "drop", symbols),
    Rule("text_size", "drop", text_size),
    Rule("share", "drop", share),
    Rule("contents", "drop", contents),
    Rule("advertisement", "drop", advertisement),
    Rule("player", "drop", player),
    Rule("paywall", "drop", paywall),
    Rule("legal", "drop", legal),
    Rule("promotion", "drop", promotion),
    Rule("navigation", "drop", navigation),
)
