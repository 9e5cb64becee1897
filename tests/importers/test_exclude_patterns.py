"""What systems without a kind of their own keep from readers by their settings."""

from typing import Any

import pytest

POST = "---\ntitle: T{0}\ndate: 2024-03-01\n{1}---\nword{0}\n"
SHOWN = POST.format("shown", "")
KEPT = POST.format("kept", "")
MKDOCS = "-- mkdocs.yml --\nsite_name: M\nplugins:\n  - blog\n"

SITES = {
    "mkdocs, excluded": (
        f"{MKDOCS}exclude_docs: |\n  inner/\n  x-*.md\n  !x-a.md\n-- docs/x-a.md --\n{SHOWN}"
        f"-- docs/inner/b.md --\n{KEPT}-- docs/deep/x-c.md --\n{KEPT}",
        ["docs/deep/x-c.md", "docs/inner/b.md"],
    ),
    "mkdocs, drafts": (
        f"{MKDOCS}docs_dir: texts\ndraft_docs: later/\n-- texts/a.md --\n{SHOWN}"
        f"-- texts/later/b.md --\n{KEPT}",
        ["texts/later/b.md"],
    ),
    "mkdocs, plugin exclude": (
        f"{MKDOCS}  - exclude:\n      glob:\n        - 'inner/*'\n-- docs/a.md --\n{SHOWN}"
        f"-- docs/inner/b.md --\n{KEPT}",
        ["docs/inner/b.md"],
    ),
    "mkdocs, plugin meta": (
        f"{MKDOCS}  - meta\n-- docs/posts/a.md --\n{SHOWN}-- docs/hush/.meta.yml --\ndraft: true\n"
        f"-- docs/hush/deep/b.md --\n{KEPT}-- docs/odd/.meta.yml --\n{{\n"
        f"-- docs/odd/c.md --\n{KEPT}",
        ["docs/hush/deep/b.md", "docs/odd/c.md"],
    ),
    "vitepress": (
        "-- .vitepress/config.mts --\nexport default { srcExclude: ['**/*.plan.md', 'inner/**'] }\n"
        f"-- a.md --\n{SHOWN}-- inner/b.md --\n{KEPT}-- deep/c.plan.md --\n{KEPT}",
        ["deep/c.plan.md", "inner/b.md"],
    ),
    "vuepress": (
        "-- docs/.vuepress/config.ts --\nexport default { pagePatterns: ['**/*.md', '!hush/**'],\n"
        " theme: hope({ encrypt: { config: { '/shut/': ['1234'] } } }) }\n"
        f"-- docs/a.md --\n{SHOWN}-- docs/hush/b.md --\n{KEPT}-- docs/shut/c.md --\n{KEPT}",
        ["docs/hush/b.md", "docs/shut/c.md"],
    ),
    "gatsby": (
        "-- gatsby-config.js --\nmodule.exports = { plugins: [{ resolve: 'source-filesystem',\n"
        " options: { path: 'content', ignore: [`**/inner-*`] } }] }\n"
        f"-- content/a.md --\n{SHOWN}-- content/inner-b.md --\n{KEPT}",
        ["content/inner-b.md"],
    ),
    "nanoc": (
        f"-- Rules --\nignore '/inner/**/*'\n-- content/a.md --\n{SHOWN}"
        f"-- content/inner/b.md --\n{KEPT}",
        ["content/inner/b.md"],
    ),
    "middleman": (
        "-- config.rb --\nignore 'hush/*'\nignore /plan-\\d/\nignore /plan-/\n"
        f"-- source/a.html.md --\n{SHOWN}-- source/hush/b.html.md --\n{KEPT}"
        f"-- source/plan-c.html.md --\n{KEPT}",
        ["source/hush/b.html.md", "source/plan-c.html.md"],
    ),
    "hexo without source_dir": (
        f"-- _config.yml --\ntitle: H\nexclude: ['shut/**']\n-- source/_posts/a.md --\n{SHOWN}"
        f"-- source/_discarded/b.md --\n{KEPT}-- source/shut/c.md --\n{KEPT}",
        ["source/_discarded/b.md", "source/shut/c.md"],
    ),
    "quartz": (
        "-- quartz.config.ts --\nconst c = { ignorePatterns: ['hush'],\n"
        " filters: [Plugin.ExplicitPublish()] }\n"
        + f"-- content/a.md --\n{POST.format('shown', 'publish: true' + chr(10))}"
        + f"-- content/hush/b.md --\n{POST.format('kept', 'publish: true' + chr(10))}"
        + f"-- content/c.md --\n{KEPT}",
        ["content/c.md", "content/hush/b.md"],
    ),
    "nuxt": (
        "-- content.config.ts --\nexport default { source: { exclude: ['blog/inner/**'] } }\n"
        "-- nuxt.config.ts --\nexport default { content: { ignores: ['hush/'] },\n"
        " map: { exclude: ['/a'] } }\n"
        f"-- content/a.md --\n{SHOWN}-- content/blog/inner/b.md --\n{KEPT}"
        f"-- content/hush/c.md --\n{KEPT}",
        ["content/blog/inner/b.md", "content/hush/c.md"],
    ),
    "metalsmith": (
        f'-- metalsmith.json --\n{{"ignore": ["x-*.md"]}}\n-- src/a.md --\n{SHOWN}'
        f"-- src/x-b.md --\n{KEPT}",
        ["src/x-b.md"],
    ),
    "cobalt": (
        "-- _cobalt.yml --\nignore:\n  - inner/*\nposts:\n  drafts_dir: sketches\n"
        f"-- posts/a.md --\n{SHOWN}-- inner/b.md --\n{KEPT}-- sketches/c.md --\n{KEPT}",
        ["inner/b.md", "sketches/c.md"],
    ),
    "sphinx": (
        f"-- docs/conf.py --\nexclude_patterns = ['inner/*']\n-- docs/a.md --\n{SHOWN}"
        f"-- docs/inner/b.md --\n{KEPT}",
        ["docs/inner/b.md"],
    ),
    "Jupyter Book": (
        "-- _config.yml --\ntitle: B\nonly_build_toc_files: true\n-- _toc.yml --\nformat: jb-book\n"
        "root: a\nchapters:\n- file: deep/c.md\n- glob: more/*\n"
        f"-- a.md --\n{SHOWN}-- b.md --\n{KEPT}-- deep/c.md --\n{SHOWN}-- deep/d.md --\n{KEPT}"
        f"-- more/e.md --\n{SHOWN}",
        ["b.md", "deep/d.md"],
    ),
    "MyST, in some forms alone": (
        f"-- docs/conf.py --\nextensions = ['myst_parser']\n-- docs/a.md --\n{SHOWN}"
        "```{only} html\nmore\n```\n"
        f"-- docs/b.md --\n{KEPT}```{{only}} internal\nwordkept\n```\n"
        f"-- docs/c.md --\n{KEPT}:::{{only}} not html\nwordkept\n:::\n"
        f"-- docs/d.md --\n{KEPT}.. only:: latex\n\n   wordkept\n",
        ["docs/b.md", "docs/c.md", "docs/d.md"],
    ),
    "titles of WordPress": (
        f"-- a.md --\n{SHOWN}-- b.md --\n---\n"
        "title: 'Private: T'\ndate: 2024-03-01\n---\nwordkept\n"
        "-- c.md --\n---\ntitle: Private life of a heron\ndate: 2024-03-01\n---\nwordshown\n",
        ["b.md"],
    ),
    "to-dos of Joplin": (
        f"-- a.md --\n{POST.format('shown', 'completed?: yes' + chr(10))}"
        f"-- b.md --\n{POST.format('kept', 'completed?: no' + chr(10))}",
        ["b.md"],
    ),
    "mdbook": (
        "-- book.toml --\n[book]\n-- src/SUMMARY.md --\n- [A](./a.md)\n<!-- [B](b.md) -->\n"
        f"-- src/a.md --\n{SHOWN}-- src/b.md --\n{KEPT}",
        ["src/b.md"],
    ),
    "an account of Medium": (
        f"-- x/posts/a.md --\n{SHOWN}-- x/ips/b.html --\n<html><title>wordkept</title></html>\n"
        "-- x/sessions/2024-01-02.html --\n<html><title>wordkept</title></html>\n",
        ["x/ips/b.html", "x/sessions/2024-01-02.html"],
    ),
    "Logseq": (
        "-- logseq/config.edn --\n{}\n-- logseq/bak/a.md --\nwordkept\n"
        "-- pages/a.md --\ntitle:: A\ndate:: 2024-03-01\npublic:: true\n\n- wordshown\n"
        "-- pages/b.md --\ntitle:: B\ndate:: 2024-03-01\n\n- wordkept\n"
        "-- journals/2024_03_01.md --\n- wordkept\n",
        ["journals/2024_03_01.md", "pages/b.md"],
    ),
    "Obsidian": (
        '-- .obsidian/templates.json --\n{"folder": "Tpl"}\n'
        f"-- a.md --\n{SHOWN}-- Tpl/b.md --\n{KEPT}-- c.md --\n{KEPT}\n#draft #boats\n"
        f"-- d.md --\n{KEPT}\n[private:: true]\n",
        ["Tpl/b.md", "c.md", "d.md"],
    ),
    "Obsidian, digital garden": (
        "-- .obsidian/app.json --\n{}\n-- a.md --\n"
        + POST.format("shown", "dg-publish: true\n")
        + f"-- b.md --\n{KEPT}",
        ["b.md"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", SITES)
def test_it_is_not_public_and_named(name: str, move: Any, put: Any, held_back: Any) -> None:
    text, private = SITES[name]
    put(text)
    assert held_back(move("markdown")) == private


def test_a_folder_of_posts_beside_one_of_those_names_is_no_account(
    move: Any, put: Any, site: Any
) -> None:
    put(f"-- posts/a.md --\n{SHOWN}-- lists/b.md --\n{POST.format('b', '')}")
    move("markdown")
    assert {p.rpartition("/")[2] for p in site.tree("content")} == {"a.md", "b.md"}


@pytest.mark.parametrize(
    "line",
    ["archived: true", "deleted_at: 2024-04-01", "needsReview: true", "show: false", "done: no",
     "dg-publish: false", "_discoverable: no", "encrypted: true", "ignored: true",
     "routable: false", "protect: logged_in"],
)  # fmt: skip
def test_a_key_that_says_so(line: str, move: Any, put: Any, held_back: Any) -> None:
    put(f"-- a.md --\n{SHOWN}-- b.md --\n{POST.format('kept', line + chr(10))}")
    assert held_back(move("markdown")) == ["b.md"]


def test_folders_of_mails_that_nobody_got(move: Any, put: Any, held_back: Any) -> None:
    mail = "<html><head><title>T</title></head><body><p>word{}</p></body></html>\n"
    put(
        f"-- sent/2024-03-01-a.html --\n{mail.format('shown')}"
        f"-- drafts/2024-03-02-b.html --\n{mail.format('kept')}"
        f"-- replies/2024-03-03-c.html --\n{mail.format('kept')}"
        f"-- subscribers.html --\n{mail.format('kept')}"
    )
    outcome = move("mails")
    assert held_back(outcome) == ["drafts/2024-03-02-b.html", "replies/2024-03-03-c.html"]
    assert any("subscribers.html" in said for said in outcome.site.left)


def test_a_middleman_post_is_no_page_and_ruby_in_one_is_put_aside(
    move: Any, put: Any, site: Any
) -> None:
    put(
        f"-- config.rb --\nactivate :blog\n-- source/blog/2024-03-01-a.html.md --\n{SHOWN}"
        f"-- source/blog/2024-03-02-b.html.md.erb --\n{KEPT}"
    )
    outcome = move("markdown")
    assert [place.entry.page for place in outcome.places.placed] == [False]
    aside = (site.root / ".site_gen/quarantine").rglob("*.erb.md")
    assert [path.name for path in aside] == ["2024-03-02-b.html.md.erb.md"]
    assert [place.entry.stem for place in outcome.places.placed] == ["source/blog/2024-03-01-a"]


def test_the_days_of_mkdocs_blog(move: Any, put: Any) -> None:
    head = "date:\n  created: 2024-03-01\n  updated: 2024-04-01\n"
    put(f"{MKDOCS}-- docs/posts/a.md --\n---\ntitle: A\n{head}---\nwords\n")
    entry = move("markdown").places.placed[0].entry
    assert f"{entry.date:%Y-%m-%d}" == "2024-03-01"


def test_mails_that_lie_in_their_table(move: Any, put: Any, held_back: Any) -> None:
    put(
        "-- posts.csv --\nid,web_title,status,audience,publish_date,content_html\n"
        "1,A,confirmed,free,2024-03-01,<p>wordshown</p>\n"
        "2,B,draft,free,2024-03-02,<p>wordkept</p>\n"
        "3,C,confirmed,premium,2024-03-03,<p>wordkept</p>\n"
        "4,D,archived,free,2024-03-04,<p>wordkept</p>\n"
    )
    assert held_back(move("mails")) == ["posts.csv#2", "posts.csv#3", "posts.csv#4"]
