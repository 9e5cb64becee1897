"""Runs the code of a plugin: exactly the bytes that were digested, never other files."""

import sys
from collections.abc import Sequence
from importlib.abc import InspectLoader, MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import module_from_spec, spec_from_loader
from types import ModuleType
from typing import Any

from site_gen.plugins import failures
from site_gen.plugins.discovery import Found
from site_gen.problems import Problem, SiteError, Where

_PREFIX = "site_gen_plugin_"
_run: dict[tuple[str, str], tuple[str, Any]] = {}
"""What this process has run: (place, name) -> (digest, module)."""


class _Code(InspectLoader, MetaPathFinder):
    """Imports the modules of one plugin from its bytes; ignores compiled files."""

    def __init__(self, name: str, found: Found) -> None:
        self.paths: dict[str, str] = {}
        self._found = found
        first = next(iter(found.sources)) if len(found.sources) == 1 else ""
        top = first or next(p for p in found.sources if p.endswith(f"/{found.name}/__init__.py"))
        self.paths[name] = top
        folder = top.removesuffix("__init__.py")
        if folder != top:
            for path in found.sources:
                inner = path.removeprefix(folder).removesuffix(".py")
                if path.endswith(".py") and path.startswith(folder) and path != top:
                    dotted = inner.removesuffix("/__init__").replace("/", ".")
                    self.paths[f"{name}.{dotted}"] = path

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname not in self.paths:
            return None
        place = self.paths[fullname]
        found = spec_from_loader(fullname, self, origin=place, is_package=self.is_package(fullname))
        if found is not None:
            found.has_location = True  # gives the module its __file__
        return found

    def is_package(self, fullname: str) -> bool:
        return self.paths[fullname].endswith("__init__.py")

    def get_source(self, fullname: str) -> str:
        return self._found.sources[self.paths[fullname]].decode("utf-8-sig")

    def get_code(self, fullname: str) -> Any:
        place = self.paths[fullname]
        return self.source_to_code(self._found.sources[place], place)


def run(found: Found) -> Any:
    """The plugin's module; run once in a process while its code stays the same. Raises
    SiteError."""
    key = (found.shown if found.entry_point else next(iter(found.sources)), found.name)
    code_digest, module = _run.get(key, ("", None))
    if code_digest == found.digest:
        return module
    try:
        module = _installed(found, code_digest) if found.entry_point else _of_site(found)
    except SiteError:
        raise
    except (Exception, SystemExit) as error:
        raise failures.failure(found, error) from error
    _run[key] = (found.digest, module)
    return module


def _installed(found: Found, before: str) -> Any:
    assert found.entry_point is not None
    if before:
        told = f"the installed plugin {found.name} is another one since this process began"
        raise SiteError([Problem("plugin/changed", told, Where(found.shown), "start it again")])
    return found.entry_point.load()


def _of_site(found: Found) -> ModuleType:
    name = f"{_PREFIX}{found.name}"
    for known in [m for m in sys.modules if m == name or m.startswith(f"{name}.")]:
        del sys.modules[known]  # of an older one, or of another site
    code = _Code(name, found)
    sys.meta_path[:] = [f for f in sys.meta_path if not _is_of(f, name)] + [code]
    spec = code.find_spec(name, None)
    assert spec is not None
    module = module_from_spec(spec)
    sys.modules[name] = module
    code.exec_module(module)
    return module


def _is_of(finder: object, name: str) -> bool:
    return isinstance(finder, _Code) and name in finder.paths
