"""The group: commands, common options, exit codes, where output goes."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import click
import pytest

from site_gen import __version__
from site_gen.cli.context import source_date
from site_gen.cli.main import COMMANDS, COMMON, group, main
from site_gen.problems import UsageError

ESCAPE = "\x1b"
CONTRACT: dict[str, str] = {
    "init": "--title --base-url --theme",
    "convert": "--to --dry-run --diff --update --duplicates --publish --date --provider --topic "
    "--since --limit --split --no-split --allow-private --now",
    "accept": "--all --clean --dry-run",
    "inspect": "--split",
    "new": "",
    "build": "-b --base-url -o --output -t --theme -D --drafts --future --strict --keep-going "
    "--now --jobs",
    "serve": "-p --port --host --open --no-reload --poll --now -t --theme",
    "preview": "-p --port --host --open --no-reload --poll --now -t",
    "list": "-D --future --now",
    "explain": "-b -t -D --future --now",
    "theme": "",
    "config": "",
    "feeds": "",
    "import": "--dry-run --map --issue-per-file --article-per-file --cards --feed --strict --now",
    "stories": "",
    "close": "",
    "check": "--edition --since --only --skip --fix --strict --summary --external --offline "
    "--against --budgets --now",
    "publish": "--to --dry-run -o --output",
    "redirects": "-o --output",
    "doctor": "",
    "upgrade": "--from",
    "completion": "",
    "send": "--channel --now --at --test --dry-run --again --again-doubtful -o --output",
    "trust": "--edits --revoke",
}
CHILDREN = {
    "new": {"article", "edition"},
    "theme": {"list", "show", "new", "eject", "diff"},
    "config": {"show", "schema"},
    "feeds": {"diff"},
}
ANYWHERE = {"-C", "--directory", "-q", "--quiet", "-v", "--verbose", "--color", "--format"}


def command(name: str) -> click.Command:
    found = group.get_command(click.Context(group), name)
    assert found is not None
    return found


def options(found: click.Command) -> set[str]:
    return {o for p in found.params for o in (*p.opts, *p.secondary_opts) if o.startswith("-")}


def test_the_commands_are_those_of_the_contract() -> None:
    assert set(COMMANDS) == set(CONTRACT)


@pytest.mark.parametrize("name", CONTRACT)
def test_a_command_has_its_options_and_the_common_ones(name: str) -> None:
    found = command(name)
    assert set(CONTRACT[name].split()) | ANYWHERE <= options(found)
    children = found.commands if isinstance(found, click.Group) else {}
    assert set(children) == CHILDREN.get(name, set())
    for child in children.values():
        assert options(child) >= ANYWHERE


@pytest.mark.parametrize("flag", ["-h", "--help"])
@pytest.mark.parametrize("name", CONTRACT)
def test_every_command_explains_itself(
    run: Any, monkeypatch: pytest.MonkeyPatch, name: str, flag: str
) -> None:
    # click keeps the help option of a command's first call, which may have been another test's.
    found = command(name)
    for each in (found, *getattr(found, "commands", {}).values()):
        monkeypatch.setattr(each, "_help_option", None)
    said = run(name, flag)
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith(f"Usage: site-gen {name} ")
    for child in CHILDREN.get(name, ()):
        assert run(name, child, flag).out.startswith(f"Usage: site-gen {name} {child} ")


def test_help_names_every_command_and_common_option(run: Any) -> None:
    said = run("--help")
    assert said.code == 0
    for name, (_, text) in COMMANDS.items():
        assert (f"  {name} " in said.out) == bool(text)
    for option in COMMON:
        assert option.opts[0] in said.out


def test_version(run: Any) -> None:
    assert run("--version").out == f"site-gen, version {__version__}\n"


def test_no_command_is_wrong_usage_and_shows_the_help(run: Any) -> None:
    said = run()
    assert (said.code, said.out) == (2, "")
    assert "build " in said.err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["biuld"], "Error: No such command 'biuld'. Did you mean \"build\"?"),
        (["sreve"], 'Did you mean "serve"?'),
        (["xyzzy"], "Error: No such command 'xyzzy'.\n"),
        (["build", "--draft"], "No such option"),
        (["build", "--format", "xml"], "'xml' is not one of 'text', 'json'"),
        (["list", "everything"], "'everything' is not one of"),
    ],
)
def test_wrong_usage_is_2_with_a_hint(run: Any, words: list[str], told: str) -> None:
    said = run(*words)
    assert (said.code, said.out) == (2, "")
    assert told in said.err


@pytest.mark.parametrize("place", ["before", "after"])
def test_common_options_stand_before_and_after_the_command(
    run: Any, harbour: Any, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    monkeypatch.chdir(harbour.root.parent)
    common = ["-C", "site", "--format", "json", "-q"]
    for words in (["list"], ["config", "show"], ["theme", "list"]):
        said = run(*common, *words) if place == "before" else run(*words, *common)
        assert (said.code, said.err) == (0, "")
        assert said.data


def test_a_group_takes_common_options_between_its_name_and_its_command(
    run: Any, harbour: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(harbour.root.parent)
    said = run("config", "-C", "site", "--format=json", "show")
    assert said.data["title"] == "Harbour Weekly"


def test_problems_in_the_site_are_1(run: Any, broken: Any) -> None:
    said = run("build")
    assert (said.code, said.out) == (1, "")
    assert 'error[article/quality] quality: expected a whole number of 0 or more, got "lots"' in (
        said.err
    )
    assert "--> content/broken.md:4:10" in said.err


def test_a_folder_without_a_site_is_1_and_says_what_to_do(
    run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for words in (
        ["build"],
        ["list"],
        ["explain", "/"],
        ["config", "show"],
        ["serve"],
        ["theme", "show"],
        ["theme", "new", "mine"],
        ["theme", "eject", "article.html"],
        ["new", "article", "A walk"],
    ):
        said = run(*words)
        assert (said.code, said.out) == (1, "")
        assert "help: run `site-gen init` here" in said.err
        assert run(*words, "--format=json").data["ok"] is False
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["missing", "file"])
def test_a_directory_that_is_none_is_wrong_usage(run: Any, tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_text("x", "utf-8")
    for words in (["build"], ["init"], ["theme", "new", "mine"], ["convert", "x"]):
        said = run("-C", tmp_path / name, *words)
        assert said.code == 2
        assert "Invalid value for '-C' / '--directory'" in said.err
    assert {path.name for path in tmp_path.iterdir()} == {"file"}


def planted(*_: Any, **__: Any) -> None:
    raise ZeroDivisionError("a planted\x1b[31m\nfault")


def test_our_bug_is_3_in_one_line_with_the_details_in_a_file(
    run: Any, harbour: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("site_gen.cli.build.build_site", planted)
    monkeypatch.chdir(harbour.root.parent)
    log = harbour.root / ".site_gen" / "crash.log"
    said = run("build", "-C", "site")
    assert (said.code, said.out) == (3, "")
    wanted = "site-gen has a bug: ZeroDivisionError: a planted [31m fault"
    assert said.err == f"{wanted} (details in {log})\n"
    assert "Traceback" in log.read_text("utf-8")
    assert not (harbour.root.parent / ".site_gen").exists()


def test_the_crash_log_does_not_follow_a_link(
    run: Any, harbour: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("site_gen.cli.build.build_site", planted)
    harbour.put("precious.txt", b"kept")
    (harbour.root / ".site_gen").mkdir()
    (harbour.root / ".site_gen/crash.log").symlink_to(harbour.root / "precious.txt")
    assert run("build").code == 3
    assert (harbour.root / "precious.txt").read_bytes() == b"kept"


def test_what_the_system_refuses_is_no_bug_of_ours(
    run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").write_text("x", "utf-8")
    said = run("init", "file/digest")
    assert said.code == 1
    assert said.err.startswith("error[system] the system refused: not a directory\n")
    assert "file/digest" in said.err


@pytest.mark.parametrize(
    "words", [["build"], ["list"], ["config", "show"], ["theme", "show"], ["explain", "/"]]
)
@pytest.mark.parametrize("form", [["--format", "json"], ["--format=json"]])
def test_json_is_only_json_when_the_settings_are_broken_too(
    run: Any, harbour: Any, words: list[str], form: list[str]
) -> None:
    harbour.put("site.toml", b"titel = 'x'\n")
    said = run(*words, *form)
    assert said.code == 1
    assert said.data["ok"] is False
    assert [p["code"] for p in said.data["problems"]] == ["settings/unknown-key"]


def test_an_ordinary_word_json_asks_for_nothing(run: Any, harbour: Any) -> None:
    harbour.put("site.toml", b"titel = 'x'\n")
    assert run("theme", "show", "json").out == ""


def test_colour_only_where_asked_for(
    run: Any, broken: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert ESCAPE not in run("build").err
    assert ESCAPE in run("--color", "build").err
    assert ESCAPE in run("build", "--color").err
    monkeypatch.setenv("NO_COLOR", "1")
    assert ESCAPE not in run("build").err
    assert ESCAPE in run("build", "--color").err


class Terminal:
    """A terminal: click colours what goes to it."""

    def __init__(self) -> None:
        self.text = ""

    def isatty(self) -> bool:
        return True

    def write(self, text: str) -> int:
        self.text += text
        return len(text)

    def flush(self) -> None:
        """Nothing waits."""


@pytest.mark.parametrize(
    ("value", "words", "coloured"),
    [
        ("", [], True),
        ("1", [], False),
        ("", ["--no-color"], False),
        ("1", ["--color"], True),
    ],
)
def test_a_terminal_is_coloured_unless_told_not_to(
    broken: Any,
    run: Any,
    monkeypatch: pytest.MonkeyPatch,
    value: str,
    words: list[str],
    coloured: bool,
) -> None:
    terminal = Terminal()
    monkeypatch.setenv("NO_COLOR", value)
    monkeypatch.setenv("CI", "true")
    monkeypatch.setattr("sys.stderr", terminal)
    with pytest.raises(SystemExit):
        main(["build", *words])
    assert "error[article/quality]" in terminal.text
    assert (ESCAPE in terminal.text) == coloured


def test_names_from_outside_bring_no_escapes(run: Any, harbour: Any) -> None:
    harbour.edit("content/bridge.md", "The bridge closes", '"Bri\\e[31mdge"')
    for words in (["build"], ["list"], ["explain", "\x1b[2J"]):
        said = run(*words)
        assert ESCAPE not in said.out + said.err


@pytest.mark.parametrize("text", ["soon", "-1e9", "99999999999999999999", "\u00b2"])
def test_a_clock_that_cannot_be_is_wrong_usage(
    run: Any, harbour: Any, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", text)
    with pytest.raises(UsageError):
        source_date()
    for words in (["build"], ["list"], ["serve"], ["init", "d"], ["new", "article", "A walk"]):
        said = run(*words)
        assert said.code == 2
        assert "error[usage/clock] SOURCE_DATE_EPOCH is" in said.err


def test_the_clock_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    assert str(source_date()) == "1970-01-02 00:00:00+00:00"
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "")
    assert source_date() is None


def test_the_module_is_the_program(harbour: Any) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "site_gen", "--format", "json", "list", "--now", "2024-06-01"],
        cwd=harbour.root,
        capture_output=True,
        text=True,
        check=True,
    )
    assert [row["slug"] for row in json.loads(done.stdout)] == ["ferry", "bridge"]
    assert done.stderr == ""


def test_schemas_are_printed_and_written(run: Any, harbour: Any) -> None:
    assert run("config", "schema").data["title"] == "Settings of a site_gen digest"
    assert "publishedDateTime" in run("config", "schema", "article").data["properties"]
    said = run("config", "schema", "--write")
    assert ".site_gen/schemas/lock.json" in said.err
    assert "written" not in run("config", "schema", "--write").err
    assert run("config", "schema", "nonsense").code == 2
