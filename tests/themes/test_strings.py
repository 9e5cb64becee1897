"""UI strings: every key that a template or the program asks for, in every shipped language."""

import re
import tomllib
from pathlib import Path

import pytest
from babel import Locale
from jinja2 import Environment, nodes

from site_gen.theme.filters import FILTERS

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "themes"
LANGUAGES = tuple(sorted(path.stem for path in (FOLDER / "broadsheet" / "strings").glob("*.toml")))
PLURALS = {"zero", "one", "two", "few", "many", "other"}


def texts(language: str) -> dict[str, str]:
    path = FOLDER / "broadsheet" / "strings" / f"{language}.toml"
    return tomllib.loads(path.read_text("utf-8"))


def key_of(name: str) -> str:
    stem, _, form = name.rpartition(".")
    return stem if form in PLURALS else name


def asked() -> dict[str, bool]:
    """Keys that templates and the program ask for, and whether with a number."""
    found: dict[str, bool] = {}
    environment = Environment()
    environment.filters.update(FILTERS)
    for path in sorted(FOLDER.glob("*/templates/*")):
        tree = environment.parse(path.read_text("utf-8"))
        for call in tree.find_all(nodes.Call):
            if isinstance(call.node, nodes.Name) and call.node.name == "t":
                assert isinstance(call.args[0], nodes.Const), f"{path.name}: a computed key"
                found[call.args[0].value] = any(k.key == "n" for k in call.kwargs)
    for path in sorted((ROOT / "site_gen" / "formats").rglob("*.py")):
        for key in re.findall(r'\bsay\("([a-z_]+)"\)', path.read_text("utf-8")):
            found.setdefault(key, False)
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_key_asked_for_exists(language: str) -> None:
    have = {key_of(name) for name in texts(language)}
    assert not set(asked()) - have


@pytest.mark.parametrize("language", LANGUAGES)
def test_keys_with_a_number_have_every_plural_of_the_language(language: str) -> None:
    have = texts(language)
    forms = Locale.parse(language).plural_form.tags | {"other"}
    for key, counted in asked().items():
        wanted = {f"{key}.{form}" for form in forms} if counted else {key}
        assert wanted <= set(have), key


@pytest.mark.parametrize("language", sorted(set(LANGUAGES) - {"en"}))
def test_languages_have_the_same_keys_and_placeholders(language: str) -> None:
    own, english = texts(language), texts("en")
    assert {key_of(k) for k in own} == {key_of(k) for k in english}
    for name, text in own.items():
        model = english.get(name) or english[f"{key_of(name)}.other"]
        places = set(re.findall(r"\{(\w+)\}", text))
        # "One story" needs no figure.
        assert set(re.findall(r"\{(\w+)\}", model)) - places <= {"n"}, name
        assert places <= set(re.findall(r"\{(\w+)\}", model)), name


def test_no_string_is_left_over() -> None:
    """A key that only a page script reads is listed with that script's settings."""
    script = (ROOT / "site_gen" / "formats").rglob("*.py")
    source = "".join(path.read_text("utf-8") for path in script)
    left = {key_of(k) for k in texts("en")} - set(asked())
    assert not {key for key in left if f'"{key}"' not in source}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_has_the_places_of_the_english_one(language: str) -> None:
    english = texts("en")
    for name, text in texts(language).items():
        known = english.get(name) or english[f"{key_of(name)}.other"]
        found, wanted = (set(re.findall(r"\{(\w+)\}", each)) for each in (text, known))
        # A number may be said in words where a form is of one or two.
        assert wanted - found <= ({"n"} if name != key_of(name) else set()), name
        assert found <= wanted, name
