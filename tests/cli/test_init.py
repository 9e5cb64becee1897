"""`init`: a digest that builds at once, whatever it is called, and nothing overwritten."""

import json
import tomllib
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from site_gen.cli import init as init_module
from site_gen.cli.init import _installed_from, _quoted, _tag
from site_gen.settings import load

NOW = datetime(2024, 6, 1, 12, tzinfo=UTC)
FILES = {
    "site.toml",
    "content/your-first-article.md",
    "content/editions/2024-W22.md",
    "content/pages/about.md",
    "netlify.toml",
    ".gitignore",
    ".python-version",
}
SCHEMAS = {f".site_gen/schemas/{kind}.json" for kind in ("site", "article", "note", "page", "lock")}


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def names(folder: Path) -> set[str]:
    return {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}


def test_it_writes_what_a_digest_needs(
    run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("site_gen.cli.init._installed_from", lambda: "site-gen==9.9")
    said = run("init", "my-digest")
    assert (said.code, said.out) == (0, "")
    assert names(tmp_path / "my-digest") == FILES | SCHEMAS | {"requirements.txt"}
    assert (tmp_path / "my-digest/requirements.txt").read_text("utf-8") == "site-gen==9.9\n"
    for name in FILES:
        assert f"created  {tmp_path / 'my-digest' / name}\n" in said.err
    assert said.err.endswith("Next: cd my-digest && site-gen serve\n")
    settings = load(tmp_path / "my-digest").settings
    assert settings is not None
    assert (settings.title, settings.tag) == ("My Digest", "my-digest.invalid,2024")


def test_what_it_wrote_builds_with_no_word_but_on_the_base_url_and_the_tag(run: Any) -> None:
    run("init", "d")
    said = run("-C", "d", "build", "--format", "json")
    assert said.code == 0
    assert [p["code"] for p in said.data["problems"]] == ["settings/base-url", "settings/tag"]
    assert (said.data["counts"]["articles"], said.data["counts"]["editions"]) == (1, 1)


@pytest.mark.parametrize("theme", ["broadsheet", "minimal"])
def test_with_a_base_url_there_is_no_word_at_all(run: Any, tmp_path: Path, theme: str) -> None:
    run("init", "d", "--base-url", "https://weekly.example/", "--theme", theme)
    said = run("-C", "d", "build", "--strict", "--format", "json")
    assert (said.code, said.data["problems"]) == (0, [])
    settings = load(tmp_path / "d").settings
    assert settings is not None
    assert (settings.theme, settings.base_url) == (theme, "https://weekly.example")
    assert settings.feeds.tag == "weekly.example,2024"


@pytest.mark.parametrize(
    "title",
    [
        'The "Harbour" Weekly',
        "It's a week",
        "Back\\slash",
        "{theme} and {tag}",
        "Zwölf Uhr 正午",
        "Two\nlines",
        "Del\x7fete",
        "]]\n[x",
    ],
)
def test_a_title_of_any_characters(run: Any, tmp_path: Path, title: str) -> None:
    assert run("init", "d", "--title", title).code == 0
    assert tomllib.loads((tmp_path / "d/site.toml").read_text("utf-8"))["title"] == title
    assert run("-C", "d", "build").code == 0


def test_bytes_that_are_no_text_do_not_stop_it() -> None:
    assert _quoted("a\udcffb") == '"a?b"'


def test_it_never_overwrites_and_begins_no_digest_again(run: Any, tmp_path: Path) -> None:
    run("init", "d")
    before = {name: (tmp_path / "d" / name).read_bytes() for name in names(tmp_path / "d")}
    mine = b"mine\n"
    (tmp_path / "d/netlify.toml").write_bytes(mine)
    (tmp_path / "d/.gitignore").unlink()
    for gone in ("content/pages/about.md", "content/your-first-article.md"):
        (tmp_path / "d" / gone).unlink()
        del before[gone]
    said = run("init", "d", "--title", "Other")
    assert said.code == 0
    after = {name: (tmp_path / "d" / name).read_bytes() for name in names(tmp_path / "d")}
    assert after == before | {"netlify.toml": mine}
    assert f"kept     {tmp_path / 'd/site.toml'}\n" in said.err
    assert f"created  {tmp_path / 'd/.gitignore'}\n" in said.err
    assert "feeds.tag" not in said.err


def test_it_does_not_write_through_a_dangling_link(run: Any, tmp_path: Path) -> None:
    (tmp_path / "d").mkdir()
    (tmp_path / "d/site.toml").symlink_to(tmp_path / "elsewhere")
    run("init", "d")
    assert not (tmp_path / "elsewhere").exists()


def test_settings_in_pyproject_are_enough(run: Any, tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.site_gen]\ntitle = 'P'\n", "utf-8")
    said = run("init")
    assert said.code == 0
    assert not (tmp_path / "site.toml").exists()
    assert f"kept     {tmp_path / 'pyproject.toml'}\n" in said.err
    assert said.err.endswith("Next: site-gen serve\n")
    assert run("build").code == 0


def test_the_folder_is_looked_for_from_the_directory(run: Any, tmp_path: Path) -> None:
    (tmp_path / "sites").mkdir()
    run("-C", "sites", "init", "a b")
    assert (tmp_path / "sites/a b/site.toml").is_file()
    assert "cd 'a b' && " in run("-C", "sites", "init", "a b").err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--base-url", "weekly.example"], 'Invalid value for --base-url: "weekly.example"'),
        (["--base-url", "https://u:p@weekly.example"], "holds a user name or password"),
        (["--base-url", "https://weekly.example/?a"], "has a query or fragment"),
        (["--theme", "broadshet"], '"broadshet" is none of broadsheet, minimal'),
    ],
)
def test_wrong_usage_writes_nothing(run: Any, tmp_path: Path, words: list[str], told: str) -> None:
    said = run("init", "d", *words)
    assert said.code == 2
    assert told in said.err
    assert not (tmp_path / "d").exists()


def test_a_file_is_no_folder(run: Any, tmp_path: Path) -> None:
    (tmp_path / "d").write_text("x", "utf-8")
    said = run("init", "d")
    assert said.code == 2
    assert "error[init/folder] is a file" in said.err


@pytest.mark.parametrize(
    ("base_url", "folder", "tag"),
    [
        ("https://www.weekly.example/digest", "x", "weekly.example,2024"),
        ("https://weekly.example:8443", "x", "weekly.example,2024"),
        ("", "Mein Blatt", "mein-blatt.invalid,2024"),
        ("", "正午", "digest.invalid,2024"),
    ],
)
def test_the_tag_is_a_name_of_ours_and_the_year(base_url: str, folder: str, tag: str) -> None:
    made = _tag(base_url, Path("/") / folder, NOW)
    assert made == tag or (folder == "正午" and made.endswith(",2024"))
    assert made.isascii()


def installed(direct_url: dict[str, Any] | None) -> Callable[[str], Any]:
    text = None if direct_url is None else json.dumps(direct_url)
    return lambda _: SimpleNamespace(version="1.2.3", read_text=lambda name: text)


@pytest.mark.parametrize(
    ("direct_url", "pinned"),
    [
        (None, "site-gen==1.2.3"),
        ({"url": "file:///somewhere", "dir_info": {"editable": True}}, ""),
        ({"url": "file:///somewhere/x.whl", "archive_info": {}}, ""),
        (
            {"url": "https://host.example/x.whl", "archive_info": {}},
            "site-gen @ https://host.example/x.whl",
        ),
        (
            {
                "url": "https://host.example/r.git",
                "vcs_info": {"vcs": "git", "commit_id": "abc", "requested_revision": "main"},
            },
            "site-gen @ git+https://host.example/r.git@abc",
        ),
    ],
)
def test_it_pins_what_it_was_installed_from(
    monkeypatch: pytest.MonkeyPatch, direct_url: dict[str, Any] | None, pinned: str
) -> None:
    monkeypatch.setattr("importlib.metadata.distribution", installed(direct_url))
    assert _installed_from() == pinned


def test_it_says_when_it_cannot_pin(
    run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("site_gen.cli.init._installed_from", str)
    said = run("init", "d")
    assert "requirements.txt is not written" in said.err
    assert not (tmp_path / "d/requirements.txt").exists()


def test_a_tag_that_is_no_name_of_ours_is_told(run: Any, tmp_path: Path) -> None:
    assert "feeds.tag" in run("init", str(tmp_path / "a")).err
    named = run("init", str(tmp_path / "b"), "--base-url", "https://weekly.example")
    assert "feeds.tag" not in named.err
    assert (tmp_path / "a/.python-version").read_text() == "3.11\n"


def test_at_a_terminal_it_asks_where_the_site_will_live(
    run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Until it is told an address that can be one, or nothing."""
    terminal = SimpleNamespace(isatty=lambda: True)
    monkeypatch.setattr(init_module, "sys", SimpleNamespace(stdin=terminal, stderr=terminal))
    answers = iter(["weekly", " https://weekly.example/ "])
    monkeypatch.setattr("click.termui.visible_prompt_func", lambda _: next(answers))
    assert run("init", "d").code == 0
    settings = load(tmp_path / "d").settings
    assert settings is not None
    assert settings.base_url == "https://weekly.example"
    assert settings.feeds.tag == "weekly.example,2024"
    assert list(answers) == []


def test_with_a_base_url_or_without_a_terminal_nothing_is_asked(
    run: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def asked(_: str) -> str:
        raise AssertionError("nobody is there to answer")

    monkeypatch.setattr("click.termui.visible_prompt_func", asked)
    assert run("init", "piped").code == 0
    terminal = SimpleNamespace(isatty=lambda: True)
    monkeypatch.setattr(init_module, "sys", SimpleNamespace(stdin=terminal, stderr=terminal))
    assert run("init", "told", "--base-url", "https://weekly.example").code == 0


def test_readers_of_the_letter_stay_out_of_the_repository(run: Any, tmp_path: Path) -> None:
    run("init", str(tmp_path / "d"), "--base-url", "https://d.example")
    assert "/subscribers.txt*" in (tmp_path / "d/.gitignore").read_text("utf-8").splitlines()
