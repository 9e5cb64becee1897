"""Hostile sites: nothing crashes, everything is named, the good articles are unharmed."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as limits
from hypothesis import strategies as st

GOOD = "-- content/good.md --\n---\ntitle: Good\npublishedDateTime: 2024-02-13\n---\nFine.\n"
HEAD = "title: A\npublishedDateTime: 2024-02-14\n"
MERGES = "a0: &a0 {k: 1}\n" + "".join(
    f"a{n}: &a{n} {{<<: [{', '.join([f'*a{n - 1}'] * 9)}]}}\n" for n in range(1, 9)
)
HOSTILE = {
    "merge keys": f"---\n{HEAD}{MERGES}---\n",
    "flow depth": f"---\n{HEAD}x: {'[' * 200_000}\n---\n",
    "block depth": f"---\n{HEAD}x:\n" + "".join(f"{' ' * n}- \n" for n in range(600)) + "---\n",
    "many keys": f"---\n{HEAD}" + "".join(f"k{n}: v\n" for n in range(60_000)) + "---\n",
    "one long key": f"---\n{HEAD}{'k' * 200_000}: v\n---\n",
    "one long value": f"---\n{HEAD}x: {'v' * 900_000}\n---\n",
    "quotes": f"---\n{HEAD}x: {chr(34)}{'a ' * 200_000}\n---\n",
    "tabs": f"---\n{HEAD}x:{chr(9) * 100_000}\n---\n",
    "many faults": f"---\n{HEAD}related:\n" + "  - {title: 1, quality: x}\n" * 5_000 + "---\n",
    "spaces": f"---\n{HEAD}x: a{' ' * 200_000}#\n---\n",
    "wide numbers": f"---\n{HEAD}quality: {'9' * 100_000}\n---\n",
    "quotes in the body": f"---\n{HEAD}---\n" + ">" * 100_000 + "x\n",
    "brackets": f"---\n{HEAD}---\n" + "[" * 15_000 + "\n",
    "stars": f"---\n{HEAD}---\n" + "*a _b " * 20_000 + "\n",
    "backticks": f"---\n{HEAD}---\n" + "".join("`" * n + "a" for n in range(1, 400)) + "\n",
    "links": f"---\n{HEAD}---\n" + "<http://" * 20_000 + "\n",
    "references": f"---\n{HEAD}---\n" + "".join(f"[{n}]: /u\n" for n in range(20_000)),
    "footnotes": f"---\n{HEAD}---\n" + "".join(f"[^{n}] " for n in range(5_000)) + "\n\n[^1]: x\n",
    "tables": f"---\n{HEAD}---\n|" + "a|" * 300 + "\n|" + "-|" * 300 + "\n" + "|x|\n" * 1_000,
    "headings": f"---\n{HEAD}---\n" + "# a\n\n" * 20_000,
    "comments": f"---\n{HEAD}---\n" + "<!-- " * 50_000 + "\n",
    "entities": f"---\n{HEAD}---\n" + "&amp;" * 50_000 + "\n",
    "pictures": f"---\n{HEAD}---\n" + "![" * 8_000 + "\n",
    "emphasis": f"---\n{HEAD}---\n" + "*" * 50_000 + "a" + "*" * 50_000 + "\n",
}
CODE = """
import resource, sys, time
from datetime import UTC, datetime
from pathlib import Path
from site_gen.engine.build import build
from site_gen.engine.report import Options
root = Path(sys.argv[1])
options = Options(now=datetime(2024, 6, 1, tzinfo=UTC), jobs=1, keep_going=True)
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
since = time.process_time()
report = build(root, options)
spent = time.process_time() - since
grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) >> 10
print(spent, grown, (root / "public/articles/good/index.html").is_file())
print([p.code for p in report.problems if p.severity == "error"])
"""


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_article_is_built_or_refused_by_name(site: Any, case: str) -> None:
    site.write(GOOD)
    site.put("content/bad.md", HOSTILE[case].encode())
    report = site.build(keep_going=True)
    for problem in report.problems:
        assert problem.where is not None
        assert problem.where.path == "content/bad.md", problem
        # Front matter never takes so long that the limit of time has to step in.
        assert problem.code != "article/slow" or "---\n" + HEAD + "---\n" in HOSTILE[case]
    assert "Fine." in site.page("articles/good/index.html")
    assert report.ok == site.has("articles/bad/index.html")


@pytest.mark.parametrize(
    "case",
    ["merge keys", "flow depth", "block depth", "many keys", "one long value", "many faults"],
)
def test_hostile_front_matter_is_cheap(site: Any, case: str) -> None:
    site.write(GOOD)
    site.put("content/bad.md", HOSTILE[case].encode())
    done = subprocess.run(
        [sys.executable, "-c", CODE, str(site.root)], capture_output=True, text=True, check=True,
        cwd=Path(__file__).resolve().parents[2],
    )  # fmt: skip
    spent, grown, good = done.stdout.split("\n")[0].split()
    assert good == "True"
    # The whole build, its libraries among them: 2 s and 200 MB are promised for the file alone.
    assert float(spent) < 8, done.stdout
    assert int(grown) < 300, done.stdout


PIECES = st.lists(
    st.sampled_from(
        [b"---\n", b"title: A\n", b"publishedDateTime: 2024-02-14\n", b"published: false\n",
         b"\x00", b"<script>\n",
         b"\xff", b"\xef\xbb\xbf", b"\r\n", b"images: [{url: p.png}]\n", b"edition: 2024-W07\n",
         b"slug: good\n", b"guid: x\n", b"topics: [a, b]\n", b"provider: {name: }\n", b"- x\n",
         b"author: {name: 5}\n", b"[x](good.md)\n", b"[x](none.md)\n", b"&a ", b"*a ",
         b"{", b"[", b'"', b"heat: 99999999999999999999\n", b"aliases: [../..]\n", b"\xe2\x80\xae",
         b"corrections: [{text: x}]\n", b"rights: link\n", b"expiryDateTime: 2100-12-31\n",
         b"publishedDateTime: 1990-01-01T00:00:00+14:00\n", b"odd: [[{a: [1.5, null]}]]\n"]
    ),
    max_size=14,
).map(b"".join)  # fmt: skip


@limits(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(PIECES, PIECES)
def test_any_bytes_are_an_article_or_a_problem(site: Any, one: bytes, two: bytes) -> None:
    site.write(GOOD)
    site.put("content/one.md", b"---\ntitle: A\npublishedDateTime: 2024-02-14\n" + one)
    site.put("content/editions/2024-W07.md", b"---\n" + two + b"---\n" + one)
    site.put("content/pages/two.md", two + one)
    report = site.build(keep_going=True)
    assert "Fine." in site.page("articles/good/index.html") or any(
        p.code in ("article/slug", "article/guid") for p in report.problems
    )
    assert report.ok == (not any(p.severity == "error" for p in report.problems))


def test_what_is_no_regular_file_is_refused_by_name(site: Any, said: Any) -> None:
    site.write(GOOD)
    os.mkfifo(site.root / "content/pipe.md")
    (site.root / "content/outside").symlink_to("/etc")
    (site.root / "content/passwd.md").symlink_to("/etc/passwd")
    report = site.build()
    assert not report.ok
    assert [text.split("\n")[:2] for text in said(report)] == [
        ["error[file/refused] the file is a link", "  --> content/outside"],
        ["error[file/refused] the file is a link", "  --> content/passwd.md"],
        ["error[file/refused] the file is no regular file", "  --> content/pipe.md"],
    ]


@pytest.mark.parametrize(
    "name", ["\x1b[31m.md", "a\nb.md", "\u202e.md", "<script>.md", "&amp;.md", '".md', "%2e%2e.md"]
)
def test_hostile_file_names_stay_names(site: Any, said: Any, name: str) -> None:
    site.write(GOOD)
    site.put(f"content/{name}", f"---\n{HEAD}quality: x\n---\n".encode())
    report = site.build()
    assert not any(c in text for text in said(report) for c in "\x1b\u202e")
    site.put(f"content/{name}", f"---\n{HEAD}---\nText.\n".encode())
    report = site.build()
    assert report.ok, said(report)
    for path, data in site.tree().items():
        assert not set(path) & set('\x1b\n\u202e<>"%')
        if path.endswith(".html"):
            assert b"<script>." not in data


def test_hostile_text_stays_text_on_every_page(site: Any) -> None:
    evil = "</title><script>alert(1)</script>"
    site.write(
        f"""
-- content/evil.md --
---
title: "{evil}"
excerpt: '"><img src=x onerror=alert(1)>'
publishedDateTime: 2024-02-13
topics: ["{evil}"]
provider: "{evil}"
author: "{evil}"
images: [{{url: "https://x.example/p.jpg", alt: '" onload="alert(1)', caption: "{evil}"}}]
---
{evil} [x](javascript:alert(1))
"""
    )
    report = site.build()
    assert report.ok
    for path, data in site.tree().items():
        if path.endswith((".html", ".xml")):
            text = data.decode()
            assert "<script>" not in text, path
            assert "<img src=x" not in text, path
            assert ' onload="alert' not in text, path
