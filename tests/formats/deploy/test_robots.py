"""robots.txt: open, with the maps that exist; closed for previews."""

from typing import Any

from site_gen.formats.deploy import robots


def text(desk: Any) -> str:
    (page,) = desk.pages(robots, desk.catalog(), [])
    assert page.path == "robots.txt"
    return bytes(desk.render(robots, page)).decode()


def test_names_the_maps_that_exist(desk: Any) -> None:
    assert text(desk) == (
        "User-agent: *\nDisallow:\n"
        "Sitemap: https://digest.example/sitemap.xml\n"
        "Sitemap: https://digest.example/news-sitemap.xml\n"
    )
    desk.set(formats=("html", "robots", "sitemap"))
    assert "news-sitemap" not in text(desk)


def test_keeps_robots_out_of_previews(desk: Any) -> None:
    desk.set(noindex=True)
    assert text(desk) == "User-agent: *\nDisallow: /\n"
