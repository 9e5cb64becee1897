"""Text with plain mark-up turned into HTML directly; the inline half of `plain_body.py`."""

import re
from collections.abc import Container, Iterator, Mapping
from html import escape, unescape


class NotPlain(Exception):  # noqa: N818 - no error: the parser's turn
    """Something that only the parser reads right, or might."""


_ENTITY = re.compile(r"&(?:#|[A-Za-z][A-Za-z0-9]*;)")
# Text that stands inside a span: nothing in it that could begin or end another.
_TEXT = r"(?:[^\\`*_~\[\]<:]++|:(?!//))++"
_CODE = r"`[^`\s][^`\n]*+`(?!`)"
# What a link with a space inside goes on with: `unfinished.py` tells of it.
_APART = r" \([^\s()]+\)"
_BRACKETS = rf"\[(?!\^)[^\\`*_~\[\]<:]++\](?![(\[:]|{_APART})"
_LESS = r"<(?![A-Za-z/!?])"
# An address that the parser's normal form and the sanitiser leave as it is. The text is escaped
# already, so that `&` is `&amp;`, and its last label has a letter, as no IPv4 address has.
_ESCAPED = r"[A-Za-z0-9._~/@:,;=+!$-]++|%[0-9A-Fa-f]{2}"
_ADDRESS = (
    r"https?://(?![^/)]{254})(?:[a-z0-9]+[.-])+[a-z]{2,63}"
    rf"(?:/(?:{_ESCAPED})*+"
    rf"(?:\?[A-Za-z0-9](?:{_ESCAPED}|&(?!gt;))*+)?(?:#(?!&)(?:{_ESCAPED}|&(?!gt;))++)?)?"
)
# Marks in a label pair among themselves: it is read as a text of its own.
_LABEL = rf"(?:[^\\`\[\]<:]++|:(?!//)|{_CODE}|(?<![!^]){_BRACKETS}|{_LESS})++"
_IN_WORD = r"_(?<=[^\W_]_)(?=[^\W_])"
_LINK = rf"\[(?<![!^]\[){_LABEL}\]\({_ADDRESS}\)"
_INNER = rf"(?:[^\\`*_~\[\]<:]++|:(?!//)|{_CODE}|{_LINK}|{_IN_WORD}|{_LESS})++"
# What may follow a closing `*` or `_` behind a stop or a quote, so that it is sure to close.
_STOPS = r".,:;!?)\"'”’"
_AFTER = rf"(?=[\s{_STOPS}]|$)"


def _starred(name: str, mark: str) -> str:
    """Between stars: where something else than a letter or digit follows the first, or stands
    before the last, the other side decides."""
    mark = re.escape(mark)
    begin = rf"{mark}(?:(?=[^\W_])|(?<!\S{mark})(?=[^\s*]))"
    close = rf"(?:(?<=[^\W_]){mark}|(?<=\S){mark}{_AFTER})(?!\*)"
    return rf"{begin}(?P<{name}>{_INNER}){close}"


def _underlined(name: str, mark: str) -> str:
    """Between underscores, which mean nothing inside a word."""
    close = rf"(?<=\S){mark}{_AFTER}"
    return rf"{mark}(?<![^\s(“\"]{mark})(?=[^\W_])(?P<{name}>{_INNER}){close}"


# What is no part of a span, and means something all the same, or may.
_UNKNOWN = (r"\\", "`", r"\*", r"_(?!(?<=[^\W_]_)[^\W_])", "~(?=~)", r"\[", "<", ":(?=//)")
# Each alternative begins with the mark itself, what stands before it is looked at after it: so the
# library goes from mark to mark, many times as fast as it tries alternatives at each character.
# The last ones are any mark that is not understood.
_SPAN = re.compile(
    "|".join(
        [
            _starred("em", "*"),
            _starred("strong", "**"),
            _underlined("em_", "_"),
            _underlined("strong_", "__"),
            r"`(?P<code>[^`\s][^`\n]*+)`(?!`)",
            rf"\[(?<![!^]\[)(?P<label>{_LABEL})\]\((?P<url>{_ADDRESS})\)",
            rf"\[(?<![!^]\[)(?P<named>{_LABEL})\]\[(?P<ref>[^\[\]\\`<\n]+)\]",
            rf"\[(?<![!^]\[)(?P<bracket>(?!\^){_TEXT})\](?![(\[:]|{_APART})",
            rf"\*(?<= \*)\**(?= )|{_LESS}",
            *(rf"{mark}(?P<unknown_{at}>)" for at, mark in enumerate(_UNKNOWN)),
        ]
    )
)
_MARK = re.compile(r"[\\`*_~\[<]")


def labels(text: str) -> frozenset[str]:
    """Every label that something in `text` may define, normal."""
    return frozenset(map(_normal, _labels(text)))


def _labels(text: str) -> Iterator[str]:
    end = text.find("]:")
    while end >= 0:
        begin = text.rfind("[", 0, end)
        label = text[begin + 1 : end]
        if begin >= 0 and "]" not in label and "\\" not in label:
            yield label
        end = text.find("]:", end + 2)


def _normal(label: str) -> str:
    """A label as CommonMark compares them (0.31, 4.7)."""
    return " ".join(label.split()).lower().upper()


class Inline:
    """Makes HTML of the texts of one body, or raises NotPlain.

    `labels` are those of `labels`; `defined` is where those lead that are plain links, once that
    is known.
    """

    def __init__(self, labels: Container[str], defined: Mapping[str, str] | None = None) -> None:
        self._labels = labels
        self._defined = defined or {}

    def html(self, text: str) -> str:
        """The HTML of one text."""
        if "&" in text:
            if _ENTITY.search(text):
                raise NotPlain
            text = text.replace("&", "&amp;")
        if ">" in text:
            text = text.replace(">", "&gt;")
        return _SPAN.sub(self._span, text)

    def _span(self, found: re.Match[str]) -> str:
        kind = found.lastgroup
        if kind == "url":
            return self._link(*found.group("url", "label"))
        if kind is None:
            return found[0].replace("<", "&lt;")
        if kind == "code":
            return f"<code>{found['code'].replace('<', '&lt;')}</code>"
        if kind == "bracket" and not self._is_label(found["bracket"]):
            return found[0]
        if kind in ("ref", "bracket"):
            url = self._defined.get(_label(found[kind]))
            if url is None:
                raise NotPlain
            return self._link(escape(url), found["named"] if kind == "ref" else found[kind])
        name = kind.rstrip("_")
        if name not in ("em", "strong"):
            raise NotPlain
        return f"<{name}>{_SPAN.sub(self._span, found[kind])}</{name}>"

    def _link(self, url: str, label: str) -> str:
        if _MARK.search(label):
            label = _SPAN.sub(self._inside if "[" in label else self._span, label)
        return f'<a href="{url}" rel="nofollow noopener">{label}</a>'

    def _inside(self, found: re.Match[str]) -> str:
        """A span inside of a link, which holds no other."""
        kind = found.lastgroup
        if kind == "ref" or (kind == "bracket" and self._is_label(found["bracket"])):
            raise NotPlain
        return self._span(found)

    def _is_label(self, text: str) -> bool:
        return bool(self._labels) and _label(text) in self._labels


def _label(escaped: str) -> str:
    return _normal(unescape(escaped))


_TAG = re.compile(r"<[^>]*>")


def text_of(html: str) -> str:
    """The text of what `inline` made, on one line."""
    if "<" in html:
        html = _TAG.sub("", html)
    if "&" in html:
        html = html.replace("&gt;", ">").replace("&lt;", "<").replace("&amp;", "&")
    return " ".join(html.split())
