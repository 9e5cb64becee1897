"""What the user lets run, and nothing else."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from site_gen.plugins import trust

MARK = "from pathlib import Path\nPath({!r}).touch()\nFILTERS = {{}}\n"


@pytest.fixture
def mark(extended: Any) -> Path:
    """A file that is there once the plugin ran."""
    path: Path = extended.root.parent / "it-ran"
    extended.plugin("wire", MARK.format(str(path)), trusted=False)
    return path


@pytest.mark.parametrize("words", [
    ("build",), ("check",), ("explain", "/"), ("convert", "raw"), ("send", "2024-W07"),
    ("publish",), ("list",), ("config", "show"), ("import", "jotter", "."), ("check", "explain"),
    ("theme", "list"),
])  # fmt: skip
def test_a_stranger_s_folder_runs_nothing(mark: Path, run: Any, words: tuple[str, ...]) -> None:
    run(*words)
    assert not mark.exists()


def test_it_is_said_with_the_cure_and_the_last_site_stays(extended: Any, mark: Path) -> None:
    extended.names = []
    extended.settings()
    extended.site.good()
    before = extended.site.tree()
    extended.names = ["wire"]
    extended.settings()
    report = extended.site.build(keep_going=True)
    assert extended.codes(report) == [("plugin/untrusted", "plugins/wire.py", 0)]
    assert "site-gen trust" in report.problems[0].help
    assert extended.site.tree() == before


def test_trusted_code_runs_until_it_is_another(extended: Any, mark: Path, run: Any) -> None:
    code, out, told = run("trust")
    assert (code, out.split()[:2]) == (0, ["wire", "plugins/wire.py"])
    assert told == "1 plugin of this folder may run now, as long as its code stays as it is\n"
    assert not mark.exists()  # to trust is not to run
    assert run("build")[0] == 0
    assert mark.exists()
    mark.unlink()
    extended.plugin("wire", MARK.format(str(mark)) + "# more\n", trusted=False)
    code, _, told = run("build")
    assert code == 1
    assert "is not as you let it run" in told
    assert not mark.exists()


def test_a_compiled_file_beside_is_never_run(extended: Any, mark: Path, run: Any) -> None:
    import importlib.util
    import marshal

    source = extended.root / "plugins/wire.py"
    source.write_text("FILTERS = {}\n", "utf-8")
    cache = Path(importlib.util.cache_from_source(str(source)))
    cache.parent.mkdir()
    state = source.stat()
    head = importlib.util.MAGIC_NUMBER + (0).to_bytes(4, "little")
    head += int(state.st_mtime).to_bytes(4, "little") + state.st_size.to_bytes(4, "little")
    evil = compile(MARK.format(str(mark)), str(source), "exec")
    cache.write_bytes(head + marshal.dumps(evil))
    assert run("trust")[0] == 0
    assert run("build")[0] == 0
    assert not mark.exists()


def test_edits_are_trusted_where_that_was_asked(extended: Any, mark: Path, run: Any) -> None:
    assert run("trust", "--edits")[0] == 0
    extended.plugin("wire", MARK.format(str(mark)) + "# more\n", trusted=False)
    assert run("build")[0] == 0
    assert run("trust", "--revoke")[0] == 0
    mark.unlink()
    extended.site.put("content/b.md", b"---\ntitle: B\npublishedDateTime: 2024-02-14\n---\nB.\n")
    assert run("build")[0] == 1
    assert not mark.exists()
    assert json.loads(trust.trust_file().read_text()) == {}  # type: ignore[union-attr]


def test_a_copy_of_the_folder_is_not_trusted(extended: Any, mark: Path, run: Any) -> None:
    import shutil

    assert run("trust")[0] == 0
    copy = extended.root.parent / "copy"
    shutil.copytree(extended.root, copy)
    assert trust.read_trust(copy).verdict("wire", "") == "no"
    assert trust.read_trust(extended.root).verdict("wire", "") == "changed"


def test_a_list_that_others_may_write_says_nothing(extended: Any, mark: Path, run: Any) -> None:
    assert run("trust")[0] == 0
    file = trust.trust_file()
    assert file is not None
    assert file.stat().st_mode & 0o777 == 0o600
    os.chmod(file, 0o666)
    assert run("build")[0] == 1
    assert not mark.exists()


def test_links_are_refused(extended: Any, mark: Path) -> None:
    away = extended.root.parent / "away"
    (extended.root / "plugins").rename(away)
    (extended.root / "plugins").symlink_to(away)
    report = extended.site.build()
    assert extended.codes(report) == [("plugin/link", "plugins", 0)]
