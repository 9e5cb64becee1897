"""Names of editions and ranges of days, in the site's language."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from site_gen.formats.common import wording
from site_gen.formats.common.site import direction, site_view
from site_gen.formats.common.wording import edition_name, story_count, words
from site_gen.model import EditionRef
from site_gen.theme.filters import format_range

REF = EditionRef(
    id="2024-W07",
    permalink="/editions/2024-W07/",
    first=date(2024, 2, 12),
    last=date(2024, 2, 18),
    number=12,
)


def site(desk: Any, language: str) -> Any:
    desk.set(language=language)
    return site_view(desk.settings)


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        (date(2024, 2, 12), date(2024, 2, 18), "12–18 February 2024"),
        (date(2024, 2, 1), date(2024, 2, 29), "February 2024"),
        (date(2024, 2, 12), date(2024, 2, 12), "Monday, 12 February 2024"),
        (date(2024, 1, 29), date(2024, 2, 4), "29 January – 4 February 2024"),
        (date(2024, 12, 30), date(2025, 1, 5), "30 December 2024 – 5 January 2025"),
    ],
)
def test_ranges_name_only_what_differs(desk: Any, first: date, last: date, text: str) -> None:
    assert format_range(first, last, site(desk, "en")) == text


def test_names_of_editions(desk: Any) -> None:
    assert edition_name(REF, site(desk, "en")) == "No. 12 · 12–18 February 2024"
    assert edition_name(REF, site(desk, "de-AT")) == "Nr. 12 · 12.–18. Februar 2024"
    assert edition_name(replace(REF, title="Chips"), site(desk, "en")) == "No. 12: Chips"
    assert edition_name(replace(REF, number=None), site(desk, "en")).startswith("2024-W07 · ")


def test_other_languages_get_dates_by_babel_and_unknown_ones_words_in_english(desk: Any) -> None:
    assert "févr" in edition_name(REF, site(desk, "fr"))
    assert words("fr-CA").editions == "Éditions"
    assert words("is") == words("en")
    assert words("ar") != words("en")


def test_counts_and_directions() -> None:
    assert story_count(1, "en") == "1 story"
    assert story_count(88, "de") == "88 Meldungen"
    assert direction("ar-EG") == "rtl"
    assert direction("en") == "ltr"


TEXTS = tomllib.loads(Path(wording.__file__).with_suffix(".toml").read_text("utf-8"))


@pytest.mark.parametrize("language", sorted(TEXTS))
def test_every_language_has_all_words_and_their_places(language: str) -> None:
    english = wording.Words()
    assert set(TEXTS[language]) == set(wording.Words.__struct_fields__)
    for name, text in TEXTS[language].items():
        assert text.count("{}") == getattr(english, name).count("{}"), name


def test_the_letter_speaks_the_languages_of_the_theme(checkout: Path) -> None:
    spoken = {path.stem for path in (checkout / "themes/broadsheet/strings").glob("*.toml")}
    assert set(TEXTS) | {"en"} == spoken
