"""Style sheets: what they ask for is published under the name that they then ask for."""

from posixpath import dirname, join, normpath
from re import findall
from typing import Any

import pytest

from site_gen.theme.load import Theme


def sheet(theme: Theme, name: str = "style.css") -> str:
    return theme.assets[name].data.decode()


def targets(theme: Theme, name: str = "style.css") -> list[str]:
    """Published paths that a style sheet leads to."""
    folder = dirname(theme.assets[name].url)
    asked = findall(r"""(?:url\(\s*["']?|@import ["'])([^"')?#]+)""", sheet(theme, name))
    return [normpath(join(folder, each)) for each in asked]


@pytest.mark.parametrize(
    "written", ["url(fonts/a.woff2)", "url('fonts/a.woff2')", 'url( "fonts/a.woff2" )']
)
def test_a_font_is_asked_for_under_its_published_name(desk: Any, written: str) -> None:
    desk.put("own", "assets/fonts/a.woff2", "font")
    desk.put("own", "assets/style.css", f"@font-face {{ src: {written}; }}")
    theme = desk.load()
    assert targets(theme) == [theme.assets["fonts/a.woff2"].url]
    assert theme.assets["fonts/a.woff2"].url != "/assets/fonts/a.woff2"


def test_another_font_is_another_style_sheet(desk: Any) -> None:
    desk.put("own", "assets/a.woff2", "one")
    desk.put("own", "assets/style.css", "a { src: url(a.woff2) }")
    before = desk.load().assets["style.css"].url
    desk.put("own", "assets/a.woff2", "two")
    assert desk.load().assets["style.css"].url != before


def test_sheets_below_folders_and_those_they_import(desk: Any) -> None:
    desk.put("own", "assets/a.png", "picture")
    desk.put("own", "assets/css/part.css", "b { background: url(../a.png#x) }")
    desk.put("own", "assets/style.css", '@import "css/part.css";')
    theme = desk.load()
    assert targets(theme) == [theme.assets["css/part.css"].url]
    assert targets(theme, "css/part.css") == [theme.assets["a.png"].url]
    assert "#x" in sheet(theme, "css/part.css")


def test_what_lies_elsewhere_stays_as_it_is_written(desk: Any) -> None:
    text = "a { src: url(../fonts/a.woff2) url(data:x) url(/b.png) url(#c) } /* url(gone.png) */"
    desk.put("own", "assets/style.css", text)
    assert sheet(desk.load()) == text


def test_what_is_missing_is_named_with_file_and_line(desk: Any) -> None:
    desk.put("own", "assets/font.woff2", "font")
    desk.put("own", "assets/style.css", "a {\n  src: url(fond.woff2);\n  b: url(c/d.png)\n}")
    first, second = desk.refused()
    assert 'asks for "fond.woff2", which is no asset. Did you mean "font.woff2"?' in first
    assert "themes/own/assets/style.css:2" in first
    assert "themes/own/assets/style.css:3" in second


def test_sheets_that_import_each_other_are_refused(desk: Any) -> None:
    desk.put("own", "assets/a.css", '@import "b.css";')
    desk.put("own", "assets/b.css", '@import "a.css";')
    assert ["import each other" in each for each in desk.refused()] == [True]
