"""Colours, fonts and widths that the settings give a theme, put into its style sheet; contrast."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from site_gen.problems import Problem, Where

DARK = "@media (prefers-color-scheme: dark)"
TEXT, MUTED = 7.0, 4.5
"""Contrast that text, and text beside it, needs on its ground (WCAG 2.2, 1.4.6 and 1.4.3)."""

WANTED = {"ink": TEXT, "muted": MUTED, "accent": MUTED}
GROUNDS = ("paper", "wash")
_COLOUR = re.compile(r"--([a-z]+):\s*(#(?:[0-9a-fA-F]{6}|[0-9a-fA-F]{3}));")


def styled(css: str, declared: Mapping[str, Mapping[str, Any]], given: Mapping[str, Any]) -> str:
    """`css` with the properties that options stand for (`css` in theme.toml) as `given`.

    An option with `scheme = "dark"` is of the dark scheme alone. A property that the style sheet
    does not set is added at its end.
    """
    for name, value in given.items():
        entry = declared.get(name, {})
        if not entry.get("css") or value == entry.get("default"):
            continue
        css = _set(css, str(entry["css"]), str(value), dark=entry.get("scheme") == "dark")
    return css


def _set(css: str, name: str, value: str, *, dark: bool) -> str:
    light, mark, night = css.partition(DARK)
    part = night if dark else light
    pattern = re.compile(rf"({re.escape(name)}:\s*)[^;}}]*;")
    if pattern.search(part):
        part = pattern.sub(lambda found: f"{found[1]}{value};", part, count=1)
        return light + mark + part if dark else part + mark + night
    rule = f":root {{ {name}: {value}; }}"
    return f"{css}\n{DARK} {{ {rule} }}\n" if dark else f"{css}\n{rule}\n"


def colours(css: str, *, dark: bool) -> dict[str, str]:
    """The custom properties of a style sheet that are colours, in its light or dark scheme."""
    light, _, night = css.partition(DARK)
    found: dict[str, str] = {}
    for name, value in _COLOUR.findall(light):
        found.setdefault(name, value)
    if dark:
        found |= dict(reversed(_COLOUR.findall(night.partition("\n}\n")[0])))
    return found


def faint(css: str) -> Iterator[Problem]:
    """A warning for each colour that does not stand out from its ground."""
    for dark in (False, True):
        found = colours(css, dark=dark)
        for name, least in WANTED.items():
            for ground in GROUNDS:
                if name not in found or ground not in found:
                    continue
                has = contrast(found[name], found[ground])
                if has < least:
                    yield Problem(
                        "theme/contrast",
                        f"{name} {found[name]} on {ground} {found[ground]}, "
                        f"{'dark' if dark else 'light'}: contrast {has:.1f}, below {least:g}",
                        Where("site.toml", key=name),
                        "choose a darker or a lighter one of the two",
                        "warning",
                    )


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, 1 to 21 (WCAG 2.2)."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    digits = colour.removeprefix("#")
    if len(digits) == 3:
        digits = "".join(d * 2 for d in digits)
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
