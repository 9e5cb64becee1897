"""What a newcomer does in the first week: each thing is said, with a cure that cures."""

from typing import Any

import pytest
from click.testing import CliRunner

from site_gen.cli.main import group
from site_gen.problems import SiteError, UsageError

SITE = """
-- site.toml --
base_url = "https://d.example"
feeds.tag = "d.example,2024"
-- content/a.md --
---
title: A
publishedDateTime: 2024-02-13
topics: [Ships]
---
x
"""
ARTICLE = "---\ntitle: B\npublishedDateTime: 2024-02-14\n{}\n---\nx\n"
NOTE = "---\ntitle: N\n{}\n---\nx\n"


def problems(site: Any) -> list[tuple[str, str, str, str]]:
    found = site.build().problems
    return [(p.code, p.severity, p.message, p.help) for p in found]


SAID = {
    'title: An end"': ("article/quote", "warning", "none opens", "put one before it"),
    "section: “Sport”": ("article/quote", "warning", "are a part of it", "leave them out"),
    "expiryDateTime: 2024-02-01": ("article/expiry", "note", "never shown", "published: false"),
    "edition: 2024-07": ("article/edition", "error", "is not a week", "write 2024-W07"),
    "edition: 2024-W60": ("article/edition", "error", "does not exist", "2024-W01 to 2024-W52"),
    "rights: half": ("article/rights", "error", "expected full", "one of full, excerpt, link"),
    'webUrl: "https://x.example/a b"': ("article/url", "warning", "holds a space", "a%20b"),
    "modifiedDateTime: “2024-02-15”": ("article/date", "error", "is not a date", "quotes"),
}


@pytest.mark.parametrize("line", SAID)
def test_a_line_of_an_article(site: Any, line: str) -> None:
    site.write(SITE)
    text = ARTICLE.format(line).replace(
        "title: B\n", "" if line.startswith("title") else "title: B\n"
    )
    site.put("content/b.md", text.encode())
    code, severity, said, cure = SAID[line]
    (found,) = [p for p in problems(site) if p[0] == code]
    assert found[1] == severity
    assert said in found[2]
    assert cure in found[3]


QUIET = [
    'title: "B" and C',
    "title: “We did it”",
    "excerpt: '5\" of rain'",
    'title: A 5" and 3" pipe',
]


@pytest.mark.parametrize("line", QUIET)
def test_quotes_that_are_meant(site: Any, line: str) -> None:
    site.write(SITE)
    text = ARTICLE.format(line).replace(
        "title: B\n", "" if line.startswith("title") else "title: B\n"
    )
    site.put("content/b.md", text.replace('"B" and C', "'\"B\" and C'").encode())
    site.good()


def test_a_text_taken_down_by_its_date_fails_no_strict_build(site: Any) -> None:
    site.write(SITE)
    site.put("content/b.md", ARTICLE.format("expiryDateTime: 2024-02-01").encode())
    assert site.build(strict=True).ok


def test_a_section_that_nothing_has(site: Any) -> None:
    site.write(SITE.replace("feeds.tag", '[[sections]]\nname = "Sport"\n[feeds]\ntag', 1)
               .replace("[feeds]\ntag", "[feeds]\ntag"))  # fmt: skip
    site.put("content/editions/2024-W07.md", NOTE.format("sections: [Sprt, Ships]").encode())
    (found,) = problems(site)
    assert found[:2] == ("edition/unknown-section", "warning")
    assert 'Did you mean "Sport"?' in found[2]


@pytest.mark.parametrize("line", ["author: jnae", "authors: [ann, jnae]"])
def test_a_key_of_an_author_that_is_mistyped(site: Any, line: str) -> None:
    site.write(SITE)
    site.edit("site.toml", "base_url", 'authors.jane.name = "Jane Doe"\nbase_url')
    site.put("content/b.md", ARTICLE.format(line).encode())
    ((code, severity, said, _),) = problems(site)
    assert (code, severity) == ("article/author", "warning")
    assert said == 'the settings have no author "jnae". Did you mean "jane"?'


@pytest.mark.parametrize("name", ["jane", "Jan", "Jane Doe", "zoe", "Jnae"])
def test_names_that_are_no_mistyped_keys(site: Any, name: str) -> None:
    site.write(SITE)
    site.edit("site.toml", "base_url", 'authors.jane.name = "Jane Doe"\nbase_url')
    site.put("content/b.md", ARTICLE.format(f"author: {name}").encode())
    assert problems(site) == []


def test_topics_of_a_section_that_no_article_has(site: Any) -> None:
    site.write(SITE + "-- content/c.md --\n---\ntitle: C\npublishedDateTime: 2024-02-13\n---\nx\n")
    site.edit("site.toml", 'feeds.tag = "d.example,2024"', 'feeds.tag = "d.example,2024"\n'
              '[[sections]]\nname = "Port"\ntopics = ["Shps"]\n'
              '[[sections]]\nname = "Quay"\ntopics = ["Ships", "Boats"]')  # fmt: skip
    (found,) = problems(site)
    assert found[:2] == ("settings/section-topics", "note")
    assert 'Did you mean "Ships"?' in found[2]
    (problem,) = site.build().problems
    assert str(problem.where) == "site.toml:5:1"
    assert site.build(strict=True).ok


def test_raw_material_in_content(site: Any) -> None:
    site.write(SITE)
    site.put("content/x.txt", b"raw")
    site.put("content/2024/page.html", b"<p>raw")
    site.put("content/map.txt", b"shown")
    site.edit("content/a.md", "---\nx\n", "---\n[map](map.txt)\n")
    (found,) = problems(site)
    assert found[:2] == ("file/raw", "note")
    assert found[2].startswith("2 files are raw material")
    assert "site-gen convert content/2024/page.html" in found[3]


def test_a_list_that_is_none(site: Any) -> None:
    site.write(SITE)
    site.put("content/editions/2024-W07.md", NOTE.format("pins: a, b").encode())
    (found,) = problems(site)
    assert found[3] == "write it as a list: pins: [one, another]"


@pytest.mark.parametrize(("given", "cure"), [
    ("m.example.org/", "https://m.example.org"), ("//m.example.org/x", "https://m.example.org/x"),
    ("htp:/m.example.org", "https://example.org"),
])  # fmt: skip
def test_a_base_url_without_its_scheme(site: Any, given: str, cure: str) -> None:
    site.write(SITE)
    site.edit("site.toml", "https://d.example", given)
    (found,) = problems(site)
    assert found[3] == f'write "{cure}"'


def run(site: Any, *words: str) -> Any:
    return CliRunner().invoke(group, ["-C", str(site.root), *words])


def test_names_that_do_not_exist_are_wrong_usage(site: Any) -> None:
    site.write(SITE)
    for words in (("close", "nope"), ("theme", "show", "nope"), ("import", "nope", "."),
                  ("new", "edition", "2024-W60"), ("publish", "--to", "nope")):  # fmt: skip
        found = run(site, *words)
        assert isinstance(found.exception, UsageError) or found.exit_code == 2, words
        assert words[-1].strip(".") in f"{found.output} {found.exception}"


def test_a_raw_text_is_converted_before_it_is_accepted(site: Any) -> None:
    site.write(SITE)
    site.put("raw.txt", b"raw")
    found = run(site, "accept", "raw.txt")
    assert found.exit_code == 1
    assert "site-gen convert raw.txt" in found.output


def test_another_folder_without_settings_is_named(tmp_path: Any) -> None:
    found = CliRunner().invoke(group, ["-C", str(tmp_path), "build"])
    assert isinstance(found.exception, SiteError)
    (problem,) = found.exception.problems
    assert problem.where is not None
    assert problem.where.path == str(tmp_path)


def test_a_published_entry_is_no_draft(site: Any) -> None:
    site.write(SITE)
    assert "a draft" not in run(site, "inspect", "content/a.md").output


def test_the_note_of_init_gives_way_to_a_new_one(tmp_path: Any, monkeypatch: Any) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1717243200")
    root = str(tmp_path / "d")
    assert (
        CliRunner().invoke(group, ["init", root, "--base-url", "https://d.example"]).exit_code == 0
    )
    first = CliRunner().invoke(group, ["-C", root, "new", "edition"])
    assert first.exit_code == 0, first.output
    assert "took the place of the example that `init` wrote" in first.stderr
    assert "`draft: true` in it keeps it back" in first.stderr
    again = CliRunner().invoke(group, ["-C", root, "new", "edition"])
    assert again.exit_code == 1
