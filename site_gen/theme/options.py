"""Options that a theme declares in theme.toml, and the values that the settings give them."""

import re
from collections.abc import Mapping
from typing import Any

from site_gen.problems import Problem, SiteError, Where, did_you_mean, shown
from site_gen.theme.chain import Layer

TYPES: dict[str, type | tuple[type, ...]] = {
    "text": str,
    "boolean": bool,
    "number": int,
    "choice": str,
    "colour": str,
    "font": str,
    "length": str,
}
_FORMS = {
    "colour": (re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})"), 'a colour such as "#8a1c1c"'),
    "font": (re.compile(r"[\w\s\"',-]{1,300}"), "names of fonts, with commas between them"),
    "length": (re.compile(r"\d{1,4}(?:\.\d{1,3})?(?:rem|em|px|ch)"), 'a length such as "74rem"'),
}
"""Patterns of text values that are put into a style sheet."""


def declared(layers: list[Layer]) -> dict[str, dict[str, Any]]:
    """Options by name: type, default, help, choices; the nearest layer wins."""
    found: dict[str, dict[str, Any]] = {}
    for layer in reversed(layers):
        for name, option in layer.config.get("options", {}).items():
            if not isinstance(option, dict) or option.get("type") not in TYPES:
                known = ", ".join(TYPES)
                raise SiteError(
                    [
                        Problem(
                            "theme/config",
                            f"option {shown(name)} has no type",
                            Where(f"{layer.shown}/theme.toml", key=name),
                            f"give it a type: {known}",
                        )
                    ]
                )
            found[name] = option
    return found


def options(layers: list[Layer], given: Mapping[str, Any], theme: str) -> dict[str, Any]:
    """Every option's value. Raises SiteError for unknown names and wrong types."""
    known = declared(layers)
    problems = []
    for name, value in given.items():
        where = Where("site.toml", key=name)
        if name not in known:
            problems.append(
                Problem(
                    "theme/option",
                    f"theme {theme} has no option {shown(name)}." + did_you_mean(name, known),
                    where,
                    f"options: {', '.join(sorted(known)) or 'none'}",
                )
            )
            continue
        kind = known[name]["type"]
        right = isinstance(value, TYPES[kind]) and isinstance(value, bool) == (kind == "boolean")
        choices = known[name].get("choices")
        form = _FORMS.get(kind)
        if right and form and not form[0].fullmatch(value):
            right = False
        if not right or (choices and value not in choices):
            wanted = f"one of {', '.join(choices)}" if choices else f"a {kind}"
            wanted = form[1] if form else wanted
            problems.append(
                Problem(
                    "theme/option",
                    f"option {name}: expected {wanted}, got {shown(value)}",
                    where,
                    "correct the value",
                )
            )
    if problems:
        raise SiteError(problems)
    return {name: given.get(name, option.get("default")) for name, option in known.items()}
