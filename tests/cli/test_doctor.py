"""`site-gen doctor`."""

from typing import Any

from site_gen.doctor import run as doctor_run
from site_gen.doctor.finding import error, fine, warning


def test_lines_cures_and_the_exit_code(run: Any, harbour: Any, monkeypatch: Any) -> None:
    found = [fine("a", "good"), warning("b", "odd", "do this")]
    monkeypatch.setattr(doctor_run, "CHECKS", (lambda root, settings: found,))
    said = run("doctor")
    assert said.code == 0
    assert said.out.splitlines() == [
        "fine     a           good",
        "warning  b           odd",
        "                     -> do this",
    ]
    assert "good" not in run("-q", "doctor").out
    found.append(error("c", "bad", "mend it"))
    assert run("doctor").code == 1
    rows = run("--format", "json", "doctor").data
    assert rows[2] == {"level": "error", "name": "c", "said": "bad", "cure": "mend it"}


def test_it_writes_nothing(run: Any, harbour: Any) -> None:
    before = harbour.tree(".")
    said = run("doctor")
    assert "Harbour Weekly" in said.out
    assert harbour.tree(".") == before
