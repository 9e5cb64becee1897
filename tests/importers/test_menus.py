"""The old main menu: pages in its order, others out of it, and what ours cannot hold is named."""

import json
from typing import Any

import pytest

from site_gen.importers import menus, report

PAGE = "---\ntitle: {}\n---\nWords.\n"
HUGO = (
    '-- hugo.toml --\nbaseURL = "https://h.example/"\n'
    '[[menus.main]]\nname = "Team"\npageRef = "/team"\nweight = 20\n'
    '[[menus.main]]\nname = "About"\nurl = "/about/"\nweight = 10\n'
    '[[menus.main]]\nname = "News"\npageRef = "/news"\nweight = 5\n'
    '[[menus.main]]\nname = "Shop"\nurl = "https://shop.example/"\nweight = 30\n'
    "-- content/news/fog.md --\n---\ntitle: Fog\ndate: 2024-03-04\n---\nx\n"
)
JEKYLL = (
    "-- _config.yml --\nurl: https://h.example\n"
    "-- _data/navigation.yml --\nmain:\n  - title: About\n    url: /about/\n"
    "  - title: Team\n    url: /team/\n  - title: Shop\n    url: https://shop.example/\n"
    "-- _posts/2024-03-04-fog.md --\n---\ntitle: Fog\n---\nx\n"
)
PELICAN = (
    '-- pelicanconf.py --\nSITEURL = "https://h.example"\nDISPLAY_PAGES_ON_MENU = False\n'
    'MENUITEMS = (("About", "/pages/about.html"), ("Team", "/pages/team.html"),'
    ' ("Shop", "https://shop.example/"))\n'
)
SITES = {
    "hugo": HUGO
    + "".join(
        f"-- content/{n.lower()}.md --\n{PAGE.format(n)}" for n in ("About", "Team", "Terms")
    ),
    "jekyll": JEKYLL
    + "".join(
        f"-- {n.lower()}.md --\n---\ntitle: {n}\npermalink: /{n.lower()}/\n---\nx\n"
        for n in ("About", "Team", "Terms")
    ),
    "pelican": PELICAN
    + "".join(
        f"-- content/pages/{n.lower()}.md --\nTitle: {n}\n\nx\n" for n in ("About", "Team", "Terms")
    ),
}


@pytest.mark.parametrize("kind", SITES)
def test_pages_stand_in_the_menu_as_they_did(kind: str, move: Any, site: Any, put: Any) -> None:
    put(SITES[kind])
    outcome = move(kind)
    assert site.build().ok
    home = site.page("index.html")
    menu = home[home.index('class="menu"') :].partition("</nav>")[0]
    assert 0 < menu.index("About") < menu.index("Team")
    assert "Terms" not in menu
    named = [line for line in report.markdown(outcome).split("\n") if "old menu" in line]
    assert len(named) == 1
    assert "Shop (https://shop.example/)" in named[0]
    assert "News" not in named[0]


def test_a_page_may_say_itself_that_it_is_in_the_menu(move: Any, site: Any, put: Any) -> None:
    put(
        '-- hugo.toml --\nbaseURL = "https://h.example/"\n'
        "-- content/a.md --\n---\ntitle: Aa\nmenu: {main: {weight: 2}}\n---\nx\n"
        "-- content/b.md --\n---\ntitle: Bb\nmenu: main\n---\nx\n"
        "-- content/c.md --\n---\ntitle: Cc\nmenu: footer\n---\nx\n"
    )
    move("hugo")
    site.build()
    home = site.page("index.html")
    menu = home[home.index('class="menu"') :].partition("</nav>")[0]
    assert menu.index("Bb") < menu.index("Aa")
    assert "Cc" not in menu


def test_ghost_has_its_menu_in_the_export(move: Any, old: Any, site: Any) -> None:
    pages = [{"title": t, "slug": t.lower(), "type": "page", "status": "published", "html": "x"}
             for t in ("About", "Imprint")]  # fmt: skip
    menu = json.dumps(
        [{"label": "Us", "url": "/about/"}, {"label": "Shop", "url": "https://s.example"}]
    )
    data = {"posts": pages, "settings": [{"key": "navigation", "value": menu}]}
    (old / "x.json").write_text(json.dumps({"db": [{"data": data}]}), "utf-8")
    outcome = move("ghost")
    assert "menu: false" in (site.root / "content/pages/imprint.md").read_text("utf-8")
    assert "order: 1" in (site.root / "content/pages/about.md").read_text("utf-8")
    assert "Shop (https://s.example)" in report.markdown(outcome)


@pytest.mark.parametrize(
    "found", [None, 3, "x", [1, None, [], {}], {"items": []}, {"a": {"b": {}}}]
)
def test_whatever_stands_there_is_no_trouble(found: Any) -> None:
    assert menus.items(found) == []
