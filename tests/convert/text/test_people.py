"""Names and roles from credit lines."""

from site_gen.convert.text.people import credits_of, names_in


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
