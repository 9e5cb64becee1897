"""Deliberately broken sites: the exact message of each, all in one run, the last site untouched."""

from collections.abc import Callable
from typing import Any

import pytest

GOOD = """
-- content/good.md --
---
title: Good
publishedDateTime: 2024-02-13T09:00:00Z
---
Fine.
"""
HEAD = "title: A\npublishedDateTime: 2024-02-14\n"


def broken(
    site: Any, said: Callable[[Any], list[str]], data: bytes, path: str = "content/bad.md"
) -> list[str]:
    """The problems of a site with one good article and one bad file, whose last build stays."""
    site.write(GOOD)
    site.good()
    before = site.tree()
    site.put(path, data)
    report = site.build()
    assert not report.ok
    assert (report.rendered, report.written, report.removed) == ((), (), ())
    assert site.tree() == before, "the last good site was touched"
    return said(report)


CASES: dict[str, tuple[bytes, str]] = {
    "missing": (
        b"# No front matter\n",
        "error[frontmatter/missing] no front matter at the top of the file\n"
        "  --> content/bad.md:1:1\n"
        "    1 | # No front matter\n"
        "      | ^^^^^^^^^^^^^^^^^\n"
        "help: start the file with a line `---`, the keys, and `---`",
    ),
    "unclosed": (
        b"---\ntitle: A\n\nText.\n",
        "error[frontmatter/unclosed] the front matter has no closing `---`\n"
        "  --> content/bad.md:1:1\n"
        "    1 | ---\n"
        "      | ^^^\n"
        "help: add a line `---` after the last key",
    ),
    "doubled": (
        b"---\n---\ntitle: A\n---\nText.\n",
        "error[frontmatter/doubled] the delimiter `---` stands twice\n"
        "  --> content/bad.md:2:1\n"
        "    2 | ---\n"
        "      | ^^^\n"
        "help: remove the second of the two `---` lines at the top",
    ),
    "duplicate key": (
        f"---\n{HEAD}title: B\n---\n".encode(),
        'error[frontmatter/yaml] the front matter holds the key "title" twice\n'
        "  --> content/bad.md:4:1\n"
        "    4 | title: B\n"
        "      | ^^^^^\n"
        "help: remove one of the two lines",
    ),
    "invalid UTF-8": (
        f"---\n{HEAD}---\ncaf\xe9\n".encode("latin-1"),
        "error[article/unreadable] the file is not UTF-8 (byte 0xe9 in line 5)\n"
        "  --> content/bad.md:5\n"
        "help: save it as UTF-8",
    ),
    "alias": (
        f"---\n{HEAD}excerpt: &x a\ncategory: *x\n---\n".encode(),
        "error[frontmatter/yaml] the front matter holds an anchor or alias (& or *)\n"
        "  --> content/bad.md:4:10\n"
        "    4 | excerpt: &x a\n"
        "      |          ^^^^\n"
        "help: write the value out in quotes",
    ),
    "deep nesting": (
        f"---\n{HEAD}x: {'[' * 5000}\n---\n".encode(),
        "error[frontmatter/yaml] the front matter is nested more than 32 deep\n"
        "  --> content/bad.md:4:35\n"
        f"    4 | x: {'[' * 76}…\n"
        "      |                                   ^\n"
        "help: flatten it",
    ),
    "10 MB": (
        f"---\n{HEAD}---\n".encode() + b"word " * 2_000_000,
        "error[article/unreadable] the file has 10000047 bytes; the limit is 1048576\n"
        "  --> content/bad.md\n"
        "help: shorten or split it",
    ),
    "wrong type": (
        f"---\n{HEAD}quality: lots\n---\n".encode(),
        'error[article/quality] quality: expected a whole number of 0 or more, got "lots"\n'
        "  --> content/bad.md:4:10\n"
        "    4 | quality: lots\n"
        "      |          ^^^^\n"
        "help: write a number such as 84, or remove the line",
    ),
    "wrong boolean": (
        f"---\n{HEAD}published: soon\n---\n".encode(),
        'error[article/published] published: expected true or false, got "soon"\n'
        "  --> content/bad.md:4:12\n"
        "    4 | published: soon\n"
        "      |            ^^^^\n"
        "help: write `published: true` or `published: false`, without quotes, or remove the line",
    ),
    "bad date": (
        b"---\ntitle: A\npublishedDateTime: 17 Feb 2024\n---\n",
        'error[article/date] publishedDateTime: "17 Feb 2024" is not a date such as'
        " 2024-02-17T09:00:00Z or 2024-02-17\n"
        "  --> content/bad.md:3:20\n"
        "    3 | publishedDateTime: 17 Feb 2024\n"
        "      |                    ^^^^^^^^^^^\n"
        "help: write 2024-02-17",
    ),
    "no date": (
        b"---\ntitle: A\npublishedDateTime:\n---\n",
        "error[article/date] neither publishedDateTime nor addedDateTime is given\n"
        "  --> content/bad.md:1:1\n"
        "    1 | ---\n"
        "      | ^^^\n"
        "help: add a line such as `publishedDateTime: 2024-02-17T09:00:00Z`",
    ),
    "picture from nowhere": (
        f"---\n{HEAD}images: [{{url: p.png}}]\n---\n".encode(),
        'error[link/nowhere] the picture "p.png" leads to no file.\n'
        "  --> content/bad.md:4\n"
        "help: correct the path, from this file, or add the file",
    ),
    "link out of content": (
        f"---\n{HEAD}---\n[x](../site.toml)\n".encode(),
        'error[article/body] the link "../site.toml" leads out of content/\n'
        "  --> content/bad.md:5\n"
        "    5 | [x](../site.toml)\n"
        "help: link to a file inside content/",
    ),
    "equal slugs": (
        f"---\n{HEAD}slug: GOOD\n---\n".encode(),
        'error[article/slug] two articles have the slug "good"\n'
        "  --> content/bad.md:4\n"
        "  and content/good.md:1\n"
        "help: give one of the two another `slug`",
    ),
    "equal guids": (
        f"---\n{HEAD}guid: tag:t.example,2024:good\n---\n".encode(),
        'error[article/guid] two articles have the guid "tag:t.example,2024:good"\n'
        "  --> content/bad.md:4\n"
        "  and content/good.md:1\n"
        "help: remove the `guid` of the copy",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_broken_article_is_named_with_place_and_cure(site: Any, said: Any, case: str) -> None:
    data, message = CASES[case]
    found = broken(site, said, data)
    assert message in found
    assert [text.split("[")[0] for text in found].count("error") == 1


def test_two_outputs_on_one_path_name_both(site: Any, said: Any) -> None:
    found = broken(site, said, b"---\ntitle: E\n---\nx\n", "content/pages/editions.md")
    assert found == [
        "error[output/collision] content/pages/editions.md and archive: both become "
        "editions/index.html\n"
        "  --> content/pages/editions.md\n"
        "  and archive\n"
        "help: rename one, or give one another slug"
    ]


def test_a_static_file_may_not_lie_on_a_page(site: Any, said: Any) -> None:
    found = broken(site, said, b"x", "content/static/feed.xml")
    assert len(found) == 1
    assert "both become feed.xml" in found[0]
    assert "content/static/feed.xml" in found[0]


def test_unknown_pins_are_named(site: Any, said: Any) -> None:
    site.write(GOOD)
    site.put("content/editions/2024-W07.md", b"---\npins: [good, gone]\nlead: godo\n---\n")
    report = site.build()
    assert report.ok
    cure = "help: name an article of this week by its slug; until then the next story stands there"
    assert sorted(said(report)) == [
        'warning[edition/unknown-article] "godo" is no article of edition 2024-W07.'
        ' Did you mean "good"?\n'
        "  --> content/editions/2024-W07.md:3:1\n"
        "    3 | lead: godo\n"
        f"      | ^^^^\n{cure}",
        'warning[edition/unknown-article] "gone" is no article of edition 2024-W07.\n'
        "  --> content/editions/2024-W07.md:2:1\n"
        "    2 | pins: [good, gone]\n"
        f"      | ^^^^\n{cure}",
    ]


def test_a_link_to_nowhere_is_told_and_strict_refuses_it(site: Any, said: Any) -> None:
    site.write(GOOD)
    site.put("content/bad.md", f"---\n{HEAD}---\nOne.\n\nSee [it](goood.md).\n".encode())
    assert said(site.build()) == [
        'warning[link/nowhere] the link "goood.md" leads to no file. Did you mean "good.md"?\n'
        "  --> content/bad.md:7\n"
        "help: correct the path, from this file, or add the file"
    ]
    assert not site.build(strict=True).ok


def test_a_note_of_no_week(site: Any, said: Any) -> None:
    found = broken(site, said, b"---\ntitle: x\n---\n", "content/editions/february.md")
    assert found == [
        'error[edition/name] the file name "february" is not a week such as 2024-W07\n'
        "  --> content/editions/february.md\n"
        "help: name the file after its week, such as 2024-W07.md"
    ]


def test_a_link_among_the_content_is_refused(site: Any, said: Any) -> None:
    site.write(GOOD)
    (site.root / "content/bad.md").symlink_to(site.root / "site.toml")
    assert said(site.build()) == [
        "error[file/refused] the file is a link\n"
        "  --> content/bad.md\n"
        "help: put a copy of the file in its place, or remove it"
    ]


def test_an_unknown_setting(site: Any, said: Any) -> None:
    site.write(GOOD)
    site.good()
    before = site.tree()
    site.edit("site.toml", 'title = "Test"', 'titel = "Test"')
    assert said(site.build()) == [
        'error[settings/unknown-key] unknown key "titel". Did you mean "title"?\n'
        "  --> site.toml:1:1\n"
        '    1 | titel = "Test"\n'
        "      | ^^^^^\n"
        "help: correct the name, or remove the line"
    ]
    assert site.tree() == before


def test_an_unknown_theme_and_option(site: Any, said: Any) -> None:
    site.write(GOOD)
    first = said(site.build(theme="broadshet"))
    assert first[0].startswith(
        'error[theme/missing] --theme: there is no theme "broadshet". Did you mean "broadsheet"?\n'
        "help: choose one of"
    )
    site.put("site.toml", (site.root / "site.toml").read_bytes() + b"[theme_options]\naccnt = 1\n")
    (option,) = said(site.build())
    assert option.startswith('error[theme/option] theme broadsheet has no option "accnt".')


def test_a_failing_template_names_itself_its_line_and_what_is_on_offer(
    site: Any, said: Any
) -> None:
    site.write(GOOD)
    site.good()
    before = site.tree()
    site.write("-- themes/overrides/templates/article.html --\n<h1>\n{{ artcle.card.title }}\n")
    (problem,) = said(site.build())
    lines = problem.split("\n")
    assert lines[:3] == [
        "error[theme/render] article.html: 'artcle' is undefined",
        "  --> themes/overrides/templates/article.html:2",
        "    2 | {{ artcle.card.title }}",
    ]
    assert lines[3].startswith("help: names on offer here: article, body, edition, ")
    assert site.tree() == before


def test_a_template_that_is_no_template_is_placed(site: Any, said: Any) -> None:
    site.write(GOOD + "-- themes/overrides/templates/article.html --\n<h1>\n{% if %}\n")
    (problem,) = said(site.build())
    assert problem.split("\n")[0].startswith("error[theme/syntax]")
    assert problem.split("\n")[1] == "  --> themes/overrides/templates/article.html:2"


def test_a_bom_and_crlf_are_no_fault(site: Any) -> None:
    text = f"---\r\n{HEAD}---\r\nOne.\r\n\r\nTwo.\r\n".replace("\n\r\n", "\r\n")
    site.write(GOOD)
    site.put("content/bom.md", b"\xef\xbb\xbf" + text.encode())
    report = site.good()
    assert report.articles == 2
    assert "<p>One.</p>\n<p>Two.</p>" in site.page("articles/bom/index.html")


def test_a_nul_is_replaced_and_told(site: Any, said: Any) -> None:
    site.write(GOOD)
    site.put("content/zero.md", f"---\n{HEAD}---\nA\x00B\n".encode())
    report = site.build()
    assert report.ok
    assert said(report) == [
        "warning[article/character] a character that no page may hold is replaced\n"
        "  --> content/zero.md:5\n"
        "help: remove it"
    ]
    assert "A\ufffdB" in site.page("articles/zero/index.html")
    texts = (".html", ".xml", ".json", ".txt", ".opml")
    assert not any(b"\x00" in data for path, data in site.tree().items() if path.endswith(texts))


def test_an_output_that_is_not_ours_is_refused(site: Any, said: Any) -> None:
    site.write(GOOD)
    site.put("public/mine.txt", b"mine")
    (problem,) = said(site.build())
    assert problem == (
        "error[output/folder] the output folder holds files that site_gen did not make, "
        "such as mine.txt\n"
        f"  --> {site.root}/public\n"
        "help: empty it, choose another with --output, or create an empty file "
        ".site_gen-files in it"
    )
    assert site.tree() == {"mine.txt": b"mine"}


def test_conflicts_between_files_are_told_in_the_run_that_tells_of_broken_ones(
    site: Any, said: Any
) -> None:
    site.write(GOOD)
    site.put("content/broken.md", b"---\ntitle: B\npublishedDateTime: never\n---\nx\n")
    twin = f"---\n{HEAD}slug: good\n---\nSee [it](broken.md) and [that](gone.md).\n"
    site.put("content/twin.md", twin.encode())
    site.put("content/editions/2024-W07.md", b"---\nlead: nobody\npins: [broken]\n---\n")
    report = site.build()
    assert not report.ok
    assert sorted(p.code for p in report.problems) == [
        "article/date", "article/slug", "edition/unknown-article", "link/nowhere",
    ]  # fmt: skip
