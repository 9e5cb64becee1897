"""Functions of a JavaScript program that say which texts are shown: what they ask of front matter.

Nothing is run. What cannot be read this way asks nothing; dates and orders are left to others.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from site_gen.frontmatter import not_public

_TEST = re.compile(
    r"(?P<right>(?<![!=])[!=]==?\s{0,9})?(?P<not>!{0,4})\s{0,9}(?:\b\w{1,40}\??\.)?"
    r"\b(?:data|frontmatter)\??\.(?P<key>\w++)"
    r"(?:\??\.(?P<method>includes|startsWith)\(\s*(?P<quote>[\"'`])(?P<word>[^\"'`\n]*)(?P=quote)"
    r"\s*\))?(?P<more>\s*(?:\??\.|\(|\[|[<>]))?"
    r"(?:\s*(?P<sign>[!=]==?)\s*(?P<value>true|false|null|undefined|\d+|\"[^\"\n]*\"|'[^'\n]*')"
    r"|(?P<other>(?=\s*[!=]==?)))?"
)
_DESTRUCTURED = re.compile(r"\bdata\s*:\s*\{([^{}]*)\}|\(\s*\{([^{}:]*)\}[^()]*\)\s*=>")
_PLAIN = {"true": True, "false": False, "null": None, "undefined": None}


class Test(NamedTuple):
    """What is asked of one key: that it says yes, that it is `value`, or that it has it.

    wanted   whether the function takes what passes, or what does not
    """

    key: str
    how: str
    value: Any
    wanted: bool

    def passes(self, fields: Mapping[str, Any]) -> bool:
        """Whether a text with these fields is one that the function takes."""
        found = fields.get(self.key)
        if self.how == "yes":
            told = bool(found) and not not_public.says_no(found)
        elif self.how == "is":
            told = found == self.value or str(found) == str(self.value)
            told = told or (self.value in (False, None) and not found)
        elif self.how == "startsWith":
            told = str(found or "").startswith(str(self.value))
        else:
            told = self.value in (found if isinstance(found, list) else str(found or ""))
        return told is self.wanted


def tests(code: str) -> Iterator[Test]:
    """What a function asks of a text."""
    for found in _TEST.finditer(_spelt_out(code)):
        wanted = len(found["not"]) % 2 == 0
        another = found["right"] or found["other"] is not None
        if another or (found["more"] and not found["method"]):
            continue  # a text is compared with another, or a date with today
        if found["method"]:
            yield Test(found["key"], found["method"], found["word"], wanted)
        elif found["sign"]:
            value = _PLAIN.get(found["value"], found["value"].strip("\"'"))
            yield Test(found["key"], "is", value, wanted is found["sign"].startswith("="))
        else:
            yield Test(found["key"], "yes", True, wanted)


def refused(code: str, fields: Mapping[str, Any], *, shows: bool) -> str:
    """The key for which a function does not show a text; "" where it does, as far as it tells.

    shows   whether it takes what is shown (a filter), or what is not
    """
    asked = list(dict.fromkeys(tests(code)))
    for test in asked:
        one_of = [t for t in asked if t.key == test.key and t.how == "is" and t.wanted]
        passes = test.passes(fields) or (test in one_of and any(t.passes(fields) for t in one_of))
        if passes is not shows:
            return test.key
    return ""


_ENDS = (
    (re.compile(r"(?<!\?)\?\s*false\b"), True),
    (re.compile(r"\)\s*\{?\s*return\s+false\b"), True),
    (re.compile(r"(?<!\?)\?(?![?.])[^?;{}]*?:\s*false\b"), False),
)
"""`... ? false`, `if (...) return false`, `... ? x : false`; whether a text that passes is shut."""


def shutters(code: str) -> Iterator[tuple[str, bool]]:
    """(condition, whether the texts that pass are those shut) where a program answers `false`."""
    for end, passing in _ENDS:
        for found in end.finditer(code):
            before = code[max(0, found.start() - MOST_LENGTH) : found.start()]
            yield re.split(r"=>|[;{}]|\breturn\b|(?<![=!<>])=(?!=)|\bif\b", before)[-1], passing


MOST_LENGTH = 500
"""Of a condition."""


def _spelt_out(code: str) -> str:
    """The code with `{ data: { draft } }` written as `data.draft` where it is asked for."""
    names: set[str] = set()
    for found in _DESTRUCTURED.finditer(code):
        names |= set(re.findall(r"\b(\w+)\b", re.sub(r"[:=][^,]*", "", found[1] or found[2] or "")))
    names -= {"data", "id", "slug", "body", "collection"}
    start = code.find("=>") + 2 if "=>" in code else 0
    body = code[start:]
    for name in names:
        body = re.sub(rf"(?<![\w.\"'`]){re.escape(name)}\b(?!\s*:)", f"data.{name}", body)
    return body if names else code


def argument(text: str, start: int) -> str:
    """What stands between a bracket that opens at `start` and the one that closes it."""
    pairs = {"(": 1, "[": 1, "{": 1, ")": -1, "]": -1, "}": -1}
    depth, at, quote = 0, start, ""
    while at < len(text):
        char = text[at]
        if quote:
            at += char == "\\"
            quote = "" if char == quote else quote
        elif char in "\"'`":
            quote = char
        else:
            depth += pairs.get(char, 0)
            if not depth:
                return text[start + 1 : at]
        at += 1
    return text[start + 1 :]
