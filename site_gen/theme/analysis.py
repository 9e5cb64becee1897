"""Static analysis of templates: the views, templates, assets and strings they use."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from jinja2 import TemplateSyntaxError, nodes

from site_gen.theme.analysis_data import Analysis
from site_gen.theme.environment import Environment


def analyse(environment: Environment, source: str, name: str, shown: str) -> Analysis:
    """Analyse the template `layer:file` of the file `shown`. Raises jinja2.TemplateSyntaxError."""
    tree = environment.parse(source)
    found = _by_kind(tree)
    globals_used = list(_global_uses(found))
    return Analysis(
        names=tuple(sorted(environment.free_names(tree, name, shown))),
        references=tuple(dict.fromkeys(_references(found))),
        assets=tuple(dict.fromkeys(name for kind, name in globals_used if kind == "asset")),
        strings=any(kind == "t" for kind, _ in globals_used),
        filters=tuple(sorted({use.name for use in (*found[nodes.Filter], *found[nodes.Test])})),
        said=tuple(_said(tree, found)),
    )


Found = dict[type[nodes.Node], list[Any]]


def _by_kind(tree: nodes.Template) -> Found:
    """All nodes by their type, each list in the order of the template: one walk for all."""
    found: Found = defaultdict(list)
    pending: list[nodes.Node] = [tree]
    while pending:
        node = pending.pop()
        found[type(node)].append(node)
        inner: list[nodes.Node] = []
        for name in node.fields:
            value = getattr(node, name, None)
            if isinstance(value, nodes.Node):
                inner.append(value)
            elif isinstance(value, list):
                inner += [each for each in value if isinstance(each, nodes.Node)]
        pending += reversed(inner)
    return found


_INLINE = re.compile(
    r"<style\b|\sstyle\s*=|\son[a-z]+\s*=|<script\b(?![^>]*(?:\ssrc\s*=|application/ld\+json))",
    re.I,
)


def _said(tree: nodes.Template, found: Found) -> Iterator[tuple[str, str, int]]:
    for block in found[nodes.Block]:
        yield "block", block.name, block.lineno
    if found[nodes.Extends]:
        for node in tree.body:
            if isinstance(node, nodes.Block):
                yield "top", node.name, node.lineno
    for call in found[nodes.Call]:
        first = call.args[0] if call.args else None
        if (
            isinstance(call.node, nodes.Name)
            and call.node.name == "t"
            and isinstance(first, nodes.Const)
        ):
            yield "string", str(first.value), call.lineno
    for text in found[nodes.TemplateData]:
        for style in _INLINE.finditer(text.data):
            line = text.lineno + text.data.count("\n", 0, style.start())
            yield "inline", style[0].strip(), line


def _references(found: Found) -> Iterator[str | None]:
    for kind in (nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport):
        yield from _named(each.template for each in found[kind])


def _named(targets: Iterable[nodes.Node]) -> Iterator[str | None]:
    for target in targets:
        if isinstance(target, nodes.Const) and isinstance(target.value, str):
            yield target.value
        elif isinstance(target, nodes.Tuple | nodes.List):
            for item in target.items:
                constant = isinstance(item, nodes.Const) and isinstance(item.value, str)
                yield item.value if constant else None  # type: ignore[attr-defined]
        elif isinstance(target, nodes.Const) and isinstance(target.value, tuple | list):
            yield from (v if isinstance(v, str) else None for v in target.value)
        else:
            yield None


def _global_uses(found: Found) -> Iterator[tuple[str, str | None]]:
    """("asset", constant name or None) and ("t", None) for each use, by its own walk."""
    called: set[int] = set()
    for call in found[nodes.Call]:
        if isinstance(call.node, nodes.Name) and call.node.name in ("asset", "t"):
            first = call.args[0] if len(call.args) == 1 and not call.kwargs else None
            constant = isinstance(first, nodes.Const) and isinstance(first.value, str)
            name = first.value if constant else None  # type: ignore[union-attr]
            called.add(id(call.node))
            yield call.node.name, name
    for name_node in found[nodes.Name]:
        if name_node.name in ("asset", "t") and id(name_node) not in called:
            yield name_node.name, None


__all__ = ["Analysis", "TemplateSyntaxError", "analyse"]
