"""Which feeds exist, and that who links to them says the same."""

from typing import Any

from site_gen.formats.feeds import channels, rss


def test_every_link_leads_to_a_planned_feed(week_desk: Any) -> None:
    week_desk.set(formats=("html", "rss"))
    catalog = week_desk.catalog()
    links = channels.feed_links(catalog, week_desk.settings)
    planned = [f"/{page.path}" for page in week_desk.pages(rss, catalog)]
    assert [link.path for link in links] == planned
    assert {link.media_type for link in links} == {"application/rss+xml"}


def test_a_format_that_is_off_is_announced_nowhere(week_desk: Any) -> None:
    catalog = week_desk.catalog()
    assert len(channels.feed_links(catalog, week_desk.settings)) == 3 * 6
    week_desk.set(formats=("html", "json_feed"))
    settings = week_desk.settings
    links = channels.feed_links(catalog, settings) + channels.site_links(settings)
    assert {link.path.rpartition("/")[2] for link in links} == {"feed.json"}
    week_desk.set(formats=("html",))
    assert channels.feed_links(catalog, week_desk.settings) == ()
    assert channels.site_links(week_desk.settings) == ()


def test_titles_on_one_page_are_distinct(week_desk: Any) -> None:
    settings = week_desk.settings
    links = channels.site_links(settings) + channels.page_links(
        "AI", "/topics/ai/", "topics", settings
    )
    assert len({link.title for link in links}) == len(links) == 9
    assert len({link.path for link in links}) == 9


def test_site_links_do_not_hang_on_the_catalog(week_desk: Any) -> None:
    settings = week_desk.settings
    every = channels.feed_links(week_desk.catalog(), settings)
    assert set(channels.site_links(settings)) < set(every)
    assert set(channels.page_links("AI", "/topics/ai/", "topics", settings)) < set(every)
