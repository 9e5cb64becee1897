"""What a section says of the pages below it: Hugo's `cascade`, and Zola's drafts."""

from collections.abc import Iterable, Mapping
from posixpath import dirname
from typing import Any

from site_gen.convert.markdown import foreign_front_matter
from site_gen.frontmatter import not_public
from site_gen.importers import values
from site_gen.importers.folder import Folder
from site_gen.problems import SiteError


class Cascade:
    """By folder, the keys that its `_index` gives to each page below it."""

    def __init__(
        self,
        folder: Folder,
        files: Iterable[str],
        config: Mapping[str, Any],
        root: str,
        *,
        zola: bool,
    ) -> None:
        self._given: dict[str, dict[str, Any]] = {root: _tables(config.get("cascade"))}
        for path in files:
            if not path.rpartition("/")[2].startswith("_index."):
                continue
            try:
                fields = foreign_front_matter.read(folder.text(path), path).fields
            except SiteError:
                continue  # said where the file itself is read
            low = {str(key).lower(): value for key, value in fields.items()}
            given = _tables(low.get("cascade"))
            if zola and low.get("draft") is True:
                given["draft"] = True
            self._given[dirname(path)] = {**self._given.get(dirname(path), {}), **given}

    def private(self, path: str, own: Iterable[str]) -> str:
        """What keeps the page at `path` back though it does not say so with its `own` keys."""
        told = {not_public.folded(key) for key in own}
        found: dict[str, Any] = {}
        at = path
        while "/" in at:
            at = dirname(at)
            found = {**self._given.get(at, {}), **found}
        kept = {key: value for key, value in found.items() if not_public.folded(key) not in told}
        dates = (*not_public.not_before(kept), *not_public.not_after(kept))
        said = [*map(str, not_public.marks(kept)), *(f"{key}: {value}" for key, value in dates)]
        return ", ".join(f"{mark} (from its section)" for mark in said)


def _tables(value: Any) -> dict[str, Any]:
    """One table, or several with a target each: which pages that hits is not worked out."""
    found: dict[str, Any] = {}
    for each in value if isinstance(value, list) else [value]:
        found |= values.table(each)
    inner = values.table(found.get("params"))
    return {**inner, **{str(key): item for key, item in found.items() if key != "params"}}
