"""Same input, same bytes: whatever the machine, the order of its folders and the workers."""

import os
import random
from pathlib import Path
from typing import Any

import pytest

from site_gen.engine import plan, snapshot, stages
from site_gen.engine.render import render_portion
from site_gen.formats.common import workload
from site_gen.workers import pool

pytestmark = pytest.mark.any_version

ELSEWHERE = (
    {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "C"},
    {"PYTHONHASHSEED": "4242", "TZ": "America/St_Johns", "LC_ALL": "C.UTF-8", "LANG": "tr_TR"},
)


@pytest.fixture
def wanted(weekly: Any, tmp_path: Path) -> Any:
    """What the site comes to, built plainly in another folder."""
    return weekly.clean(tmp_path / "plain")


@pytest.mark.parametrize("env", ELSEWHERE, ids=("one", "two"))
def test_hash_seed_zone_locale_and_rights_change_nothing(
    weekly: Any, wanted: Any, engines: Any, env: dict[str, str]
) -> None:
    report = weekly.outside(env=env, umask=0o077)
    assert report["ok"], report["problems"]
    assert engines.differing(weekly.tree(), wanted) == []


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_order_of_folders_changes_nothing(
    weekly: Any, wanted: Any, engines: Any, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    shuffled = random.Random(seed)
    real_scandir, real_listdir = os.scandir, os.listdir

    class Entries(list[Any]):
        def __enter__(self) -> "Entries":
            return self

        def __exit__(self, *_: object) -> None:
            pass

        def close(self) -> None:
            pass

        def __next__(self) -> Any:
            if not self:
                raise StopIteration
            return self.pop()

    def scandir(*folder: Any) -> Any:
        with real_scandir(*folder) as entries:
            found = Entries(entries)
        shuffled.shuffle(found)
        return found

    def listdir(*folder: Any) -> Any:
        found = real_listdir(*folder)
        shuffled.shuffle(found)
        return found

    monkeypatch.setattr(os, "scandir", scandir)
    monkeypatch.setattr(os, "listdir", listdir)
    weekly.good()
    monkeypatch.undo()
    assert engines.differing(weekly.tree(), wanted) == []


def test_the_shuffle_reaches_the_snapshot() -> None:
    """The test above would say nothing if the scan did not go through `os.scandir`."""
    assert "os.scandir(" in Path(snapshot.__file__).read_text("utf-8")


@pytest.mark.parametrize("jobs", [2, 3])
def test_workers_change_nothing(
    weekly: Any, wanted: Any, engines: Any, jobs: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pool, "MIN_ITEMS", 2)
    monkeypatch.setattr(pool, "CHUNK_SIZE", 3)
    weekly.good(jobs=jobs)
    assert engines.differing(weekly.tree(), wanted) == []
    weekly.edit("content/a.md", "The ferry runs again", "The ferry, once more")
    weekly.edit("site.toml", "Harbour Weekly", "Quay Weekly")
    weekly.good(jobs=jobs)
    found = weekly.tree()
    monkeypatch.undo()
    assert engines.differing(found, weekly.clean(weekly.root.parent / "plain")) == []


@pytest.mark.parametrize(("most", "batch"), [(0, 1), (0, 25), (60, 25)])
def test_views_that_are_made_again_for_each_batch_change_nothing(
    weekly: Any,
    engines: Any,
    most: int,
    batch: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    twin = engines.Engine(tmp_path / "twin", weekly.now)
    engines.copy(weekly.root, twin.root)
    template = "{% extends 'base.html' %}{% block main %}{{ article.card.title }}{% endblock %}"
    edits = (
        lambda site: None,
        lambda site: site.edit("content/a.md", "The ferry runs again", "The ferry, once more"),
        lambda site: site.put("themes/own/templates/article.html", template),
        lambda site: (site.public / "index.html").unlink(),
        lambda site: site.edit("site.toml", "Harbour Weekly", "Quay Weekly"),
    )
    for edit in edits:
        edit(weekly)
        edit(twin)
        plain = twin.good()
        with monkeypatch.context() as patch:
            patch.setattr(plan, "MOST_VIEWS", most)
            patch.setattr(workload, "BATCH", batch)
            found = weekly.good()
        assert engines.differing(weekly.tree(), twin.tree()) == []
        assert set(found.rendered) == set(plain.rendered)
        assert found.planned == plain.planned


@pytest.mark.parametrize("most", [0, 10_000])
def test_a_large_plan_is_rendered_a_few_units_at_a_time(
    weekly: Any, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes = []

    def render(site: Any, portion: Any, *given: Any) -> Any:
        assert all(each.page.views for each in portion if each.page.template)
        sizes.append(len(portion))
        return render_portion(site, portion, *given)

    monkeypatch.setattr(stages, "render_portion", render)
    monkeypatch.setattr(plan, "MOST_VIEWS", most)
    monkeypatch.setattr(workload, "BATCH", 20)
    report = weekly.good()
    assert sum(sizes) == len(report.rendered)
    assert len(sizes) == 1 if most else len(sizes) > len(report.rendered) / 40


def test_mtimes_and_the_folder_change_nothing(
    weekly: Any, wanted: Any, tmp_path: Path, engines: Any
) -> None:
    weekly.age()
    far = tmp_path / "a folder with spaces/and \u00fcmlauts"
    engines.copy(weekly.root, far)
    other = engines.Engine(far, weekly.now)
    other.good()
    assert engines.differing(other.tree(), wanted) == []


def test_nothing_but_the_output_and_our_own_folder_is_written(
    weekly: Any, tmp_path: Path, engines: Any
) -> None:
    before = engines.tree(tmp_path)
    report = weekly.outside(cwd=tmp_path)
    assert report["ok"]
    weekly.edit("content/a.md", "at nine", "at ten")
    weekly.outside(cwd=tmp_path)
    after = engines.tree(tmp_path)
    changed = set(engines.differing(before, after))
    ours = ("weekly/public/", "weekly/.site_gen/")
    assert {p for p in changed if not p.startswith(ours)} == {"weekly/content/a.md"}
    assert {p for p in after if p.startswith(ours[1])} <= {
        "weekly/.site_gen/", "weekly/.site_gen/lock", "weekly/.site_gen/clock",
        "weekly/.site_gen/memo.sqlite", "weekly/.site_gen/memo.sqlite-wal",
        "weekly/.site_gen/memo.sqlite-shm", "weekly/.site_gen/version",
    }  # fmt: skip


def test_a_second_build_leaves_every_output_file_alone(weekly: Any) -> None:
    weekly.good()
    stamps = {p: os.stat(p) for p in weekly.public.rglob("*")}
    weekly.good()
    assert {p: os.stat(p).st_ino for p in stamps} == {p: s.st_ino for p, s in stamps.items()}
    assert {p: os.stat(p).st_mtime_ns for p in stamps} == {
        p: s.st_mtime_ns for p, s in stamps.items()
    }
