"""Each example of docs/plugins.md does what the page says."""

import json
import zipfile
from typing import Any

import pytest

from .conftest import ARTICLE, DOCS, EXAMPLES


@pytest.fixture(autouse=True)
def _closed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1717243200")


def test_there_is_an_example_of_each_kind() -> None:
    from site_gen.plugins.kinds import KINDS

    text = "\n".join(EXAMPLES.values())
    assert [kind for kind in KINDS if f"{kind} =" not in text] == []


def test_a_format(extended: Any) -> None:
    extended.plugin("wire", EXAMPLES["wire"])
    extended.site.put("content/b.md", ARTICLE.format("A light", "2024-02-15T07:30:00Z").encode())
    extended.site.good()
    assert extended.site.page("wire.txt") == "A light\nA ferry\n"
    extended.settings("[plugin.wire]\nlines = 1\n")
    extended.site.good()
    assert extended.site.page("wire.txt") == "A light\n"


def test_a_filter_and_a_test(extended: Any) -> None:
    extended.plugin("roman", EXAMPLES["roman"])
    text = DOCS.read_text("utf-8").partition("```jinja\n")[2].partition("```")[0]
    extended.site.put("themes/overrides/templates/article.html", text.encode())
    extended.site.good()
    assert "<p>Year MMXXIV</p>" in extended.site.page("articles/ferry/index.html")
    extended.site.put("content/ferry.md", ARTICLE.format("A ferry", "2024-02-17").encode())
    extended.site.good()
    assert "<p>Year MMXXIV, at the weekend</p>" in extended.site.page("articles/ferry/index.html")


def test_a_rule_of_convert_holds_for_texts_and_pages(extended: Any, run: Any) -> None:
    extended.plugin("weather_line", EXAMPLES["weather_line"])
    prose = [
        f"The keeper of the lamp number {n} climbed the long stair before the storm came in."
        for n in ("one", "two", "three", "four")
    ]
    lines = [*prose[:2], "Weather today: rain and a fresh wind from the west all day.", *prose[2:]]
    extended.site.put("raw/a.txt", "\n\n".join(["The lamps of the harbour", *lines]).encode())
    page = "".join(f"<p>{line}</p>" for line in lines)
    extended.site.put("raw/b.html", (
        "<!doctype html><html lang=en><title>The lamps</title><body><main><article>"
        f"<h1>The lamps</h1>{page}</article></main></body></html>"
    ).encode())  # fmt: skip
    code, _, told = run("convert", "raw/a.txt", "raw/b.html")
    assert code == 0, told
    drafts = [p.read_text("utf-8") for p in extended.root.glob("content/**/*.md")]
    drafts = [text for text in drafts if "keeper of the lamp" in text]
    assert len(drafts) == 2
    assert [text for text in drafts if "Weather today" in text or prose[3] not in text] == []
    said = run("inspect", "raw/a.txt")[1]
    assert "weather_line" in said


def test_a_check(extended: Any, run: Any) -> None:
    extended.plugin("house_style", EXAMPLES["house_style"])
    extended.site.put("content/b.md", ARTICLE.format("A LIGHT", "2024-02-15T07:30:00Z").encode())
    found = json.loads(run("check", "--only", "house", "--format", "json")[1])["findings"]
    assert [(f["code"], f["path"], f["line"], f["severity"]) for f in found] == [
        ("house/shouting", "content/b.md", 2, "warning")]  # fmt: skip
    assert "help: write it as a sentence" in run("check", "--only", "house")[1]
    assert "a title in capitals" in run("check", "explain", "house/shouting")[1]
    # An edit of the rule reads again what has not changed.
    extended.plugin("house_style", EXAMPLES["house_style"].replace("isupper()", "istitle()"))
    found = json.loads(run("check", "--only", "house", "--format", "json")[1])["findings"]
    assert found == []


def test_an_importer(extended: Any, run: Any) -> None:
    extended.plugin("jotter", EXAMPLES["jotter"])
    notes = [{"name": "lamp", "title": "A lamp", "when": "2024-02-13", "text": "It is lit."}]
    old = extended.root.parent / "old"
    old.mkdir()
    (old / "jotter.json").write_text(json.dumps(notes), "utf-8")
    code, _, told = run("import", "jotter", str(old))
    assert code == 0, told
    found = [p for p in extended.root.glob("content/**/*.md") if "It is lit." in p.read_text()]
    assert len(found) == 1
    beside = extended.root / ".site_gen/import/site.toml"  # the editor's own stays as it is
    assert 'article_permalink = "/notes/{slug}/"' in beside.read_text("utf-8")
    code, _, told = run("import", "joter", str(old))
    assert code == 2
    assert 'Did you mean "jotter"?' in told


def test_a_channel_sends_once(extended: Any, run: Any) -> None:
    extended.plugin("outbox", EXAMPLES["outbox"])
    folder = extended.root.parent / "outbox"
    extended.settings(f'[send]\nchannel = "outbox"\n[plugin.outbox]\nfolder = "{folder}"\n')
    assert run("close", "2024-W07")[0] == 0
    assert run("build")[0] == 0
    for words, left in ((("send", "2024-W07"), ".draft"), (("send", "2024-W07", "--now"), ".html")):
        code, _, told = run(*words)
        assert code == 0, told
        assert [p.suffix for p in folder.iterdir()] == [left]
    assert "went out through outbox" in run("send", "2024-W07", "--now")[2]
    code, _, told = run("send", "2024-W07", "--channel", "outbocks")
    assert code == 2
    assert 'Did you mean "outbox"?' in told


def test_a_target(extended: Any, run: Any) -> None:
    extended.plugin("zipped", EXAMPLES["zipped"])
    file = extended.root.parent / "site.zip"
    extended.settings(f'[publish]\ntarget = "zipped"\n[plugin.zipped]\nfile = "{file}"\n')
    assert run("build")[0] == 0
    assert run("publish", "--dry-run")[0] == 0
    assert not file.exists()
    code, _, told = run("publish")
    assert code == 0, told
    with zipfile.ZipFile(file) as archive:
        assert archive.read("index.html") == (extended.root / "public/index.html").read_bytes()
