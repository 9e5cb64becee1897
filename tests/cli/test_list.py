"""`list`, `explain` and `feeds`: looking without changing."""

import os
from pathlib import Path
from typing import Any

import pytest

FEED = """<rss version="2.0"><channel><title>t</title><link>https://t.example/</link>
<description>d</description><item><title>One</title><link>https://t.example/one/</link>
<guid isPermaLink="false">{guid}</guid></item></channel></rss>"""


def slugs(said: Any) -> list[str]:
    return [row["slug"] for row in said.data]


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ([], ["ferry", "bridge"]),
        (["articles"], ["ferry", "bridge"]),
        (["articles", "-D"], ["unfinished", "ferry", "bridge"]),
        (["--future"], ["summer", "ferry", "bridge"]),
        (["drafts"], ["unfinished"]),
        (["future"], ["summer"]),
        (["articles", "--now", "2024-02-20"], ["bridge"]),
        (["topics"], ["city", "sea"]),
    ],
)
def test_list(run: Any, harbour: Any, words: list[str], wanted: list[str]) -> None:
    said = run("list", *words, "--format", "json")
    assert (said.code, said.err) == (0, "")
    assert slugs(said) == wanted


def test_list_editions_and_providers(run: Any, harbour: Any) -> None:
    assert run("list", "editions", "--format", "json").data == [
        {
            "id": "2024-W09", "number": 2, "first": "2024-02-26", "last": "2024-03-03",
            "stories": 1, "closed": True, "state": "closed", "late": 0, "changed": 0,
            "lead": "The ferry is back",
        },
        {
            "id": "2024-W07", "number": 1, "first": "2024-02-12", "last": "2024-02-18",
            "stories": 1, "closed": True, "state": "closed", "late": 0, "changed": 0,
            "lead": "The bridge closes",
        },
    ]  # fmt: skip
    assert run("list", "providers", "--format", "json").data == [
        {"key": "news.example", "name": "Example News", "stories": 1}
    ]


def test_list_as_a_table(run: Any, harbour: Any) -> None:
    assert run("list").out == (
        "date        edition   slug    title              path\n"
        "2024-02-27  2024-W09  ferry   The ferry is back  content/ferry.md\n"
        "2024-02-17  2024-W07  bridge  The bridge closes  content/bridge.md\n"
    )
    assert run("list", "topics").out.splitlines()[1] == "city  City  2"


def test_an_empty_list_is_empty(run: Any, harbour: Any) -> None:
    harbour.remove("content/unfinished.md")
    assert run("list", "drafts").out == ""
    assert run("list", "drafts", "--format", "json").data == []


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_list_shows_the_rest_and_names_what_is_broken(run: Any, broken: Any, form: str) -> None:
    said = run("list", "--format", form)
    assert said.code == 1
    assert "error[article/quality]" in said.err
    assert "bridge" in said.out
    assert "error" not in said.out
    if form == "json":
        assert slugs(said) == ["ferry", "bridge"]


def test_explain_of_a_broken_site_is_json_too(run: Any, broken: Any) -> None:
    said = run("explain", "/", "--format", "json")
    assert (said.code, said.data["ok"]) == (1, False)
    assert said.data["problems"][0]["code"] == "article/quality"


def test_looking_publishes_nothing(run: Any, harbour: Any) -> None:
    before = {path for path in harbour.tree(".") if not path.startswith(".site_gen/")}
    run("list")
    run("explain", "/")
    assert {path for path in harbour.tree(".") if not path.startswith(".site_gen/")} == before


@pytest.mark.parametrize(
    "path",
    [
        "/articles/ferry/",
        "articles/ferry",
        "articles/ferry/index.html",
        "public/articles/ferry/index.html",
        "content/ferry.md",
        "./content/ferry.md",
    ],
)
def test_a_page_is_explained_by_address_output_or_content(
    run: Any, harbour: Any, path: str
) -> None:
    run("build")
    said = run("explain", path)
    assert said.code == 0
    lines = said.out.splitlines()
    assert lines[0] == ("articles/ferry/index.html: article, article.html, from content/ferry.md")
    assert lines[1:3] == ["up to date", "last rendered because of: new"]
    assert {line.split()[0] for line in lines[3:]} >= {"article", "body", "site", "template"}


def test_it_explains_from_another_folder(
    run: Any, harbour: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("build")
    monkeypatch.chdir(harbour.root.parent)
    for path in ("content/ferry.md", "/articles/ferry/", "site/content/ferry.md"):
        assert run("-C", "site", "explain", path).out.startswith("articles/ferry/index.html: ")


def test_a_page_never_built(run: Any, harbour: Any) -> None:
    said = run("explain", "/", "--format", "json")
    assert (said.data["current"], said.data["made"]) == (False, [])
    assert "last rendered because of: never" in run("explain", "/").out


def test_after_an_edit_it_says_what_changed(run: Any, harbour: Any) -> None:
    run("build")
    harbour.edit("content/ferry.md", "smells of paint", "smells of paint\nand of tar")
    lines = run("explain", "/articles/ferry/").out.splitlines()
    assert lines[1] == "to be rendered: article, body, page"
    assert [line.split()[1] for line in lines if line.startswith("  *")] == [
        "article",
        "body",
        "page",
    ]
    said = run("explain", "/articles/ferry/", "--format", "json")
    assert said.data["current"] is False
    changed = [each["name"] for each in said.data["inputs"] if each["changed"]]
    assert changed == ["article", "body", "page"]
    assert run("explain", "/articles/bridge/").out.splitlines()[1] == "up to date"
    run("build")
    lines = run("explain", "/articles/ferry/").out.splitlines()
    assert lines[1:3] == ["up to date", "last rendered because of: article, body, page"]


def test_explain_is_told_what_the_build_was_told(run: Any, harbour: Any) -> None:
    told = ("-b", "https://other.example/", "-t", "minimal", "-D", "--future")
    run("build", *told)
    assert "up to date" in run("explain", "/articles/summer/", *told).out
    assert "to be rendered: " in run("explain", "/", "-b", "").out
    assert run("explain", "/", "-b", "nonsense").code == 2


def test_no_such_page_is_wrong_usage(run: Any, harbour: Any) -> None:
    said = run("explain", "/nowhere/")
    assert said.code == 2
    assert 'the site has no page "/nowhere/"' in said.err


def test_feeds_that_keep_their_ids_pass(run: Any, harbour: Any, tmp_path: Path) -> None:
    run("build")
    old = tmp_path / "old.xml"
    old.write_bytes((harbour.root / "public/feed.xml").read_bytes())
    harbour.edit("content/ferry.md", "The ferry is back", "The ferry is back at last")
    run("build")
    said = run("feeds", "diff", old, "public/feed.xml")
    assert (said.code, said.out, said.err) == (0, "", "No entry is announced again.\n")


def test_a_changed_tag_fails(run: Any, harbour: Any, tmp_path: Path) -> None:
    run("build")
    old = tmp_path / "old.xml"
    old.write_bytes((harbour.root / "public/feed.xml").read_bytes())
    harbour.edit("site.toml", "t.example,2024", "t.example,2025")
    run("build")
    said = run("feeds", "diff", old, "public/feed.xml")
    assert said.code == 1
    assert said.err.count("error[feed/churn]") == 1
    assert 'put `feeds.tag = "t.example,2024"` back' in said.err
    assert "No entry" not in said.err


def test_feeds_that_are_none(run: Any, tmp_path: Path) -> None:
    for name in ("one.xml", "two.xml"):
        (tmp_path / name).write_text(FEED.format(guid="g"), "utf-8")
    (tmp_path / "none.txt").write_text("just words", "utf-8")
    (tmp_path / "link.xml").symlink_to("one.xml")
    (tmp_path / "huge.xml").touch()
    os.truncate(tmp_path / "huge.xml", (16 << 20) + 1)
    assert run("feeds", "diff", tmp_path / "link.xml", tmp_path / "two.xml").code == 0
    assert (
        "feed/unreadable" in run("feeds", "diff", tmp_path / "one.xml", tmp_path / "none.txt").err
    )
    assert run("feeds", "diff", tmp_path / "one.xml", tmp_path / "missing.xml").code == 2
    said = run("feeds", "diff", tmp_path / "one.xml", tmp_path / "huge.xml")
    assert said.code == 2
    assert "has 16777217 bytes; the limit is 16777216" in said.err
