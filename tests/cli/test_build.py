"""`build`: its options, its report, its messages."""

from pathlib import Path
from typing import Any

import pytest

from site_gen.cli.build import as_json, checked_base_url
from site_gen.cli.progress import Progress
from site_gen.engine.report import Report

COUNTS = {
    "stat", "hashed", "read", "rendered", "written", "removed", "pages", "articles", "editions",
}  # fmt: skip


def test_a_build_says_in_one_line_what_it_did(run: Any, harbour: Any) -> None:
    said = run("build")
    assert (said.code, said.out) == (0, "")
    assert said.err.startswith("2 articles in 2 editions, ")
    assert "4 read, " in said.err
    assert said.err.count("\n") == 1
    again = run("build")
    assert ": nothing to do (" in again.err
    assert run("build", "-q").err == ""


def test_one_of_a_kind_is_counted_in_the_singular(run: Any, harbour: Any) -> None:
    harbour.remove("content/ferry.md")
    assert run("build").err.startswith("1 article in 1 edition, ")


def test_verbose_says_where_time_went_and_why_pages_were_made(run: Any, harbour: Any) -> None:
    run("build")
    harbour.edit("content/ferry.md", "paint", "tar")
    said = run("build", "-v")
    assert "stage          seconds" in said.err
    assert "rendered articles/ferry/index.html: article, body, page\n" in said.err
    assert said.out == ""


def test_the_report_as_json(run: Any, harbour: Any) -> None:
    said = run("build", "--format", "json")
    assert (said.code, said.err) == (0, "")
    assert said.data["ok"] is True
    assert set(said.data["counts"]) == COUNTS
    assert said.data["counts"]["articles"] == 2
    assert {"path": "index.html", "reasons": ["new"]} in said.data["rendered"]
    assert "index.html" in said.data["written"]
    assert set(as_json(Report())) == set(said.data)


def test_problems_stand_in_the_json(run: Any, broken: Any) -> None:
    said = run("build", "--format", "json")
    assert (said.code, said.err, said.data["ok"]) == (1, "", False)
    problem = said.data["problems"][0]
    assert problem["code"] == "article/quality"
    assert (problem["path"], problem["line"], problem["column"]) == ("content/broken.md", 4, 10)
    assert problem["help"]


def test_keep_going_publishes_the_rest_and_exits_1(run: Any, broken: Any) -> None:
    stopped = run("build")
    assert stopped.code == 1
    assert not broken.has("index.html")
    assert stopped.err.endswith("1 problem: the last good site stays.\n")
    said = run("build", "--keep-going")
    assert said.code == 1
    assert said.err.endswith("1 problem: the rest is published.\n")
    assert broken.has("articles/bridge/index.html")
    assert not broken.has("articles/broken/index.html")


def test_strict_takes_warnings_for_errors(run: Any, harbour: Any) -> None:
    harbour.edit("content/ferry.md", "title:", "titel: x\ntitle:")
    assert run("build", "--strict").code == 1
    assert not harbour.has("index.html")
    loose = run("build")
    assert loose.code == 0
    assert "warning[article/unknown-key]" in loose.err


def test_drafts_and_future(run: Any, harbour: Any) -> None:
    def built(*words: str) -> set[str]:
        run("build", *words)
        return {p.parent.name for p in (harbour.root / "public/articles").glob("*/index.html")}

    assert built() == {"bridge", "ferry"}
    assert built("-D") == {"bridge", "ferry", "unfinished"}
    assert built("--future") == {"bridge", "ferry", "summer"}
    assert built("--drafts", "--future") == {"bridge", "ferry", "unfinished", "summer"}


def test_now_wins_over_source_date_epoch(
    run: Any, harbour: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("build", "--now", "2024-02-20")
    assert harbour.has("articles/bridge/index.html")
    assert not harbour.has("articles/ferry/index.html")
    run("build")
    assert harbour.has("articles/ferry/index.html")
    assert not harbour.has("articles/summer/index.html")
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    run("build")
    assert harbour.has("articles/summer/index.html")


def test_a_time_that_is_none_is_wrong_usage(run: Any, harbour: Any) -> None:
    said = run("build", "--now", "tomorrow")
    assert said.code == 2
    assert "'--now': \"tomorrow\" is not a date such as" in said.err


def test_base_url(run: Any, harbour: Any) -> None:
    run("build", "--base-url", "https://other.example/digest/")
    assert '<link rel="canonical" href="https://other.example/digest/' in harbour.page("index.html")
    run("build", "-b", "")
    assert '<link rel="canonical" href="https://t.example/' in harbour.page("index.html")


def test_an_empty_base_url_counts_as_unset_and_unset_is_warned_of(run: Any, harbour: Any) -> None:
    harbour.edit("site.toml", 'base_url = "https://t.example"\n', "")
    for words in ((), ("--base-url", "")):
        said = run("build", *words)
        assert said.code == 0
        assert (
            "warning[settings/base-url] base_url is not set; http://localhost:8000/ is" in said.err
        )
    assert "http://localhost:8000/" in harbour.page("feed.xml")
    assert "base-url" not in run("build", "-b", "https://t.example").err


@pytest.mark.parametrize(
    "text", ["t.example", "ftp://t.example", "javascript:alert(1)", "https://a:b@t.example",
             "https://t.example/?q", "https://t.example/#f"]
)  # fmt: skip
def test_a_base_url_that_is_none_is_wrong_usage(run: Any, harbour: Any, text: str) -> None:
    said = run("build", "-b", text)
    assert said.code == 2
    assert "Invalid value for --base-url" in said.err
    assert not harbour.has("index.html")


def test_a_base_url_loses_its_last_slash() -> None:
    assert checked_base_url("https://t.example/a/") == "https://t.example/a"
    assert checked_base_url("") is None
    assert checked_base_url(None) is None


@pytest.mark.parametrize("text", ["0", "-1", "many", "257", "1.5", ""])
def test_jobs_is_auto_or_a_small_number(run: Any, harbour: Any, text: str) -> None:
    said = run("build", "--jobs", text)
    assert said.code == 2
    assert "Invalid value for --jobs" in said.err
    assert run("build", "--jobs", "1").code == 0


def test_output_is_looked_for_from_the_site(
    run: Any, harbour: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("-C", "site", "build", "-o", "out").code == 0
    assert (harbour.root / "out/index.html").is_file()
    assert run("-C", "site", "build", "--output", str(tmp_path / "there")).code == 0
    assert (tmp_path / "there/index.html").is_file()
    assert not harbour.has("index.html")


def test_theme(run: Any, harbour: Any) -> None:
    run("build")
    broadsheet = harbour.page("index.html")
    assert run("build", "-t", "minimal").code == 0
    assert harbour.page("index.html") != broadsheet
    said = run("build", "--theme", "minimall")
    assert said.code == 1
    assert 'there is no theme "minimall". Did you mean "minimal"?' in said.err


@pytest.mark.parametrize(
    ("netlify", "context", "hidden"),
    [
        ("true", "deploy-preview", True),
        ("true", "branch-deploy", True),
        ("true", "production", False),
        ("true", None, False),
        (None, "deploy-preview", False),
    ],
)
def test_search_engines_stay_out_of_deploy_previews(
    run: Any,
    harbour: Any,
    monkeypatch: pytest.MonkeyPatch,
    netlify: str | None,
    context: str | None,
    hidden: bool,
) -> None:
    for name, value in (("NETLIFY", netlify), ("CONTEXT", context)):
        if value:
            monkeypatch.setenv(name, value)
    assert run("build").code == 0
    assert ("X-Robots-Tag: noindex\n" in harbour.page("_headers")) == hidden
    assert harbour.has("sitemap.xml") != hidden
    assert ("Disallow: /\n" in harbour.page("robots.txt")) == hidden


class Stderr:
    def __init__(self, terminal: bool) -> None:
        self.terminal = terminal

    def isatty(self) -> bool:
        return self.terminal


@pytest.mark.parametrize(
    ("terminal", "ci", "words", "watched"),
    [
        (True, False, (), True),
        (False, False, (), False),
        (True, True, (), False),
        (True, False, ("-q",), False),
    ],
)
def test_progress_is_for_a_person_at_a_terminal(
    run: Any,
    harbour: Any,
    monkeypatch: pytest.MonkeyPatch,
    terminal: bool,
    ci: bool,
    words: tuple[str, ...],
    watched: bool,
) -> None:
    seen: list[object] = []

    def build(root: Path, options: object, progress: object, **_: object) -> Report:
        seen.append(progress)
        return Report()

    monkeypatch.setattr("site_gen.cli.build.build_site", build)
    monkeypatch.setattr("site_gen.cli.progress.sys.stderr", Stderr(terminal))
    monkeypatch.setattr("site_gen.cli.build.say", lambda *_: None)
    if ci:
        monkeypatch.setenv("CI", "true")
    assert run("build", *words).code == 0
    assert [isinstance(each, Progress) for each in seen] == [watched]


def test_progress_is_one_line_that_goes(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = iter([0.0, 0.1, 0.6, 0.65, 0.8])
    monkeypatch.setattr("site_gen.cli.progress.time.monotonic", lambda: next(clock))
    progress = Progress()
    for done in (1, 200, 300, 1000):
        progress("render", done, 1000)
    said = capsys.readouterr()
    assert said.out == ""
    blank = " " * len("render 1,000 of 1,000")
    assert said.err.split("\r") == [
        "",
        "render 200 of 1,000",
        "render 1,000 of 1,000",
        blank,
        "",
    ]
