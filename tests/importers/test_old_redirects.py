"""Redirects that the old site had: they lead on here too, or are named."""

import json
from typing import Any

import pytest

POST = "---\ntitle: Fog\ndate: 2024-03-04\n---\nWords.\n"
HUGO = f'-- hugo.toml --\nbaseURL = "https://h.example/"\n-- content/news/fog.md --\n{POST}'


def rules(outcome: Any) -> dict[str, tuple[str, int]]:
    return {r.source: (r.target, r.status) for r in outcome.redirects.rules}


def test_a_redirects_file_is_merged(move: Any, site: Any, put: Any) -> None:
    put(
        f"{HUGO}-- static/_redirects --\n# old blog\n"
        "/first /news/fog/ 301!\n/chain /first\n/https https://h.example/news/fog/\n"
        "/shop https://shop.example/a 302\n/letters /news/ 307\n/gone /no/where/\n"
        "/blog/* /news/:splat 301\n/* /404.html 404\n/lang /news/ Language=de\n"
    )
    outcome = move("hugo")
    fog = (site.root / "content/news/fog.md").read_text("utf-8")
    assert all(f'"{alias}"' in fog for alias in ("/first", "/chain", "/https"))
    found = rules(outcome)
    assert found["/shop"] == ("https://shop.example/a", 302)
    assert found["/letters"] == ("/editions/", 302)
    assert outcome.lost == ["/gone (it led to /no/where/, which is not here)"]
    own = (site.root / "content/static/_redirects").read_text("utf-8")
    assert own == "/blog/* /news/:splat 301\n/lang /news/ Language=de\n"
    assert any("/404.html" in line for line in outcome.site.left)
    report = site.build()
    assert report.ok, report.problems
    made = site.page("_redirects")
    assert "/blog/* /news/:splat 301" in made
    assert "/first /news/fog/ 301" in made


def test_what_stands_there_wins_over_an_old_rule(move: Any, site: Any, put: Any) -> None:
    put(f"{HUGO}-- static/_redirects --\n/news/fog/ /elsewhere/\n/ /news/fog/ 302\n")
    outcome = move("hugo")
    assert "/news/fog/" not in rules(outcome)
    assert "/" not in rules(outcome)
    assert site.build().ok


def test_what_leads_to_a_draft_is_lost(move: Any, put: Any) -> None:
    put(
        f"{HUGO}-- content/news/no.md --\n---\ntitle: No\ndate: 2024-03-05\ndraft: true\n---\nx\n"
        "-- static/_redirects --\n/soon /news/no/\n"
    )
    assert move("hugo").lost == ["/soon (it led to /news/no/, which is not here)"]


OTHERS = {
    "netlify.toml": (
        '[[redirects]]\nfrom = "/first"\nto = "/news/fog/"\n'
        '[[redirects]]\nfrom = "/api/*"\nto = "https://api.example/:splat"\nstatus = 200\n'
    ),
    "vercel.json": json.dumps(
        {"redirects": [
            {"source": "/first", "destination": "/news/fog/"},
            {"source": "/x/(.*)", "destination": "/api/"},
        ]}
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", OTHERS)
def test_hosts_have_their_own_files(name: str, move: Any, site: Any, put: Any) -> None:
    put(f"{HUGO}-- {name} --\n{OTHERS[name]}")
    outcome = move("hugo")
    assert '"/first"' in (site.root / "content/news/fog.md").read_text("utf-8")
    assert sum("redirect" in line for line in outcome.site.left) == 1


@pytest.mark.parametrize(
    "text", ["[[redirects]", "[[redirects]]\nfrom = 1\nto = []\n", "redirects = 3\n"]
)
def test_a_broken_file_of_a_host_stops_nothing(text: str, move: Any, put: Any) -> None:
    put(f"{HUGO}-- netlify.toml --\n{text}")
    assert move("hugo").ok


def test_rules_in_a_circle_end(move: Any, put: Any) -> None:
    put(f"{HUGO}-- static/_redirects --\n/a /b\n/b /a\n/c /c\n")
    assert len(move("hugo").lost) == 3
