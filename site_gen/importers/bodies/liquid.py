"""Liquid in a body (Jekyll, Eleventy), and kramdown's marks: known ones become Markdown."""

import re
from collections.abc import Mapping

from site_gen.importers.bodies import spans
from site_gen.importers.bodies.shortcodes import Resolve
from site_gen.importers.bodies.spans import Marks
from site_gen.importers.old_site import Entry


def _named(names: str, *, arguments: bool = True) -> re.Pattern[str]:
    """The tag of one of these names, its name and what follows it; it ends at the next `%`."""
    rest = r"\b([^%]*+)" if arguments else r"\s*+-?()"
    return re.compile(rf"\{{%-?\s*+({names}){rest}%\}}")


_RAW = _named("raw", arguments=False), _named("endraw", arguments=False)
_COMMENT = _named("comment", arguments=False), _named("endcomment", arguments=False)
_INLINE_COMMENT = re.compile(r"\{%-?\s*+#"), re.compile(r"%\}")
_REMARK = re.compile(r"\{#(?![\w.:-]+\})"), re.compile(r"#\}")
_SILENT = [
    *((_named(name), _named(f"end{name}")) for name in ("capture", "macro", "javascript", "style")),
    (re.compile(r"\{%-?\s*+(set)\b([^%=]*+)%\}"), _named("endset", arguments=False)),
]
"""Pieces that are kept for later, and show nothing where they stand."""
_ASSIGNED = re.compile(
    r"\{%-?\s*+(assign|set|increment|decrement|import|from|extends)\b(?:[^%]++|%(?!\}))*+%\}"
)
_HIGHLIGHT = _named("highlight"), _named("endhighlight")
_CODEBLOCK = _named("codeblock|code"), _named("end(?:codeblock|code)")
_QUOTES = [(_named(name), _named(f"end{name}")) for name in ("blockquote", "quote", "pullquote")]
"""Hexo's."""
_TAG = re.compile(r"\{%-?\s*+(\w++)((?:[^%{]++|%(?!\})|\{(?!%))*+)%\}")
_OUTPUT = re.compile(r"\{\{((?:[^{}]++|\{(?!\{)|\}(?!\}))*+)\}\}")
_TOC = re.compile(
    r"^[*+-] .*\n\{:\s*toc\s*\}[ \t]*\n?|^1\. .*\n\{:\s*toc\s*\}[ \t]*\n?", re.MULTILINE
)
_KRAMDOWN_COMMENT = re.compile(r"\{::comment\b[^{}\n]*+\}"), re.compile(r"\{:/(?:comment)?\}")
_MARKS = re.compile(r"^[ \t]*\{:[^{}\n]*\}[ \t]*\n|\{:[^{}\n]*\}", re.MULTILINE)
_ADDRESS = re.compile(r"^(['\"])(.*?)\1\s*\|\s*(?:relative_url|absolute_url|url|prepend:.*)\s*$")
MAX_ADDRESS = 2_000
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
    return _without(body, _REMARK, "{# #}", entry.lost)


def _kramdown(text: str, lost: list[str]) -> str:
    """Without its marks; what it would not show, or show in another way, is noted."""
    text = _without(text, _KRAMDOWN_COMMENT, "{::comment}", lost)
    text, count = _TOC.subn("", text)
    lost += ["{:toc}"] * count
    return without_attributes(text)


def without_attributes(text: str) -> str:
    """Without marks such as `{: .note}`, which give a block a style."""
    return _MARKS.sub("", text)


def _without(text: str, marks: Marks, name: str, lost: list[str]) -> str:
    """A text without what stands between these marks; each is noted under that name."""

    def dropped(*_: object) -> str:
        lost.append(name)
        return ""

    return spans.enclosed(text, marks, dropped)


class _Code(list[str]):
    """Pieces that are shown as they are, out of the way while the rest is changed."""

    def put(self, text: str) -> str:
        """The mark that stands for a piece."""
        self.append(self.back(text))
        return f"\x00{len(self) - 1}\x00"

    def back(self, text: str) -> str:
        """A text with its pieces in the place of their marks."""
        return re.sub(r"\x00(\d+)\x00", lambda found: self[int(found[1])], text)


def _liquid(body: str, known: Mapping[str, str], resolve: Resolve, entry: Entry) -> str:
    code, odd = _Code(), entry.odd

    def fenced(mark: re.Match[str], inner: str) -> str:
        words = mark[2].split()
        first = words[0] if mark[1] == "highlight" and words else _language(mark[2])
        return code.put(spans.fence(first, code.back(inner).strip("\n")))  # as Jekyll does

    def tag(found: re.Match[str]) -> str:
        rest = found[2].removesuffix("-").strip()
        made = _tag(found[1], rest, resolve)
        if made is None:
            what = rest.split() if found[1].startswith("include") else []
            odd.append(f"{{% {' '.join([found[1], *what[:1]])} %}}")
            return found[0]
        return made

    def silent(mark: re.Match[str], _: str) -> str:
        entry.lost.append(f"{{% {mark[1]} %}}")
        return ""

    def output(found: re.Match[str]) -> str:
        name = found[1].removeprefix("-").removesuffix("-").strip()
        made = _output(name, known)
        if made is None:
            odd.append(f"{{{{ {name[:40]} }}}}")
            return found[0]
        return made

    body = spans.enclosed(body, _RAW, lambda _, inner: code.put(inner))
    body = _without(body, _COMMENT, "{% comment %}", entry.lost)
    for marks in (_HIGHLIGHT, _CODEBLOCK):
        body = spans.enclosed(body, marks, fenced)
    body = _without(body, _INLINE_COMMENT, "{% # %}", entry.lost)
    for marks in _SILENT:
        body = spans.enclosed(body, marks, silent)
    for marks in _QUOTES:
        body = spans.enclosed(body, marks, _quoted)

    def plain(part: str) -> str:
        part = _ASSIGNED.sub(lambda mark: silent(mark, ""), part)
        return _OUTPUT.sub(output, _TAG.sub(tag, part))

    return code.back(spans.outside_code(body, plain))


def _language(said: str) -> str:
    found = re.search(r"\blang:(\S+)", said)
    return found[1] if found else ""


def _quoted(mark: re.Match[str], inner: str) -> str:
    return spans.quotation(inner, " ".join(mark[2].removesuffix("-").split()))


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
    if len(text) < MAX_ADDRESS and (found := _ADDRESS.match(text)):
        return found[2]
    return known.get(text.partition("|")[0].strip())
