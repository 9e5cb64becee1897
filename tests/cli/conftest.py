"""The command line called in this process, and a small site to call it on."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from site_gen.cli.main import main

SITE = """
-- site.toml --
title = "Harbour Weekly"
base_url = "https://t.example"
[feeds]
tag = "t.example,2024"
[[topics]]
name = "City"
description = "What happens between the bridges."
-- content/bridge.md --
---
title: The bridge closes
publishedDateTime: 2024-02-17T09:00:00Z
topics: [City]
provider: {name: Example News, domain: news.example}
---
For four weeks.
-- content/ferry.md --
---
title: The ferry is back
publishedDateTime: 2024-02-27T09:00:00Z
topics: [City, Sea]
---
It smells of paint.
-- content/unfinished.md --
---
title: Unfinished
publishedDateTime: 2024-02-28T09:00:00Z
draft: true
---
-- content/summer.md --
---
title: Summer timetable
publishedDateTime: 2024-07-01T09:00:00Z
---
From July.
"""
BROKEN = "---\ntitle: Broken\npublishedDateTime: 2024-02-17\nquality: lots\n---\n"
NOW = "1717243200"
"""2024-06-01T12:00:00Z as SOURCE_DATE_EPOCH."""


@dataclass(frozen=True)
class Said:
    """What a call came to."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        """Standard output, all of it, as JSON."""
        return json.loads(self.out)


Run = Callable[..., Said]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """`run("build", "--strict")` as a person would call it, without a terminal."""
    for name in ("NO_COLOR", "CONTEXT", "NETLIFY", "CI"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", NOW)

    def call(*words: str) -> Said:
        capsys.readouterr()
        with pytest.raises(SystemExit) as stop:
            main([str(word) for word in words])
        assert isinstance(stop.value.code, int)
        said = capsys.readouterr()
        return Said(stop.value.code, said.out, said.err)

    return call


@pytest.fixture
def harbour(site: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A site of two published articles, a draft and one whose time has not come; we stand in it."""
    site.write(SITE)
    monkeypatch.chdir(site.root)
    return site


@pytest.fixture
def broken(harbour: Any) -> Any:
    """The same with an article that is refused."""
    harbour.put("content/broken.md", BROKEN.encode())
    return harbour
