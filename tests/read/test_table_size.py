"""A table is counted before it is read: short rows under a wide head are padded to its width."""

import pytest

from site_gen.read import table_size
from site_gen.read.markdown import render


def table(columns: int, rows: int, cells: int = 1) -> str:
    head = "|" + "a|" * columns
    return f"Text.\n\n{head}\n|{'-|' * columns}\n" + f"|{'b|' * cells}\n" * rows


@pytest.mark.parametrize(
    ("columns", "rows", "cells"), [(20_000, 3, 1), (1_000, 60, 1), (60, 900, 60)]
)
def test_a_large_table_is_refused_by_name(columns: int, rows: int, cells: int) -> None:
    found = render(table(columns, rows, cells), "a.md", remote_images=True)
    (fault,) = found.faults
    assert (fault.line, fault.error) == (3, True)
    assert "more than 50,000 cells" in fault.message


@pytest.mark.parametrize(("columns", "rows"), [(5, 200), (100, 100)])
def test_an_ordinary_table_is_read(columns: int, rows: int) -> None:
    found = render(table(columns, rows, columns), "a.md", remote_images=True)
    assert found.faults == ()
    assert found.html.count("<tr>") == rows + 1


def test_bars_that_make_no_table_are_no_matter() -> None:
    assert table_size.too_large("a | b\n" * 90_000) == 0
    assert table_size.too_large("---\n" * 90_000) == 0


@pytest.mark.parametrize("before", ["", "Text.\n", "|-|\n", "> a\n\n"])
@pytest.mark.parametrize("rule", ["|---|---|", "---|---", "> :-: | --", "|---|---|  "])
@pytest.mark.parametrize("after", ["", "\n", "\n \nx | y\n", "\n\n|-|\n"])
def test_rows_are_counted_to_the_blank_line(
    before: str, rule: str, after: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = f"{before}a | b\n{rule}\nc | d{after}"
    monkeypatch.setattr(table_size, "MOST", 6)
    assert table_size.too_large(text) == 0
    monkeypatch.setattr(table_size, "MOST", 5)
    assert table_size.too_large(text) == 1 + before.count("\n")
