"""Markdown without front matter: its title and date are read off it, its body stays."""

from typing import Any

import pytest

from site_gen.convert.options import ConvertOptions
from site_gen.convert.run import drafts_of
from site_gen.model import Draft, RawDocument
from site_gen.problems import SiteError
from site_gen.settings import Settings

BODY = """*By Ann Example, 4 March 2031* — [source](https://post.example/lamp)

The **lamp** is lit again, [says the keeper](https://k.example/).

## What it took

| What | Cost |
|------|-----:|
| Oil  | 3    |

1. First
   - inner

> A quote.

```sh
# no title
```
"""


def converted(text: str, name: str = "a.md") -> Draft:
    raw = RawDocument(name=name, data=text.encode())
    (draft,) = drafts_of(raw, Settings(), ConvertOptions())
    return draft


def test_title_date_author_and_source_are_read_and_the_body_stays() -> None:
    draft = converted(f"# The *lamp* is lit\n\n{BODY}")
    assert draft.body == BODY
    assert draft.matter["title"] == "The lamp is lit"
    assert f"{draft.matter['publishedDateTime']:%Y-%m-%d}" == "2031-03-04"
    assert draft.matter["warnings"] == ["publishedDateTime: only the day is known"]
    assert draft.matter["authors"] == [{"name": "Ann Example"}]
    assert draft.matter["webUrl"] == "https://post.example/lamp"
    assert draft.is_raw


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("2031-03-05-lamp.md", "2031-03-05"),
        ("posts/2031/03/06/lamp.md", "2031-03-06"),
        ("20310307 lamp.markdown", "2031-03-07"),
        ("2030-01-01/2031-3-8-lamp.mkd", "2031-03-08"),
    ],
)
def test_name_and_folder_date_it_first(name: str, day: str) -> None:
    draft = converted(BODY, name)
    assert f"{draft.matter['publishedDateTime']:%Y-%m-%d}" == day
    assert (draft.matter["title"], draft.matter["titleDerived"]) == ("Lamp", True)


def test_underlined_title_and_one_below_a_line() -> None:
    assert converted("The lamp\n========\n\nIs *lit*.\n").body == "Is *lit*.\n"
    below = "Issue 7\n\n# The lamp\n\nIs lit.\n"
    assert (converted(below).matter["title"], converted(below).body) == ("The lamp", below)


def test_date_in_prose_is_no_date_of_the_document() -> None:
    text = "# Lamp\n\nThe lamp was first lit on 4 March 1931 by the keeper of the light.\n"
    assert "publishedDateTime" not in converted(text).matter


def test_program_of_mdx_is_cut_and_said() -> None:
    text = (
        "import Chart from './chart'\nexport const x = {\n  a: 1,\n}\n\n# Lamp\n\n"
        "<Note kind='tip'>\n\nKept *text*.\n\n</Note>\n\n<Chart data={x} />\n{/* not shown */}\n\n"
        "```js\nimport kept from 'here'\n```\n"
    )
    draft = converted(text, "a.mdx")
    assert draft.body.split() == "Kept *text*. ```js import kept from 'here' ```".split()
    assert draft.matter["warnings"][0] == "components of MDX were cut: Chart, Note"
    assert {cut.rule for cut in draft.receipt.cuts} == {"mdx_statement", "mdx_component", "title"}


@pytest.mark.parametrize("name", ["a.rst", "a.adoc", "a.org"])
def test_other_markup_is_refused_by_its_name(name: str) -> None:
    with pytest.raises(SiteError, match=r"is (reStructuredText|AsciiDoc|Org)"):
        converted("Title\n=====\n\nText\n", name)


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("# A\n\n[b](https://c.example/)\n", "-", "markdown"),
        ("plain words of a page\n\nand more\n", "a.md", "text"),
        ("- one\n- two\n", "a.md", "markdown"),
        ("# 1 in the charts\n\nHome\n\nA story.\n", "a.txt", "text"),
        ("<div>HTML</div>\n\n# A\n", "a.md", "markdown"),
    ],
)
def test_what_counts_as_markdown(text: str, name: str, kind: str) -> None:
    assert converted(text, name).receipt.kind == kind


def test_body_lies_in_the_file_byte_for_byte(folder: Any) -> None:
    folder.put("raw/2031-03-04-lamp.md", f"# Lamp\n\n{BODY}")
    folder.convert("raw")
    assert folder.text("content/2031-03-04-lamp.md").endswith(f"---\n\n{BODY}")


def test_html_post_of_another_system_becomes_markdown(folder: Any) -> None:
    head = "---\nlayout: post\ntitle: Lamp\ndate: 2031-03-04\n---\n"
    post = f"{head}<p>It is <b>lit</b>.</p><img src='/l.png'>"
    folder.put("_posts/lamp.html", post)
    folder.convert("_posts")
    assert folder.text("content/lamp.md").endswith("---\n\nIt is **lit**.\n\n![](/l.png)\n")
