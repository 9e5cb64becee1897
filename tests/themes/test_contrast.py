"""Contrast of the colours that a style sheet sets, light and dark (WCAG 2.2, 1.4.3 and 1.4.6)."""

import re
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[2] / "themes"
THEMES = ("broadsheet", "minimal")
DARK = "@media (prefers-color-scheme: dark)"


def colours(theme: str, dark: bool) -> dict[str, str]:
    """The custom properties of a theme that are colours."""
    sheet = (FOLDER / theme / "assets" / "style.css").read_text("utf-8")
    light, _, after = sheet.partition(DARK)
    found = dict(re.findall(r"--([a-z]+): (#[0-9a-f]{3,6});", light))
    if dark:
        night = dict(re.findall(r"--([a-z]+): (#[0-9a-f]{3,6});", after.partition("\n}\n")[0]))
        assert night.keys() == found.keys(), "a colour without its night"
        return night
    return found


def luminance(colour: str) -> float:
    digits = colour.removeprefix("#")
    if len(digits) == 3:
        digits = "".join(d * 2 for d in digits)
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_the_measure_itself() -> None:
    assert contrast("#000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#fff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("theme", THEMES)
def test_text_stands_out(theme: str, dark: bool) -> None:
    found = colours(theme, dark)
    for ground in ("paper", "wash"):
        assert contrast(found["ink"], found[ground]) >= 7, ground
        assert contrast(found["muted"], found[ground]) >= 4.5, ground
        assert contrast(found["accent"], found[ground]) >= 4.5, ground


@pytest.mark.parametrize("theme", THEMES)
def test_every_colour_used_is_a_property(theme: str) -> None:
    sheet = (FOLDER / theme / "assets" / "style.css").read_text("utf-8")
    assert not re.search(r"(?<!-)\b(?:rgb|rgba|hsl|oklch)\(", sheet)
    for line in sheet.splitlines():
        if re.search(r"#[0-9a-f]{3,6}\b", line):
            assert "--" in line, line


@pytest.mark.parametrize("theme", THEMES)
def test_nothing_comes_from_elsewhere(theme: str) -> None:
    sheet = (FOLDER / theme / "assets" / "style.css").read_text("utf-8")
    assert "@import" not in sheet
    assert "url(" not in sheet
    assert "@font-face" not in sheet
