"""Addresses of our own host that front matter names in its fields and words: some may be of texts
that are not shown, and are then left out."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from msgspec import Struct

from site_gen.basics import hidden_addresses, urls
from site_gen.model import LocalLink

_NEVER_SHOWN = frozenset(("guid", "aliases", "slug", "raw_digest"))


def named_addresses(matter: Struct | None, head: str, host: str) -> Iterator[LocalLink]:
    """Each of them once, with its line; `head` is the block as it was written."""
    if not host or host not in head.lower():
        return
    found = (run for text in _texts(matter) for run in hidden_addresses.find_own(text, host))
    for run in dict.fromkeys(found):
        at = head.find(run)
        whole = run if urls.scheme_of(run) else f"https://{run}"
        line = 1 if at < 0 else head.count("\n", 0, at) + 2
        yield LocalLink(target=unquote(urls.path(whole)), line=line, href=run, named=True)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple | list):
        for each in value:
            yield from _texts(each)
    elif isinstance(value, dict):
        yield from _texts(list(value.values()))
    elif isinstance(value, Struct):
        for name in value.__struct_fields__:
            if name not in _NEVER_SHOWN:
                yield from _texts(getattr(value, name))
