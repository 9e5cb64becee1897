"""Settings that are a JavaScript program, looked through for plain text values; never run."""

import re

_COMMENT = re.compile(
    r"(\"(?:\\.|[^\"\\\n])*+(?:\"|$|\\\Z)"
    r"|'(?:\\.|[^'\\\n])*+(?:'|$|\\\Z)"
    r"|`(?:\\.|[^`\\])*+(?:`|\Z|\\\Z))"
    r"|/\*(?:[^*]|\*(?!/))*+(?:\*/|\Z)|^[ \t]*+//[^\n]*+$",
    re.DOTALL | re.MULTILINE,
)
"""A comment; what stands in quotes, such as the pattern `**/*.md`, is none. Each branch takes what
nothing closes, so that no character is looked at twice."""


def plain(text: str) -> str:
    """The program without its comments."""
    return _COMMENT.sub(lambda found: found[1] or "", text)


def value(text: str, key: str) -> str:
    """The text given to a key: `key: "value"` or `key = "value"`; "" where there is none."""
    return next(iter(values(text, key)), "")


def values(text: str, key: str) -> list[str]:
    """Every text given to a key."""
    found = re.finditer(
        rf"(?:\b|[\"']){re.escape(key)}[\"']?\s*[:=]\s*([\"'`])([^\"'`\n]*)\1", plain(text)
    )
    return [one[2] for one in found]


def listed(text: str, key: str) -> list[str]:
    """The texts in the list given to a key; one text alone is a list of it."""
    found = re.search(rf"\b{re.escape(key)}[\"']?\s*[:=]\s*\[([^\[\]]*)\]", plain(text))
    return strings(found[1]) if found else list(filter(None, [value(text, key)]))


def flag(text: str, key: str) -> bool | None:
    """The truth value given to a key, None where there is none."""
    found = re.search(rf"\b{re.escape(key)}[\"']?\s*:\s*(true|false)\b", plain(text))
    return found[1] == "true" if found else None


def calls(text: str, name: str) -> list[str]:
    """What stands between the brackets of each call of a function."""
    return [each.strip() for each in re.findall(rf"\b{re.escape(name)}\(([^()]*+)\)", plain(text))]


def strings(text: str) -> list[str]:
    """Every quoted text in a piece of the program."""
    return [found[1] for found in re.findall(r"([\"'`])([^\"'`\n]*)\1", text)]


def block(text: str, key: str) -> str:
    """What stands between the braces given to a key; "" where there are none."""
    text = plain(text)
    found = re.search(rf"\b{re.escape(key)}[\"']?\s*[:=]\s*\{{", text)
    if not found:
        return ""
    depth = 1
    for at in range(found.end(), len(text)):
        depth += {"{": 1, "}": -1}.get(text[at], 0)
        if not depth:
            return text[found.end() : at]
    return ""
