"""Jekyll's odder corners: posts without front matter, other forms, redirects, template pages."""

from typing import Any

CONFIG = """title: Quay
url: https://q.example
plugins: [jekyll-feed]
"""


def rules(outcome: Any) -> dict[str, str]:
    return {rule.source: rule.target for rule in outcome.redirects.rules}


def test_a_post_needs_no_front_matter_but_markdown(move: Any, put: Any) -> None:
    put(
        f"-- _config.yml --\n{CONFIG}"
        "-- _posts/2024-03-05-low-water_again.md --\nWords.\n"
        "-- _posts/2024-03-06-other.textile --\n---\ntitle: T\n---\nh1. x\n"
    )
    outcome = move("jekyll")
    (place,) = outcome.places.placed
    assert (place.entry.title, place.entry.address) == (
        "Low Water Again",
        "/2024/03/05/low-water_again.html",
    )
    assert [row.source for row in outcome.quarantined] == ["_posts/2024-03-06-other.textile"]


def test_redirects_from_and_to(move: Any, put: Any, site: Any) -> None:
    put(
        f"-- _config.yml --\n{CONFIG}"
        "-- _posts/2024-03-05-a.md --\n---\ntitle: A\nredirect_from: old/a\n"
        "redirect_to: https://far.example/a\n---\nx\n"
        "-- there.md --\n---\ntitle: There\nredirect_to: /2024/03/05/a.html\n---\n"
        "-- away.md --\n---\ntitle: Away\nredirect_to: https://far.example/\n---\nx\n"
    )
    outcome = move("jekyll")
    (place,) = outcome.places.placed
    assert place.entry.matter["webUrl"] == "https://far.example/a"
    assert {"/old/a", "/old/a.html"} <= set(place.aliases)
    assert rules(outcome)["/away.html"] == "https://far.example/"
    report = site.build()
    assert "unknown key" not in " ".join(p.message for p in report.problems)


def test_pages_and_feeds_of_topics_lead_to_ours(move: Any, put: Any) -> None:
    put(
        f"-- _config.yml --\n{CONFIG}feed:\n  categories: [Port]\n  collections: [issues]\n"
        "-- _posts/2024-03-05-a.md --\n---\ntitle: A\ncategories: [Port]\n---\nx\n"
        "-- tag/port.html --\n---\ntitle: All\n---\n{% for p in site.x %}x{% endfor %}\n"
        "-- map.html --\n---\ntitle: Map\n---\n{% for p in site.posts %}x{% endfor %}\n"
    )
    outcome = move("jekyll")
    made = rules(outcome)
    assert made["/tag/port.html"] == "/topics/port/"
    assert made["/feed/Port.xml"] == "/topics/port/feed.xml"
    assert "/feed/issues.xml" in made
    assert outcome.lost == ["/map.html"]


def test_files_of_a_collection_follow_its_permalink(move: Any, put: Any) -> None:
    put(
        f"-- _config.yml --\n{CONFIG}collections:\n  issues:\n    output: true\n"
        "    permalink: /issue/:name/\n"
        "-- _issues/one.md --\n---\ntitle: One\ndate: 2024-03-05\nauthors: [Ann]\nauthor: Bob\n"
        "---\nx\n-- _issues/img/map.txt --\nx\n"
    )
    outcome = move("jekyll")
    assert [s.address for s in outcome.site.static] == ["/issue/map.txt"]
    names = [a["name"] for a in outcome.places.placed[0].entry.matter["authors"]]
    assert names == ["Ann", "Bob"]


def test_a_month_of_one_digit_is_no_permalink(move: Any, put: Any) -> None:
    put(
        f"-- _config.yml --\n{CONFIG}permalink: /:year/:i_month/:title/\n"
        "-- _posts/2024-03-05-a.md --\n---\ntitle: A\n---\nx\n"
    )
    outcome = move("jekyll")
    assert outcome.places.permalink == "/articles/{slug}/"
    assert outcome.places.placed[0].aliases == ["/2024/3/a/"]
