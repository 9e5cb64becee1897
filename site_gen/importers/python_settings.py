"""Settings that are a Python program (pelicanconf.py), read and never run."""

import ast
from collections.abc import Mapping
from typing import Any

MAX_DEPTH = 50


def assigned(text: str, known: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """What the file gives names of its top level to, and names whose value cannot be told.

    Text, numbers, lists, mappings, names given before, `+`, `%`, f-strings and
    `os.environ.get(name, default)` are understood.
    """
    values: dict[str, Any] = dict(known)
    unknown: list[str] = []
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return values, ["the file is no Python"]
    for statement in tree.body:
        for name, value in _targets(statement):
            try:
                values[name] = _value(value, values, 0)
            except _UnknownError:
                unknown.append(name)
    return values, unknown


def _targets(statement: ast.stmt) -> list[tuple[str, ast.expr]]:
    if isinstance(statement, ast.Assign):
        return [(t.id, statement.value) for t in statement.targets if isinstance(t, ast.Name)]
    if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
        return [(statement.target.id, statement.value)] if statement.value else []
    return []


class _UnknownError(Exception):
    """An expression whose value is not told by the text alone."""


def _value(node: ast.expr, names: Mapping[str, Any], depth: int) -> Any:
    if depth > MAX_DEPTH:
        raise _UnknownError
    inner = depth + 1
    if isinstance(node, ast.Constant):
        return node.value
    if isinstance(node, ast.List | ast.Tuple | ast.Set):
        return [_value(item, names, inner) for item in node.elts]
    if isinstance(node, ast.Dict):
        pairs = zip(node.keys, node.values, strict=True)
        return {_value(k, names, inner): _value(v, names, inner) for k, v in pairs if k}
    if isinstance(node, ast.Name) and node.id in names:
        return names[node.id]
    if isinstance(node, ast.JoinedStr):
        return "".join(str(_value(part, names, inner)) for part in node.values)
    if isinstance(node, ast.FormattedValue):
        return _value(node.value, names, inner)
    if isinstance(node, ast.BinOp):
        return _binary(node, names, inner)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        found = _value(node.operand, names, inner)
        if isinstance(found, int | float):
            return -found
    if isinstance(node, ast.Call) and len(node.args) == 2:
        called = ast.unparse(node.func)
        if called in ("os.environ.get", "os.getenv", "environ.get", "getenv"):
            return _value(node.args[1], names, inner)
    raise _UnknownError


def _binary(node: ast.BinOp, names: Mapping[str, Any], depth: int) -> Any:
    left, right = _value(node.left, names, depth), _value(node.right, names, depth)
    both_text = isinstance(left, str) and isinstance(right, str)
    if isinstance(node.op, ast.Add) and (
        both_text or (isinstance(left, list) and isinstance(right, list))
    ):
        return left + right
    raise _UnknownError
