"""The contents of a channel are made once for all its feeds, and never for another's."""

from typing import Any

from msgspec.structs import replace

from site_gen.formats import units
from site_gen.formats.common.units import Digests
from site_gen.formats.feeds import atom, entries, json_feed, rss
from site_gen.model import SafeHtml, View


def test_feeds_of_a_channel_are_planned_in_a_row(week_desk: Any, theme: Any) -> None:
    week_desk.set(formats=("html", "rss", "atom", "json_feed"))
    catalog = week_desk.catalog()
    found = units(catalog, theme, week_desk.settings, Digests(catalog))
    paths = [page.path for unit in found for page in unit.plan()]
    first = paths.index("editions/feed.xml")
    names = {"feed.xml", "atom.xml", "feed.json"}
    assert {f"editions/{name}" for name in names} == set(paths[first : first + 3])
    assert len(paths) == len(set(paths))


def test_its_contents_are_made_once(week_desk: Any, monkeypatch: Any) -> None:
    made = []
    monkeypatch.setattr(
        entries, "absolute_html", lambda html, base, link: made.append(link) or html
    )
    monkeypatch.setattr(entries, "_last", None)
    found = {m: {p.path.rpartition("/")[0]: p for p in week_desk.pages(m)}
             for m in (rss, atom, json_feed)}  # fmt: skip
    for module, pages in found.items():
        week_desk.render(module, pages[""])
    assert made
    assert len(made) == len(set(made))


def test_another_body_or_address_is_other_contents(week_desk: Any) -> None:
    page = next(p for p in week_desk.pages(atom) if p.path == "atom.xml")
    size = len(page.views["bodies"].value)

    def html_of(digest: str, body: str, base: str = "") -> set[str]:
        head = page.views["feed"].value
        views = {
            **page.views,
            "bodies": View(digest=digest, value=(SafeHtml(body),) * size),
            "feed": View(digest=base, value=replace(head, base=base or head.base)),
        }
        return {html for _, html in entries.entries_with_html(replace(page, views=views))}

    link = '<p>two <a href="/a/">a</a></p>'
    one, two = html_of("1", "one"), html_of("2", link)
    moved = html_of("2", link, "https://else.example")
    assert any("one" in html for html in one)
    assert not any("one" in html for html in two)
    assert any('"https://else.example/a/"' in html for html in moved)
    assert not any('"https://else.example/a/"' in html for html in two)
