"""What is settled of every draft before it is judged."""

import pytest

from site_gen.convert.drafts.completion import complete
from site_gen.convert.options import ConvertOptions
from site_gen.model import Draft, Receipt
from site_gen.settings import Settings


def draft(kind: str = "text", **matter: object) -> Draft:
    receipt = Receipt(source="a", kind=kind, confidence=1.0)
    return Draft(matter={"title": "A", **matter}, body="Text.\n", receipt=receipt)


@pytest.mark.parametrize(
    ("names", "kept"),
    [
        (["Bloomberg", "Bloomberg News", "AFP"], ["Bloomberg", "AFP"]),
        (["The Harbour Press", "Harbour"], ["The Harbour Press"]),
        (["Harbour News", "Island News"], ["Harbour News", "Island News"]),
        (["News", "Press"], ["News", "Press"]),
    ],
)
def test_one_source_under_two_names(names: list[str], kept: list[str]) -> None:
    made = complete(draft(sources=[{"name": n} for n in names]), Settings(), ConvertOptions())
    assert [source["name"] for source in made.matter["sources"]] == kept


def test_no_date_is_said_of_raw_documents_only() -> None:
    raw = complete(draft(), Settings(), ConvertOptions())
    assert raw.matter["warnings"] == ["publishedDateTime: no date was found"]
    entry = complete(draft("foreign entry"), Settings(), ConvertOptions())
    assert "warnings" not in entry.matter


def test_date_that_cannot_be_read_is_named_and_kept() -> None:
    made = complete(draft("foreign entry", expiryDateTime="soon"), Settings(), ConvertOptions())
    assert made.matter["x-expiryDateTime"] == "soon"
    assert made.matter["warnings"] == ['expiryDateTime: "soon" cannot be read as a date']
