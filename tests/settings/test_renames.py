"""Former names of settings, with a made table: what they say, and where."""

import pytest

from site_gen.settings import parse, renames
from site_gen.settings.load import Loaded
from site_gen.settings.renames import Renamed

TABLE = (
    Renamed(("weekly", "cut"), ("editions", "cutoff_time"), "0.2.0"),
    Renamed(("site_name",), ("title",), "0.2.0"),
)
BASE = 'base_url = "https://t.example"\nfeeds = {tag = "t.example,2024"}\n'


@pytest.fixture(autouse=True)
def _table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(renames, "RENAMED", TABLE)


def said(loaded: Loaded) -> list[tuple[str, str, int]]:
    return [(p.code, p.severity, p.where.line if p.where else 0) for p in loaded.problems]


def test_an_old_name_is_understood_with_a_warning_that_has_its_line() -> None:
    loaded = parse(f'{BASE}site_name = "Old"\n[weekly]\ncut = "17:00"\n')
    assert loaded.settings is not None
    assert (loaded.settings.title, loaded.settings.editions.cutoff_time) == ("Old", "17:00")
    assert said(loaded) == [
        ("settings/renamed", "warning", 5),
        ("settings/renamed", "warning", 3),
    ]
    first = loaded.problems[0]
    assert "weekly.cut is called editions.cutoff_time since 0.2.0" in first.message
    assert first.help == "write editions.cutoff_time"


def test_a_fault_of_the_value_stands_where_it_was_written() -> None:
    loaded = parse(f"{BASE}[weekly]\ncut = 17\n")
    assert loaded.settings is None
    assert ("settings/type", "error", 4) in said(loaded)
    assert ("settings/value", "error", 4) in said(parse(f'{BASE}[weekly]\ncut = "99:99"\n'))


def test_both_names_at_once_are_a_fault_that_names_both() -> None:
    loaded = parse(f'title = "New"\n{BASE}site_name = "Old"\n')
    assert said(loaded) == [("settings/renamed", "error", 4)]
    assert loaded.problems[0].also[0].line == 1


def test_what_else_stands_in_an_old_table_is_still_unknown() -> None:
    loaded = parse(f'{BASE}[weekly]\ncut = "17:00"\nother = 1\n')
    assert ("settings/unknown-key", "error", 3) in said(loaded)


def test_no_name_of_today_is_in_the_table_as_an_old_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    from site_gen.read.schemas import settings as schema

    own = schema()["properties"]
    for each in renames.RENAMED:
        assert len(each.old) > 1 or each.old[0] not in own, each
        assert each.new[0] in own, each
