"""Names and roles from credit lines."""

import pytest

from site_gen.convert.text import convert_text
from site_gen.convert.text.people import credits_of, names_in, persons_in
from site_gen.settings import Settings


def test_credits_have_roles_names_and_places() -> None:
    found = credits_of("(Reporting by Ada Quill and Bo Reed in Lisbon; Editing by Cy O'Marsh)")
    assert [(entry["role"], entry["name"]) for entry in found] == [
        ("reporting", "Ada Quill"),
        ("reporting", "Bo Reed"),
        ("location", "Lisbon"),
        ("editing", "Cy O'Marsh"),
    ]


def test_what_is_no_name_is_left() -> None:
    assert names_in("Ada Quill, staff, the editors and Bo van Reed") == ["Ada Quill", "Bo van Reed"]


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("Ada Quill, The Harbour Daily", ["Ada Quill"]),
        (
            "Ada Quill, Bo van Reed and Cy O'Marsh, Harbour News",
            ["Ada Quill", "Bo van Reed", "Cy O'Marsh"],
        ),
        ("Ada Quill, Senior Reporter", ["Ada Quill"]),
        ("Ada Quill, Harbour Zeitung", ["Ada Quill"]),
        ("Emily Post", ["Emily Post"]),
        ("Ada Quill and Emily Post", ["Ada Quill", "Emily Post"]),
        ("Ada Quill, Theo Reed", ["Ada Quill", "Theo Reed"]),
    ],
)
def test_a_paper_or_a_job_after_a_name_is_no_person(byline: str, names: list[str]) -> None:
    assert persons_in(byline) == names


BODY = (
    "The ferry sat at her berth for eleven days with her engines warm and her crew aboard, and the "
    "passengers came with their suitcases and left again with vouchers.",
    "The reason was a single valve, made in a workshop that closed years ago, and nobody in the "
    "whole country had another one like it in store.",
    "In the end a fitter who had long retired found one in a tin, and the ferry sailed in the "
    "evening to the applause of everybody on the quay.",
)


@pytest.mark.parametrize(
    "head",
    [
        "Ada Quill\n14 March 2031 · 6 min read",
        "14 March 2031\nAda Quill",
        "Ada Quill, 14 March 2031",
        "Ada Quill Friday, 14 March 2031",
        "Ada Quill | Mar 14, 2031",
    ],
)
def test_a_name_alone_beside_the_date_is_the_author(head: str) -> None:
    text = "\n\n".join((f"The ferry that would not leave\n{head}", *BODY))
    (draft,) = convert_text(text, source="a.txt", settings=Settings())
    assert draft.matter["authors"] == [{"name": "Ada Quill"}]
    assert str(draft.matter["publishedDateTime"]).startswith("2031-03-14")


@pytest.mark.parametrize(
    "line", ["The Harbour Gazette", "Breaking News", "Top Stories", "Published Friday", "ada quill"]
)
def test_what_is_no_persons_name_beside_the_date_is_no_author(line: str) -> None:
    text = "\n\n".join((f"The ferry that would not leave\n{line}\n14 March 2031", *BODY))
    (draft,) = convert_text(text, source="a.txt", settings=Settings())
    assert "authors" not in draft.matter
