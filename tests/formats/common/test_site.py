"""The view of the site as a whole."""

from typing import Any

import pytest

from site_gen.formats.common.site import site_view
from site_gen.settings.tables import PublisherSettings


def test_defaults_come_from_the_site(desk: Any) -> None:
    site = site_view(desk.settings)
    assert (site.publisher, site.publisher_url) == ("Weekly Wire", "https://digest.example/")
    assert site.generator.startswith("site_gen ")
    assert site.search is True


def test_the_root_is_the_path_of_the_base_url(desk: Any) -> None:
    desk.set(base_url="https://host.example/digest/", language="he-IL", formats=("html",))
    site = site_view(desk.settings)
    assert (site.base_url, site.root) == ("https://host.example/digest", "/digest")
    assert site.direction == "rtl"
    assert site.search is False


@pytest.mark.parametrize(
    ("logo", "shown"),
    [
        ("", ""),
        ("img/logo.png", "/img/logo.png"),
        ("/img/logo.png", "/img/logo.png"),
        ("https://x.example/l.png", "https://x.example/l.png"),
    ],
)
def test_logo(desk: Any, logo: str, shown: str) -> None:
    desk.set(publisher=PublisherSettings(logo=logo))
    assert site_view(desk.settings).publisher_logo == shown
