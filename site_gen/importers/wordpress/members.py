"""What says in WordPress that not everybody may read a post, or a part of it: fields, blocks and
shortcodes of plugins, by the words that their names are made of. In doubt it is not public."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from site_gen.frontmatter import not_public
from site_gen.importers.reading import matter, values

_OPEN = frozenset(
    "|0|no|none|null|false|off|all|everyone|everybody|public|visible|always|web|both|default"
    "|inherit|show|shown|a:0:{}|[]|{}".split("|")
)
"""Values of a field or block that keep nobody out."""
_FIELD = re.compile(
    r"restrict|protect|paywall|access_?(?:role|level|control|rule)|subscription_level|user_level"
    r"|(?:^|_)(?:um_|newsletter_)access$|patreon[-_]level|ihc_mb_who|members?[-_]only"
    r"|login_required|(?:^|_)is_paid$|memberful|wpmem_block|logged_?in(?:_|$)|requires?_login"
    r"|(?:^|_)gated$|(?:^|_)lock(?:ed|_content)?$|content_visibility|visibility_(?:role|rule)"
    r"|subscribers?_only|hide_from_(?:all|guests|everyone)",
    re.IGNORECASE,
)
_SAYING = frozenset(["visibility", "private", "hidden", "unlisted", "draft", "membersonly"])
"""Fields of an editor's own, or of a plugin, that say it as other systems do."""
_NO_RULE = re.compile(r"public|_(?:error|message|text|title|version)$", re.IGNORECASE)
"""How fields are called that say something about a rule, not that there is one."""
_OWN_RULES = re.compile(r"\"_um_custom_access_settings\";(?:b:1|i:1|s:\d+:\"(?:1|on|yes|true)\")")
_FOR_ALL = re.compile(r"\"_um_accessible\";(?:i:0|s:1:\"0\")")

_BLOCK = re.compile(
    r"premium-content/|paywall|restrict|protect|member|private|paid|subscriber|logged|gated",
    re.IGNORECASE,
)
_TEAM = re.compile(r"team", re.IGNORECASE)
_KEY = re.compile(
    r"visibility|restrict|access_?(?:control|rule|level|role)|contentcontrol|membership"
    r"|logged_?(?:in|out)|user_?role|conditions",
    re.IGNORECASE,
)
_DEVICES = re.compile(r"viewport|mobile|tablet|desktop|device|screen|breakpoint", re.IGNORECASE)
_CLASS = re.compile(
    r"(?:^|[\s_-])(?:(?:members?|subscribers?|patrons?|logged-?in)-only|private|paywall(?:ed)?"
    r"|(?:hide|hidden)-(?:for|from)-(?:guests?|logged-?out|visitors?|all|everyone)"
    r"|(?:show|visible)-(?:for|to)-(?:members?|logged-?in|subscribers?|patrons?))(?:$|[\s_-])",
    re.IGNORECASE,
)
_LOGGED = re.compile(r"(?:user)?[-_ ]?logged[-_ ]?(?:in|out)(?:[-_ ]?users?)?", re.IGNORECASE)

_MARK = re.compile(r"(?<!\[)\[(/?)([A-Za-z][\w-]*+)([^\[\]]*+)\]")
_ALONE = re.compile(
    r"membership|members?[_-]only|mepr-|rcp_|pmpro|restrict|private|paid|\w*paywall", re.IGNORECASE
)
"""How shortcodes begin that say so even without an end."""
_AROUND = re.compile(
    r"member|restrict|protect|private|logged|patr(?:eon|on)|paywall|paid|premium|subscri(?:ber|pti)"
    r"|passw|passster|crypt|secret|access(?!ib)|hidden|hide|visitor|guest|vip|content_?control|content_?lock|unlock"
    r"|s2if|^if(?:[_-]|$)|^unless$|^drafts?$|unpublished|expir|schedul|embargo|(?:^|[_-])(?:only|notes?)$|^(?:um|wlm|ihc|mepr|rcp|swpm|pmpro)[_-]|^comment$",
    re.IGNORECASE,
)
"""Words of those that stand around a text."""
_FOR_WHOM = re.compile(r"\b(?:capability|memberships?|(?:user_?|allowed_?)?roles?)\s*=", re.I)


def for_members(meta: Mapping[str, str], text: str) -> str:
    """What says of a post, or of a part of it, that not everybody may read it; "" for nothing."""
    fields = (f"{key}: {value[:40]}" for key, value in meta.items() if _shuts(key, value))
    parts = (f"a part not for all: {name}" for name in (*_blocks(text), *_shortcodes(text)))
    return next(fields, "") or next(parts, "")


def _shuts(key: str, value: str) -> bool:
    """Whether a field keeps somebody out."""
    if key == "_wp_page_template":  # members.php lists them
        return matter.is_closed_layout("layout", re.sub(r"\bmembers?(?=\.)", "", value))
    folded = value.strip().lower()
    if key == "um_content_restriction":  # kept of every post that was saved
        return bool(_OWN_RULES.search(value)) and not _FOR_ALL.search(value)
    if key.lstrip("_") == "is_public":
        return folded in ("0", "no", "false")
    if key == "ihc_mb_type":  # "show" is what it is of every post
        return folded == "block"
    if key == "rcp_subscription_level" and folded == "all":  # of members, not of readers
        return True
    mark = not_public.find_mark(key.lstrip("_"), value)
    if mark and mark.sure and not_public.folded(mark.key) in _SAYING:
        return True
    return bool(_FIELD.search(key)) and not _NO_RULE.search(key) and folded not in _OPEN


def _blocks(text: str) -> Iterator[str]:
    """Blocks that not everybody sees, by their names or by what is set."""
    at = text.find("<!-- wp:")
    while at >= 0:
        end = text.find("-->", at)
        if end < 0:
            return
        name, _, said = text[at + 8 : end].rstrip(" /").partition(" ")
        if _BLOCK.search(name) and not _TEAM.search(name):
            yield f"wp:{name}"
        elif said.startswith("{") and (key := _hiding(said)):
            yield f"wp:{name} {key}"
        at = text.find("<!-- wp:", end)


def _hiding(said: str) -> str:
    """The first key of a block's settings that keeps somebody from it; "" for none."""
    todo: list[Any] = [values.table(values.from_json(said))]
    while todo:
        inner = todo.pop()
        if isinstance(inner, dict) and inner.get("enabled") is False:
            continue
        pairs = inner.items() if isinstance(inner, dict) else enumerate(inner)
        for key, value in pairs:
            name = str(key)
            if _DEVICES.search(name):
                continue
            if name == "className" and isinstance(value, str) and _CLASS.search(value):
                return f"{name} {value[:40]}"
            if isinstance(value, str) and _LOGGED.fullmatch(value):
                return name
            if _KEY.search(name) and _is_set(value, seen_if=name.lower().endswith("visibility")):
                return name
            if isinstance(value, (dict, list)):
                todo.append(value)
    return ""


def _is_set(value: Any, *, seen_if: bool) -> bool:
    """Whether a setting keeps somebody out; with `seen_if`, yes means seen, and no unseen."""
    if isinstance(value, bool):
        return value is not seen_if
    if isinstance(value, dict):
        if value.get("enabled") is False:
            return False
        parts = (part for key, part in value.items() if not _DEVICES.search(key))
        return any(_is_set(part, seen_if=False) for part in parts)
    if isinstance(value, list):
        return any(_is_set(part, seen_if=False) for part in value)
    return str(value or "").strip().lower() not in _OPEN


def is_for_some(name: str, said: str) -> bool:
    """Whether a tag of that name, with these arguments, shows not everybody what stands in it."""
    return bool(_AROUND.search(name) or _FOR_WHOM.search(said))


def _shortcodes(text: str) -> Iterator[str]:
    """Shortcodes that show not everybody what is in them; in twice the brackets they are shown."""
    marks = _MARK.findall(text)
    ended = {name.lower() for end, name, _ in marks if end}
    for end, name, said in marks:
        around = name.lower() in ended and is_for_some(name, said)
        if not end and (around or _ALONE.match(name)):
            yield f"[{name}]"
