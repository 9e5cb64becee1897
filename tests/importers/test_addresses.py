"""Addresses of the old site: which pattern they follow, and what makes ours the same."""

from datetime import date

import pytest

from site_gen.importers.reading import addresses

DAY = date(2024, 3, 5)


@pytest.mark.parametrize(
    ("address", "pattern", "slug"),
    [
        ("/blog/2024/03/05/fog/", "/blog/{year}/{month}/{day}/{slug}/", "fog"),
        ("/2024/03/fog.html", "/{year}/{month}/{slug}.html", "fog"),
        ("/fog", "/{slug}/", "fog"),
        ("/p/03/fog/", "/p/03/{slug}/", "fog"),
    ],
)
def test_an_address_tells_its_pattern(address: str, pattern: str, slug: str) -> None:
    assert addresses.pattern([(address, DAY, None)], numbers=False) == pattern
    assert addresses.slug_in(address, pattern, DAY, None) == slug


def test_the_pattern_of_most_wins() -> None:
    known = [("/a/fog/", DAY, None), ("/a/tide/", DAY, None), ("/b/x.html", DAY, None)]
    assert addresses.pattern(known, numbers=False) == "/a/{slug}/"
    assert addresses.slug_in("/b/x.html", "/a/{slug}/", DAY, None) == ""


def test_numbers_count_where_all_have_one() -> None:
    known = [(f"/issues/{n}/", DAY, n) for n in (1, 2, 3)]
    assert addresses.pattern(known, numbers=True) == "/issues/{number}/"
    assert addresses.pattern(known, numbers=False) == "/issues/{slug}/"


def test_what_no_slug_can_hold_is_no_pattern() -> None:
    assert addresses.pattern([("/Ein Haus!/", DAY, None)], numbers=False) == ""


def test_the_slash_at_the_end_tells_nothing() -> None:
    same = {addresses.same(a) for a in ("/a/b", "/a/b/", "/a/b/index.html", "/a/%62/")}
    assert len(same) == 1
    assert addresses.same("/a/b.html") not in same


def test_a_path_is_seen_from_the_base() -> None:
    assert addresses.path_of("https://x.example/log/a/?p=1", "https://x.example/log") == "/a/"
    assert addresses.path_of("https://x.example/", "https://x.example") == "/"
