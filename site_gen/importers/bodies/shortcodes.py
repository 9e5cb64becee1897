"""Hugo's shortcodes (Zola's too) in a body: known ones become Markdown, others stay, named."""

import re
from collections.abc import Callable, Mapping

from site_gen.importers.bodies import hidden_shortcodes, spans
from site_gen.importers.old_site import Entry

Resolve = Callable[[str], str]
"""A content file's name as a body has it -> the address of what it holds, "" for none."""


def _pair(names: str) -> spans.Marks:
    """The opening and the closing shortcode of one of these names."""
    return (
        re.compile(rf"\{{\{{[<%]\s*+(?:{names})(?:\s++([^<>%{{}}]*+))?[>%]\}}\}}"),
        re.compile(rf"\{{\{{[<%]\s*+/\s*+(?:{names})\s*+[>%]\}}\}}"),
    )


_CODE = _pair("highlight|code")
_RAW = _pair("raw|rawhtml")
_ESCAPED = re.compile(r"\{\{([<%])/\*"), re.compile(r"\*/([>%])\}\}")
_ONE = re.compile(r"\{\{[<%]\s*+(/?)\s*+([\w./-]++)((?:[^{}>%]++|[>%](?!\}\})|\{(?!\{))*+)[>%]\}\}")
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
        name = found[2].rstrip("/")
        rest = found[3].rstrip().removesuffix("/")
        made = known(name.removesuffix(".html"), rest, resolve) if not found[1] else None
        if made is None:
            odd.append(name)
            return found[0]
        return made

    def shown(mark: re.Match[str], inner: str) -> str:
        return f"\x00{mark[1]} {inner.strip()} {mark[1].replace('<', '>')}\x01"

    # what is written to be shown, not run, is out of the way meanwhile
    body = spans.enclosed(body, _ESCAPED, shown)
    body = hidden_shortcodes.cut(body, hidden, entry.lost)
    body = spans.enclosed(body, _RAW, lambda _, inner: inner)
    body = spans.enclosed(body, _CODE, _fence)
    body = spans.outside_code(body, lambda part: _BLANKS.sub("\n\n", _ONE.sub(one, part)))
    return body.replace("\x00", "{{").replace("\x01", "}}")


def _fence(opening: re.Match[str], inner: str) -> str:
    language = ((opening[1] or "").split() or [""])[0].strip("\"'")
    code = inner.removeprefix("\n").removesuffix("\n")
    return spans.fence(language if language.isidentifier() else "", code)


def known(name: str, rest: str, resolve: Resolve) -> str | None:
    """What a shortcode with these arguments comes to in Markdown; None for an unknown one."""
    named, plain = spans.attributes(rest)
    if name in ("figure", "img", "image"):
        source = named.get("src") or named.get("link") or (plain[0] if plain else "")
        caption = named.get("caption", "")
        to = named.get("attrlink", "")
        credit = named.get("attr") or to
        keys = {key: named.get(key, "") for key in ("alt", "title", "link")}
        if not keys["title"]:
            keys["alt"] = keys["alt"] or f"{caption} {credit}".strip()
        caption = f"{caption} {f'[{credit}]({to})' if to else credit}".strip()
        return spans.picture(source, caption=caption, **keys) if source else None
    if name in ("ref", "relref"):
        wanted = named.get("path") or (plain[0] if plain else "")
        return resolve(wanted) or None
    if name in _EMBEDS:
        wanted = named.get("id") or "/".join(plain[:2] if name == "gist" else plain[-1:])
        return spans.video(_EMBEDS[name], wanted) if wanted else None
    return None
