"""What a section says of the pages below it: Hugo's `cascade`, and Zola's drafts."""

from collections.abc import Iterable, Iterator, Mapping
from posixpath import dirname
from typing import Any, NamedTuple

from site_gen.convert.markdown import foreign_front_matter
from site_gen.frontmatter import not_public
from site_gen.importers.hugo import settings, targets
from site_gen.importers.hugo.content import BRANCH, Content
from site_gen.importers.reading import values
from site_gen.importers.reading.folder import Folder
from site_gen.problems import SiteError


class _Rule(NamedTuple):
    """Keys that pages are given, and which pages."""

    given: Mapping[str, Any]
    target: Mapping[str, Any]


class Cascade:
    """By language and folder, what its `_index` gives to itself and the pages below it."""

    def __init__(
        self, folder: Folder, content: Content, config: Mapping[str, Any], *, zola: bool
    ) -> None:
        self._config = list(_rules(config.get("cascade")))
        self._rules: dict[tuple[str, str], list[_Rule]] = {}
        self._own: dict[tuple[str, str], Mapping[str, Any]] = {}
        for path, (language, inner) in content.places.items():
            if not BRANCH.search(inner):
                continue
            try:
                fields = foreign_front_matter.read(folder.text(path), path).fields
            except SiteError:
                continue  # said where the file itself is read
            low = {str(key).lower(): value for key, value in fields.items()}
            rules = list(_rules(low.get("cascade")))
            if zola and low.get("draft") is True:
                rules.append(_Rule({"draft": True}, {}))
            self._rules[language, dirname(inner)] = rules
            self._own[language, dirname(inner)] = low

    def private(self, language: str, inner: str, own: Iterable[str]) -> str:
        """What keeps a page back though it does not say so with its `own` keys."""
        told = {not_public.folded(key) for key in own}
        found = self._given(language, inner)
        kept = {key: value for key, value in found.items() if not_public.folded(key) not in told}
        dates = (*not_public.not_before(kept), *not_public.not_after(kept))
        said = [*map(str, not_public.marks(kept)), *(f"{key}: {value}" for key, value in dates)]
        return ", ".join(f"{mark} (from its section)" for mark in said)

    def completed(
        self, language: str, inner: str, own: dict[str, Any], shared: frozenset[str]
    ) -> dict[str, Any]:
        """A page's `own` keys, with those of the `shared` ones that its sections give it and that
        it does not have."""
        told = {key.lower() for key in own}
        found = self._given(language, inner)
        names = (key for key in found if key.lower() in shared and key.lower() not in told)
        return {**own, **{key: found[key] for key in names}}

    def _given(self, language: str, inner: str) -> dict[str, Any]:
        """All keys that a page's sections and the settings give it; the nearest wins."""
        found: dict[str, Any] = {}
        page = targets.page(language, inner)
        for rule in self._above(language, dirname(inner)):
            if targets.hits(rule.target, page):
                found = {**rule.given, **found}
        return found

    def section(self, language: str, folder: str) -> Mapping[str, Any]:
        """What the file of a section says of itself, keys in lower case; nothing without one."""
        return self._own.get((language, folder), {})

    def shut(self, language: str, folder: str) -> str:
        """What keeps the files of a section back that are of no page in it."""
        place = folder
        while place and (language, place) not in self._own:
            place = dirname(place)
        own = self._own.get((language, place), {})
        said = [
            *map(str, not_public.marks(own)),
            *(f"{k}: {v}" for k, v in not_public.not_after(own)),
        ]
        if keeps_files_back(own):
            said.append("publishResources: false")
        return ", ".join(said) or self.private(language, f"{place}/_index.md".lstrip("/"), own)

    def _above(self, language: str, folder: str) -> Iterator[_Rule]:
        """The rules for what lies in a folder, the nearest first."""
        while True:
            yield from self._rules.get((language, folder), ())
            if not folder:
                break
            folder = dirname(folder)
        yield from self._config


def keeps_files_back(fields: Mapping[str, Any]) -> bool:
    """Whether `build` says that the files of a page are not published for themselves."""
    low = {str(key).lower(): value for key, value in fields.items()}
    build = settings.lower(values.table(low.get("build") or low.get("_build")))
    return not_public.says_no(build.get("publishresources"))


def _rules(value: Any) -> Iterator[_Rule]:
    """One table for all pages, or several with a target each."""
    for item in values.listed(value):
        said = values.table(item)
        target = values.table(said.pop("target", None) or said.pop("_target", None))
        inner = values.table(said.pop("params", None))
        yield _Rule({**inner, **said}, settings.lower(target))
