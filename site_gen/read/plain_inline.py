"""Text with plain mark-up in it, straight to HTML; the inner half of `plain_body.py`."""

import re


class NotPlain(Exception):  # noqa: N818 - no error: the parser's turn
    """Something that only the parser knows how to read, or that might be."""


_ENTITY = re.compile(r"&(?:#|[A-Za-z][A-Za-z0-9]*;)")
# Text that stands inside a span: nothing in it that could begin or end another.
_TEXT = r"(?:[^\\`*_~\[\]<:]|:(?!//))++"
# What may follow a closing `*` or `_` behind a stop or a quote, so that it is sure to close.
_STOPS = r".,:;!?)\"'”’"
_AFTER = rf"(?=[\s{_STOPS}]|$)"


def _starred(name: str, mark: str) -> str:
    """Between stars: a letter or digit after the first, and one, or a stop, before the last."""
    mark = re.escape(mark)
    begin = rf"(?:{mark}(?=[^\W_])|(?<!\S){mark}(?=[“\"‘(]))"
    close = rf"(?:(?<=[^\W_]){mark}|(?<=[{_STOPS}]){mark}{_AFTER})(?!\*)"
    return rf"{begin}(?P<{name}>{_TEXT}){close}"


def _underlined(name: str, mark: str) -> str:
    """Between underscores, which mean nothing inside a word."""
    return rf"(?<![^\s(“\"]){mark}(?=[^\W_])(?P<{name}>{_TEXT})(?<=[^\W_]|[{_STOPS}]){mark}{_AFTER}"


# An address that the parser's normal form and the sanitiser leave as it is. The text is escaped
# already, so that `&` is `&amp;`, and its last label has a letter, as no IPv4 address has.
_ADDRESS = (
    r"https?://(?![^/)]{254})(?:[a-z0-9]+[.-])+[a-z]{2,63}"
    r"(?:/[A-Za-z0-9._~/-]{0,999}(?:\?[A-Za-z0-9][A-Za-z0-9._~/=&;+-]{0,999})?)?"
)
_SPAN = re.compile(
    "|".join(
        [
            _starred("em", "*"),
            _starred("strong", "**"),
            _underlined("em_", "_"),
            _underlined("strong_", "__"),
            r"`(?P<code>[^`\s<][^`\n<]*+)`(?!`)",
            rf"(?<![!^])\[(?P<label>{_TEXT})\]\((?P<url>{_ADDRESS})\)",
            rf"(?P<literal>(?<![!^])\[(?!\^){_TEXT}\](?![(\[:])|(?<=[^\W_])_(?=[^\W_])|:(?!//)|~(?!~))",
        ]
    )
)
# One set of characters, because the search for that is many times as fast as for alternatives.
_MARK = re.compile(r"[\\`*_~\[<:]")
_MARKUP = re.compile(r"[\\`*_~\[<:>&]")


def inline(text: str) -> str:
    """`text` as HTML, or NotPlain."""
    if not _MARKUP.search(text):
        return text
    if "&" in text:
        if _ENTITY.search(text):
            raise NotPlain
        text = text.replace("&", "&amp;")
    text = text.replace(">", "&gt;")
    parts: list[str] = []
    at = 0
    while mark := _MARK.search(text, at):
        found = _SPAN.match(text, mark.start())
        if not found:
            raise NotPlain
        parts += text[at : found.start()], _span(found)
        at = found.end()
    return "".join(parts) + text[at:]


def _span(found: re.Match[str]) -> str:
    kind = str(found.lastgroup)
    if kind == "literal":
        return found[0]
    if kind == "url":
        return f'<a href="{found["url"]}" rel="nofollow noopener">{found["label"]}</a>'
    name = kind.rstrip("_")
    return f"<{name}>{found[kind]}</{name}>"


_TAG = re.compile(r"<[^>]*>")


def text_of(html: str) -> str:
    """The text of what `inline` made, on one line."""
    if "<" in html:
        html = _TAG.sub("", html)
    if "&" in html:
        html = html.replace("&gt;", ">").replace("&amp;", "&")
    return " ".join(html.split())
