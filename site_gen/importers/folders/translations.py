"""Texts in several languages: `en/12.md` beside `de/12.md`, `12.nl.md` beside `12.md`."""

import re
from collections import Counter
from collections.abc import Iterable

LANGUAGES = frozenset(
    "ar be bg bn ca cs cy da de el en es et eu fa fi fr ga gl he hi hr hu hy id is it ja ka kk ko"
    " lt lv mk ms nb nl nn no pl pt ro ru sk sl sq sr sv sw ta te th tr uk ur uz vi zh".split()
)
_FOLDER = re.compile(
    r"(?P<before>(?:[^/]+/)??)(?P<code>[a-z]{2})(?P<region>[-_][A-Za-z]{2,4})?/(?P<rest>.+)"
)
_ENDING = re.compile(
    r"(?P<stem>.+)[._-](?P<code>[a-z]{2})(?P<region>[-_][A-Za-z]{2,4})?(?P<end>\.\w+)"
)


class Translations:
    """The language of each text that is a translation, and the one in which most are written."""

    def __init__(self, paths: Iterable[str]) -> None:
        known = list(paths)
        folders: dict[str, dict[str, str]] = {}
        for path in known:
            found = _FOLDER.fullmatch(path)
            if found and found["code"] in LANGUAGES:
                place = f"{found['before']}*/{found['rest']}"
                folders.setdefault(place, {})[_code(found)] = path
        several = [group for group in folders.values() if len(group) > 1]
        counted = Counter(code for group in several for code in group)
        self.main = max(counted, key=lambda code: (counted[code], code == "en"), default="")
        self._codes: dict[str, str] = {}
        self._originals: dict[str, str] = {}
        for group in folders.values():
            for code, path in group.items():
                if code in counted and code != self.main:
                    self._codes[path] = code
                    self._originals[path] = group.get(self.main, "")
        there = set(known)
        for path in known:
            found = _ENDING.fullmatch(path)
            if found and found["code"] in LANGUAGES and f"{found['stem']}{found['end']}" in there:
                self._codes[path] = _code(found)
                self._originals[path] = f"{found['stem']}{found['end']}"

    def of(self, path: str) -> str:
        """The language of a translation, "" for any other text."""
        return self._codes.get(path, "")

    def original(self, path: str) -> str:
        """The file of which a translation is one, "" for none."""
        return self._originals.get(path, "")


def _code(found: re.Match[str]) -> str:
    region = (found["region"] or "")[1:]
    return f"{found['code']}-{region.upper() if len(region) == 2 else region}".rstrip("-")
