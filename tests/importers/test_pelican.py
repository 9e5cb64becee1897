"""Pelican's odder corners: translations, excluded folders, other places for files and lists."""

from typing import Any

CONFIG = """SITENAME = "Lane"
SITEURL = "https://l.example"
ARTICLE_URL = "n/{slug}/"
ARTICLE_SAVE_AS = "n/{slug}/index.html"
"""


def text(title: str, day: int, *heads: str) -> str:
    lines = [f"Title: {title}", f"Date: 2024-03-0{day}", *heads, "", "Words.", ""]
    return "\n".join(lines)


def found(outcome: Any) -> dict[str, str]:
    return {p.entry.title: p.entry.address for p in outcome.places.placed}


def rules(outcome: Any) -> dict[str, str]:
    return {rule.source: rule.target for rule in outcome.redirects.rules}


def test_a_translation_stands_apart(move: Any, put: Any, site: Any) -> None:
    put(
        f"-- pelicanconf.py --\n{CONFIG}"
        f"-- content/a.md --\n{text('Fog', 1, 'Slug: fog')}\n"
        f"-- content/b.md --\n{text('Niebla', 1, 'Slug: fog', 'Lang: es')}"
    )
    outcome = move("pelican")
    assert found(outcome) == {"Fog": "/n/fog/", "Niebla": "/fog-es.html"}
    assert site.build().ok


def test_what_settings_keep_out_stays_out(move: Any, put: Any) -> None:
    put(
        f"-- pelicanconf.py --\n{CONFIG}ARTICLE_EXCLUDES = ['old']\nIGNORE_FILES = ['plan*']\n"
        "DEFAULT_METADATA = {'status': 'draft'}\n"
        f"-- content/a.md --\n{text('A', 1)}"
        f"-- content/b.md --\n{text('B', 1, 'Status: published')}"
        f"-- content/old/c.md --\n{text('C', 1)}"
        f"-- content/plan-1.md --\n{text('D', 1)}"
    )
    outcome = move("pelican")
    private = {p.entry.title: bool(p.entry.private) for p in outcome.places.placed}
    assert private == {"A": True, "B": False}
    assert [p for p, _ in outcome.site.unpublished] == ["content/old/c.md", "content/plan-1.md"]


def test_lists_and_files_stand_where_settings_put_them(move: Any, put: Any) -> None:
    put(
        f"-- pelicanconf.py --\n{CONFIG}DEFAULT_PAGINATION = 1\nAUTHOR_SAVE_AS = ''\n"
        "ARCHIVES_SAVE_AS = 'all/index.html'\nTAG_SAVE_AS = 'tag/{slug}/index.html'\n"
        "PAGINATION_PATTERNS = ((1, '{base_name}/', '{base_name}/index.html'),\n"
        "    (2, '{base_name}/page/{number}/', '{base_name}/page/{number}/index.html'))\n"
        f"-- content/port/a.md --\n{text('A', 1, 'Tags: Fog')}[x]({{attach}}m/x.txt)\n"
        f"-- content/b.md --\n{text('B', 2, 'Tags: Fog')}[t]({{tag}}Fog)\n"
        "-- content/port/m/x.txt --\nx\n"
    )
    outcome = move("pelican")
    assert {"/all/", "/page/2/", "/tag/fog/", "/tag/fog/page/2/"} <= set(rules(outcome))
    assert [s.address for s in outcome.site.static] == ["/n/a/m/x.txt"]


def test_a_link_to_a_list_leads_to_ours(move: Any, put: Any, site: Any) -> None:
    put(
        f"-- pelicanconf.py --\n{CONFIG}"
        f"-- content/a.md --\n{text('A', 1, 'Tags: Fog')}[t]({{tag}}Fog) [i](/tags.html)\n"
    )
    move("pelican")
    made = site.tree("content")["a.md"].decode()
    assert "[t](/topics/fog/) [i](/topics/)" in made


def test_restructured_text_waits_with_its_head_read(move: Any, put: Any, site: Any) -> None:
    put(
        f"-- pelicanconf.py --\n{CONFIG}"
        "-- content/a.rst --\nLow water\n#########\n\n:date: 2024-03-05\n:tags: sea\n\n"
        "Some *text*.\n"
    )
    (row,) = move("pelican").quarantined
    assert "reStructuredText" in row.reasons[0]
    waiting = (site.root / row.path).read_text()
    assert 'title: "Low water"' in waiting
    assert "tag:l.example,2024-03-05:/n/low-water/" in waiting
    assert waiting.endswith("Some *text*.\n")


def test_a_month_by_its_name_is_no_permalink(move: Any, put: Any) -> None:
    config = CONFIG.replace("n/{slug}", "n/{date:%Y}/{date:%b}/{slug}")
    put(f"-- pelicanconf.py --\n{config}-- content/a.md --\n{text('A', 1)}")
    outcome = move("pelican")
    assert outcome.places.permalink == "/articles/{slug}/"
    assert outcome.places.placed[0].aliases == ["/n/2024/Mar/a/"]


DIALECT = """
Quay
:   Where ships lie.

*[ETA]: Time of arrival

!!! note "Mind"
    The gap.

[TOC]

A lamp.
{: .lead }

    :::python
    lamp = 1

    lit = 2

After it {: #here } all.

```text
Code
: stays
[TOC]
{: .code }
```
"""


def test_the_dialect_of_python_is_converted_or_named(move: Any, put: Any, site: Any) -> None:
    put(f"-- pelicanconf.py --\n{CONFIG}-- content/a.md --\nTitle: A\nDate: 2024-03-01\n{DIALECT}")
    outcome = move("pelican")
    (placed,) = outcome.places.placed
    body = placed.entry.body
    assert "\n\n```python\nlamp = 1\n\nlit = 2\n```\n\nAfter it  all." in body
    assert "{: .lead }" not in body
    assert "{: .code }" in body
    names = ["definition list", "*[abbreviation]:", "!!! admonition", "[TOC]"]
    assert [name for name, _ in outcome.odd] == names
    written = (site.root / "content/a.md").read_text("utf-8").split("\n")
    places = [int(place.rpartition(":")[2]) for _, place in outcome.odd]
    marks = ["Quay", "*[ETA]:", "!!! note", "[TOC]"]
    assert all(written[at - 1].startswith(mark) for at, mark in zip(places, marks, strict=True))
