"""Bodies of WordPress as HTML: shortcodes, blocks that hold no HTML of their own, footnotes."""

import re
from collections.abc import Iterator, Mapping
from html import escape
from typing import NamedTuple

from site_gen.importers.bodies import html_notes, markup, spans
from site_gen.importers.old_site import Entry
from site_gen.importers.reading import values

_CAPTION = re.compile(r"\[caption[^\]]*\](.*?)\[/caption\]", re.DOTALL)
_EMBED = re.compile(r"\[(?:embed|youtube|vimeo|video|audio)(?:[^\]]*?(https?://[^\]\"'\s]+)[^\]]*)?\]"
                    r"(?:\s*(https?://\S+?)\s*\[/\w+\])?(?:\[/\w+\])?")  # fmt: skip
_ALONE = re.compile(
    r"<div class=\"wp-block-embed__wrapper\">\s*(?P<block>https?://[^\s<]+)\s*</div>"
    r"|^[ \t]*(?P<line>https?://\S+)[ \t]*$",
    re.MULTILINE,
)
"""An address by itself, in whose place WordPress shows what is there."""
_CODE = re.compile(
    r"\[(code|sourcecode|php|python|html|css|js)([^\]]*)\]\n?(.*?)\n?\[/\1\]", re.DOTALL
)
_GALLERY = re.compile(r"\[gallery([^\]]*)\]")
_SHORTCODE = re.compile(r"\[/?([a-z][a-z0-9_-]+)(?:\s+[^\]\n]{0,500})?\](?!\()")
_ENDS = re.compile(r"\[/([a-z][a-z0-9_-]+)\]")
_MADE = re.compile(
    r"<!-- wp:(?P<name>[\w/-]+)(?: (?P<said>\{(?:(?!-->|<!--).)*\}))? /-->", re.DOTALL
)
"""A block of which a program makes all that is seen, or another text that several share."""
_FILLED = re.compile(r"<!-- wp:(query|comments|navigation|template-part|loginout|post-comments)\b")
"""Blocks with blocks inside that a program fills."""
_SILENT = frozenset(["footnotes", "more", "nextpage", "spacer", "separator", "post-title"])
_BUTTON = re.compile(r"<a [^>]*wp-block-file__button[^>]*>.*?</a>", re.DOTALL)
_NOTE = re.compile(r"<sup [^>]*data-fn=\"([\w-]+)\"[^>]*>.*?</sup>", re.DOTALL)
MOST_SHARED = 1_000_000
"""Characters that shared texts may add to one post."""
NEXT_PAGE = "<!--nextpage-->"


class Attachment(NamedTuple):
    """A file of the library: its address, its page's, the post it was added to."""

    url: str
    alt: str = ""
    caption: str = ""
    page: str = ""
    parent: str = ""


class Library(NamedTuple):
    """What bodies show by number: files, and texts that several share."""

    files: Mapping[str, Attachment]
    shared: Mapping[str, str]


def body(text: str, number: str, notes: str, library: Library, entry: Entry) -> str:
    """The body of `entry`, post `number`, as Markdown; what is not understood is noted there.

    notes   its footnotes as WordPress keeps them, in JSON
    """
    text = with_shared(text, library.shared)
    text = _MADE.sub(lambda block: _linked(block, entry), text)
    entry.lost += (
        f"block {name}, which a program fills: left out" for name in _FILLED.findall(text)
    )
    known = [values.table(note) for note in values.listed(values.from_json(notes))]
    order = {str(note.get("id")): at for at, note in enumerate(known, 1)}
    text = _NOTE.sub(lambda f: html_notes.mark(order[f[1]]) if f[1] in order else f[0], text)
    text = _CAPTION.sub(r"<figure>\1</figure>", _BUTTON.sub("", text))
    text = _CODE.sub(lambda found: f"<pre><code>{found[3]}</code></pre>", text)
    text = _GALLERY.sub(lambda found: _gallery(found, number, library.files), text)
    text = _ALONE.sub(lambda found: _embedded(found, found["block"] or found["line"]), text)
    text = _EMBED.sub(lambda found: _embedded(found, found[1] or found[2]), text)
    entry.odd += dict.fromkeys(_shortcodes(text))
    below = (
        html_notes.below(at, str(note.get("content") or "")) for at, note in enumerate(known, 1)
    )
    whole = "".join([markup.paragraphs(text), *below])
    return markup.markdown(whole, entry.address or "/", entry)


def _shortcodes(text: str) -> Iterator[str]:
    """What plugins would have filled: with values, with an end, by a name of several words, or
    alone in its line; other words in brackets are words."""
    ended = set(_ENDS.findall(text))
    for found in _SHORTCODE.finditer(text):
        name = found[1]
        before = re.split(r"[\n>]", text[max(0, found.start() - 80) : found.start()])[-1]
        after = re.split(r"[\n<]", text[found.end() : found.end() + 80], maxsplit=1)[0]
        several = "=" in found[0] or not name.isalnum() or name in ended
        if several or not f"{before}{after}".strip():
            yield f"[{name}]"


def with_shared(text: str, shared: Mapping[str, str]) -> str:
    """With the texts that its blocks name by number, which may name others; one that did not
    come, or that would make it longer than any post, is said as it stands."""
    left = MOST_SHARED

    def one(found: re.Match[str]) -> str:
        nonlocal left
        if found["name"] != "block":
            return found[0]
        told = shared.get(str(values.table(values.from_json(found["said"])).get("ref")))
        if told is None or len(told) > left:
            return found[0].replace("wp:block", "wp:shared-text")
        left -= len(told)
        return told

    for _ in range(5):
        text = _MADE.sub(one, text)
    return text


def _linked(block: re.Match[str], entry: Entry) -> str:
    """A block filled by a program: a link if it names an address, else it is reported."""
    said = values.table(values.from_json(block["said"]))
    url = values.text(said.get("url") or said.get("feedURL"))
    if url.startswith("http"):
        words = values.text(said.get("label") or said.get("title") or said.get("service")) or url
        return f'<p><a href="{escape(url)}">{escape(words)}</a></p>'
    if block["name"] not in _SILENT:
        entry.lost.append(f"block {block['name']}, which a program fills: left out")
    return ""


def _gallery(found: re.Match[str], number: str, files: Mapping[str, Attachment]) -> str:
    """The pictures that it names, else those that were added to the post."""
    named, _ = spans.attributes(found[1])
    wanted = re.findall(r"\d+", named.get("ids") or named.get("include") or "")
    wanted = wanted or [key for key, file in files.items() if file.parent == number]
    shown = [files[key] for key in wanted if key in files and files[key].url]
    if not shown or len(shown) < len(wanted):
        return found[0]
    return "\n\n".join(_picture(file) for file in shown)


def _picture(file: Attachment) -> str:
    caption = f"<figcaption>{escape(file.caption)}</figcaption>" if file.caption else ""
    return f'<figure><img src="{escape(file.url)}" alt="{escape(file.alt)}">{caption}</figure>'


def _embedded(found: re.Match[str], address: str | None) -> str:
    if not address:
        return found[0]
    service = next((s for s in ("youtube", "vimeo") if s in address), "")
    service = service or ("youtube" if "//youtu.be/" in address else "")
    words = spans.EMBEDS[service][1] if service else address
    return f'<p><a href="{escape(address)}">{words}</a></p>'
