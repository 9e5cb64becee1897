"""Builds data from the events of the C YAML parser, and refuses what is expensive or surprising.

No aliases, anchors, tags, duplicate keys, or nesting deeper than MAX_DEPTH. The library's own
composer overflows the stack on deep nesting.
"""

from typing import Any

import yaml

from site_gen.basics.yaml_values import Mark, Path, Resolver, YamlError

MAX_DEPTH = 32
MAX_NODES = 50_000

# YAML 1.2, section 7.4.2: a key may have 1024 characters, and so far ahead its end is looked for.
_LOOKAHEAD = 1_100
_OPENED = {
    yaml.MappingStartEvent: 1, yaml.SequenceStartEvent: 1,
    yaml.FlowMappingStartToken: 1, yaml.FlowSequenceStartToken: 1,
    yaml.MappingEndEvent: -1, yaml.SequenceEndEvent: -1,
    yaml.FlowMappingEndToken: -1, yaml.FlowSequenceEndToken: -1,
}  # fmt: skip


def load(text: str, resolve: Resolver, marks: dict[Path, Mark] | None = None) -> Any:
    """The only document in `text`. Raises YamlError. Fills `marks` (path -> place) if given."""
    loader = yaml.CSafeLoader(text)
    try:
        return _Builder(loader, resolve, marks).document()
    except yaml.MarkedYAMLError as error:
        beyond = _find_too_deep(text)
        raise (_too_deep(beyond) if beyond else YamlError(*_reason(error))) from None
    except yaml.YAMLError as error:
        raise YamlError(str(error).splitlines()[0], Mark(1, 1, 1)) from None
    finally:
        loader.dispose()


def _reason(error: yaml.MarkedYAMLError) -> tuple[str, Mark, str]:
    mark = error.problem_mark or error.context_mark
    place = Mark(mark.line + 1, mark.column + 1, 1) if mark else Mark(1, 1, 1)
    return error.problem or "cannot be read", place, 'put the value in double quotes ("...")'


def _find_too_deep(text: str) -> Mark | None:
    """The place where `text`, which cannot be parsed, is nested too deeply; None if it is not.

    The parser reads ahead of its events and may reach its own limit before we see ours.
    """
    depth, index, line, column = 0, 0, 0, 0
    loader = yaml.CSafeLoader(text)
    try:
        while event := loader.get_event():
            depth += _OPENED.get(type(event), 0)
            end: Any = event.end_mark
            index, line, column = end.index, end.line, end.column
    except yaml.YAMLError:
        pass
    finally:
        loader.dispose()
    try:
        for token in yaml.scan(text[index : index + _LOOKAHEAD], Loader=yaml.SafeLoader):
            depth += _OPENED.get(type(token), 0)
            if depth > MAX_DEPTH:
                start = token.start_mark
                column = start.column + (0 if start.line else column)
                return Mark(line + start.line + 1, column + 1, 1)
    except yaml.YAMLError:
        pass
    return None


def _too_deep(mark: Mark) -> YamlError:
    return YamlError(f"is nested more than {MAX_DEPTH} deep", mark, "flatten it")


class _Builder:
    """Builds one document in one pass over its events."""

    def __init__(
        self, loader: yaml.CSafeLoader, resolve: Resolver, marks: dict[Path, Mark] | None
    ) -> None:
        self._next = loader.get_event
        self._resolve = resolve
        self._marks = marks
        self._nodes = 0

    def document(self) -> Any:
        self._next()
        event = self._next()
        if isinstance(event, yaml.StreamEndEvent):
            return None
        value = self._node(self._next(), None, (), 0)
        self._next()
        event = self._next()
        if not isinstance(event, yaml.StreamEndEvent):
            raise YamlError("holds a second document", _mark(event), "remove the `---` line")
        return value

    def _node(self, event: Any, key: str | None, path: Path, depth: int) -> Any:
        kind = type(event)
        self._nodes += 1
        if kind is yaml.AliasEvent or event.anchor is not None:
            raise YamlError(
                "holds an anchor or alias (& or *)", _mark(event), "write the value out in quotes"
            )
        if event.tag is not None:
            raise YamlError("holds a tag (!)", _mark(event), "put the value in quotes")
        if self._nodes > MAX_NODES:
            raise YamlError(f"holds more than {MAX_NODES} values", _mark(event), "shorten it")
        if self._marks is not None:
            self._marks[path] = _mark(event)
        if kind is yaml.ScalarEvent:
            return event.value if event.style else self._resolve(key, event.value)
        if depth >= MAX_DEPTH:
            raise _too_deep(_mark(event))
        if kind is yaml.MappingStartEvent:
            return self._mapping(path, depth + 1)
        return self._sequence(key, path, depth + 1)

    def _mapping(self, path: Path, depth: int) -> dict[str, Any]:
        found: dict[str, Any] = {}
        get = self._next
        while True:
            event = get()
            if type(event) is yaml.MappingEndEvent:
                return found
            if type(event) is not yaml.ScalarEvent:
                raise YamlError("holds a key that is not a word", _mark(event), "name the key")
            key = event.value
            if key in found:
                raise YamlError(
                    f'holds the key "{key}" twice', _mark(event), "remove one of the two lines"
                )
            if key == "<<":
                raise YamlError("holds a merge key (<<)", _mark(event), "write the keys out")
            if event.anchor is not None or event.tag is not None:
                raise YamlError("holds an anchor or tag", _mark(event), "remove it")
            where = (*path, key)
            found[key] = self._node(get(), key, where, depth)
            if self._marks is not None:
                self._keys(where, event)

    def _keys(self, where: Path, event: Any) -> None:
        """Record the place of the key; an empty value gets the same place."""
        assert self._marks is not None
        mark = _mark(event)
        self._marks[(*where, "#key")] = mark
        if not self._marks[where].length or self._marks[where].line > mark.line:
            self._marks[where] = mark

    def _sequence(self, key: str | None, path: Path, depth: int) -> list[Any]:
        found: list[Any] = []
        get = self._next
        while True:
            event = get()
            if type(event) is yaml.SequenceEndEvent:
                return found
            found.append(self._node(event, key, (*path, len(found)), depth))


def _mark(event: Any) -> Mark:
    start, end = event.start_mark, event.end_mark
    length = end.column - start.column if end.line == start.line else 1
    return Mark(start.line + 1, start.column + 1, max(length, 0))
