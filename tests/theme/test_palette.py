"""Colours, fonts and widths of one's own: where they go, and whether they can be read."""

from typing import Any

import pytest

from site_gen.problems import SiteError
from site_gen.theme import palette
from site_gen.theme.lint import faults
from site_gen.theme.load import load_theme

SHEET = """:root {
  --paper: #fff;
  --ink: #000;
  --accent: #8a1c1c;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #000;
    --ink: #fff;
    --accent: #ff9d8a;
  }
}
a { color: var(--accent); }
"""
DECLARED = {
    "accent": {"type": "colour", "default": "#8a1c1c", "css": "--accent"},
    "accent_dark": {"type": "colour", "default": "#ff9d8a", "css": "--accent", "scheme": "dark"},
    "serif": {"type": "font", "default": "serif", "css": "--serif"},
}


def test_an_option_takes_the_place_of_the_sheets_own_value() -> None:
    css = palette.styled(SHEET, DECLARED, {"accent": "#004488"})
    assert css == SHEET.replace("#8a1c1c", "#004488")
    css = palette.styled(SHEET, DECLARED, {"accent_dark": "#aaccff"})
    assert css == SHEET.replace("#ff9d8a", "#aaccff")
    assert palette.styled(SHEET, DECLARED, {"accent": "#8a1c1c"}) == SHEET


def test_what_the_sheet_does_not_set_is_added() -> None:
    css = palette.styled(SHEET, DECLARED, {"serif": "Inter, serif"})
    assert css == SHEET + "\n:root { --serif: Inter, serif; }\n"


def test_both_schemes_are_read() -> None:
    assert palette.colours(SHEET, dark=False)["accent"] == "#8a1c1c"
    assert palette.colours(SHEET, dark=True) == {
        "paper": "#000",
        "ink": "#fff",
        "accent": "#ff9d8a",
    }


def test_a_colour_that_cannot_be_read_is_a_warning(desk: Any) -> None:
    given = {"accent": "#ffeeee", "ink_dark": "#777777"}
    theme = load_theme(desk.root, "broadsheet", given, "en")
    said = [(p.code, p.severity, p.message.partition(":")[0]) for p in faults(theme)]
    assert said[0] == ("theme/contrast", "warning", "accent #ffeeee on paper #fbfaf7, light")
    assert ("theme/contrast", "warning", "ink #777777 on paper #171614, dark") in said
    assert not faults(load_theme(desk.root, "broadsheet", {"accent": "#004488"}, "en"))


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("accent", "red"),
        ("accent", "#12"),
        ("serif", "x; } body { display: none"),
        ("width", "100vw"),
        ("density", "dense"),
    ],
)
def test_what_is_none_is_refused(desk: Any, option: str, value: str) -> None:
    (said,) = desk.refused("broadsheet", {option: value})
    assert f"option {option}: expected" in said


def test_a_sheet_of_ones_own_is_added_to_the_themes(desk: Any) -> None:
    desk.put("overrides", "assets/extra.css", "h1 { src: url(fonts/a.woff2) }")
    desk.put("overrides", "assets/fonts/a.woff2", "font")
    theme = load_theme(desk.root, "broadsheet", {}, "en", css="extra.css")
    sheet = theme.assets["style.css"].data.decode()
    assert sheet.rpartition("h1 {")[2].strip().startswith("src: url(fonts/a.")
    assert theme.assets["fonts/a.woff2"].url.removeprefix("/assets/") in sheet
    with pytest.raises(SiteError) as caught:
        load_theme(desk.root, "broadsheet", {}, "en", css="extras.css")
    (problem,) = caught.value.problems
    assert 'no style sheet "extras.css". Did you mean "extra.css"?' in problem.message
