"""G3: a bad article is named with file, line and code; the good ones are unharmed.

Of a case that is "told" the article reads all the same, without the alias that it claims."""

import subprocess
import sys
import unicodedata
from pathlib import Path
from typing import Any

from reading import FOLDER

from site_gen.problems import layout

HERE = Path(__file__).resolve().parent
GOOD = "---\ntitle: Good\npublishedDateTime: 2024-02-14\n---\nFine.\n"


def test_g03_every_case_ends_as_its_list_says(whole: Any) -> None:
    for name, case in whole.cases.items():
        if name.startswith(("dates", "slugs", "urls", "scripts")):
            continue
        verdict, *codes = case.outcome.split()
        wanted = set(codes) if verdict in ("refused", "told") else set()
        assert whole.codes(name) == wanted, (name, case)
        if wanted - {"link/nowhere"} and verdict == "refused":
            assert not (whole.public / f"articles/{name}").exists(), name
        elif "expiry" not in case.payload and "slug" not in case.payload:
            assert whole.page(name), name


def test_g03_every_refusal_has_file_line_and_cure(whole: Any) -> None:
    errors = [p for p in whole.report.problems if p.severity == "error"]
    assert len(errors) > 150
    for problem in errors:
        assert problem.where is not None, problem
        assert problem.where.path.startswith("content/"), problem
        whole_file = problem.code == "article/unreadable"
        assert problem.where.line or whole_file, problem
        assert problem.help, problem


def test_g03_no_message_moves_the_terminal(whole: Any) -> None:
    for problem in whole.report.problems:
        text = layout(problem)
        odd = [c for c in text if unicodedata.category(c)[0] == "C" and c != "\n"]
        assert not odd, (problem.code, odd)
        assert max(map(len, text.split("\n"))) < 900


def _site(root: Path) -> None:
    (root / "content").mkdir(parents=True)
    (root / "site.toml").write_text('base_url = "https://t.example"\n[feeds]\ntag = "t,2024"\n')
    (root / "content/good.md").write_text(GOOD)


def _build(root: Path, *more: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, str(HERE / "defences.py"), "-C", str(root), "build", "--jobs", "1"]
    return subprocess.run([*command, *more], capture_output=True, text=True, check=False)


def test_g03_a_build_lists_every_fault_exits_1_and_keeps_the_last_site(tmp_path: Path) -> None:
    _site(tmp_path)
    assert _build(tmp_path).returncode == 0
    before = {p: p.read_bytes() for p in (tmp_path / "public").rglob("*") if p.is_file()}
    (tmp_path / "content/bad.md").write_text("---\ntitle: [\n---\n")
    (tmp_path / "content/worse.md").write_bytes(b"\xff\xfe")
    (tmp_path / "content/new.md").write_text(GOOD.replace("Good", "New"))
    done = _build(tmp_path)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "content/bad.md:" in done.stderr
    assert "content/worse.md" in done.stderr
    assert {p: p.read_bytes() for p in before} == before
    assert not (tmp_path / "public/articles/new").exists()
    going = _build(tmp_path, "--keep-going")
    assert going.returncode == 1
    assert (tmp_path / "public/articles/new/index.html").is_file()
    assert not (tmp_path / "public/articles/bad").exists()


def test_g03_the_lists_themselves_are_read() -> None:
    assert len(list(FOLDER.glob("*.txt"))) >= 7
