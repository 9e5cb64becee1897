"""Settings that are a Python program (pelicanconf.py, conf.py), read and never run."""

import ast
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from site_gen.importers.pelican.python_values import UnknownError, value_of

Module = Callable[[str], str]
"""The name of a module beside the settings -> its text, "" where there is none."""
MOST_MODULES = 20
_GROWING = ("append", "extend", "update", "insert", "add", "setdefault")


class Settings:
    """What a program gives to the names of its top level.

    values    name -> value, as far as it is told
    unknown   names whose value, or a part of it, cannot be told
    broken    why it is no Python, "" where it is
    """

    def __init__(self, known: Mapping[str, Any]) -> None:
        self.values: dict[str, Any] = dict(known)
        self.unknown: list[str] = []
        self.broken = ""
        self._modules: set[str] = set()

    def read(self, text: str, module: Module = lambda name: "") -> None:
        """Take in one more program. Those that it imports all names from are `module`'s."""
        try:
            tree = ast.parse(text)
        except SyntaxError as error:
            self.broken = f"line {error.lineno}: it is no Python ({error.msg})"
            return
        except (ValueError, RecursionError, MemoryError):
            self.broken = "it is no Python"
            return
        self._block(tree.body, module, certain=True)

    def _block(self, body: Iterable[ast.stmt], module: Module, *, certain: bool) -> None:
        for statement in body:
            if isinstance(statement, ast.ImportFrom):
                self._import(statement, module)
            elif isinstance(statement, ast.If | ast.Try | ast.With):
                # nobody here knows which branch is taken: what any of them adds is taken in
                for part in ("body", "handlers", "orelse", "finalbody"):
                    for inner in getattr(statement, part, ()):
                        inner_body = inner.body if isinstance(inner, ast.ExceptHandler) else [inner]
                        self._block(inner_body, module, certain=False)
            else:
                self._statement(statement, certain=certain)

    def _import(self, statement: ast.ImportFrom, module: Module) -> None:
        name = statement.module or ""
        everything = any(alias.name == "*" for alias in statement.names)
        if everything and name not in self._modules and len(self._modules) < MOST_MODULES:
            self._modules.add(name)
            if text := module(name):
                self.read(text, module)

    def _statement(self, statement: ast.stmt, *, certain: bool) -> None:
        if isinstance(statement, ast.Assign):
            for target in statement.targets:
                self._assign(target, statement.value, certain=certain)
        elif isinstance(statement, ast.AnnAssign) and statement.value:
            self._assign(statement.target, statement.value, certain=certain)
        elif isinstance(statement, ast.AugAssign) and isinstance(statement.target, ast.Name):
            self._grow(statement.target.id, "extend", statement.value)
        elif isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call):
            called = statement.value.func
            if isinstance(called, ast.Attribute) and isinstance(called.value, ast.Name):
                self._called(called.value.id, called.attr, statement.value)

    def _assign(self, target: ast.expr, value: ast.expr, *, certain: bool) -> None:
        if isinstance(target, ast.Subscript) and isinstance(target.value, ast.Name):
            self._grow(target.value.id, "update", ast.Dict([target.slice], [value]))
        if not isinstance(target, ast.Name):
            return
        name = target.id
        try:
            found = value_of(value, self.values)
        except UnknownError:
            self.unknown.append(name)
            return
        self.values[name] = found if certain else _both(self.values.get(name), found)

    def _called(self, name: str, method: str, call: ast.Call) -> None:
        if method not in _GROWING or name not in self.values:
            return
        pairs = [(ast.Constant(k.arg), k.value) for k in call.keywords if k.arg]
        named = ast.Dict([key for key, _ in pairs], [value for _, value in pairs])
        given = call.args[-1:] if method != "setdefault" else []
        if method == "setdefault" and len(call.args) == 2:
            given = [ast.Dict([call.args[0]], [call.args[1]])]
        for value in [*given, *([named] if pairs else [])]:
            self._grow(name, method, value)

    def _grow(self, name: str, method: str, value: ast.expr) -> None:
        """Add to a list, a mapping or a text that is known."""
        known = self.values.get(name)
        try:
            found = value_of(value, self.values)
        except UnknownError:
            self.unknown.append(name)
            return
        if isinstance(known, list) and method in ("append", "insert", "add"):
            self.values[name] = [*known, found]
        elif isinstance(known, str) and isinstance(found, str):
            self.values[name] = known + found
        else:
            self.values[name] = _both(known, found)


def _both(known: Any, found: Any) -> Any:
    """Lists and mappings together; of anything else the later."""
    if isinstance(known, list) and isinstance(found, list | tuple):
        return [*known, *(item for item in found if item not in known)]
    if isinstance(known, dict) and isinstance(found, dict):
        return {**known, **found}
    return found


def assigned(text: str, known: Mapping[str, Any]) -> Settings:
    """The settings of one program alone, beside those that are known."""
    made = Settings(known)
    made.read(text)
    return made
