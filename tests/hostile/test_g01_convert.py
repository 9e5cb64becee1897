"""G1 and G3 for `convert`: hostile pages and feeds become harmless drafts, or are set
aside by name."""

from pathlib import Path
from typing import Any

import pytest
from judge import judged
from reading import NOW, SETTINGS, Case, cases

from site_gen.convert.options import ConvertOptions
from site_gen.convert.run import convert_sources
from site_gen.engine.build import build
from site_gen.engine.report import Options
from site_gen.settings import parse

PAGE = "<!doctype html><html><head><title>{name}</title></head><body><article>\n{payload}\n"
FILLER = (
    "<p>The harbour {name} was closed on Monday because of the storm that came in the night.</p>\n"
    "<p>Nobody was hurt, the master of the port of {name} said, but two boats were lost, and the"
    " ferry will not sail before the end of the week. The damage is not known yet.</p>\n"
    "<p>The last storm of that force was in the winter of the year in which {name} was built.</p>\n"
)


def source(case: Case) -> tuple[str, bytes]:
    """File name and bytes of a case as raw material."""
    if case.name.startswith("html"):
        text = PAGE.format(name=case.name, payload=case.payload)
        text += FILLER.format(name=case.name)
        return f"{case.name}.html", text.encode("utf-8", "replace")
    ending = "json" if case.payload.startswith("{") else "xml"
    return f"{case.name}.{ending}", case.payload.encode("utf-8", "replace")


@pytest.fixture(scope="module")
def converted(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A site of all that was converted: its root, and the report of the conversion."""
    root = tmp_path_factory.mktemp("converted")
    (root / "site.toml").write_text(SETTINGS, "utf-8")
    (root / "raw").mkdir()
    names = []
    for case in (*cases("html.txt"), *cases("feeds.txt")):
        name, data = source(case)
        (root / "raw" / name).write_bytes(data)
        names.append(f"raw/{name}")
    settings = parse(SETTINGS).settings
    assert settings is not None
    report = convert_sources(root, settings, names, ConvertOptions(date=NOW), NOW)
    return root, report, names


def test_g03_every_source_is_a_draft_or_is_set_aside_by_name(converted: Any) -> None:
    _, report, names = converted
    told = {row.source.split("#")[0] for row in report.rows}
    assert len(names) > 75
    assert {n for n in names if not any(n in t or Path(n).name in t for t in told)} == set()
    known = {"created", "quarantined", "failed", "unchanged", "duplicate"}
    assert {row.status for row in report.rows} <= known
    assert sum(row.status == "created" for row in report.rows) > 50


def test_g01_what_was_converted_builds_to_a_harmless_site(converted: Any) -> None:
    root, _, _ = converted
    report = build(root, Options(now=NOW, jobs=1, drafts=True, keep_going=True))
    errors = [p for p in report.problems if p.severity == "error"]
    assert errors == []
    assert report.articles > 50
    assert judged(root / "public") == {}


def test_g07_convert_writes_below_content_only(converted: Any) -> None:
    root, _, _ = converted
    for path in (root / "content").rglob("*"):
        assert path.is_dir() or path.suffix == ".md", path
    assert {p.name for p in root.iterdir()} <= {
        "content",
        "raw",
        "site.toml",
        ".site_gen",
        "public",
    }


def test_g07_convert_reads_no_entity_from_a_file(converted: Any) -> None:
    root, _, _ = converted
    for path in root.rglob("*.md"):
        assert "root:" not in path.read_text("utf-8"), path
