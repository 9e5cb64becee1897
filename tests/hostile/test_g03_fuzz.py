"""G3 by fuzzing: whatever stands in a file, reading it ends in a row, and its problems are placed.

Blocks, dates, addresses, settings and converters have fuzz tests of their own in their rooms."""

import os
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reading import NOW

from site_gen.engine.build import build
from site_gen.engine.inputs.reader import Reader
from site_gen.engine.report import Options
from site_gen.memo.problem_codec import decode_problems
from site_gen.problems import layout
from site_gen.settings import Settings

LONG = bool(os.environ.get("SITE_GEN_LONG"))
KEYS = (
    "title",
    "excerpt",
    "publishedDateTime",
    "webUrl",
    "provider",
    "topics",
    "authors",
    "images",
    "related",
    "heat",
    "published",
    "slug",
    "aliases",
    "guid",
    "edition",
    "rights",
    "language",
    "corrections",
    "credits",
    "sources",
    "x",
    "pins",
    "lead",
    "number",
    "order",
)
VALUES = st.sampled_from(
    [
        "",
        "a",
        "2024-02-14",
        "true",
        "-1",
        "[a, b]",
        "{name: a}",
        "[{url: a}]",
        "[{a: b}, c]",
        "'",
        '"',
        "&a b",
        "*a",
        "!!x y",
        "|",
        ">-",
        "{",
        "[",
        "---",
        "...",
        "https://a.b/",
        "javascript:x",
        "2024-W07",
        "~",
        "null",
        "99999999999999999999",
        "1e400",
        "'a: b'",
        '"\\x00"',
        "- a\n- b",
        "\n  a: b",
        "?",
        ": :",
    ]
) | st.text(max_size=12)
BLOCKS = st.lists(st.builds("{}: {}".format, st.sampled_from(KEYS), VALUES), max_size=7)
BODIES = st.lists(
    st.sampled_from(
        [
            "# a",
            "> ",
            "- ",
            "```",
            "| a |\n|--|",
            "[a](b.md)",
            "![a](b.png)",
            "[^1]",
            "<!--",
            "-->",
            "<script>",
            "\x00",
            "\n\n",
            "https://a.b",
            "[a]: /b",
            "---",
            "***",
        ]
    )
    | st.text(max_size=10),
    max_size=8,
).map(" ".join)
HEAD = ["title: A", "publishedDateTime: 2024-02-14"]
FILES = st.one_of(
    st.binary(max_size=120),
    st.builds(
        lambda b, t: "\n".join(["---", *b, "---", t]).encode("utf-8", "replace"), BLOCKS, BODIES
    ),
    st.builds(
        lambda b, t: "\n".join(["---", *HEAD, *b, "---", t]).encode("utf-8", "replace"),
        BLOCKS,
        BODIES,
    ),
)
PLACES = st.sampled_from(["a.md", "pages/a.md", "editions/2024-W07.md", "deep/er/a.md"])


@settings(max_examples=3000 if LONG else 200, suppress_health_check=[HealthCheck.too_slow])
@given(FILES, PLACES)
def test_g03_any_file_is_read_or_named(data: bytes, path: str) -> None:
    with tempfile.TemporaryDirectory() as name:
        full = Path(name) / "content" / path
        full.parent.mkdir(parents=True)
        full.write_bytes(data)
        row = Reader(Path(name), Settings()).read(path)
        problems = decode_problems(row.problems) if row.problems else ()
        assert row.kind != "failed" or any(p.severity == "error" for p in problems)
        for problem in problems:
            assert problem.where is not None
            assert problem.where.path == f"content/{path}"
            assert layout(problem)


@settings(max_examples=150 if LONG else 12, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(st.sampled_from(["a", "b", "B", "pages/c", "editions/2024-W07"]), FILES))
def test_g03_any_site_ends_in_a_report(files: dict[str, bytes]) -> None:
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        (root / "content").mkdir()
        (root / "site.toml").write_text('base_url = "https://t.example"\ntheme = "minimal"\n')
        for path, data in files.items():
            full = root / f"content/{path}.md"
            full.parent.mkdir(parents=True, exist_ok=True)
            full.write_bytes(data)
        report = build(root, Options(now=NOW, jobs=1, keep_going=True, drafts=True, future=True))
        assert report.ok or any(p.severity == "error" for p in report.problems)
        assert (root / "public/index.html").is_file()
