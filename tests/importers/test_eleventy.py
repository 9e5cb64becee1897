"""Eleventy's odder corners: ignored files, copied ones, forms of heads, templates of lists."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from site_gen.basics import subprocesses
from site_gen.importers import report

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
    assert [why for _, why in outcome.site.unpublished] == ["the settings ignore it"] * 4


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
    assert rules == {
        "/1/": "/editions/",
        "/tags/low-water/": "/topics/low-water/",
        "/tags/all/": "/editions/",
    }
    assert outcome.lost == []


def test_addresses_that_its_program_alone_tells_are_named(move: Any, put: Any) -> None:
    put(
        f"-- eleventy.config.js --\n{CONFIG}"
        "-- src/years.njk --\n---\npagination:\n  data: years\n  size: 1\n  alias: year\n"
        'permalink: "/years/{{ year }}/"\n---\nx\n'
        '-- src/a.md --\n---\ntitle: A\ndate: 2024-03-01\npermalink: "/{{ own }}/"\n---\nx\n'
        "-- src/b/b.11tydata.js --\nexport default { permalink: (data) => place(data) };\n"
        "-- src/b/c.md --\n---\ntitle: C\ndate: 2024-03-02\n---\nx\n"
        "-- src/d.md --\n---\ntitle: Наука\ndate: 2024-03-02\n"
        'permalink: "/{{ title | slugify }}/"\n---\nx\n'
    )
    outcome = move("eleventy")
    assert outcome.lost == [
        "/years/{{ year }}/ (src/years.njk)",
        "/{{ own }}/ (src/a.md)",
        "/{{ title | slugify }}/ (src/d.md)",
        "{{ a program }} (src/b/c.md)",
    ]


def test_the_old_feed_tells_a_date_and_an_address_that_nothing_else_does(
    move: Any, put: Any, tmp_path: Path
) -> None:
    put(
        f"-- eleventy.config.js --\n{CONFIG}-- src/_data/metadata.json --\n{ABOUT}\n"
        '-- src/a.md --\n---\ntitle: Low tide\ntags: [x]\npermalink: "/{{ own }}/"\n---\nx\n'
    )
    feed = tmp_path / "old.xml"
    feed.write_text(
        '<rss version="2.0"><channel><item><guid>g1</guid><title>Low tide</title>'
        "<link>https://f.example/tides/low/</link><pubDate>Sat, 02 Mar 2024 08:00:00 GMT</pubDate>"
        "</item></channel></rss>"
    )
    outcome = move("eleventy", feed=feed)
    entry = outcome.places.placed[0].entry
    assert (entry.date, entry.address) == (datetime(2024, 3, 2, 8, tzinfo=UTC), "/tides/low/")
    assert (outcome.lost, outcome.quarantined) == ([], [])
    assert "1 text says no date: it has that of the old feed" in report.markdown(outcome)


def test_a_post_without_a_date_has_that_of_its_commit(move: Any, put: Any, old: Path) -> None:
    put(
        f"-- eleventy.config.js --\n{CONFIG}"
        "-- src/a.md --\n---\ntitle: A\ntags: posts\n---\nx\n"
        "-- src/b.md --\n---\ntitle: B\ntags: posts\ndate: git Last Modified\n---\nx\n"
        "-- src/about.md --\n---\ntitle: About\n---\nx\n"
    )
    _commit(old, "2024-03-03T10:00:00+01:00")
    put("-- src/b.md --\n---\ntitle: B\ntags: posts\ndate: git Last Modified\n---\ny\n")
    _commit(old, "2024-04-04T10:00:00+02:00")
    put("-- src/c.md --\n---\ntitle: C\ntags: posts\n---\nno commit has it\n")
    outcome = move("eleventy")
    dates = {p.entry.title: p.entry.date for p in outcome.places.placed}
    assert dates == {
        "A": datetime(2024, 3, 3, 9, tzinfo=UTC),
        "B": datetime(2024, 4, 4, 8, tzinfo=UTC),
        "C": None,
        "About": None,
    }
    assert [row.source for row in outcome.quarantined] == ["src/c.md"]
    assert "2 texts say no date: they have that of its commit" in report.markdown(outcome)


def test_a_clone_of_the_last_commit_alone_dates_nothing(
    move: Any, put: Any, old: Path, tmp_path: Path
) -> None:
    put(f"-- eleventy.config.js --\n{CONFIG}-- src/a.md --\n---\ntitle: A\ntags: posts\n---\nx\n")
    _commit(old, "2024-03-03T10:00:00+01:00")
    _git(tmp_path, "clone", "-q", "--depth", "1", f"file://{old}", "shallow")
    outcome = move("eleventy", source=tmp_path / "shallow")
    assert [row.source for row in outcome.quarantined] == ["src/a.md"]


def test_what_no_list_showed_is_a_draft_and_its_address_named(move: Any, put: Any) -> None:
    hidden = "eleventyExcludeFromCollections: true\n"
    put(
        f"-- eleventy.config.js --\n{CONFIG}"
        f"-- src/a.md --\n---\ntitle: A\ndate: 2024-03-01\n{hidden}---\nx\n"
        f"-- src/imprint.md --\n---\ntitle: Imprint\n{hidden}---\nx\n"
    )
    outcome = move("eleventy")
    assert [p.entry.private != "" for p in outcome.places.placed] == [True, False]
    assert "(it stood at `/a/`)" in report.markdown(outcome)


def _commit(folder: Path, moment: str) -> None:
    if not (folder / ".git").exists():
        _git(folder, "init", "-q")
    _git(folder, "add", "-A")
    dated = {"GIT_AUTHOR_DATE": moment, "GIT_COMMITTER_DATE": moment}
    _git(folder, "-c", "user.name=A", "-c", "user.email=a@b.example", "commit", "-qm", "x", **dated)


def _git(folder: Path, *words: str, **env: str) -> None:
    done = subprocesses.run("git", "-C", str(folder), *words, env=env)
    assert done.code == 0, done.err


def test_a_day_in_any_folder_of_a_path_is_the_date(move: Any, put: Any) -> None:
    put("-- .eleventy.js --\nmodule.exports = {}\n"
        "-- blog/2024-01-12-two/two.md --\n---\ntitle: Two\ntags: post\n---\nx\n"
        "-- blog/a2024-01-13/c/2024-01-14-three.md --\n---\ntitle: Three\ntags: post\n---\nx\n"
        "-- list.njk --\n---\n---\nWelcome {% for a in collections.post %}{% endfor %}\n"
    )  # fmt: skip
    site = move("eleventy").site
    days = {entry.title: str(entry.date)[:10] for entry in site.entries}
    assert days == {"Two": "2024-01-12", "Three": "2024-01-13"}
    assert "list.njk has a text that stood by the list it made" in site.left
