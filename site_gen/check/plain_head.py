"""The short way through front matter: of a block that a build found fault with in nothing, only the
keys are read that a rule asks for.

It is for heads whose keys begin their lines and whose addresses are what nearly all are, so that no
rule has anything to say of them. Of any other head, and for whoever wants all of it, the reader of
the build is asked. A test holds that both give the same.
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
# An address that is a value of its line, its host and what follows that.
_HARMLESS = re.compile(
    rf'rl: "?https://((?:{_LABEL}\.)++{_LABEL})'
    r"((?:/[A-Za-z0-9._~/%=,+@:-]{0,900}+)?(?:\?[A-Za-z0-9._~/%=,+@:&;-]{0,900}+)?)\"?+\n"
)
_SCALAR = re.compile(r"[A-Za-z0-9](?:[\w ,.;'’“”()?!%&$€£/+–—-]|:(?=\w))*+(?<! )")
"""A value without quotes that stands for what it says, whatever YAML is."""
_GOES_ON = (b"[", b"{", b"\t")
"""With one of these a value may go on in the next line."""
_OTHERWISE = re.compile(rb'rl[" ] *+:|RL"? *+:')
"""A key of an address that is written in another way."""


def blocks(head: str, ours: str) -> dict[str, str] | None:
    """The lines of each key at the top of a head, by key; None where it is not of the plain kind.
    `ours` is the host of the site: a rule asks where its addresses lead."""
    data = head.encode()  # in which a sign is found sooner
    if any(map(data.__contains__, _GOES_ON)) or _is_quoted(data) or _is_otherwise(data):
        return None
    escapes = b"\\" in data
    found = {}
    for block in _KEY.split(head.rstrip("\n")):
        key, colon, _ = block.partition(":")
        if not colon or not key.isidentifier() or key in found or _is_open(block, escapes):
            return None
        found[key] = block
    return found if _harmless(head, data.count(b"rl:"), ours) else None


def _is_quoted(data: bytes) -> bool:
    """Whether a text may stand between other quotes than double ones, or a mark amid those."""
    return (b"'" in data and b" '" in data) or (b"\\" in data and b"\\\\" in data)


def _is_otherwise(data: bytes) -> bool:
    """Whether a key of an address may be written in another way."""
    may_be = b"RL" in data or b'rl"' in data or b"rl " in data  # a search takes twice as long
    return may_be and _OTHERWISE.search(data) is not None


def _is_open(block: str, escapes: bool) -> bool:
    """Whether a text between quotes may go on in the next block."""
    quotes = block.count('"')
    return (quotes - (block.count('\\"') if escapes else 0)) % 2 == 1


def _harmless(head: str, count: int, ours: str) -> bool:
    addresses = _HARMLESS.findall(head)
    if len(addresses) != count:
        return False
    hosts = {host.removeprefix("www.") for host, _ in addresses}
    rest = "".join([rest for _, rest in addresses])
    asked = "".join([rest for _, rest in addresses if "?" in rest])
    return (
        ours not in hosts and SHORTENERS.isdisjoint(hosts)
        and "_HERE" not in rest and not MAY_TRACK.search(asked)
    )  # fmt: skip


class PlainMatter(Mapping[str, Any]):
    """Front matter by its keys, each read when it is asked for; `whole` reads all of it."""

    def __init__(self, blocks: dict[str, str], whole: Callable[[], dict[str, Any]]) -> None:
        self._blocks, self._whole = blocks, whole
        self._values: dict[str, Any] = {}
        self._all: dict[str, Any] | None = None

    def __getitem__(self, key: str) -> Any:
        values = self._values
        if key not in values:
            values[key] = self._value(key, self._blocks[key])
        return values[key]

    def get(self, key: str, default: Any = None) -> Any:
        """The value of a key, as of any mapping: most keys that rules ask for are absent."""
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
        """All of it, as of any mapping."""
        return self.all.items()

    @property
    def all(self) -> dict[str, Any]:
        """All of it, read by the reader of the build."""
        if self._all is None:
            self._all = self._whole()
        return self._all

    def _value(self, key: str, block: str) -> Any:
        if block.startswith(": ", len(key)) and "\n" not in block:  # all on its line, as most are
            text = block[len(key) + 2 :]
            if text[:1] == text[-1:] == '"' and text.count('"') == 2 and "\\" not in text:
                return text[1:-1]
            if _SCALAR.fullmatch(text):
                return resolve(key, text)
        found = _read(block)
        return self.all[key] if found is None else found[key]


@lru_cache(maxsize=4096)
def _read(block: str) -> dict[str, Any] | None:
    """What stands in the lines of a key, which many articles have alike: nobody changes it."""
    return yaml_plain.load(block, resolve)
