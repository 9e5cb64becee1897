"""`list` as an editor and a pipe read it; what a build says of what waits."""

from typing import Any

import pytest

BERLIN = """
-- site.toml --
title = "T"
base_url = "https://t.example"
timezone = "Europe/Berlin"
[feeds]
tag = "t.example,2026"
-- content/a.md --
---
title: A
publishedDateTime: 2024-03-30
---
Body.
-- content/b.md --
---
title: B
publishedDateTime: 2024-01-01
---
Body.
"""


def test_days_are_those_of_the_zone(site: Any, run: Any) -> None:
    site.write(BERLIN)
    said = run("-C", str(site.root), "list")
    assert [line.split()[0] for line in said.out.splitlines()[1:]] == ["2024-03-30", "2024-01-01"]


def test_a_pipe_gets_every_character(site: Any, run: Any) -> None:
    site.write(BERLIN)
    name = "a-name-" + "long-" * 20 + "end"
    site.put(f"content/{name}.md", b"---\ntitle: L\npublishedDateTime: 2024-03-30\n---\nx\n")
    said = run("-C", str(site.root), "list")
    assert f" {name} " in said.out
    assert "…" not in said.out


@pytest.mark.parametrize("what", ["drafts", "future", "providers"])
def test_nothing_is_a_word(site: Any, run: Any, what: str) -> None:
    site.write(BERLIN)
    said = run("-C", str(site.root), "list", what)
    assert said.out == ""
    assert said.err == f"no {what}\n"


def test_a_build_says_what_waits(site: Any, run: Any) -> None:
    site.write(BERLIN)
    for name, line in (
        ("c", "draft: true"), ("d", "draft: true"), ("e", "publishedDateTime: 2062-03-01"),
        ("f", "publishedDateTime: 2063-03-01"),
    ):  # fmt: skip
        dated = "" if "published" in line else "publishedDateTime: 2024-01-01\n"
        site.put(f"content/{name}.md", f"---\ntitle: {name}\n{dated}{line}\n---\nx\n".encode())
    waits = "2 drafts, 2 held back, the first until 2062-03-01 (content/e.md).\n"
    for _ in range(2):  # a build with nothing to do says it again
        said = run("-C", str(site.root), "build")
        assert said.err.endswith(waits)
