"""Fast access to plain front matter in which a build found no fault: parses only requested keys.

Front matter is plain if all keys begin their lines and no address can break a rule. All other front
matter is parsed in full, as in a build. A test ensures that both give the same values.
"""

import re
from collections.abc import Callable, ItemsView, Iterator, Mapping
from functools import lru_cache
from typing import Any

from site_gen.basics import yaml_plain
from site_gen.check.addresses import MAY_TRACK, SHORTENERS
from site_gen.frontmatter.load import resolve

_KEY = re.compile(r"\n(?=[^ \n#-]|-[^ ])")
_LABEL = r"[a-z0-9]++(?:-++[a-z0-9]++)*+"
# An address as the value of a line, with its host, and its path and query.
_PLAIN_ADDRESS = re.compile(
    rf'rl: "?https://((?:{_LABEL}\.)++{_LABEL})'
    r"((?:/[A-Za-z0-9._~/%=,+@:-]{0,900}+)?(?:\?[A-Za-z0-9._~/%=,+@:&;-]{0,900}+)?)\"?+\n"
)
_SCALAR = re.compile(r"[A-Za-z0-9](?:[\w ,.;'’“”()?!%&$€£/+–—-]|:(?=\w))*+(?<! )")
"""An unquoted value in which no character has a meaning in YAML."""
_MULTILINE_SIGNS = (b"[", b"{", b"\t")
"""Signs of values that may continue in the next line."""
_UNUSUAL_KEY = re.compile(rb'rl[" ] *+:|RL"? *+:')
"""The key of an address in quotes, before a space, or in capitals."""


def blocks(head: str, own_host: str) -> dict[str, str] | None:
    """Return the lines of each top-level key; None if the front matter is not plain.

    Addresses at the site's own host are not plain, because rules check where they lead.
    """
    data = head.encode()  # searching bytes is faster
    if (
        any(map(data.__contains__, _MULTILINE_SIGNS))
        or _has_unusual_quotes(data)
        or _has_unusual_key(data)
    ):
        return None
    escapes = b"\\" in data
    found = {}
    for block in _KEY.split(head.rstrip("\n")):
        key, colon, _ = block.partition(":")
        if not colon or not key.isidentifier() or key in found or _ends_in_quotes(block, escapes):
            return None
        found[key] = block
    return found if _has_plain_addresses(head, data.count(b"rl:"), own_host) else None


def _has_unusual_quotes(data: bytes) -> bool:
    """Whether a text may be in single quotes or contain an escaped backslash."""
    return (b"'" in data and b" '" in data) or (b"\\" in data and b"\\\\" in data)


def _has_unusual_key(data: bytes) -> bool:
    """Whether the key of an address may be written in another way."""
    maybe = b"RL" in data or b'rl"' in data or b"rl " in data  # faster than the pattern
    return maybe and _UNUSUAL_KEY.search(data) is not None


def _ends_in_quotes(block: str, escapes: bool) -> bool:
    """Whether a quoted text may continue in the next block."""
    quotes = block.count('"')
    return (quotes - (block.count('\\"') if escapes else 0)) % 2 == 1


def _has_plain_addresses(head: str, count: int, own_host: str) -> bool:
    addresses = _PLAIN_ADDRESS.findall(head)
    if len(addresses) != count:
        return False
    hosts = {host.removeprefix("www.") for host, _ in addresses}
    rest = "".join([rest for _, rest in addresses])
    asked = "".join([rest for _, rest in addresses if "?" in rest])
    return (
        own_host not in hosts and SHORTENERS.isdisjoint(hosts)
        and "_HERE" not in rest and not MAY_TRACK.search(asked)
    )  # fmt: skip


class PlainMatter(Mapping[str, Any]):
    """Front matter by key, each value parsed when first needed; `parse_all` parses all of it."""

    def __init__(self, blocks: dict[str, str], parse_all: Callable[[], dict[str, Any]]) -> None:
        self._blocks, self._parse_all = blocks, parse_all
        self._values: dict[str, Any] = {}
        self._all: dict[str, Any] | None = None

    def __getitem__(self, key: str) -> Any:
        values = self._values
        if key not in values:
            values[key] = self._value(key, self._blocks[key])
        return values[key]

    def get(self, key: str, default: Any = None) -> Any:
        """Return a value or the default. Faster than the inherited one: most keys are absent."""
        if key in self._values:
            return self._values[key]
        return self[key] if key in self._blocks else default

    def __contains__(self, key: object) -> bool:
        return key in self._blocks

    def __iter__(self) -> Iterator[str]:
        return iter(self.all)

    def __len__(self) -> int:
        return len(self._blocks)

    def items(self) -> ItemsView[str, Any]:
        """Return all keys and values."""
        return self.all.items()

    @property
    def all(self) -> dict[str, Any]:
        """All front matter, parsed as in a build."""
        if self._all is None:
            self._all = self._parse_all()
        return self._all

    def _value(self, key: str, block: str) -> Any:
        if block.startswith(": ", len(key)) and "\n" not in block:
            text = block[len(key) + 2 :]
            if text[:1] == text[-1:] == '"' and text.count('"') == 2 and "\\" not in text:
                return text[1:-1]
            if _SCALAR.fullmatch(text):
                return resolve(key, text)
        found = _parse(block)
        return self.all[key] if found is None else found[key]


@lru_cache(maxsize=4096)
def _parse(block: str) -> dict[str, Any] | None:
    """Parse the lines of a key. Cached, since many articles share them; do not change the value."""
    return yaml_plain.load(block, resolve)
