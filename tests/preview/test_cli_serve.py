import json
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from site_gen.cli.main import main
from site_gen.cli.serve import COMMANDS, Console, _moment, watched
from site_gen.engine.report import Rendered, Report
from site_gen.plugins import trust
from site_gen.preview.loop import BuildResult
from site_gen.problems import Problem, Where

ROOT = Path("/site")
GOOD = Report(
    articles=1200, editions=1, pages=1300, rendered=(Rendered("a", ("body",)),), written=("a",)
)
BROKEN = Report(
    ok=False, problems=(Problem("article/quality", "not a number", Where("content/a.md", 3)),)
)


@pytest.fixture
def console() -> Console:
    made = Console(ROOT)
    made.serving("http://127.0.0.1:8001", built=True)
    return made


def test_the_banner_stands_once(capsys: pytest.CaptureFixture[str]) -> None:
    console = Console(ROOT)
    console.serving("http://127.0.0.1:8001", built=True)
    console.show_build(BuildResult((), GOOD, 0.5))
    said = capsys.readouterr().out
    assert said.startswith("Serving the last build at http://127.0.0.1:8001/ ...\n")
    assert "Feed  http://127.0.0.1:8001/feed.xml\n" in said
    assert "1,200 articles, 1 edition, 1,300 pages; ready in " in said
    console.show_build(BuildResult(("/site/content/a.md",), GOOD, 0.0381))
    assert capsys.readouterr().out == "content/a.md: 1 page, 38 ms\n"


def test_several_changes_are_counted(console: Console, capsys: pytest.CaptureFixture[str]) -> None:
    console.show_build(BuildResult((), GOOD, 0))
    capsys.readouterr()
    paths = tuple(f"/site/content/{name}.md" for name in "abc")
    console.show_build(BuildResult(paths, Report(removed=("x",)), 0.001))
    assert capsys.readouterr().out == "content/a.md and 2 more: 0 pages, 1 removed, 1 ms\n"


def test_a_touch_without_effect_is_not_spoken_of(
    console: Console, capsys: pytest.CaptureFixture[str]
) -> None:
    console.show_build(BuildResult((), GOOD, 0))
    capsys.readouterr()
    console.show_build(BuildResult((), Report(), 0))
    assert capsys.readouterr() == ("", "")


def test_problems_are_laid_out_once(console: Console, capsys: pytest.CaptureFixture[str]) -> None:
    console.show_build(BuildResult((), GOOD, 0))
    capsys.readouterr()
    console.show_build(BuildResult(("/site/content/a.md",), BROKEN, 0))
    said = capsys.readouterr()
    assert "error[article/quality] not a number\n  --> content/a.md:3" in said.err
    assert said.out == "content/a.md: 1 problem, the last good site stays, 0 ms\n"
    console.show_build(BuildResult(("/site/content/b.md",), BROKEN, 0))
    assert capsys.readouterr().err == ""


def test_with_nothing_built_yet_nothing_stays(capsys: pytest.CaptureFixture[str]) -> None:
    console = Console(ROOT)
    console.serving("http://127.0.0.1:8000", built=False)
    console.show_build(BuildResult((), BROKEN, 0))
    assert "1 problem, no site yet; ready in" in capsys.readouterr().out


def test_a_folder_without_a_site_is_named_at_once(tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["-C", str(tmp_path), "serve"])
    assert ended.value.code == 1


def test_quiet_says_only_problems(capsys: pytest.CaptureFixture[str]) -> None:
    console = Console(ROOT, quiet=True)
    console.serving("http://127.0.0.1:8000", built=True)
    console.show_build(BuildResult((), GOOD, 0))
    console.show_build(BuildResult(("/site/content/a.md",), BROKEN, 0))
    said = capsys.readouterr()
    assert said.out == ""
    assert "error[article/quality]" in said.err


def test_a_hostile_name_reaches_no_terminal(
    console: Console, capsys: pytest.CaptureFixture[str]
) -> None:
    console.show_build(BuildResult((), GOOD, 0))
    console.show_build(BuildResult(("/site/content/\x1b[2J.md",), GOOD, 0))
    assert "\x1b" not in capsys.readouterr().out


def test_json_is_one_object_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    console = Console(ROOT, as_json=True)
    console.serving("http://127.0.0.1:8000", built=False)
    console.warn("careful")
    console.show_build(BuildResult(("/site/content/a.md",), BROKEN, 0.1))
    warning, build = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert warning == {"event": "warning", "message": "careful"}
    assert build["changed"] == ["content/a.md"]
    assert build["problems"][0]["line"] == 3


def test_open_opens_the_site(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", opened.append)
    Console(ROOT, open_browser=True).serving("http://127.0.0.1:8000", built=False)
    assert opened == ["http://127.0.0.1:8000/"]


def test_both_names_are_commands_with_the_same_options() -> None:
    serve, preview = COMMANDS
    assert (serve.name, preview.name) == ("serve", "preview")
    assert serve.params == preview.params
    shown = CliRunner().invoke(serve, ["--help"]).output
    for option in (
        "-p, --port",
        "--host",
        "--open",
        "--no-reload",
        "--poll",
        "--now",
        "-t, --theme",
    ):
        assert option in shown


@pytest.mark.parametrize("options", [["--port", "x"], ["--poll", "0"], ["--now", "yesterday"]])
def test_wrong_usage_is_refused(options: list[str]) -> None:
    assert CliRunner().invoke(COMMANDS[0], options).exit_code == 2


def test_now_is_read() -> None:
    context, parameter = click.Context(COMMANDS[0]), COMMANDS[0].params[0]
    moment = _moment(context, parameter, "2026-02-01T10:00")
    assert moment is not None
    assert moment.isoformat() == "2026-02-01T10:00:00+00:00"


def test_content_themes_and_settings_are_watched(tmp_path: Path) -> None:
    inputs = watched(tmp_path)
    assert {tmp_path / "content", tmp_path / "themes"} <= set(inputs.folders)
    own = (tmp_path / "site.toml", tmp_path / "pyproject.toml")
    assert inputs.files == (*own, trust.trust_file())  # so that a plugin runs once it is trusted
