"""Contrast of the colours that a style sheet sets, light and dark (WCAG 2.2, 1.4.3 and 1.4.6)."""

import re
from pathlib import Path

import pytest

from site_gen.theme import palette
from site_gen.theme.palette import contrast

FOLDER = Path(__file__).parents[2] / "themes"
THEMES = ("broadsheet", "minimal")


def colours(theme: str, dark: bool) -> dict[str, str]:
    """The custom properties of a theme that are colours."""
    sheet = (FOLDER / theme / "assets" / "style.css").read_text("utf-8")
    return palette.colours(sheet, dark=dark)


@pytest.mark.parametrize("theme", THEMES)
def test_every_colour_has_its_night(theme: str) -> None:
    light, dark = colours(theme, False), colours(theme, True)
    assert light.keys() == dark.keys()
    assert all(light[name] != dark[name] for name in light)


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
