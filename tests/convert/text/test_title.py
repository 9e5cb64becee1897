"""Derived titles say what the sentence says, in its words."""

import pytest

from site_gen.convert.text import convert_text, title
from site_gen.convert.text.title import LONGEST, derived_title
from site_gen.settings import Settings

HEADLINE = "Council lets the night trams run"
ARTICLE = (
    "The council of the harbour town voted on Tuesday to let the trams run through the night.",
    "Work on the depot had stopped in 2019, when engineers found salt in the walls of the hall.",
    "The new plan keeps the old hall and its clock, and replaces the lower third of the stone.",
)


@pytest.mark.parametrize(
    ("sentence", "title"),
    [
        ("The harbour opened its crane.", "The harbour opened its crane"),
        (
            "After a long winter, the harbour opened its tallest crane.",
            "The harbour opened its tallest crane",
        ),
        (
            "The harbour opened its tallest crane, which came by sea.",
            "The harbour opened its tallest crane",
        ),
        ("In brief.", "In brief"),
        ("", ""),
    ],
)
def test_clauses_go(sentence: str, title: str) -> None:
    assert derived_title(sentence) == title


def test_it_is_bounded() -> None:
    assert len(derived_title("crane " * 100)) <= LONGEST


@pytest.mark.parametrize(
    "trail",
    [
        "Home > City > Transport",
        "Home > City Council",
        "City > Transport > Trams and trains of the town",
        "Home / News / Transport",
        "Accueil › Ville › Transports",
        f"Home > City > {HEADLINE} From September",
    ],
)
def test_a_path_of_pages_is_no_title(trail: str) -> None:
    text = "\n\n".join([trail, HEADLINE, "By Ann Example", "24 November 2026", *ARTICLE])
    (draft,) = convert_text(text, source="a.txt", settings=Settings())
    assert draft.matter["title"] == HEADLINE


@pytest.mark.parametrize("title", ["The harbour > the hills", "Either/or: a town decides on trams"])
def test_marks_of_a_path_within_a_title(title: str) -> None:
    text = "\n\n".join([title, "By Ann Example", "24 November 2026", *ARTICLE])
    (draft,) = convert_text(text, source="a.txt", settings=Settings())
    assert draft.matter["title"] == title


@pytest.mark.parametrize("line", ["arXiv:3103.01234 (cs)", "v2.4.0"])
def test_the_name_of_a_paper_or_a_version_is_no_title(line: str) -> None:
    (draft,) = convert_text(
        "\n\n".join([line, HEADLINE, *ARTICLE]), source="a.txt", settings=Settings()
    )
    assert draft.matter["title"] == HEADLINE


def test_the_first_line_of_a_press_release_is_its_title() -> None:
    deck = "New plant will build thousands of gauges a year"
    head = f"FOR IMMEDIATE RELEASE\n\nGauge maker opens works in the old town\n{deck}"
    (draft,) = convert_text("\n\n".join([head, *ARTICLE]), source="a.txt", settings=Settings())
    assert draft.matter["title"] == "Gauge maker opens works in the old town"


def test_a_title_in_doubt_names_the_other_line(monkeypatch: pytest.MonkeyPatch) -> None:
    other = "Trams will run all night after vote"
    text = "\n\n".join([other, HEADLINE, HEADLINE, *ARTICLE])
    warned = []
    for close in (0.0, 50.0):
        monkeypatch.setattr(title, "CLOSE", close)
        (draft,) = convert_text(text, source="a.txt", settings=Settings())
        assert draft.matter["title"] == other
        warned += [w for w in draft.receipt.reasons if w.startswith("title")]
    assert warned == [f'title-doubtful: or "{HEADLINE}"']


@pytest.mark.parametrize(
    "note",
    [
        "Editor's note: This story contains descriptions of violence",
        "Editor's note: This story contains a fight that some may not want to read about.",
        "Content warning: violence.",
        "Hinweis der Redaktion: Der Text erschien zuerst im Herbst",
    ],
)
def test_a_remark_of_the_editor_is_no_title(note: str) -> None:
    text = "\n\n".join([note, HEADLINE, *ARTICLE])
    (draft,) = convert_text(text, source="a.txt", settings=Settings())
    assert draft.matter["title"] == HEADLINE
    assert draft.matter["excerpt"] == ARTICLE[0]
    assert not any(cut.text == note and cut.to for cut in draft.receipt.cuts)
