"""The generator: the same on every run, of the seed's shape, read by us without a problem."""

import hashlib
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
import yaml

from site_gen.read.article import read_article
from site_gen.read.names import Names
from site_gen.settings import Settings

Benchmark = Callable[[str], ModuleType]


@pytest.fixture
def generate(benchmark: Benchmark) -> ModuleType:
    return benchmark("generate")


def tree(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*.md")
    }


def command(checkout: Path, out: Path, hash_seed: str, *more: str) -> None:
    script = checkout / "benchmarks" / "generate.py"
    words = ["--articles", "30", "--weeks", "4", "--out", str(out), *more]
    subprocess.run(
        [sys.executable, script, *words],
        env={**os.environ, "PYTHONHASHSEED": hash_seed},
        check=True,
        capture_output=True,
    )


def test_every_run_writes_the_same_bytes(checkout: Path, tmp_path: Path) -> None:
    command(checkout, tmp_path / "a", "1")
    command(checkout, tmp_path / "b", "2")
    first = tree(tmp_path / "a")
    assert len(first) == 30
    assert len({Path(path).parent for path in first}) == 4
    assert tree(tmp_path / "b") == first


def test_another_seed_writes_other_articles(generate: ModuleType) -> None:
    first = generate.article(3, 10, 2)
    assert generate.article(3, 10, 2) == first
    assert generate.article(3, 10, 2, "other").body != first.body


def test_a_brief_article_is_short_and_of_the_same_name(generate: ModuleType) -> None:
    whole, brief = generate.article(3, 10, 2), generate.article(3, 10, 2, brief=True)
    assert (brief.slug, brief.when) == (whole.slug, whole.when)
    assert len(generate.text(brief.matter, brief.body)) < 2_000
    text, settings = generate.text(brief.matter, brief.body), Settings()
    article, problems, *_ = read_article(text, "a.md", settings, Names(settings))
    assert problems == ()
    assert article is not None
    assert article.card.title == brief.matter["title"]


def test_our_reader_has_nothing_to_say_about_any_article(generate: ModuleType) -> None:
    settings = Settings()
    names = Names(settings)
    for number in range(150):
        path, matter = generate.site_gen(generate.article(number, 150, 8))
        text = generate.text(matter, generate.article(number, 150, 8).body)
        article, problems, *_ = read_article(text, path.removeprefix("content/"), settings, names)
        assert problems == ()
        assert article is not None
        assert article.card.title == matter["title"]
        assert article.card.edition == path.split("/")[1]
        assert len(article.related) == len(matter["related"])


def test_articles_have_the_size_and_the_marks_of_real_ones(generate: ModuleType) -> None:
    heads, bodies = [], []
    for number in range(100):
        made = generate.article(number, 100, 5)
        bodies.append(made.body)
        whole = generate.text(made.matter, made.body)
        heads.append(len(whole.encode()) - len(made.body.encode()))
    assert 4000 < sum(heads) / len(heads) < 5600
    assert 2500 < sum(len(body.encode()) for body in bodies) / len(bodies) < 3600
    for mark in (r"^## ", r"^(- |1\. )", r"^> ", r"\]\(https://", r"\*\*\d", r" \*\w", r"^\| "):
        assert any(re.search(mark, body, re.MULTILINE) for body in bodies), mark


def test_flavours_say_the_same(generate: ModuleType) -> None:
    made = generate.article(7, 20, 3)
    path, ours = generate.site_gen(made)
    other_path, theirs = generate.hugo(made)
    assert Path(path).name == Path(other_path).name == f"{theirs['slug']}.md"
    assert theirs["date"] == ours["publishedDateTime"] == made.when
    assert theirs["editions"] == [Path(path).parent.name.lower()]
    renamed = {"publishedDateTime", "type", "published"}
    assert {k: theirs[k] for k in ours if k not in renamed} == {
        k: v for k, v in ours.items() if k not in renamed
    }


@pytest.mark.parametrize(
    "value", ['"quoted" at the start', "yes", "a: b", "- a", "‘é’ # no", "2024", "x: [1, {}]"]
)
def test_yaml_reads_back(generate: ModuleType, value: str) -> None:
    matter = {"title": value, "related": [{"title": value, "provider": {"name": value}}]}
    _, head, prose = generate.text(matter, "Body.\n").split("---\n")
    assert yaml.safe_load(head) == matter
    assert prose == "\nBody.\n"
