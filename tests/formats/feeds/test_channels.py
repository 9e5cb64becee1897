"""Which feeds exist, and that who links to them says the same."""

from typing import Any

from msgspec.structs import replace

from site_gen.formats.feeds import atom, channels, json_feed, rss
from site_gen.settings import FeedSettings, parse
from site_gen.settings.tables import FeedNames, ListFeedSettings


def test_every_link_leads_to_a_planned_feed(week_desk: Any) -> None:
    week_desk.set(formats=("html", "rss"))
    catalog = week_desk.catalog()
    links = channels.feed_links(catalog, week_desk.settings)
    planned = [f"/{page.path}" for page in week_desk.pages(rss, catalog)]
    assert [link.path for link in links] == planned
    assert {link.media_type for link in links} == {"application/rss+xml"}


def test_a_format_that_is_off_is_announced_nowhere(week_desk: Any) -> None:
    catalog = week_desk.catalog()
    assert len(channels.feed_links(catalog, week_desk.settings)) == 3 * 2 + 4
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
    assert len({link.title for link in links}) == len(links) == 7
    assert len({link.path for link in links}) == 7


def test_site_links_do_not_hang_on_the_catalog(week_desk: Any) -> None:
    settings = week_desk.settings
    every = channels.feed_links(week_desk.catalog(), settings)
    assert set(channels.site_links(settings)) < set(every)
    assert set(channels.page_links("AI", "/topics/ai/", "topics", settings)) < set(every)


def test_the_feeds_of_editions_may_be_the_main_ones(week_desk: Any) -> None:
    feeds = replace(week_desk.settings.feeds, main="editions")
    week_desk.set(feeds=feeds, formats=("html", "rss"))
    catalog, settings = week_desk.catalog(), week_desk.settings
    made = {page.path: page.views["entries"].value for page in week_desk.pages(rss, catalog)}
    paths = [link.path for link in channels.site_links(settings)]
    assert paths == ["/feed.xml", "/articles/feed.xml"]
    assert len(made["feed.xml"]) == len([e for e in catalog.editions if e.ref.closed])
    assert len(made["articles/feed.xml"]) == len(catalog.articles)
    titles = [link.title for link in channels.site_links(settings)]
    assert titles == ["Weekly Wire (RSS)", "Weekly Wire: Articles (RSS)"]


def test_feeds_may_have_other_names(week_desk: Any) -> None:
    names = FeedNames(rss="rss.xml", atom="index.xml")
    week_desk.set(feeds=replace(week_desk.settings.feeds, names=names))
    catalog, settings = week_desk.catalog(), week_desk.settings
    planned = {f"/{p.path}" for m in (rss, atom, json_feed) for p in week_desk.pages(m, catalog)}
    assert {link.path for link in channels.feed_links(catalog, settings)} == planned
    assert {"/rss.xml", "/index.xml", "/feed.json", "/topics/ai/rss.xml"} <= planned


def test_a_name_that_is_none_is_refused() -> None:
    for name in ("a/b.xml", "feed", ".xml", "feed.json", "x.html"):
        loaded = parse(f'[feeds.names]\nrss = "{name}"\n')
        assert loaded.settings is None, name


def lists_of(desk: Any, **given: Any) -> dict[str, Any]:
    """Set how lists' feeds are; the entries of the topic AI in each format that has such a feed."""
    lists = ListFeedSettings(**given)
    desk.set(feeds=replace(desk.settings.feeds, lists=lists))
    return {
        page.path: page.views["entries"].value
        for module in (rss, atom, json_feed)
        for page in desk.pages(module)
        if page.path.startswith("topics/ai/")
    }


def test_lists_have_one_short_feed_of_excerpts(desk: Any) -> None:
    for number in range(25):
        desk.add(f"a{number}", "<p>The whole text.</p>")
    found = lists_of(desk)
    assert list(found) == ["topics/ai/feed.xml"]
    (entries,) = found.values()
    assert len(entries) == 20
    assert not any(entry.has_body for entry in entries)
    assert all(desk.bodies["a0.md"] not in entry.html for entry in entries)
    assert [page.path for page in desk.pages(rss) if page.views["bodies"].value] == ["feed.xml"]


def test_settings_give_lists_more_but_never_more_than_the_site(desk: Any) -> None:
    for number in range(5):
        desk.add(f"a{number}", "<p>The whole text.</p>")
    found = lists_of(desk, formats=("rss", "json_feed"), content="full", count=3)
    assert list(found) == ["topics/ai/feed.xml", "topics/ai/feed.json"]
    assert all(len(entries) == 3 and entries[0].has_body for entries in found.values())
    desk.set(feeds=FeedSettings(tag="digest.example,2026", content="none"))
    (entries,) = lists_of(desk, content="full").values()
    assert {entry.html for entry in entries} == {""}
    desk.set(formats=("html", "atom"))
    assert lists_of(desk, formats=("rss",)) == {}
