"""Liquid in a body (Jekyll, Eleventy), and kramdown's marks: known ones become Markdown."""

import re
from collections.abc import Mapping

from site_gen.importers import spans
from site_gen.importers.old_site import Entry
from site_gen.importers.shortcodes import Resolve

_RAW = re.compile(r"\{%-?\s*raw\s*-?%\}(.*?)\{%-?\s*endraw\s*-?%\}", re.DOTALL)
_COMMENT = re.compile(r"\{%-?\s*comment\s*-?%\}.*?\{%-?\s*endcomment\s*-?%\}", re.DOTALL)
_HIGHLIGHT = re.compile(
    r"\{%-?\s*highlight\s+([^\s%]+)[^%]*-?%\}\n?(.*?)\n?\{%-?\s*endhighlight\s*-?%\}", re.DOTALL
)
_CODEBLOCK = re.compile(
    r"\{%-?\s*(?:codeblock|code)\b([^%]*)-?%\}\n?(.*?)\n?\{%-?\s*end(?:codeblock|code)\s*-?%\}",
    re.DOTALL,
)
_QUOTE = re.compile(
    r"\{%-?\s*(blockquote|quote|pullquote)\b([^%]*)-?%\}(.*?)\{%-?\s*end\1\s*-?%\}", re.DOTALL
)
"""Hexo's."""
_TAG = re.compile(r"\{%-?\s*(\w+)\s*(.*?)\s*-?%\}", re.DOTALL)
_OUTPUT = re.compile(r"\{\{-?\s*(.*?)\s*-?\}\}", re.DOTALL)
_TOC = re.compile(
    r"^[*+-] .*\n\{:\s*toc\s*\}[ \t]*\n?|^1\. .*\n\{:\s*toc\s*\}[ \t]*\n?", re.MULTILINE
)
_REMARK = re.compile(r"\{#(?![\w.:-]+\}).*?#\}", re.DOTALL)
_KRAMDOWN_COMMENT = re.compile(r"\{::comment\b[^{}\n]*\}.*?\{:/(?:comment)?\}", re.DOTALL)
_MARKS = re.compile(r"^[ \t]*\{:[^{}\n]*\}[ \t]*\n|\{:[^{}\n]*\}", re.MULTILINE)
_ADDRESS = re.compile(r"^(['\"])(.*?)\1\s*\|\s*(?:relative_url|absolute_url|url|prepend:.*)\s*$")
_INCLUDED = {"youtube": "youtube", "vimeo": "vimeo", "tweet": "tweet", "gist": "gist"}
_PICTURES = ("figure", "image", "img", "picture")
_TAGS = {"youtube": "youtube", "vimeo": "vimeo", "tweet": "tweet", "twitter": "tweet",
         "gist": "gist", "instagram": "instagram"}  # fmt: skip


def converted(body: str, known: Mapping[str, str], resolve: Resolve, entry: Entry) -> str:
    """A body of `entry`, where tags that stay as text and what is taken out are noted.

    known   values such as page.title
    """
    if "{%" in body or "{{" in body:
        body = _liquid(body, known, resolve, entry)
    if "{:" in body:
        body = spans.outside_code(body, lambda part: _kramdown(part, entry.lost))
    return body


def without_remarks(body: str, entry: Entry) -> str:
    """A body of Nunjucks without its comments `{# ... #}`, which are noted; `{#id}` is none."""
    text, remarks = _REMARK.subn("", body)
    entry.lost += ["{# #}"] * remarks
    return text


def _kramdown(text: str, lost: list[str]) -> str:
    """Without its marks; what it would not show, or show in another way, is noted."""
    for name, mark in (("{::comment}", _KRAMDOWN_COMMENT), ("{:toc}", _TOC)):
        text, count = mark.subn("", text)
        lost += [name] * count
    return _MARKS.sub("", text)


def _liquid(body: str, known: Mapping[str, str], resolve: Resolve, entry: Entry) -> str:
    kept: list[str] = []
    odd = entry.odd

    def keep(text: str) -> str:
        kept.append(text)
        return f"\x00{len(kept) - 1}\x00"

    def tag(found: re.Match[str]) -> str:
        made = _tag(found[1], found[2], resolve)
        if made is None:
            what = found[2].split() if found[1].startswith("include") else []
            odd.append(f"{{% {' '.join([found[1], *what[:1]])} %}}")
            return found[0]
        return made

    def output(found: re.Match[str]) -> str:
        made = _output(found[1], known)
        if made is None:
            odd.append(f"{{{{ {found[1][:40]} }}}}")
            return found[0]
        return made

    body = _RAW.sub(lambda found: keep(found[1]), body)
    body, comments = _COMMENT.subn("", body)
    entry.lost += ["{% comment %}"] * comments
    body = _HIGHLIGHT.sub(lambda found: keep(_fence(found[1], found[2])), body)
    body = _CODEBLOCK.sub(lambda found: keep(_fence(_language(found[1]), found[2])), body)
    body = _QUOTE.sub(_quoted, body)
    body = spans.outside_code(body, lambda part: _OUTPUT.sub(output, _TAG.sub(tag, part)))
    return re.sub(r"\x00(\d+)\x00", lambda found: kept[int(found[1])], body)


def _fence(language: str, code: str) -> str:
    mark = "````" if "```" in code else "```"
    return f"{mark}{language}\n{code}\n{mark}"


def _language(said: str) -> str:
    found = re.search(r"\blang:(\S+)", said)
    return found[1] if found else ""


def _quoted(found: re.Match[str]) -> str:
    lines = found[3].strip().split("\n")
    by = " ".join(found[2].split())
    return "\n".join(f"> {line}".rstrip() for line in [*lines, *(["", f"— {by}"] if by else [])])


def _tag(name: str, rest: str, resolve: Resolve) -> str | None:
    named, plain = spans.attributes(rest)
    if name in ("post_url", "link"):
        return resolve(rest.strip()) or None
    if name == "post_link" and plain and resolve(plain[0]):
        return f"[{' '.join(plain[1:]) or plain[0]}]({resolve(plain[0])})"
    if name in ("asset_img", "asset_link") and plain:
        words = " ".join(word for word in plain[1:] if not word.isdecimal())
        mark = "!" if name == "asset_img" else ""
        return f"{mark}[{words or plain[0]}]({plain[0]})"
    if name in _TAGS and plain:
        return spans.video(_TAGS[name], plain[0])
    if name in ("include", "include_cached", "figure", "image", "img"):
        what = (plain[0] if plain and name.startswith("include") else name).rpartition("/")[2]
        what = what.partition(".")[0]
        if what in _INCLUDED and named.get("id"):
            return spans.video(_INCLUDED[what], named["id"])
        source = next((named[k] for k in ("src", "url", "image_path", "file") if named.get(k)), "")
        if what in _PICTURES and source:
            keys = {key: named.get(key, "") for key in ("alt", "title", "caption", "link")}
            return spans.picture(source, **keys)
    return None


def _output(text: str, known: Mapping[str, str]) -> str | None:
    if found := _ADDRESS.match(text):
        return found[2]
    name = text.partition("|")[0].strip()
    if name in known:
        return known[name]
    return None
