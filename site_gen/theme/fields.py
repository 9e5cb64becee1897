"""The attributes of our types that templates can read: their fields."""

from functools import cache
from keyword import iskeyword
from typing import get_type_hints

from jinja2.runtime import LoopContext

from site_gen import model

_OF_LOOPS = ("index", "index0", "revindex", "revindex0", "first", "last", "length", "depth")


@cache
def fields() -> dict[type, dict[str, bool]]:
    """Our frozen types: field name -> whether it holds SafeHtml."""
    found: dict[type, dict[str, bool]] = {}
    for value in vars(model).values():
        if isinstance(value, type) and issubclass(value, model.Record | model.CamelRecord):
            found[value] = fields_of(value)
    return found


def fields_of(kind: type[model.Record | model.CamelRecord]) -> dict[str, bool]:
    """The fields of one type, such as a format has for its own templates."""
    hints = get_type_hints(kind)
    return {name: hints[name] is model.SafeHtml for name in kind.__struct_fields__}


@cache
def plain() -> dict[str, frozenset[type]]:
    """Field name -> the types whose field of that name is read directly.

    Jinja's own loops are among them. What holds SafeHtml is not: it is wrapped when it is read.
    """
    found: dict[str, set[type]] = {name: {LoopContext} for name in _OF_LOOPS}
    for kind, own in fields().items():
        for name, is_html in own.items():
            if not is_html and not iskeyword(name):
                found.setdefault(name, set()).add(kind)
    return {name: frozenset(kinds) for name, kinds in found.items()}
