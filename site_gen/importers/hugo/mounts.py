"""Which files are content and static files of a Hugo site, and where each is mounted."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from site_gen.importers.hugo import settings
from site_gen.importers.reading import globs, values
from site_gen.importers.reading.folder import Folder


class Mounted(NamedTuple):
    """A file: its path in the old site, its path below `content` or `static`; the language that
    its mount tells, "" for none."""

    path: str
    inner: str
    language: str


class _Mount(NamedTuple):
    source: str
    below: str
    language: str
    filter: globs.Filter

    def at(self, path: str) -> str:
        """Where the file of that path is below `content` or `static`; "" for one left out."""
        inner = path[len(self.source) + 1 :] if self.source else path
        if not self.filter.takes(inner):
            return ""
        return f"{self.below}/{inner}" if self.below else inner


class Mounts:
    """What `module.mounts` says; without it, `contentDir` and `staticDir`."""

    def __init__(self, folder: Folder, config: Mapping[str, Any]) -> None:
        self.folder = folder
        self._given = values.listed(values.table(config.get("module")).get("mounts"))
        languages = values.table(config.get("languages"))
        content = [
            (_plain(values.table(said).get("contentdir")), language)
            for language, said in languages.items()
        ]
        if not content or not all(place for place, _ in content):
            content.append((_plain(config.get("contentdir")) or "content", ""))
        static = values.listed(config.get("staticdir") or "static")
        self._content = list(self._of("content")) or [
            _Mount(place, "", language, globs.Filter((), ())) for place, language in content
            if place
        ]  # fmt: skip
        # that of a language lies within the other
        self._content.sort(key=lambda mount: -len(mount.source))
        self._static = list(self._of("static")) or [
            _Mount(_plain(place), "", "", globs.Filter((), ())) for place in static
        ]

    def _of(self, component: str) -> Iterator[_Mount]:
        for said in (settings.lower(values.table(item)) for item in self._given):
            target = _plain(said.get("target"))
            if target != component and not target.startswith(f"{component}/"):
                continue
            given = [values.text(glob).strip() for glob in values.listed(said.get("files"))]
            includes = [*map(values.text, values.listed(said.get("includefiles")))]
            includes += [glob for glob in given if not glob.startswith("!")]
            excludes = [*map(values.text, values.listed(said.get("excludefiles")))]
            excludes += [glob[1:].strip() for glob in given if glob.startswith("!")]
            matrix = values.table(values.table(said.get("sites")).get("matrix"))
            language = values.text(said.get("lang"))
            named = [*map(values.text, values.listed(matrix.get("languages")))]
            yield _Mount(
                source=_plain(said.get("source")),
                below=target[len(component) + 1 :],
                language=language or (named[0] if len(named) == 1 else ""),
                filter=globs.Filter(includes, excludes),
            )

    def content(self) -> tuple[list[Mounted], list[str]]:
        """The files of content, and those that their mounts leave out."""
        return self._found(self._content, "content")

    def static(self) -> tuple[list[Mounted], list[str]]:
        """The static files, and those that their mounts leave out."""
        return self._found(self._static, "static")

    def _found(self, mounts: list[_Mount], usual: str) -> tuple[list[Mounted], list[str]]:
        found: dict[str, Mounted] = {}
        out: dict[str, None] = {}
        for mount in mounts:
            for path in self.folder.under(mount.source):
                inner = mount.at(path)
                if inner and path not in found:
                    found[path] = Mounted(path, inner, mount.language.lower())
                elif not inner:
                    out[path] = None
        out |= dict.fromkeys(self.folder.under(usual))
        return sorted(found.values()), [path for path in out if path not in found]


def _plain(place: Any) -> str:
    return values.text(place).removeprefix("./").strip("/")
