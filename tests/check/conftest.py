"""A site in a folder, checked."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from site_gen import settings as settings_room
from site_gen.check import run as checking
from site_gen.check.document import parse
from site_gen.check.filters import NO_LIMIT
from site_gen.check.findings import Hit
from site_gen.check.reader import find_hits
from site_gen.check.rules import RULES
from site_gen.check.rules.rule import Sight
from site_gen.check.run import Outcome
from site_gen.check.selection import Request
from site_gen.cli.main import main
from site_gen.engine.report import Options

NOW = datetime(2026, 3, 5, 12, tzinfo=UTC)


class Site:
    """Files of a small site, and what a check says of them."""

    def __init__(self, root: Path, settings: str | None = "") -> None:
        self.root = root
        if settings is not None:  # else it is there already
            self.settings(settings)

    def settings(self, text: str) -> None:
        head = 'title = "T"\nbase_url = "https://t.example"\n'
        self.put("site.toml", f'{head}{text}\n[feeds]\ntag = "t.example,2026"\n')

    def put(self, path: str, text: str) -> None:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")

    def article(self, name: str, body: str = "Text.", **keys: Any) -> None:
        """An article of the open week with a provider, so that only what is asked about is odd."""
        given = {
            "title": f"The story of {name}",
            "publishedDateTime": "2026-03-04T07:30:00Z",
            "provider": {"name": "The Harbour Daily"},
        } | keys
        head = "".join(f"{key}: {_yaml(value)}\n" for key, value in given.items())
        self.put(f"content/{name}.md", f"---\n{head}---\n\n{body}\n")

    def check(self, *, now: datetime = NOW, most: int = NO_LIMIT, **request: Any) -> Outcome:
        loaded = settings_room.load(self.root)
        assert loaded.settings is not None, loaded.problems
        options = Options(now=now, drafts=True, future=True, keep_going=True)
        return checking.check(self.root, loaded.settings, options, Request(**request), most)

    def rules(self, **request: Any) -> list[tuple[str, str, int]]:
        """(rule, file, line) of every finding."""
        found = self.check(**request).findings
        return [(f.hit.rule, f.path.removeprefix("content/"), f.hit.line) for f in found]


def _yaml(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


class Said(NamedTuple):
    """What a command came to."""

    code: int
    out: str
    err: str


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Said]:
    """The command line, called as a person would."""
    for name in ("NO_COLOR", "CONTEXT", "NETLIFY", "CI", "SOURCE_DATE_EPOCH"):
        monkeypatch.delenv(name, raising=False)

    def call(*words: str) -> Said:
        capsys.readouterr()
        with pytest.raises(SystemExit) as stop:
            main(list(words))
        said = capsys.readouterr()
        assert isinstance(stop.value.code, int)
        return Said(stop.value.code, said.out, said.err)

    return call


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path)


@pytest.fixture
def hits() -> Callable[..., list[Hit]]:
    """What the rules for a single document find in a file's text."""

    def found(text: str, path: str = "a.md", toml: str = "") -> list[Hit]:
        settings = settings_room.parse(toml).settings if toml else settings_room.Settings()
        assert settings is not None
        document = parse(text, path)
        assert document is not None
        return list(find_hits(document, Sight(settings), RULES))

    return found
