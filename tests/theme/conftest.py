"""Themes written from a few words, loaded."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from site_gen.problems import SiteError, layout
from site_gen.theme.load import Theme, load_theme


class Desk:
    """A site folder with themes; `own` stands alone, so that tests do not lean on shipped ones."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.put("own", "theme.toml", "")

    def put(self, theme: str, path: str, text: str) -> None:
        """A file of a theme."""
        full = self.root / "themes" / theme / path
        full.parent.mkdir(parents=True, exist_ok=True)
        full.write_text(text, "utf-8")

    def template(self, path: str, text: str, theme: str = "own") -> None:
        """A template of a theme."""
        self.put(theme, f"templates/{path}", text)

    def load(
        self, name: str = "own", options: Mapping[str, Any] | None = None, language: str = "en"
    ) -> Theme:
        """The theme, resolved."""
        return load_theme(self.root, name, options or {}, language)

    def refused(self, name: str = "own", options: Mapping[str, Any] | None = None) -> list[str]:
        """The problems that keep a theme from loading."""
        with pytest.raises(SiteError) as caught:
            self.load(name, options)
        return [layout(problem) for problem in caught.value.problems]

    def render(self, text: str, **views: Any) -> str:
        """One template, rendered with views."""
        self.template("x.html", text)
        return self.load().render("x.html", views)

    def fails(self, text: str, **views: Any) -> str:
        """The problem of a template that does not render."""
        self.template("x.html", text)
        theme = self.load()
        with pytest.raises(SiteError) as caught:
            theme.render("x.html", views)
        (problem,) = caught.value.problems
        return layout(problem)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A site folder with one empty theme."""
    return Desk(tmp_path)
