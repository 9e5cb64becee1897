"""Dates as people write them: read where they are certain, left where they are not."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from site_gen.basics import dates
from site_gen.basics.written_dates import moment, read

ROME = ZoneInfo("Europe/Rome")


def said(text: object, language: str = "") -> str:
    found = moment(text, ROME, language)
    return dates.iso(found) if found else ""


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2031-02-17T09:00:00+0530", "2031-02-17T03:30:00Z"),
        ("2031-02-17T09:00:00.250Z", "2031-02-17T09:00:00Z"),
        ("2031-2-7 9:05", "2031-02-07T08:05:00Z"),
        ("20310217T093000Z", "2031-02-17T09:30:00Z"),
        ("2031-02-17 09:00:00 +0000 UTC", "2031-02-17T09:00:00Z"),
        ("Mon, 17 Feb 2031 09:00:00 GMT", "2031-02-17T09:00:00Z"),
        ("Mon, 17 Feb 31 09:00:00 -0000", "2031-02-17T09:00:00Z"),
        ("Mon Feb 17 09:00:00 EST 2031", "2031-02-17T14:00:00Z"),
        ("1929085200", "2031-02-17T09:00:00Z"),
        ("1929085200000", "2031-02-17T09:00:00Z"),
    ],
)
def test_forms_of_programs(text: str, iso: str) -> None:
    assert said(text) == iso


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("17 February 2031 9:15 pm EST", "2031-02-18T02:15:00Z"),
        ("February 17, 2031, 12:05 AM PST", "2031-02-17T08:05:00Z"),
        ("February 17, 2031 12:05 p.m. CET", "2031-02-17T11:05:00Z"),
        ("7 PM ET, February 17, 2031", "2031-02-18T00:00:00Z"),
        ("7 PM ET, July 17, 2031", "2031-07-17T23:00:00Z"),
        ("17th Feb 2031 at 3:05 pm GMT", "2031-02-17T15:05:00Z"),
        ("17 Feb 2031 09:00 JST", "2031-02-17T00:00:00Z"),
        ("17 Feb 2031 09:00 AEST", "2031-02-16T23:00:00Z"),
        ("17 Feb 2031 21:00 GMT+1", "2031-02-17T20:00:00Z"),
        ("Mon Feb 17 2031 12:00:00 GMT+0100 (CET)", "2031-02-17T11:00:00Z"),
        ("Mon Feb 17 2031 12:00:00 GMT-0330", "2031-02-17T15:30:00Z"),
        ("17 Feb 2031 10:00 Asia/Tokyo", "2031-02-17T01:00:00Z"),
    ],
)
def test_halves_of_the_day_and_zones(text: str, iso: str) -> None:
    assert said(text) == iso


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("17.02.2031, 18:30 Uhr", "2031-02-17T17:30:00Z"),
        ("17. Jänner 2031", "2031-01-16T23:00:00Z"),
        ("17 février 2031 à 18h30", "2031-02-17T17:30:00Z"),
        ("1er mars 2031", "2031-02-28T23:00:00Z"),
        ("17 de febrero de 2031", "2031-02-16T23:00:00Z"),
        ("17 de março de 2031 às 18h30", "2031-03-17T17:30:00Z"),
        ("17 mars 2031 kl. 18.30", "2031-03-17T17:30:00Z"),
        ("17 maart 2031 om 18.30 uur", "2031-03-17T17:30:00Z"),
        ("17. maaliskuuta 2031 klo 18.30", "2031-03-17T17:30:00Z"),
        ("17 марта 2031 г., 18:30 МСК", "2031-03-17T15:30:00Z"),
        ("17 marca 2031, 18:30", "2031-03-17T17:30:00Z"),
        ("2031. március 17. 18:30", "2031-03-17T17:30:00Z"),
        ("17 Mart 2031 Pazartesi 18:30", "2031-03-17T17:30:00Z"),
        ("17 Μαρτίου 2031", "2031-03-16T23:00:00Z"),
        ("17 במרץ 2031", "2031-03-16T23:00:00Z"),
        ("١٧ مارس ٢٠٣١", "2031-03-16T23:00:00Z"),
        ("17 آذار 2031 07:47 م", "2031-03-17T18:47:00Z"),
        ("17 मार्च 2031", "2031-03-16T23:00:00Z"),
        ("17 มีนาคม 2574", "2031-03-16T23:00:00Z"),
        ("ngày 17 tháng 3 năm 2031", "2031-03-16T23:00:00Z"),
        ("17 Maret 2031 18:30 WIB", "2031-03-17T11:30:00Z"),
        ("2031年3月17日 午後6時30分", "2031-03-17T17:30:00Z"),
        ("2031年3月17日", "2031-03-16T23:00:00Z"),
        ("2031년 3월 17일 오후 6:30", "2031-03-17T17:30:00Z"),
    ],
)
def test_languages(text: str, iso: str) -> None:
    assert said(text) == iso


@pytest.mark.parametrize("text", ["17/3/2031", "3/17/2031", "17.3.2031"])
def test_figures_that_cannot_be_mistaken(text: str) -> None:
    assert said(text) == "2031-03-16T23:00:00Z"


def test_figures_that_can_be_mistaken_need_a_language() -> None:
    assert said("3/4/2031") == said("3/4/2031", "en") == ""
    assert said("3/4/2031", "en-US") == "2031-03-03T23:00:00Z"
    assert said("3/4/2031", "fr") == "2031-04-02T22:00:00Z"
    assert said("3 listopada 2031", "pl") == "2031-11-02T23:00:00Z"
    assert said("3 listopada 2031") == "", "October to some, November to others"


@pytest.mark.parametrize("zone", ["IST", "BST", "CST", "XYZ", "+99:99"])
def test_zone_that_is_not_certain_gives_the_day_and_a_doubt(zone: str) -> None:
    found = read(f"2031-02-17 23:30 {zone}", ROME)
    assert found is not None
    assert (dates.iso(found.moment), found.exact) == ("2031-02-16T23:00:00Z", False)
    assert zone in found.doubt


def test_zone_is_told_by_the_language_or_by_the_zone_of_the_site() -> None:
    india = ZoneInfo("Asia/Kolkata")
    assert said("2031-02-17 09:30 IST", "en-IN") == "2031-02-17T04:00:00Z"
    assert said("2031-02-17 09:30 IST", "he") == "2031-02-17T07:30:00Z"
    assert moment("2031-02-17 09:30 IST", india) == datetime(2031, 2, 17, 4, tzinfo=UTC)


def test_day_alone_is_midnight_in_the_zone_and_says_so() -> None:
    found = read("Updated: March 17, 2031", ROME)
    assert found is not None
    assert (dates.iso(found.moment), found.exact) == ("2031-03-16T23:00:00Z", False)
    assert found.doubt == "only the day is known"
    assert "Updated: March 17, 2031"[slice(*found.span)] == "March 17, 2031"


@pytest.mark.parametrize(
    "text",
    ["", "soon", "3 hours ago", "March 2031", "0001-01-01T00:00:00Z", "2031-13-01", "9/2031",
     "31 February 2031", "17 Foo 2031", "10 best 2031", "115.03.2031", None, 7, ["2031-02-17"]],
)  # fmt: skip
def test_what_is_no_date_is_none(text: object) -> None:
    assert read(text, ROME) is None


def test_a_date_of_a_parser_is_taken() -> None:
    assert moment(date(2031, 2, 17), UTC) == datetime(2031, 2, 17, tzinfo=UTC)
    assert said(datetime(2031, 2, 17, 9)) == "2031-02-17T08:00:00Z"


@pytest.mark.parametrize("digits", ["9" * 400, "1 " * 200, "1-" * 200, "2031-" * 80, "٣" * 400])
def test_long_rows_of_figures_do_no_harm(digits: str) -> None:
    assert read(digits, ROME) is None
