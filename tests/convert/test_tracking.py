"""Addresses without what says who sent a reader; those that only lead on are followed unasked."""

from urllib.parse import quote

import pytest

from site_gen.convert import tracking

STORY = "https://post.example/a?page=2"


@pytest.mark.parametrize(
    "form",
    [
        "https://www.google.com/url?q={}&sa=D&usg=x",
        "https://l.facebook.com/l.php?u={}&h=x",
        "https://eur03.safelinks.protection.outlook.com/?url={}&data=x",
        "https://www.youtube.com/redirect?event=d&q={}",
        "https://www.google.com/url?sa=t&url={}",
    ],
)
def test_an_address_that_counts_a_click_is_the_one_it_leads_to(form: str) -> None:
    assert tracking.remove_tracking(form.format(quote(f"{STORY}&utm_source=x", safe=""))) == STORY


def test_one_inside_another_is_followed() -> None:
    inner = "https://www.google.com/url?q=" + quote(STORY, safe="")
    outer = "https://l.facebook.com/l.php?u=" + quote(inner, safe="")
    assert tracking.remove_tracking(outer) == STORY


@pytest.mark.parametrize(
    "url",
    [
        "https://www.google.com/url?q=javascript%3Aalert(1)",
        "https://www.google.com/url?q=weather",
        "https://www.google.com/search?q=https%3A%2F%2Fpost.example%2F",
        "https://notgoogle.com/url?q=https%3A%2F%2Fpost.example%2F",
        "https://www.google.com/url?q=https%3A%2F%2Fann%3Asecret%40post.example%2F",
    ],
)
def test_what_leads_nowhere_that_may_be_shown_stays(url: str) -> None:
    assert tracking.remove_tracking(url) == url
