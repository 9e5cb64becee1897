"""Values of a Python program that its text alone tells."""

import ast
from collections.abc import Mapping
from typing import Any

MAX_DEPTH = 50
_ENVIRONMENT = ("os.environ.get", "os.getenv", "environ.get", "getenv")
_PATHS = ("os.path.join", "path.join", "join", "posixpath.join")


class UnknownError(Exception):
    """An expression whose value is not told by the text alone."""


def value_of(node: ast.expr, names: Mapping[str, Any], depth: int = 0) -> Any:
    """Text, numbers, lists, mappings, names given before, `+`, `|`, f-strings, `dict(...)`,
    `os.path.join`, `os.environ.get(name, default)`. Raises UnknownError."""
    if depth > MAX_DEPTH:
        raise UnknownError
    inner = depth + 1
    if isinstance(node, ast.Constant):
        return node.value
    if isinstance(node, ast.List | ast.Tuple | ast.Set):
        return _items(node.elts, names, inner)
    if isinstance(node, ast.Dict):
        return _mapping(node, names, inner)
    if isinstance(node, ast.Name) and node.id in names:
        return names[node.id]
    if isinstance(node, ast.JoinedStr):
        return "".join(str(value_of(part, names, inner)) for part in node.values)
    if isinstance(node, ast.FormattedValue):
        return value_of(node.value, names, inner)
    if isinstance(node, ast.BinOp):
        return _binary(node, names, inner)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        found = value_of(node.operand, names, inner)
        if isinstance(found, int | float):
            return -found
    if isinstance(node, ast.Call):
        return _call(node, names, inner)
    raise UnknownError


def _items(nodes: list[ast.expr], names: Mapping[str, Any], depth: int) -> list[Any]:
    made: list[Any] = []
    for node in nodes:
        if isinstance(node, ast.Starred):
            found = value_of(node.value, names, depth)
            made += found if isinstance(found, list | tuple) else [found]
        else:
            made.append(value_of(node, names, depth))
    return made


def _mapping(node: ast.Dict, names: Mapping[str, Any], depth: int) -> dict[Any, Any]:
    made: dict[Any, Any] = {}
    for key, value in zip(node.keys, node.values, strict=True):
        found = value_of(value, names, depth)
        if key is None:
            made.update(found if isinstance(found, dict) else {})
            continue
        try:
            made[value_of(key, names, depth)] = found
        except TypeError:  # a list as a key
            raise UnknownError from None
    return made


def _call(node: ast.Call, names: Mapping[str, Any], depth: int) -> Any:
    called = ast.unparse(node.func)
    if called in _ENVIRONMENT and len(node.args) == 2:
        return value_of(node.args[1], names, depth)
    if called in _PATHS:
        parts = [value_of(item, names, depth) for item in node.args]
        return "/".join(str(part).rstrip("/") for part in parts)
    if called in ("list", "tuple", "set") and len(node.args) == 1:
        return _items([ast.Starred(node.args[0])], names, depth)
    if called in ("dict", "list", "tuple", "set") and not node.args and not node.keywords:
        return {} if called == "dict" else []
    if called == "dict":
        made: dict[Any, Any] = {}
        for item in node.args:
            made.update(pairs(value_of(item, names, depth)))
        for keyword in node.keywords:
            found = value_of(keyword.value, names, depth)
            made.update({keyword.arg: found} if keyword.arg else pairs(found))
        return made
    if isinstance(node.func, ast.Attribute) and node.func.attr == "copy" and not node.args:
        return value_of(node.func.value, names, depth)
    raise UnknownError


def pairs(found: Any) -> dict[Any, Any]:
    """A mapping, or the pairs of one. Raises UnknownError."""
    try:
        return dict(found)
    except (TypeError, ValueError):
        raise UnknownError from None


def _binary(node: ast.BinOp, names: Mapping[str, Any], depth: int) -> Any:
    left, right = value_of(node.left, names, depth), value_of(node.right, names, depth)
    both_text = isinstance(left, str) and isinstance(right, str)
    both_lists = isinstance(left, list) and isinstance(right, list)
    if isinstance(node.op, ast.Add) and (both_text or both_lists):
        return left + right
    if isinstance(node.op, ast.BitOr) and isinstance(left, dict) and isinstance(right, dict):
        return {**left, **right}
    raise UnknownError
