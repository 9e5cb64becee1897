"""Each rule that looks across files: its name and a title, files, where it finds something
(`site_cases.txt`). Articles get a date of the open week and a provider, where they have none."""

from pathlib import Path
from typing import Any

import pytest

from site_gen.check.rules import RULES

PARTS = Path(__file__).with_name("site_cases.txt").read_text("utf-8").rstrip("\n").split("\n.\n")
CASES = [tuple(PARTS[n : n + 3]) for n in range(0, len(PARTS), 3)]
ADDED = 'publishedDateTime: "2026-03-04T07:30:00Z"\nprovider: {name: The Harbour Daily}\n'


@pytest.mark.parametrize(("title", "files", "wanted"), CASES, ids=[case[0] for case in CASES])
def test_what_is_found(site: Any, title: str, files: str, wanted: str) -> None:
    for block in files.removeprefix("=== ").split("\n=== "):
        name, _, text = block.partition("\n")
        path, _, size = name.partition(" ")
        if path == "site.toml":
            site.settings(text)
        elif size:
            site.put(f"content/{path}", "x" * int(size))
        else:
            site.put(f"content/{path}", _with_more(path, text))
    rule = title.partition(":")[0]
    found = [f"{path} {line}" for _, path, line in site.rules(only=(rule,))]
    assert sorted(found) == sorted(wanted.split("\n"))


def _with_more(path: str, text: str) -> str:
    if not path.endswith(".md") or path.startswith("editions/"):
        return text
    own = [line for line in ADDED.splitlines() if f"\n{line.partition(':')[0]}:" not in text]
    lines = text.replace("publishedDateTime:\n", "").split("\n")
    return "\n".join([lines[0], lines[1], *own, *lines[2:]])


def test_every_rule_that_looks_across_files_has_a_case() -> None:
    named = {case[0].partition(":")[0] for case in CASES}
    mine = {rule.name for rule in RULES if rule.edition or rule.site} | {
        "grounded/note",
        "files/author",
    }
    assert named == mine
