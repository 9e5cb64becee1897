"""The memo is disposable: whatever stands in it, a build comes through and is right."""

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from site_gen.engine import arrangement
from site_gen.memo import memo as memo_module
from site_gen.memo.database import VERSION
from site_gen.memo.memo import FileRow, Memo, PageRow, ReadMark, ReadRow
from site_gen.problems import SiteError

WRONG: tuple[Any, ...] = (None, True, 5, "text", [], [1], {}, {"options": 1}, [[["a"]]])


def query(path: Path, text: str, *values: Any) -> None:
    db = sqlite3.connect(path)
    try:
        db.execute(text, values)
        db.commit()
        db.execute("pragma wal_checkpoint(truncate)")
    finally:
        db.close()


def garbage(path: Path) -> None:
    path.write_bytes(b"no database " * 2000)


def truncated(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def scribbled(path: Path) -> None:
    data = bytearray(path.read_bytes())
    for at in range(4096, len(data), 64):
        data[at] ^= 0xFF
    path.write_bytes(data)


def another_version(path: Path) -> None:
    query(path, f"pragma user_version={VERSION + 1}")


def somebody_elses(path: Path) -> None:
    path.unlink()
    query(path, "create table page(name text)")


def views_for_tables(path: Path) -> None:
    query(path, "drop table state")
    query(path, "create view state as select 1 as output, 2 as name, 3 as value")


def wrong_facts(path: Path) -> None:
    query(path, "update part set facts=x'c1'")
    query(path, "delete from state where name='settled'")


def wrong_problems(path: Path) -> None:
    query(path, "update read set problems='[[1]]'")
    query(path, "delete from state where name='settled'")


def wrong_digests(path: Path) -> None:
    query(path, "update file set digest=5, mtime='x'")
    query(path, "update page set key=null, inputs=null, reasons=null")
    query(path, "delete from state where name='settled'")


def folder(path: Path) -> None:
    path.with_name("memo.sqlite-journal").write_bytes(b"x" * 3000)
    path.with_name("memo.sqlite-wal").write_bytes(b"y" * 3000)


DAMAGES: tuple[Callable[[Path], None], ...] = (
    *(garbage, truncated, scribbled, another_version, somebody_elses, views_for_tables),
    *(wrong_facts, wrong_problems, wrong_digests, folder),
)


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_a_damaged_memo_is_made_anew(small: Any, tmp_path: Path, damage: Any) -> None:
    small.age()
    small.good()
    damage(small.root / ".site_gen/memo.sqlite")
    small.edit("content/a.md", "A plain", "Another")
    report = small.good()
    assert {p.code for p in report.problems} <= {"build/memo"}
    assert small.tree() == small.clean(tmp_path / "clean")
    again = small.good()
    assert (again.read, again.rendered, again.written, again.problems) == (0, (), (), ())


@pytest.mark.parametrize("wrong", WRONG, ids=repr)
def test_values_of_wrong_types_do_no_harm(small: Any, tmp_path: Path, wrong: Any) -> None:
    small.age()
    small.good()
    path = small.root / ".site_gen/memo.sqlite"
    wanted = small.clean(tmp_path / "clean")
    query(path, "update state set value=?", json.dumps(wrong))
    small.good()
    assert small.tree() == wanted
    db = sqlite3.connect(path)
    try:
        names = [name for (name,) in db.execute("select name from state").fetchall()]
    finally:
        db.close()
    assert "settled" in names
    for name in names:
        query(path, "update state set value=? where name=?", json.dumps(wrong), name)
        small.good()
        assert small.tree() == wanted, name


def test_parts_of_a_settled_state_of_wrong_types_do_no_harm(small: Any) -> None:
    small.age()
    small.good()
    wanted = small.tree()
    path = small.root / ".site_gen/memo.sqlite"
    name = str(small.public.resolve())
    memo = Memo(path)
    settled = memo.get_state(name, "settled")
    memo.close()
    for key in settled:
        for wrong in WRONG:
            value = json.dumps({**settled, key: wrong})
            query(path, "update state set value=? where name='settled'", value)
            small.good()
            assert small.tree() == wanted, (key, wrong)


def test_a_hostile_list_of_young_files_reads_nothing_outside(
    small: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from site_gen.basics import files

    small.age()
    small.good()
    path = small.root / ".site_gen/memo.sqlite"
    memo = Memo(path)
    name = str(small.public.resolve())
    state = memo.get_state(name, "settled")
    memo.set_state(name, "settled", {**state, "racy": [["../../../etc/passwd", "x"]]})
    memo.close()
    asked: list[Path] = []

    def read(path: Path, limit: int) -> bytes:
        asked.append(path)
        return b""

    monkeypatch.setattr(files, "read_bytes", read)
    small.build()
    assert not [p for p in asked if "passwd" in str(p)]


def test_a_fault_that_is_not_the_memos_is_not_hidden(
    small: Any, monkeypatch: pytest.MonkeyPatch
) -> None:

    small.good()
    small.edit("content/a.md", "A plain", "Another")

    def broken(*_: Any) -> None:
        raise KeyError("a bug")

    monkeypatch.setattr(arrangement, "with_bodies", broken)
    with pytest.raises(KeyError, match="a bug"):
        small.build()


@pytest.mark.parametrize("code", ["SQLITE_FULL", "SQLITE_READONLY", "SQLITE_IOERR_WRITE"])
def test_what_the_system_refuses_costs_no_memo(
    small: Any, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    small.good()
    wanted = small.tree()
    small.edit("content/a.md", "A plain", "Another")
    error = sqlite3.OperationalError("no room")
    error.sqlite_errorcode = getattr(sqlite3, code)

    def refuse(*_: Any) -> None:
        raise error

    with monkeypatch.context() as patch:
        patch.setattr(Memo, "put_reads", refuse)
        report = small.build()
    assert not report.ok
    assert [p.code for p in report.problems] == ["build/system"]
    assert small.tree() == wanted
    assert small.good().read == 1


def test_a_memo_gives_back_what_it_was_given(tmp_path: Path) -> None:
    memo = Memo(tmp_path / "memo.sqlite")
    try:
        row = ReadRow(
            "a.md", "d", "article", "", "f", "p", b"facts", b"detail", "body", "its\nterms"
        )
        with memo.transaction():
            memo.put_reads([row])
            memo.put_files([("a.md", FileRow((1, 2, 3), "d"))])
            memo.put_pages("out", [PageRow("p", "k", "i", "r", (4, 5, 6))])
        assert memo.files() == [("a.md", 1, 2, 3, "d")]
        assert (memo.file_digest("a.md"), memo.file_digest("b.md")) == ("d", "")
        assert memo.detail_and_body("a.md") == (b"detail", "body")
        assert memo.terms(["a.md"]) == [["its", "terms"]]
        assert list(memo.reads()) == [("a.md", "article", b"facts", "")]
        assert list(memo.reads(["b.md", "a.md"])) == [("a.md", "article", b"facts", "")]
        assert memo.page_keys("out") == {"p": ("k", 4, 5, 6)}
        assert memo.page_keys("other") == {}
        assert memo.page("out", "p") == PageRow("p", "k", "i", "r", (4, 5, 6))
        assert memo.page("other", "p") is None
        with pytest.raises(SiteError):
            _break_off(memo)
        assert memo.read_marks() == {"a.md": ReadMark("d", "article", "f", "p", "")}
        assert memo.read_digests() == {"a.md": "d"}
        with memo.transaction():
            memo.forget_reads(["a.md"])
        assert (memo.files(), memo.read_digests()) == ([], {})
    finally:
        memo.close()


def _break_off(memo: Memo) -> None:
    with memo.transaction():
        memo.forget_reads(["a.md"])
        raise SiteError(())


def test_nothing_is_pickled() -> None:
    """A stranger's `.site_gen/` must not be able to run anything."""
    for file in Path(memo_module.__file__).parent.glob("*.py"):
        assert "pickle" not in file.read_text("utf-8").replace("never pickled", ""), file
