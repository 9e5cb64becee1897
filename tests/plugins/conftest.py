"""A site whose plugins may run, and the examples of docs/plugins.md."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from site_gen.memo import key as memo_key
from site_gen.plugins import trust
from site_gen.plugins.discovery import find

DOCS = Path(__file__).parents[2] / "docs" / "plugins.md"
EXAMPLE = re.compile(r"```python\n# plugins/(\w+)\.py\n(.*?)```", re.DOTALL)
EXAMPLES = dict(EXAMPLE.findall(DOCS.read_text("utf-8")))
HEAD = 'title = "Harbour Weekly"\nbase_url = "https://t.example"\n{}feeds.tag = "t.example,2024"\n'
ARTICLE = "---\ntitle: {}\npublishedDateTime: {}\n---\nThe ferry left on Monday.\n"


class Extended:
    """A site with plugins; what is written through `plugin` may run at once."""

    def __init__(self, site: Any) -> None:
        self.site = site
        self.root: Path = site.root
        self.names: list[str] = []
        self.more = ""
        site.put("content/ferry.md", ARTICLE.format("A ferry", "2024-02-14T07:30:00Z").encode())
        self.settings()

    def settings(self, more: str = "") -> None:
        names = ", ".join(f'"{name}"' for name in self.names)
        self.more = more or self.more
        text = HEAD.format(f"plugins = [{names}]\n") + self.more
        self.site.put("site.toml", text.encode())

    def plugin(self, name: str, text: str, *, trusted: bool = True) -> None:
        """Its file, named in the settings."""
        self.site.put(f"plugins/{name}.py", text.encode())
        if name not in self.names:
            self.names.append(name)
        self.settings()
        if trusted:
            self.trust()

    def trust(self, *, edits: bool = False) -> None:
        found = [find(self.root, name) for name in self.names]
        trust.write_trust(self.root, trust.Trust({f.name: f.digest for f in found}, edits))

    def codes(self, report: Any) -> list[tuple[str, str, int]]:
        """Code, path and line of each problem."""
        return [(p.code, p.where.path, p.where.line) for p in report.problems]


@pytest.fixture
def extended(site: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Extended:
    memo_key.sign(b"")  # the key of this process is found before its folder is another one: a
    # worker that is started anew would else look for it where it is not
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    return Extended(site)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], extended: Extended) -> Callable[..., Any]:
    """The command line in that site: (code, output, messages)."""
    from site_gen.cli.main import main

    def call(*words: str) -> tuple[Any, str, str]:
        capsys.readouterr()
        with pytest.raises(SystemExit) as stop:
            main(["-C", str(extended.root), *words])
        said = capsys.readouterr()
        return stop.value.code, said.out, said.err

    return call
