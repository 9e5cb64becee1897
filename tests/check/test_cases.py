"""Each rule for a single document: a title, a file, what is found in it (`cases.txt`).

A case may begin with settings (TOML), with `note`, or with `bare`: nothing is added then.
"""

from collections.abc import Callable
from pathlib import Path

import pytest

from site_gen.check.findings import Hit
from site_gen.check.rules import RULES

PARTS = Path(__file__).with_name("cases.txt").read_text("utf-8").split("\n.\n")
CASES = [tuple(PARTS[n : n + 3]) for n in range(0, len(PARTS), 3)]
ELSEWHERE = {"rights/canonical": "test_rights.py"}


@pytest.mark.parametrize(("title", "text", "wanted"), CASES, ids=[case[0] for case in CASES])
def test_what_is_found(title: str, text: str, wanted: str, hits: Callable[..., list[Hit]]) -> None:
    before, _, rest = text.partition("---\n")
    text = f"---\n{rest}"
    bare, note = before.strip() == "bare", before.strip() == "note"
    found = hits(text, "editions/2026-W10.md" if note else "a.md", "" if bare or note else before)
    added = {"rights/source", "grounded/summary"} if not bare else set()
    told = sorted(f"{hit.rule} {hit.line}" for hit in found if hit.rule not in added)
    assert told == ([] if wanted.strip() == "none" else sorted(wanted.strip().split("\n")))


def test_every_rule_for_a_document_has_a_case() -> None:
    named = {line.split()[0] for case in CASES for line in case[2].split("\n") if line.strip()}
    mine = {rule.name for rule in RULES if rule.document is not None}
    assert mine - named - set(ELSEWHERE) == set()
    here = Path(__file__).parent
    for name, file in ELSEWHERE.items():
        assert f'"{name}"' in (here / file).read_text("utf-8"), name


def test_names_are_unique_and_explained() -> None:
    assert len({rule.name for rule in RULES}) == len(RULES)
    for rule in RULES:
        assert rule.about, rule.name
        assert rule.cure, rule.name
        assert "/" in rule.name


def test_the_documentation_lists_them_as_they_are(checkout: Path) -> None:
    page = (checkout / "docs/check.md").read_text("utf-8")
    rows = [f"| `{r.name}` | {r.level} | {r.about} | {r.cure} |" for r in RULES]
    told = [line for line in page.split("\n") if line.startswith("| `") and "/" in line[:30]]
    assert told == rows
