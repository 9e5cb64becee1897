"""G5: no article takes over 10 s or makes over 4 MiB; 10 MB is built or refused by name; no text
is lost in silence."""

import os
import re
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from reading import NOW

from site_gen import formats
from site_gen.engine.build import build
from site_gen.engine.inputs import content
from site_gen.engine.report import Options
from site_gen.model import Page
from site_gen.read import markdown

HEAD = "---\ntitle: A\npublishedDateTime: 2024-02-14\n---\n"
MEBI = 1 << 20
LIMIT = 4 * MEBI
A_, D_, NL = "a|", "-|", "a\n"


def fill(text: str, size: int = MEBI - 200) -> str:
    """`text` again and again, up to nearly the largest file that is read."""
    return text * (size // len(text.encode()))


BODIES = {
    "prose": fill("Words and more words. "),
    "one word": fill("a"),
    "stars": fill("*"),
    "underscores": fill("_a"),
    "strong": fill("**a "),
    "brackets": fill("["),
    "links": fill("[a](b"),
    "images": fill("!["),
    "references": fill("[a]: /a\n"),
    "backticks": fill("`a``"),
    "quotes": fill("> "),
    "lists": fill("- "),
    "headings": fill("# a\n"),
    "lines": fill("a\n"),
    "blank lines": fill("\n"),
    "rules": fill("***\n\n"),
    "less than": fill("<"),
    "comments": fill("<!--"),
    "closed comments": fill("<!-- a -->"),
    "autolinks": fill("<http://"),
    "bare links": fill("http://a.b "),
    "entities": fill("&amp;"),
    "escapes": fill("\\*"),
    "footnotes": fill("a[^1] ") + "\n\n[^1]: x\n",
    "footnote bodies": "\n".join(f"a[^{n}]\n\n[^{n}]: b\n" for n in range(20_000)),
    "unused footnotes": "\n".join(f"[^{n}]: b\n" for n in range(40_000)),
    "a wide table": f"|{A_ * 500}\n|{D_ * 500}\n{NL * 100_000}",
    "a long table": "|a|\n|-|\n" + fill("|b|\n"),
    "a wide header": f"|{A_ * 5000}\n|{D_ * 5000}\n{NL * 5000}",
    "strikes": fill("~~a "),
    "fences": fill("```\n"),
    "indented": fill("    a\n"),
    "nested lists": "".join(f"{'  ' * n}- a\n" for n in range(700)),
    "tabs": fill("\t"),
    "marks": fill("a\u0301"),
    "wide characters": fill("\u8a9e"),
    "quotes of lists": fill("> - > - "),
    "equal headings": fill("# x\n\n", 300_000),
    "html": fill("<b>"),
    "mail": fill("a@b.c "),
}  # fmt: skip


@pytest.fixture(scope="module")
def took(costs: Any, long: bool) -> dict[str, Any]:
    """What each body cost; the quick part takes a thirty-second part of it."""
    texts = {name: HEAD + (t if long else t[: MEBI >> 5]) for name, t in BODIES.items()}
    found: dict[str, Any] = costs(texts, 20, 6000)
    return found


@pytest.mark.slow
@pytest.mark.parametrize("name", BODIES)
def test_g05_a_body_of_a_mebibyte_is_read_in_time_or_refused(
    name: str, took: dict[str, Any]
) -> None:
    if name not in took:
        pytest.fail(f"the process died, of this body or of one before: {list(took)[-1:]}")
    said = took[name]
    assert said["seconds"] < 12  # ten, and what it takes to let go of half a document
    assert said["html"] <= LIMIT
    assert said["kind"] == "article" or set(said["codes"]) <= {"article/body", "article/slow"}


def test_g05_ten_megabytes_are_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "site.toml").write_text('base_url = "https://t.example"\n')
    (tmp_path / "content/large.md").write_text(HEAD + "word " * 2_000_000)
    report = build(tmp_path, Options(now=NOW, jobs=1))
    (error,) = (p for p in report.problems if p.severity == "error")
    assert (error.code, str(error.where)) == ("article/unreadable", "content/large.md")
    assert "10000" in error.message
    assert error.help


def test_g05_a_slow_article_is_named_and_no_other_suffers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A parser that goes on and on is ended: the limit is a setting."""
    plain = markdown.render

    def endless(text: str, path: str, **how: bool) -> Any:
        if path == "slow.md":
            for _ in range(80_000_000):
                pass
        return plain(text, path, **how)

    monkeypatch.setattr(markdown, "render", endless)
    (tmp_path / "content").mkdir()
    settings = 'base_url = "https://t.example"\n[limits]\narticle_seconds = 0.2\n'
    (tmp_path / "site.toml").write_text(settings)
    for name in ("slow", "fine"):
        (tmp_path / f"content/{name}.md").write_text(HEAD + "Words.\n")
    report = build(tmp_path, Options(now=NOW, jobs=1, keep_going=True))
    errors = [(p.code, str(p.where)) for p in report.problems if p.severity == "error"]
    assert errors == [("article/slow", "content/slow.md")]
    assert (tmp_path / "public/articles/fine/index.html").is_file()


DEEP = st.builds(
    lambda mark, count: [mark] * count, st.sampled_from(["> ", "- "]), st.integers(0, 70)
)


@given(DEEP | st.lists(st.sampled_from(["> ", "- ", "1. ", "  ", "# ", "* "]), max_size=70))
@example(["> "] * 49)
@example(["> "] * 60)
@example(["- "] * 60)
def test_g05_words_are_shown_or_their_loss_is_said(marks: list[str]) -> None:
    """Past its nesting limit the Markdown library drops text without a word; we do not."""
    found = markdown.render("".join(marks) + "kept", "x.md", remote_images=True)
    shown = "kept" in (lxml.html.fromstring(found.html or "<p>").text_content())
    assert shown or any(fault.error for fault in found.faults)


def test_g05_no_word_of_a_hostile_body_is_lost(whole: Any) -> None:
    """Every `canary` of a body stands on its page, in text or in an address, or is a comment."""
    for name, case in whole.cases.items():
        if not name.startswith("markdown") or not (page := whole.page(name)):
            continue
        visible = re.sub(r"<!--.*?(?:-->|\Z)", "", case.payload, flags=re.DOTALL)
        if "]: " in visible or "<!" in case.payload:
            continue  # definitions that are never used are not shown
        assert page.count("canary") >= visible.count("canary"), (name, case.payload)


def test_g05_where_memory_ends_the_article_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is simulated: where exactly a real limit strikes is up to the system."""
    plain = markdown.render

    def out_of_memory(text: str, path: str, **how: bool) -> Any:
        if path == "large.md":
            raise MemoryError
        return plain(text, path, **how)

    monkeypatch.setattr(markdown, "render", out_of_memory)
    (tmp_path / "content").mkdir()
    (tmp_path / "site.toml").write_text('base_url = "https://t.example"\n')
    for name in ("large", "fine"):
        (tmp_path / f"content/{name}.md").write_text(HEAD + "Words.\n")
    report = build(tmp_path, Options(now=NOW, jobs=1, keep_going=True))
    errors = [(p.code, str(p.where)) for p in report.problems if p.severity == "error"]
    assert errors == [("article/memory", "content/large.md")]
    assert (tmp_path / "public/articles/fine/index.html").is_file()


def test_g05_what_ends_the_process_in_foreign_code_is_named_in_a_small_build_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As the sanitiser ends it where it gets no memory. Only a large file gets it so far."""
    plain = markdown.render

    def aborting(text: str, path: str, **how: bool) -> Any:
        if path == "large.md":
            os._exit(134)
        return plain(text, path, **how)

    monkeypatch.setattr(markdown, "render", aborting)
    (tmp_path / "content").mkdir()
    (tmp_path / "site.toml").write_text('base_url = "https://t.example"\n')
    (tmp_path / "content/fine.md").write_text(HEAD + "Words.\n")
    (tmp_path / "content/large.md").write_text(HEAD + fill("Words. ", content.HEAVY))
    report = build(tmp_path, Options(now=NOW, jobs=1, keep_going=True))
    errors = [(p.code, str(p.where)) for p in report.problems if p.severity == "error"]
    assert errors == [("article/crash", "content/large.md")]
    assert (tmp_path / "public/articles/fine/index.html").is_file()


def test_g05_where_memory_ends_in_a_page_it_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = formats.render

    def out_of_memory(page: Page, theme: Any) -> bytes:
        if page.path == "articles/large/index.html":
            raise MemoryError
        return plain(page, theme)

    monkeypatch.setattr(formats, "render", out_of_memory)
    (tmp_path / "content").mkdir()
    (tmp_path / "site.toml").write_text('base_url = "https://t.example"\n')
    for name in ("large", "fine"):
        (tmp_path / f"content/{name}.md").write_text(HEAD + "Words.\n")
    report = build(tmp_path, Options(now=NOW, jobs=1, keep_going=True))
    errors = [(p.code, str(p.where)) for p in report.problems if p.severity == "error"]
    assert errors == [("page/memory", "content/large.md")]
    assert (tmp_path / "public/articles/fine/index.html").is_file()
