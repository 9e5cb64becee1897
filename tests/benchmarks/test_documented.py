"""What is measured is compared with what the documentation says."""

from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

Benchmark = Callable[[str], ModuleType]

TABLE = """
### 1,000 articles of `generate.py`

| case | site | wall s | CPU s | peak MB | wall ÷ Hugo | CPU ÷ Hugo | memory ÷ Hugo |
| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |
| cold | everything | 2.82 | 4.49 | 136 | 2.18 | 2.25 | 0.71 |
| cold | Hugo | 1.22 | 1.88 | 1,158 |  |  |  |
| one body | everything | 0.42 | 0.42 | 49 | 0.04 | 0.01 | 0.24 |

## Another chapter

| cold | pages and feeds | 1.97 | 2.98 | 106 | 1.61 | 1.58 | 0.55 |
"""


@pytest.fixture
def docs(benchmark: Benchmark) -> ModuleType:
    return benchmark("documented")


@pytest.fixture
def known(docs: ModuleType, tmp_path: Path) -> dict[object, object]:
    file = tmp_path / "performance.md"
    file.write_text(TABLE, "utf-8")
    found: dict[object, object] = docs.documented(file)
    return found


def test_ratios_are_read_below_their_headings_alone(
    docs: ModuleType, known: dict[object, object]
) -> None:
    assert known == {
        docs.Key(1000, "generate", "cold", "everything"): docs.Ratios(2.18, 2.25, 0.71),
        docs.Key(1000, "generate", "one body", "everything"): docs.Ratios(0.04, 0.01, 0.24),
    }


def test_what_is_worse_is_named(docs: ModuleType, known: dict[object, object]) -> None:
    cold = docs.Key(1000, "generate", "cold", "everything")
    measured = {cold: docs.Ratios(2.30, 2.60, 0.60)}
    assert list(docs.verdict(measured, known)) == [
        "More than 10% worse than in docs/performance.md:",
        "- 1,000 articles of generate.py, cold, everything: cpu 2.60 of the peer's, documented "
        "2.25",
    ]


def test_nothing_worse_is_said_too(docs: ModuleType, known: dict[object, object]) -> None:
    cold = docs.Key(1000, "generate", "cold", "everything")
    body = docs.Key(1000, "generate", "one body", "everything")
    added = docs.Key(1000, "generate", "one article added", "everything")
    same = docs.Ratios(2.18, 2.25, 0.71)
    rounded = docs.Ratios(0.05, 0.02, 0.24)
    assert list(docs.verdict({cold: same, body: rounded, added: same}, known)) == [
        "None of 2 lines is 10% worse than in docs/performance.md.",
        "docs/performance.md has no ratios for 1 of these lines.",
    ]


def test_the_documentation_has_both_corpora_at_both_sizes(docs: ModuleType) -> None:
    found = {(key.articles, key.corpus) for key in docs.documented() if key.case == "cold"}
    assert found == {(n, c) for n in (1000, 10000) for c in ("generate", "gen_corpus")}


def test_a_run_says_how_it_compares(
    benchmark: Benchmark, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    build = benchmark("build")
    arguments = ["build.py", "--articles", "1000", "--cases", "cold", "--pairs", "1"]
    monkeypatch.setattr("sys.argv", arguments)
    monkeypatch.setattr(build, "hugo_program", lambda site: None)
    monkeypatch.setattr(build, "ready", lambda sites, **_: iter(["made"]))
    line = "| cold | everything | 9.00 | 9.00 | 9 | 9.00 | 9.00 | 9.00 |"
    monkeypatch.setattr(build, "table", lambda *_: iter([line]))
    assert build.main() == 0
    assert "everything: cpu 9.00 of the peer's, documented" in capsys.readouterr().out
