"""Names and roles from credit lines."""

import pytest

from site_gen.convert.text.people import credits_of, names_in, persons_in


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
