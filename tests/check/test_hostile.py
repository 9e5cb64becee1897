"""Texts and servers that mean harm: time stays in proportion, and `--fix` writes nothing else."""

import re
import time
from pathlib import Path
from timeit import repeat
from typing import Any

import pytest

from site_gen.check import addresses, budgets, external, fix, scan
from site_gen.check.claims import claims
from site_gen.check.findings import Finding, Fix, Hit
from site_gen.check.rules.external import hits as external_hits
from site_gen.check.scan import Link
from site_gen.check.verdict import Verdict

PIECES = ("`", "``", "[", "\\[", "[\\]", "<a ", "<img ", "<img src=x>", "<source", "](", "[x](()",
          "1", "1,", "A ", "word. ", "https://a")  # fmt: skip


def seconds(call: Any, text: Any) -> float:
    """CPU seconds, the least of five: a collection of garbage in one of them does not count."""
    return min(repeat(lambda: call(text), timer=time.process_time, number=1, repeat=5))


def in_proportion(call: Any, short: Any, long: Any) -> bool:
    """Whether eight times the text takes about eight times the time: squares take 64 times."""
    return seconds(call, long) < 24 * max(seconds(call, short), 0.005)


@pytest.mark.parametrize("piece", PIECES)
@pytest.mark.parametrize("call", [lambda t: list(scan.links(t)), lambda t: list(claims(t))])
def test_time_grows_no_faster_than_the_text(call: Any, piece: str) -> None:
    short, long = piece * (6_000 // len(piece)), piece * (48_000 // len(piece))
    assert in_proportion(call, short, f"{long}@")


@pytest.mark.parametrize("pattern", [budgets._REQUEST, external._MISSING])
@pytest.mark.parametrize("piece", [b"<img ", b"<link rel", b"<title"])
def test_patterns_of_pages_too(pattern: re.Pattern[bytes], piece: bytes) -> None:
    assert in_proportion(pattern.findall, piece * 1_000, piece * 8_000)


def test_code_in_a_line_ends_at_a_run_of_its_length() -> None:
    shown = dict(scan.prose_lines("a `b` ``c`d`` `e\n`f``g`h`` i`j"))
    assert shown == {1: "a \u00b7\u00b7\u00b7 \u00b7\u00b7\u00b7\u00b7\u00b7\u00b7\u00b7 `e",
                     2: "\u00b7\u00b7\u00b7\u00b7\u00b7\u00b7h`` i`j"}  # fmt: skip


def test_a_picture_has_no_words_of_the_next_one() -> None:
    found = list(scan.links('<img src="a.jpg"> <img src="b.jpg" alt="A ferry">'))
    assert [(link.url, link.text) for link in found] == [("a.jpg", ""), ("b.jpg", "A ferry")]


OLD, NEW = "https://h.example/a?utm_source=x", "https://h.example/a"


@pytest.mark.parametrize(("before", "after"), [
    (f"({OLD}) ({OLD})", f"({NEW}) ({NEW})"),
    (f"({OLD}y) ({OLD})", f"({OLD}y) ({NEW})"),
    (f"https://w.example/web/{OLD} {OLD}.", f"https://w.example/web/{OLD} {NEW}."),
    (f"{OLD}.pdf {OLD}, b", f"{OLD}.pdf {NEW}, b"),
])  # fmt: skip
@pytest.mark.parametrize("start", ["", "\ufeff", "a\u2028b\x0b\x85\r\n", "a\r\n", "a\n", "a\r"])
@pytest.mark.parametrize("end", ["", "\n", "\r\n"])
def test_fix_mends_the_address_and_no_byte_beside(
    tmp_path: Path, before: str, after: str, start: str, end: str
) -> None:
    file = tmp_path / "a.md"
    file.write_bytes(f"{start}{before}{end}".encode())
    line = 2 if start[1:] else 1
    hit = Hit(rule="links/tracking", message="m", line=line, fix=Fix(line, OLD, NEW))
    assert fix.apply_fixes(tmp_path, [Finding(path="a.md", level="warning", hit=hit)])[0]
    assert file.read_bytes() == f"{start}{after}{end}".encode()


def test_tracking_behind_an_entity_is_taken_out_whole() -> None:
    url = "https://h.example/a?utm_source=x&amp;id=3&amp;utm_medium=y&amp;p=4"
    assert addresses.without_tracking(url) == "https://h.example/a?id=3&amp;p=4"


@pytest.mark.parametrize("target", ["https://h.example/b) <b>x", "https://h.example/b: #",
                                    "https://h.example/b\"", "https://h.example/b*"])  # fmt: skip
def test_a_server_writes_nothing_but_an_address_into_a_file(target: str) -> None:
    link = Link(url="https://h.example/a", line=3)
    places = {link.url: [("a.md", link)]}
    for moved, mends in ((target, False), ("https://h.example/b?c=1#d", True)):
        verdict = Verdict("moved", 0, 200, moved, True)
        assert [hit.fix is not None for _, hit in external_hits(places, {link.url: verdict})] == [
            mends
        ]


def test_odd_front_matter_stops_no_check(site: Any) -> None:
    odd = (None, 5, -1.5, True, [], {}, [[]], [None, 3], {"a": {"b": [1]}}, "", 10**30)
    keys = ("title", "excerpt", "why", "topics", "aliases", "webUrl", "provider", "images",
            "checkIgnore", "sources", "related", "language", "slug", "rights",
            "canonical")  # fmt: skip
    for key in keys:
        for number, value in enumerate(odd):
            site.article(f"{key.lower()}-{number}", **{key: value})
    site.put("content/keys.md", "---\ntitle: T\n1: x\ntrue: y\n2026-01-01: z\n"
             "publishedDateTime: 2026-03-04\nexcerpt: E\n---\n" + "word " * 80)  # fmt: skip
    site.put("content/deep.md", "---\ntitle: T\nx: " + "[" * 400 + "]" * 400 + "\n---\nText.\n")
    site.check()
    site.check()
