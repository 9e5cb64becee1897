"""Two themes, one set of names: a site swaps them with one setting."""

from pathlib import Path

import pytest
from jinja2 import nodes

from site_gen.formats.html import OFFERED
from site_gen.theme.load import Theme, load_theme


def blocks(theme: Theme, template: str) -> set[str]:
    """Names of the blocks in a template and all that it extends or includes."""
    found: set[str] = set()
    for name in theme.closure(template).templates:
        source, _, _ = theme.environment.loader.get_source(theme.environment, name)  # type: ignore[union-attr]
        found |= {block.name for block in theme.environment.parse(source).find_all(nodes.Block)}
    return found


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Theme, Theme]:
    return load_theme(tmp_path, "broadsheet", {}, "en"), load_theme(tmp_path, "minimal", {}, "en")


def test_every_page_of_the_site_has_its_template(theme: Theme) -> None:
    assert set(OFFERED) <= set(theme.templates)


def test_same_blocks(pair: tuple[Theme, Theme]) -> None:
    for template in OFFERED:
        assert blocks(pair[0], template) == blocks(pair[1], template), template


def test_same_options(pair: tuple[Theme, Theme]) -> None:
    assert set(pair[0].options) == set(pair[1].options)


def test_same_assets_but_not_the_same_looks(pair: tuple[Theme, Theme]) -> None:
    assert set(pair[0].assets) == set(pair[1].assets)
    assert pair[0].assets["style.css"].url != pair[1].assets["style.css"].url


def test_every_option_has_a_default_and_help(theme: Theme) -> None:
    for layer in theme.layers:
        for name, option in layer.config["options"].items():
            assert option["help"], name
            assert isinstance(option["default"], bool), name


def test_templates_name_no_view_that_they_are_not_offered(theme: Theme) -> None:
    """What a page's templates name is offered, or set by themselves."""
    own = {"to", "cards", "pictures", "parts", "sharing", "stories", "card", "with_topic"}
    for template, offered in OFFERED.items():
        closure = theme.closure(template)
        assert not closure.everything, template
        assert not closure.names - set(offered) - own - {"asset", "t"}, template
