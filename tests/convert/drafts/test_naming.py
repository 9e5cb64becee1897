"""Names of drafts."""

import pytest

from site_gen.convert.drafts import naming


@pytest.mark.parametrize(
    ("file", "number", "count", "path"),
    [
        ("a b.txt", 1, 1, "a-b.md"),
        ("2020-01-02-x.markdown", 1, 1, "2020-01-02-x.md"),
        ("sub/a.html", 2, 3, "sub/a-2.md"),
        ("pages/about.html", 1, 1, "from-pages/about.md"),
        ("../../etc/passwd", 1, 1, "etc/passwd.md"),
        ("CON.txt", 1, 1, "-CON.md"),
    ],
)
def test_from_file(file: str, number: int, count: int, path: str) -> None:
    assert naming.from_file(file, number, count) == path


def test_a_name_without_letters_gets_one() -> None:
    assert naming.from_file("!!!.txt", 1, 1).startswith("draft-")
    assert naming.slug("🎉", "b").startswith("article-")


def test_free_counts_up_whatever_the_case() -> None:
    assert naming.unused_name("a.md", {"a.md", "a-2.md"}) == "a-3.md"
    assert naming.unused_name("Ä", {"ä"}) == "Ä-2"
