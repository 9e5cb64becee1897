"""Dates and numbers that file names, folders and titles tell."""

from datetime import UTC, date, datetime, timedelta

import pytest

from site_gen.importers import guess
from site_gen.importers.old_site import Entry
from site_gen.importers.reading import names


@pytest.mark.parametrize(
    ("path", "day", "exact", "stem"),
    [
        ("2016-10-3-x.md", date(2016, 10, 3), True, "x"),
        ("20161003-x.md", date(2016, 10, 3), True, "x"),
        ("2016-10-03.md", date(2016, 10, 3), True, "2016-10-03"),
        ("2020/03/x/index.md", date(2020, 3, 1), False, "x"),
        ("2020/03/14/x.md", date(2020, 3, 14), True, "x"),
        ("a/2020-03.md", date(2020, 3, 1), False, "2020-03"),
        ("2022/Aug/15.md", date(2022, 8, 15), True, "15"),
        ("in/2022/Dec/05/2-guides/1-x.md", date(2022, 12, 5), True, "1-x"),
        ("2024Apr01.md", date(2024, 4, 1), True, "2024Apr01"),
        ("weekly-12-jan-2024.md", date(2024, 1, 12), True, "weekly-12-jan-2024"),
        ("issue-20191101.md", date(2019, 11, 1), True, "issue-20191101"),
        ("a-march-of-3-2024s.md", None, False, "a-march-of-3-2024s"),
        ("issue-12.md", None, False, "issue-12"),
        ("2020-13-45-x.md", None, False, "2020-13-45-x"),
        ("1066-10-14-x.md", None, False, "1066-10-14-x"),
    ],
)
def test_a_path_tells_its_date(path: str, day: date | None, exact: bool, stem: str) -> None:
    assert names.named(path)[:3] == (day, exact, stem)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Issue 12", 12), ("issue-12", 12), ("No. 7: fog", 7), ("Weekly #33", 33),
        ("Ausgabe 4", 4),
        ("周刊（第 278 期）：海", 278), ("週報 第12号", 12), ("Выпуск № 9", 9),
        ("Nº 31: niebla", 31),
        ("제 7호", 7), ("#0", 0),
        ("issue-2019-03-25", None), ("issue-20191101", None),
        ("Tides of 2024", None), ("The 3 locks", None), ("volume_9", 9),
    ],
)  # fmt: skip
def test_a_title_tells_its_number(text: str, number: int | None) -> None:
    assert names.number(text) == number


def test_numbers_that_titles_end_in_count_where_they_rise() -> None:
    def entries(*titles: str) -> list[Entry]:
        return [
            Entry(source=str(n), matter={"title": title}, stem=str(n))
            for n, title in enumerate(titles)
        ]

    rising = entries("Harbour 1", "Harbour 2", "Harbour 3")
    guess.numbered(rising)
    assert [entry.number for entry in rising] == [1, 2, 3]
    years = entries("Tides 2023", "Tides 2023", "Tides 2024")
    guess.numbered(years)
    assert [entry.number for entry in years] == [None, None, None]


def test_the_form_is_guessed_by_numbers_and_lists_and_said() -> None:
    links = "\n".join(f"- [A](https://a.example/{n})" for n in range(8))
    issue = Entry(source="a", matter={"title": "Links"}, body=links)
    article = Entry(source="b", matter={"title": "A bridge"}, body="Words.")
    assert guess.form("jekyll", [issue, issue, article], None).form == "issues"
    assert guess.form("jekyll", [issue, article, article], None).form == "articles"
    assert guess.form("substack", [article], None).why == "each mail is an issue"
    assert guess.form("jekyll", [article], "issues").why == "you asked for it"


def test_folders_below_years_are_weeks_where_one_is_past_twelve() -> None:
    assert names.in_weeks(["a/2012/02/x.md", "a/2012/40/y.md", "z.md"])
    assert not names.in_weeks(["a/2012/02/x.md", "a/2012/12/y.md"])
    assert not names.in_weeks(["2012/02/x.md", "2012/99/y.md"])
    assert names.week_of("a/2012/21/x.md") == date(2012, 5, 21)
    assert names.week_of("a/2013/53/x.md") is None


def test_a_name_is_a_title() -> None:
    assert names.words("02-the_old-quay") == "The old quay"
    assert names.words("2024-01-02-fog") == "Fog"
    assert names.words("2024-01-02") == ""


@pytest.mark.parametrize(
    ("name", "is_day"),
    [("2023-10-08", True), ("2024Apr01", True), ("20231008", True), ("2023_10_08", True),
     ("2023-10-08-fog", False), ("issue-20231008", False), ("12", False), ("fog", False)],
)  # fmt: skip
def test_a_name_may_be_a_day_alone(name: str, is_day: bool) -> None:
    assert names.is_day(name) is is_day


@pytest.mark.parametrize(("step", "form"), [(7, "issues"), (14, "issues"), (1, "articles")])
def test_texts_named_by_days_a_week_apart_are_issues(step: int, form: str) -> None:
    def entry(day: datetime) -> Entry:
        return Entry(source=f"a/{day:%Y-%m-%d}.md", date=day, body="Words.")

    start = datetime(2023, 1, 1, tzinfo=UTC)
    entries = [entry(start + timedelta(days=step * n)) for n in range(5)]
    assert guess.form("markdown", entries, None).form == form
