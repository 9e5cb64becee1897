"""Names that are safe as part of a path on every file system and in every URL."""

import re
import unicodedata
from functools import lru_cache

from site_gen.basics import digest

MAX_BYTES = 120
_UNSAFE = re.compile(r"[^a-zA-Z0-9_.~-]")
_JOINT = re.compile(r"_*-[-_]*")
_DOTS = re.compile(r"\.\.+")
_RESERVED = re.compile(r"(?i)(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|$)")


def safe(text: str) -> str:
    """`text` with `-` for each character that a path cannot have; "" if nothing is left.

    Letters and digits of all scripts stay, in NFC. Names that Windows reserves get a `-`. Names
    over 120 bytes are cut and get a digest, so that they stay distinct.
    """
    slug = _UNSAFE.sub("-", text) if text.isascii() else _letters(text)
    slug = _DOTS.sub(".", _JOINT.sub("-", slug)).strip("-._~")
    if _RESERVED.match(slug):
        slug = _JOINT.sub("-", slug.replace(".", "-")) if "." in slug else f"-{slug}"
    if len(slug.encode()) > MAX_BYTES:
        kept = slug.encode()[: MAX_BYTES - 9].decode("utf-8", "ignore").rstrip("-._~")
        slug = f"{kept}-{digest.of_parts(text)[:8]}"
    return slug


def _letters(text: str) -> str:
    """In NFC. Marks stay with their letters, since vowels of many scripts are marks."""
    kept: list[str] = []
    for character in unicodedata.normalize("NFC", text):
        mark = kept and kept[-1] not in "-._~" and unicodedata.category(character) in ("Mn", "Mc")
        good = character.isalnum() or character in "_.~-"
        kept.append(character if good or mark else "-")
    return "".join(kept)


@lru_cache(maxsize=4096)
def slugify(text: str) -> str:
    """A lower-case slug for a name ("AI in Security" -> "ai-in-security"); may be "".

    Case is folded, not only lowered: "Maß" and "MASS" are one file on some systems, so one slug.
    """
    if text.isascii():
        plain = text.lower()
    else:
        plain = folded("".join(_fold(c) for c in unicodedata.normalize("NFKC", text).casefold()))
    return safe(plain.replace("'", "").replace("’", "").replace(".", "-"))


_SHARP, _PLUSES, _DOT = re.compile(r"(?<=\w)#"), re.compile(r"(?<=\w)\++"), re.compile(r"^\.(?=\w)")


def spell_out(name: str) -> str:
    """A name with its distinguishing signs as words: C#, C++, .NET."""
    name = _DOT.sub("dot ", _SHARP.sub(" sharp", name.strip()))
    return _PLUSES.sub(lambda found: " plus" * len(found[0]), name)


def same_name(one: str, other: str) -> bool:
    """Whether two names differ at most in case and spacing; `-` and `_` count as spaces."""
    return _unspaced(one) == _unspaced(other)


def _unspaced(name: str) -> str:
    return re.sub(r"[\s_-]+", "", folded(name))


def _fold(character: str) -> str:
    """A Latin letter without its accent; everything else unchanged."""
    base = unicodedata.normalize("NFD", character)
    return base[0] if base[0].isascii() and base[0].isalpha() else character


def folded(path: str) -> str:
    """`path` with folded case in NFC: equal for paths that some file systems take for one file."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())
