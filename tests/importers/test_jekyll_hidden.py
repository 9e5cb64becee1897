"""What Jekyll's settings keep from being public, its archives, and a report that adds up."""

from typing import Any

import pytest

from site_gen.importers import report

CONFIG = "-- _config.yml --\ntitle: Lane\nurl: https://j.example\n"


def post(path: str, name: str, *lines: str) -> str:
    head = "\n".join(["---", f"title: T{name}", *lines, "---"])
    return f"-- {path} --\n{head}\nword{name}\n"


OPEN = post("_posts/2024-03-02-open.md", "shown")
CASES = {
    "posts beyond a limit": f"{CONFIG}limit_posts: 1\n{OPEN}"
    + post("_posts/2024-03-01-shut.md", "kept"),
    "posts outside the folder of collections": f"{CONFIG}collections_dir: c\n"
    + post("c/_posts/2024-03-02-open.md", "shown")
    + post("_posts/2024-03-01-shut.md", "kept"),
    "files that defaults keep": f"{CONFIG}defaults:\n- scope: {{path: 'm'}}\n  values: "
    f"{{published: false}}\n{OPEN}-- m/shut.txt --\nwordkept\n",
    "names that Jekyll passes over": f"{CONFIG}{OPEN}" + post("#shut.md", "kept"),
    "folders of posts that Jekyll passes over": f"{CONFIG}{OPEN}"
    + post("_posts/_old/2024-03-01-a.md", "kept")
    + post("_posts/a/.old/2024-03-01-b.md", "kept")
    + post("_posts/#old/2024-03-01-c.md", "kept")
    + post("n/_posts/~old/2024-03-01-d.md", "kept")
    + post("_drafts/_old/e.md", "kept"),
    "documents that Jekyll passes over": f"{CONFIG}exclude: [_talks/out.md]\n"
    f"collections: {{talks: {{output: true}}}}\n{OPEN}"
    + post("_talks/_a.md", "kept")
    + post("_talks/_old/b.md", "kept")
    + post("_talks/out.md", "kept"),
}


@pytest.mark.parametrize("case", CASES)
def test_what_jekyll_does_not_show_is_not_shown(case: str, move: Any, put: Any, site: Any) -> None:
    put(CASES[case])
    move("jekyll")
    assert site.build().ok
    everything = b"".join(site.tree().values())
    assert b"wordshown" in everything
    assert b"wordkept" not in everything


def rules(outcome: Any) -> dict[str, str]:
    return {rule.source: rule.target for rule in outcome.redirects.rules}


POSTS = post("_posts/2024-03-02-a.md", "a", "tags: [Low Tide]", "categories: [News]") + post(
    "_posts/2023-11-05-b.md", "b", "tags: [Low Tide, Fog]"
)


def test_pages_of_jekyll_archives_lead_on(move: Any, put: Any) -> None:
    put(f"{CONFIG}plugins: [jekyll-archives]\njekyll-archives: {{enabled: all}}\n{POSTS}")
    made = rules(move("jekyll"))
    assert made["/category/news/"] == "/topics/news/"
    for address in ("/tag/low-tide/", "/tag/fog/", "/2024/", "/2023/11/", "/2024/03/02/"):
        assert address in made, address


def test_archives_under_names_of_their_own(move: Any, put: Any) -> None:
    put(
        f"{CONFIG}plugins: [jekyll-archives]\njekyll-archives:\n  enabled: [tags, year]\n"
        f"  permalinks: {{tag: '/about/:name/', year: '/in/:year/'}}\n{POSTS}"
    )
    made = rules(move("jekyll"))
    assert {"/about/low-tide/", "/about/fog/", "/in/2023/", "/in/2024/"} <= set(made)
    assert not any(address.startswith(("/category/", "/2024/")) for address in made)


def test_the_report_adds_up(move: Any, put: Any) -> None:
    put(
        f"{CONFIG}exclude: [_posts/old]\n{POSTS}"
        + post("_posts/nodate.md", "c")
        + post("_posts/old/2024-01-01-d.md", "d")
        + post("_posts/2024-01-01-e.md", "e", "published: false")
        + post("_posts/2034-01-01-f.md", "f")
        + "-- _posts/2024-01-01-g.md --\n---\ntitle: [x\n---\ng\n"
        + "-- _posts/2024-01-01-h.textile --\n---\ntitle: H\n---\nh\n"
        + "-- about.md --\n---\ntitle: About\n---\ni\n"
        + "-- _data/comments/a/1.yml --\nbody: x\n"
    )
    said = report.markdown(move("jekyll"))
    assert "Posts, issues and pages found: 9." in said
    assert "Shown: 3." in said
    assert "Held back: 2" in said
    assert "In quarantine: 2." in said
    assert said.count("Left out, ") == 2
    assert "comments of readers, in _data/comments: 1" in said


def test_folders_of_files_are_not_passed_over_by_their_name(move: Any, put: Any, site: Any) -> None:
    put(f"{CONFIG}{OPEN}-- assets/vendor/a.txt --\nx\n-- resources/b.txt --\nx\n")
    put("-- vendor/lib.js --\nx\n")
    put("-- vendor/bundle/c.txt --\nx\n-- assets/.d/e.txt --\nx\n")
    move("jekyll")
    came = [p for p in site.tree("content") if p.startswith("static/")]
    assert came == ["static/assets/vendor/a.txt", "static/resources/b.txt", "static/vendor/lib.js"]


def test_names_that_the_settings_include_are_not_passed_over(move: Any, put: Any) -> None:
    put(f"{CONFIG}include: [_old]\n" + post("_posts/_old/2024-03-01-a.md", "a"))
    assert [entry.title for entry in move("jekyll").site.entries] == ["Ta"]


def test_words_beside_a_list_are_told(move: Any, put: Any) -> None:
    loop = "{% for p in site.posts %}{{ p.title }}{% endfor %}"
    put(f"{CONFIG}{OPEN}-- index.html --\n---\n---\n<p>Welcome aboard</p>{loop}\n"
        f"-- blog/index.html --\n---\n---\n<p>All of them</p>{loop}\n"
        f"-- tags/index.html --\n---\n---\n<ul>{loop}</ul>\n")  # fmt: skip
    told = [said for said in move("jekyll").site.left if "has a text" in said]
    assert told == [
        "blog/index.html has a text that stood by the list /blog/",
        "index.html has a text that stood by the list /",
    ]
