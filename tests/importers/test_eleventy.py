"""Eleventy's odder corners: ignored files, copied ones, forms of heads, templates of lists."""

from typing import Any

CONFIG = """export default function (c) {
  c.addPassthroughCopy({ "static": "/" });
  c.addPassthroughCopy("./src/**/*.pdf");
  c.ignores.add("src/plans/**");
  return { dir: { input: "src" } };
}
"""
ABOUT = '{"title": "Ferries", "url": "https://f.example"}'


def found(outcome: Any) -> dict[str, str]:
    return {p.entry.title: p.entry.address for p in outcome.places.placed}


def test_what_it_ignores_is_not_published(move: Any, put: Any) -> None:
    put(
        f"-- eleventy.config.js --\n{CONFIG}-- .eleventyignore --\nsrc/old\n*.tmp.md\n"
        "-- .gitignore --\n# own\n/src/local.md\n"
        "-- src/posts/a.md --\n---\ntitle: A\ndate: 2024-03-01\n---\nx\n"
        "-- src/old/b.md --\n---\ntitle: B\ndate: 2024-03-01\n---\nx\n"
        "-- src/posts/c.tmp.md --\n---\ntitle: C\ndate: 2024-03-01\n---\nx\n"
        "-- src/local.md --\n---\ntitle: D\ndate: 2024-03-01\n---\nx\n"
        "-- src/plans/e.md --\n---\ntitle: E\ndate: 2024-03-01\n---\nx\n"
    )
    outcome = move("eleventy")
    assert list(found(outcome)) == ["A"]
    assert sum("the settings ignore" in line for line in outcome.site.left) == 4


def test_files_outside_its_folder_and_by_a_pattern_are_copied(move: Any, put: Any) -> None:
    put(
        f"-- eleventy.config.js --\n{CONFIG}-- static/CNAME --\nx\n-- static/a/b.txt --\nx\n"
        "-- src/posts/m.pdf --\nx\n-- src/posts/n.txt --\nx\n"
        "-- src/posts/a.md --\n---\ntitle: A\ndate: 2024-03-01\n---\nx\n"
    )
    outcome = move("eleventy")
    assert {s.address for s in outcome.site.static} == {"/CNAME", "/a/b.txt", "/posts/m.pdf"}


def test_heads_of_every_form_and_posts_that_are_templates(move: Any, put: Any) -> None:
    put(
        f"-- eleventy.config.js --\n{CONFIG}"
        '-- src/a.md --\n---json\n{"title": "A", "date": "2024-03-01"}\n---\nx\n'
        '-- src/b.md --\n---toml\ntitle = "B"\ndate = 2024-03-02\n---\nx\n'
        '-- src/c.md --\n---js\nconst title = "C";\n---\nx\n'
        "-- src/d.njk --\n---\ntitle: D\ndate: 2024-03-03\ntags: posts\n---\n<p>x <b>y</b></p>\n"
        "-- src/e.njk --\n---\ntitle: E\n---\n<p>x</p>\n-- src/f.11ty.js --\nx\n"
    )
    outcome = move("eleventy")
    assert found(outcome) == {"A": "/a/", "B": "/b/", "D": "/d/"}
    assert [row.reasons for row in outcome.quarantined] == [
        ("its front matter is a program, which is not run",)
    ]
    assert outcome.lost == ["/e/", "/f/"]
    assert "x **y**" in outcome.places.placed[2].entry.body


def test_pages_of_tags_and_further_pages_lead_to_ours(move: Any, put: Any) -> None:
    posts = "".join(
        f"-- src/p{n}.md --\n---\ntitle: P{n}\ndate: 2024-03-0{n}\ntags: [Low Water]\n---\nx\n"
        for n in range(1, 5)
    )
    put(
        f"-- eleventy.config.js --\n{CONFIG}-- src/_data/metadata.json --\n{ABOUT}\n{posts}"
        "-- src/index.njk --\n---\npagination:\n  data: collections.posts\n  size: 2\n---\nx\n"
        "-- src/tags.njk --\n---\npagination:\n  data: collections\n  size: 1\n  alias: tag\n"
        'permalink: "/tags/{{ tag | slugify }}/"\n---\nx\n'
    )
    outcome = move("eleventy")
    rules = {rule.source: rule.target for rule in outcome.redirects.rules}
    assert rules == {"/1/": "/editions/", "/tags/low-water/": "/topics/low-water/"}
    assert outcome.lost == []
