"""YAML as data, by a builder over the C parser's events that refuses what costs or surprises.

No aliases, anchors, tags, duplicate keys or depth over 32. The builder stops at a bound, because
the library's own composer overruns the stack on deep nesting.
"""

from typing import Any

import yaml

from site_gen.basics.yaml_values import Mark, Path, Resolver, YamlError

MAX_DEPTH = 32
MAX_NODES = 50_000


def load(text: str, resolve: Resolver, marks: dict[Path, Mark] | None = None) -> Any:
    """The one document in `text`. Raises YamlError. Fills `marks` (path -> place) when given."""
    loader = yaml.CSafeLoader(text)
    try:
        return _Builder(loader, resolve, marks).document()
    except yaml.MarkedYAMLError as error:
        raise YamlError(*_reason(error)) from None
    except yaml.YAMLError as error:
        raise YamlError(str(error).splitlines()[0], Mark(1, 1, 1)) from None
    finally:
        loader.dispose()


def _reason(error: yaml.MarkedYAMLError) -> tuple[str, Mark, str]:
    mark = error.problem_mark or error.context_mark
    place = Mark(mark.line + 1, mark.column + 1, 1) if mark else Mark(1, 1, 1)
    return error.problem or "cannot be read", place, 'put the value in double quotes ("...")'


class _Builder:
    """One pass over the events of one document."""

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
            raise YamlError(f"is nested more than {MAX_DEPTH} deep", _mark(event), "flatten it")
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
        """Remember where the key itself stands, and give an empty value the key's place."""
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
