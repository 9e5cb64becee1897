"""Hugo's shortcodes (Zola's too) in a body: known ones become Markdown, others stay, named."""

import re
from collections.abc import Callable, Mapping

from site_gen.importers import hidden_shortcodes, spans
from site_gen.importers.old_site import Entry

Resolve = Callable[[str], str]
"""A content file's name as a body has it -> the address of what it holds, "" for none."""

_CODE = re.compile(
    r"\{\{[<%]\s*(?:highlight|code)\s+([^>%]*?)\s*[>%]\}\}\n?(.*?)\n?"
    r"\{\{[<%]\s*/\s*(?:highlight|code)\s*[>%]\}\}",
    re.DOTALL,
)
_ESCAPED = re.compile(r"\{\{([<%])/\*\s*(.*?)\s*\*/([>%])\}\}", re.DOTALL)
_RAW = re.compile(
    r"\{\{[<%]\s*(?:raw|rawhtml)\s*[>%]\}\}(.*?)\{\{[<%]\s*/\s*(?:raw|rawhtml)\s*[>%]\}\}",
    re.DOTALL,
)
_ONE = re.compile(
    r"\{\{([<%])\s*(/?)\s*([\w./-]+)((?:[^{}]|\{(?!\{))*?)\s*/?\s*[>%]\}\}", re.DOTALL
)
_BLANKS = re.compile(r"\n[ \t]*\n(?:[ \t]*\n)+")
_EMBEDS = {"youtube": "youtube", "vimeo": "vimeo", "tweet": "tweet", "x": "tweet",
           "twitter": "tweet", "gist": "gist", "instagram": "instagram"}  # fmt: skip


def converted(
    body: str,
    resolve: Resolve,
    entry: Entry,
    hidden: Mapping[str, bool] = hidden_shortcodes.COMMENT,
) -> str:
    """A body of `entry`, where the names of shortcodes that stay as text, and what nobody saw,
    are noted; `hidden` as hidden_shortcodes.py has them."""
    if "{{" not in body:
        return body
    odd = entry.odd

    def one(found: re.Match[str]) -> str:
        name, rest = found[3].removesuffix(".html"), found[4]
        made = known(name, rest, resolve) if not found[2] else None
        if made is None:
            odd.append(found[3])
            return found[0]
        return made

    # what is written to be shown, not run, is out of the way meanwhile
    body = _ESCAPED.sub("\x00\\1 \\2 \\3\x01", body)
    body = hidden_shortcodes.cut(body, hidden, entry.lost)
    body = _CODE.sub(_fence, _RAW.sub(r"\1", body))
    body = spans.outside_code(body, lambda part: _BLANKS.sub("\n\n", _ONE.sub(one, part)))
    return body.replace("\x00", "{{").replace("\x01", "}}")


def _fence(found: re.Match[str]) -> str:
    language = (found[1].split() or [""])[0].strip("\"'")
    mark = "````" if "```" in found[2] else "```"
    return f"{mark}{language if language.isidentifier() else ''}\n{found[2]}\n{mark}"


def known(name: str, rest: str, resolve: Resolve) -> str | None:
    """What a shortcode with these arguments comes to in Markdown; None for an unknown one."""
    named, plain = spans.attributes(rest)
    if name in ("figure", "img", "image"):
        source = named.get("src") or named.get("link") or (plain[0] if plain else "")
        caption = named.get("caption", "")
        credit = named.get("attr", "")
        if credit:
            caption = f"{caption} {credit}".strip()
        keys = {key: named.get(key, "") for key in ("alt", "title", "link")}
        return spans.picture(source, caption=caption, **keys) if source else None
    if name in ("ref", "relref"):
        wanted = named.get("path") or (plain[0] if plain else "")
        return resolve(wanted) or None
    if name in _EMBEDS:
        wanted = named.get("id") or "/".join(plain[:2] if name == "gist" else plain[-1:])
        return spans.video(_EMBEDS[name], wanted) if wanted else None
    return None
