"""Bodies of WordPress as HTML: shortcodes, blocks that hold no HTML of their own, footnotes."""

import json
import re
from collections.abc import Mapping
from html import escape
from typing import Any, NamedTuple

from site_gen.importers import markup, spans, values

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
_SHORTCODE = re.compile(r"\[/?([a-z][a-z0-9_-]+)(?:\s+[\w-]+=[^\]]*)?\]")
_SHARED = re.compile(r"<!-- wp:block \{[^}]*\"ref\":(\d+)[^}]*\} /-->")
_MADE = re.compile(r"<!-- wp:([\w/-]+)(?: \{.*?\})? /-->", re.DOTALL)
"""A block of which a program makes all that is seen."""
_SILENT = frozenset(["footnotes", "more", "nextpage", "spacer", "separator", "post-title"])
_BUTTON = re.compile(r"<a [^>]*wp-block-file__button[^>]*>.*?</a>", re.DOTALL)
_NOTE = re.compile(r"<sup [^>]*data-fn=\"([\w-]+)\"[^>]*>.*?</sup>", re.DOTALL)
_TOKEN = re.compile(r"zfnz(\d+)zfnz")
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


def body(text: str, number: str, notes: str, library: Library, address: str,
         faults: list[str], odd: list[str]) -> str:  # fmt: skip
    """The body of post `number` as Markdown; what is not understood is added to `odd`.

    notes   its footnotes as WordPress keeps them, in JSON
    """
    for _ in range(5):  # a shared text may hold another one
        text = _SHARED.sub(lambda found: library.shared.get(found[1], ""), text)
    blocks = dict.fromkeys(name for name in _MADE.findall(text) if name not in _SILENT)
    odd += [f"block {name}" for name in blocks]
    known = [values.table(note) for note in _notes(notes)]
    order = {str(note.get("id")): at for at, note in enumerate(known, 1)}
    text = _NOTE.sub(lambda f: f"zfnz{order[f[1]]}zfnz" if f[1] in order else f[0], text)
    text = _CAPTION.sub(r"<figure>\1</figure>", _BUTTON.sub("", text))
    text = _CODE.sub(lambda found: f"<pre><code>{found[3]}</code></pre>", text)
    text = _GALLERY.sub(lambda found: _gallery(found, number, library.files), text)
    text = _ALONE.sub(lambda found: _embedded(found, found["block"] or found["line"]), text)
    text = _EMBED.sub(lambda found: _embedded(found, found[1] or found[2]), text)
    for found in _SHORTCODE.finditer(text):
        if "=" in found[0] or f"[/{found[1]}]" in text:
            odd.append(f"[{found[1]}]")
    made = markup.markdown(markup.paragraphs(text), address, faults)
    made = _TOKEN.sub(r"[^\1]", made)
    below = (markup.markdown(str(note.get("content") or ""), address, faults) for note in known)
    return "\n\n".join([made, *(f"[^{at}]: {note}" for at, note in enumerate(below, 1))])


def _notes(text: str) -> list[Any]:
    try:
        return values.listed(json.loads(text)) if text else []
    except (ValueError, RecursionError):
        return []


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
