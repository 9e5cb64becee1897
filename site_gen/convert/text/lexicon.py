"""Lexicons: text files of phrases, `convert/lexicons/<language>/<name>.txt`.

Each line is a phrase. `#` is a number, `*` any words or none, `(a|b)` alternatives, `[a|b]`
optional ones; lines that begin with `//` are comments. All languages are used together.
"""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent.parent / "lexicons"
LONGEST = 400
TELLING = 3
"""Fewest letters of a word that is a clue to a phrase."""
_EDGES = r"[^\w©@#]+"
_LEAD = re.compile("^" + _EDGES)
_TRAIL = re.compile(_EDGES + "$")
_SPECIAL = {"#": r"\d[\d.,]*[km]?", "*": ".*"}


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The phrases of a lexicon: plain ones as a set, patterns as one regular expression."""

    plain: frozenset[str]
    pattern: re.Pattern[str]

    def holds(self, core: str) -> bool:
        """Whether `core` (see the function) is exactly one of the phrases."""
        if core in self.plain:
            return True
        return len(core) <= LONGEST and self.pattern.fullmatch(core) is not None


def core(text: str) -> str:
    """`text` as lexicons compare it: lower case, straight apostrophes, no marks at the ends."""
    if len(text) > LONGEST * 2:
        text = text[: LONGEST * 2]
    return _TRAIL.sub("", _LEAD.sub("", text.lower().replace("’", "'")))


def compiled(phrases: tuple[str, ...]) -> Lexicon:
    """A lexicon of these phrases."""
    plain = frozenset(core(p) for p in phrases if not set(p) & set("#*([|"))
    patterns = [_expression(p) for p in phrases if set(p) & set("#*([|")]
    return Lexicon(plain=plain, pattern=re.compile("|".join(patterns) or r"(?!)"))


@cache
def lexicon(name: str) -> Lexicon:
    """The lexicon called `name`, of all languages together."""
    return compiled(tuple(line for path in _files(name) for line in lines_of(path)))


@cache
def clues(names: tuple[str, ...]) -> tuple[frozenset[str], re.Pattern[str]]:
    """For lines of only ASCII letters and spaces: words of which each phrase of these lexicons
    contains one, and a pattern for phrases without such a word."""
    words, rest = set[str](), list[str]()
    for phrase in (line for name in names for path in _files(name) for line in lines_of(path)):
        found = _clues(phrase.lower())
        if found is None:
            rest.append(_expression(phrase))
        else:
            words |= found
    return frozenset(words), re.compile("|".join(rest) or r"(?!)")


def _clues(phrase: str) -> set[str] | None:
    """Words of which each form of the phrase contains one; none if it has marks other than letters;
    None if it has only common words."""
    words = _split(phrase, " ")
    plain = [word for word in words if not set(word) & set("*([|])")]
    if not all(word.isascii() and word.isalpha() for word in plain):
        return set()
    found = [{word} for word in plain]
    for word in words:
        if word[0] == "(" and _closing(word, 0) == len(word) - 1:
            inner = [_clues(part) for part in _split(word[1:-1], "|")]
            if None not in inner:
                found.append(set[str]().union(*(own for own in inner if own)))
    best = max(found, key=_shortest, default=set[str]())
    return best if _shortest(best) >= TELLING else None


def _shortest(words: set[str]) -> int:
    return min(map(len, words), default=0)


@cache
def table(name: str) -> dict[str, str]:
    """A lexicon of lines `key = value` as a mapping, in the order of its file."""
    rows = [line.partition(" = ") for path in _files(name) for line in lines_of(path)]
    return {key.strip(): value.strip() for key, _, value in rows}


@cache
def stop_words() -> dict[str, frozenset[str]]:
    """The most common words by language."""
    paths = sorted(FOLDER.glob("*/stopwords.txt"))
    return {path.parent.name: frozenset(lines_of(path)) for path in paths}


def lines_of(path: Path) -> list[str]:
    """The phrases in a file, without comments and empty lines."""
    rows = (row.strip() for row in path.read_text("utf-8").splitlines())
    return [row for row in rows if row and not row.startswith("//")]


def _files(name: str) -> list[Path]:
    return sorted([*FOLDER.glob(f"*/{name}.txt"), *FOLDER.glob(f"{name}.txt")])


def _expression(phrase: str) -> str:
    """A phrase as a regular expression. An optional word includes the space beside it, and a colon
    is allowed before it: `read also *` matches "read also: the tide"."""
    if phrase == "*":
        return ".*"
    out = ""
    begun = False
    for word in _split(phrase.lower(), " "):
        optional = word == "*" or (word[0] == "[" and _closing(word, 0) == len(word) - 1)
        inner = _word(word[1:-1] if optional and word != "*" else word)
        if optional:
            out += f"(?::? (?:{inner}))?" if begun else f"(?:(?:{inner}) )?"
        else:
            out += (" " if begun else "") + inner
            begun = True
    return out


def _word(word: str) -> str:
    """A word of a phrase: alternatives, groups, letters."""
    parts = _split(word, "|")
    if len(parts) > 1:
        return "|".join(_expression(part) for part in parts)
    out, at = "", 0
    while at < len(word):
        end = _closing(word, at) if word[at] in "([" else -1
        if end > at:
            group = _word(word[at + 1 : end])
            out += f"(?:{group})" + ("?" if word[at] == "[" else "")
            at = end + 1
            continue
        out += _SPECIAL.get(word[at]) or re.escape(word[at])
        at += 1
    return out


def _split(phrase: str, mark: str) -> list[str]:
    """The non-empty parts of `phrase` between marks outside of brackets."""
    parts, depth = [""], 0
    for c in phrase:
        depth += (c in "([") - (c in ")]")
        if c == mark and depth <= 0:
            parts.append("")
        else:
            parts[-1] += c
    return [part for part in parts if part]


def _closing(word: str, at: int) -> int:
    """The position of the closing bracket, or -1."""
    depth = 0
    for n in range(at, len(word)):
        depth += (word[n] in "([") - (word[n] in ")]")
        if depth == 0:
            return n
    return -1
