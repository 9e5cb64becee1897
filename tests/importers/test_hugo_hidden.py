"""What Hugo's settings, sections and front matter keep from being public, each as Hugo reads it."""

from typing import Any

import pytest

from site_gen.convert import time_limit
from site_gen.importers.bodies import hidden_shortcodes

CONFIG = 'baseURL = "https://h.example/"\ntitle = "Tides"\n'


def text(path: str, name: str, *lines: str, date: str = "date: 2024-03-01") -> str:
    """A text whose one word is its name."""
    head = "\n".join(["---", f"title: T{name}", date, *lines, "---"])
    return f"-- {path} --\n{head}\nword{name}\n"


def drafts(target: str, key: str, glob: str) -> str:
    """Settings that make drafts of the pages that a target names."""
    return f"[[cascade]]\ndraft = true\n[cascade.{target}]\n{key} = '{glob}'\n"


CASES: dict[str, tuple[str, str]] = {
    "a cascade of the settings for a path": (
        f"-- hugo.toml --\n{CONFIG}{drafts('target', 'path', '/shut/**')}"
        + text("content/p/a.md", "shown")
        + text("content/shut/a.md", "kept"),
        "shown",
    ),
    "one under its older name, for a kind": (
        f"-- hugo.toml --\n{CONFIG}{drafts('_target', 'kind', 'section')}"
        + text("content/p/a.md", "shown"),
        "shown",
    ),
    "one for a preview alone": (
        f"-- hugo.toml --\n{CONFIG}{drafts('target', 'environment', 'staging')}"
        + text("content/p/a.md", "shown"),
        "shown",
    ),
    "the first of two cascades that hit, and the nearest of all": (
        f"-- hugo.toml --\n{CONFIG}[[cascade]]\ndraft = false\n[cascade.target]\n"
        f"path = '/s/open*'\n{drafts('target', 'path', '/{s,near}/**')}"
        + text("content/s/open.md", "shown")
        + text("content/s/a.md", "kept")
        + "-- content/near/_index.md --\n---\ncascade: {draft: false}\n---\n"
        + text("content/near/a.md", "near"),
        "near shown",
    ),
    "a section's cascade with a path: a star stops at a slash, two do not": (
        f"-- hugo.toml --\n{CONFIG}-- content/s/_index.md --\n---\ncascade:\n- target:\n"
        "    path: '{/s/Hid*,/s/deep/**}'\n  draft: true\n---\n"
        + text("content/s/hidden.md", "kept")
        + text("content/s/hidden2/a.md", "below")
        + text("content/s/deep/x/index.md", "deep")
        + text("content/s/open.md", "shown"),
        "below shown",
    ),
    "parts of the settings in folders, for the public site": (
        f"-- config/_default/hugo.toml --\n{CONFIG}"
        "-- config/_default/cascade.yaml --\n- draft: true\n  target: {path: /shut/**}\n"
        '-- config/production/hugo.toml --\nignoreFiles = ["out\\\\.md$"]\n'
        "-- config/development/hugo.toml --\nignoreFiles = ['.']\n"
        + text("content/p/a.md", "shown")
        + text("content/p/out.md", "kept")
        + text("content/shut/a.md", "shut"),
        "shown",
    ),
    "dates under names of its own": (
        f"-- hugo.toml --\n{CONFIG}[frontmatter]\ndate = ['posted', ':default']\n"
        "expiryDate = ['ends']\npublishDate = ['goes', ':default']\n"
        + text("content/p/a.md", "shown", date="posted: 2024-03-01")
        + text("content/p/b.md", "over", "ends: 2024-04-01")
        + text("content/p/c.md", "tocome", "goes: 2035-01-01")
        + text("content/p/d.md", "posted", date="posted: 2035-01-01"),
        "shown",
    ),
    "mounts that leave files out": (
        f"-- hugo.toml --\n{CONFIG}[[module.mounts]]\nsource = 'content'\ntarget = 'content'\n"
        "excludeFiles = ['inner/*', 'P/x*']\n[[module.mounts]]\nsource = 'more'\n"
        "target = 'content/m'\nfiles = ['**.md', '! **.draft.md']\n"
        + text("content/p/a.md", "shown")
        + text("content/p/xa.md", "kept")
        + text("content/inner/deep/a.md", "inner")
        + text("more/a.md", "more")
        + text("more/deep/b.draft.md", "moredraft")
        + text("more/c.html", "html"),
        "more shown",
    ),
    "a language that is off": (
        f"-- hugo.toml --\n{CONFIG}[languages.en]\nweight = 1\n[languages.de]\ndisabled = true\n"
        + text("content/p/a.md", "shown")
        + text("content/p/a.de.md", "kept"),
        "shown",
    ),
    "a language that is off, in a folder of its own": (
        f"-- hugo.toml --\n{CONFIG}disableLanguages = ['de']\n"
        "[languages.en]\ncontentDir = 'content/en'\n[languages.de]\ncontentDir = 'content/de'\n"
        + text("content/en/p/a.md", "shown")
        + text("content/de/p/a.md", "kept")
        + text("content/fr/p/a.md", "nobody"),
        "shown",
    ),
    "how a page is built": (
        f"-- hugo.toml --\n{CONFIG}"
        + text("content/p/a.md", "shown", "build: {render: always, list: always}")
        + text("content/p/b.md", "link", "build: {render: link}")
        + text("content/p/c.md", "local", "_build: {list: local}")
        + text("content/p/d.md", "never", "build: {list: never}"),
        "shown",
    ),
    "pages that are no kind of it": (
        f"-- hugo.toml --\n{CONFIG}disableKinds = ['page']\n" + text("content/p/a.md", "kept"),
        "",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_what_hugo_does_not_show_is_not_shown(case: str, move: Any, put: Any, site: Any) -> None:
    sections, shown = CASES[case]
    put(sections)
    outcome = move("hugo")
    assert site.build().ok
    everything = b"".join(site.tree().values()).decode("utf-8", "replace")
    words = {part.split("\n")[0] for part in sections.split("\nword")[1:]}
    assert " ".join(sorted(w for w in words if f"word{w}" in everything)) == shown
    told = len(outcome.places.placed) + len(outcome.site.unpublished)
    assert told == len(words)  # each came, or is named as left out


FILES = (
    f"-- hugo.toml --\n{CONFIG}"
    + text("content/p/open/index.md", "open")
    + "-- content/p/open/open.txt --\nx\n"
    + text("content/p/shut/index.md", "shut", "build: {publishResources: false}")
    + "-- content/p/shut/shut.txt --\nx\n"
    + "-- content/d/_index.md --\n---\ncascade: {draft: true}\n---\n-- content/d/sub/d.txt --\nx\n"
    + "-- content/e/_index.md --\n---\nexpiryDate: 2020-01-01\n---\n-- content/e/e.txt --\nx\n"
    + "-- content/f/_index.md --\n---\ntitle: F\n---\n-- content/f/f.txt --\nx\n"
    + "-- static/s.txt --\nx\n"
)


def test_files_of_sections_and_pages_that_keep_them_stay_behind(
    move: Any, put: Any, site: Any
) -> None:
    put(FILES)
    outcome = move("hugo")
    came = [p.rpartition("/")[2] for p in site.tree("content") if p.startswith("static/")]
    assert sorted(came) == ["f.txt", "open.txt", "s.txt"]
    assert sorted(p.rpartition("/")[2] for p, _ in outcome.site.unpublished) == [
        "d.txt",
        "e.txt",
        "shut.txt",
    ]


def test_further_forms_of_a_page_lead_on_or_are_lost(move: Any, put: Any, site: Any) -> None:
    put(
        f"-- hugo.toml --\n{CONFIG}[outputs]\npage = ['html', 'json', 'amp', 'print']\n"
        "section = ['html', 'rss', 'json']\n[outputFormats.print]\nmediaType = 'text/html'\n"
        "baseName = 'print'\n[outputFormats.card]\nmediaType = 'text/calendar'\n"
        + text("content/p/a.md", "a")
        + text("content/p/b.md", "b", "outputs: [html, card]")
    )
    outcome = move("hugo")
    assert outcome.lost == ["/p/a/index.json", "/p/b/index.ics", "/p/index.json"]
    assert site.build().ok
    rules = site.page("_redirects")
    assert "/amp/p/a/ /p/a/ 301" in rules
    assert "/p/a/print.html /p/a/ 301" in rules
    assert "/p/b/print.html" not in rules


def test_dates_and_people_of_hugo_are_kept(move: Any, put: Any, site: Any) -> None:
    put(
        f"-- hugo.toml --\n{CONFIG}[frontmatter]\nlastmod = ['changed', ':default']\n"
        + text("content/p/a.md", "a", "changed: 2024-03-09", "params: {author: Ada Lane}")
        + text("content/p/b.md", "b", "lastmod: 2024-03-08", "author: Bo", "params: {author: No}")
    )
    move("hugo")
    first, second = (site.tree("content")[f"{name}.md"].decode() for name in ("p/a", "p/b"))
    assert "modifiedDateTime: 2024-03-09" in first
    assert "Ada Lane" in first
    assert "modifiedDateTime: 2024-03-08" in second
    assert "Bo" in second
    assert "No" not in second


HIDDEN = {
    "hugo": ("hugo.toml", CONFIG, "content/p/{}.md", "slug: oldslug\naliases: [/oldalias/]"),
    "jekyll": (
        "_config.yml",
        "plugins: [jekyll-feed]\nfeed: {tags: true}\n",
        "_posts/2024-03-01-{}.md",
        "slug: oldslug\nredirect_from: [/oldalias/]",
    ),
    "zola": (
        "config.toml",
        'base_url = "https://t.example"\ntaxonomies = [{name = "tags", feed = true}]\n',
        "content/p/{}.md",
        "slug: oldslug\naliases: [oldalias]",
    ),
    "eleventy": (
        ".eleventy.js",
        "module.exports = () => ({});\n-- tags.njk --\n---\npagination: {data: collections, "
        'size: 1, alias: tag}\npermalink: "/tags/{{ tag }}/"\n---\n',
        "posts/{}.md",
        "permalink: /oldslug/",
    ),
    "markdown": ("a.txt", "", "{}.md", "slug: oldslug\naliases: [/oldalias/]"),
}


@pytest.mark.parametrize("why", ["draft: true", "date: 2031-01-01", "expiryDate: 2024-04-01"])
@pytest.mark.parametrize("kind", HIDDEN)
def test_nothing_public_tells_of_a_hidden_text(
    kind: str, why: str, move: Any, put: Any, site: Any
) -> None:
    name, settings, place, addresses = HIDDEN[kind]
    date = "" if "date: 2031" in why else "date: 2024-03-01\n"
    head = f"title: quincuxtitle\n{date}{why}\ntags: [quincuxtag, both]\nauthor: quincuxman"
    put(f"-- {name} --\n{settings}\n")
    put(f"-- {place.format('quincuxstem')} --\n---\n{head}\n{addresses}\n---\nquincuxword\n")
    put(f"-- {place.format('open')} --\n---\ntitle: O\ndate: 2024-03-01\ntags: [both]\n---\nx\n")
    move(kind)
    assert site.build().ok
    everything = "".join(f"{p}\n{data!r}" for p, data in site.tree().items()).lower()
    told = [w for w in ("quincux", "oldslug", "oldalias") if w in everything]
    assert told == []


SHORTCODES = {
    "a comment": "{{< comment >}}wordkept{{< /comment >}}",
    "a comment of Markdown, over lines": "{{% comment %}}\n\n- wordkept\n\n{{%/comment%}}",
    "one in another": "{{<comment>}}a {{<comment>}}b{{</comment>}} wordkept{{</comment>}}",
    "one that lacks its end": "{{<comment>}}a {{<comment>}}b wordkept{{</comment>}}",
    "one in code": "```\n{{< comment >}}wordkept{{< /comment >}}\n```",
    "one of the site": "{{< todo >}}wordkept{{< /todo >}}",
    "one that shows its name alone": '{{< badge "wordbadge" >}}wordkept{{< /badge >}}',
    "one of a theme": "{{< later >}}wordkept{{< /later >}}",
}
TEMPLATES = (
    "-- layouts/shortcodes/todo.html --\n{{/* .Inner is for us */}}{{ with .Inner }}{{ end }}\n"
    "-- layouts/_shortcodes/badge.html --\n{{ if .Inner }}{{ end }}<b>{{ .Get 0 }}</b>\n"
    "-- themes/t/layouts/shortcodes/later.html --\n{{- if .Inner }}{{ end -}}\n"
    "-- themes/t/layouts/shortcodes/box.html --\n{{ if .Inner }}{{ end }}\n"
    "-- layouts/shortcodes/box.html --\n<div>{{ .Inner | markdownify }}</div>\n"
)


@pytest.mark.parametrize("case", SHORTCODES)
def test_texts_that_shortcodes_hide_are_not_shown(case: str, move: Any, put: Any) -> None:
    body = f"wordopen {SHORTCODES[case]} {{{{< box >}}}}wordbox{{{{< /box >}}}} wordend"
    put(f"-- hugo.toml --\n{CONFIG}{TEMPLATES}" + text("content/p/a.md", "a") + body)
    (place,) = move("hugo").places.placed
    assert "wordkept" not in place.entry.body
    assert [w for w in ("wordopen", "wordbox", "wordend") if w not in place.entry.body] == []
    assert ("wordbadge" in place.entry.body) == ("its name" in case)
    assert len(place.entry.lost) == 1


def test_a_comment_that_the_site_shows_or_that_is_written_to_be_seen(move: Any, put: Any) -> None:
    put(
        f"-- hugo.toml --\n{CONFIG}-- layouts/shortcodes/comment.html --\n{{{{ .Inner }}}}\n"
        + text("content/p/a.md", "a")
        + "{{< comment >}}wordb{{< /comment >}}"
    )
    (place,) = move("hugo").places.placed
    assert "wordb" in place.entry.body
    shown = "{{</* comment */>}}b{{</* /comment */>}}"
    assert hidden_shortcodes.cut(shown, hidden_shortcodes.COMMENT, []) == shown


@pytest.mark.parametrize("mark", ["{{< ", "{{< comment ", "{{< comment >}}", "{{< /comment >}}"])
def test_marks_without_an_end_stay_however_many(mark: str) -> None:
    text = mark * 20_000
    with time_limit.within(5, "marks"):
        assert hidden_shortcodes.cut(text, hidden_shortcodes.COMMENT, []) == text
