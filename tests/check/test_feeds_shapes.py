"""Each way in which feeds differ from those that subscribers have, wherever those are."""

import shutil
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from site_gen.check import feeds_compared
from site_gen.convert.sources.fetch import Fetcher
from tests.serving import serving

DAYS = {"a": "02", "b": "03", "c": "04", "d": "05"}
MAIN = "atom.xml, feed.json, feed.xml"
LISTS = "providers/the-harbour-daily/feed.xml, topics/boats/feed.xml"


def article(site: Any, name: str, body: str = "Text.", **keys: Any) -> None:
    date = f"2026-03-{DAYS[name]}T08:00:00Z"
    site.article(name, body, **({"publishedDateTime": date, "topics": ["Boats"]} | keys))


def settings(site: Any, items: int = 2, tag: str = "t.example,2026") -> None:
    head = 'title = "T"\nbase_url = "https://t.example"\n'
    site.put("site.toml", f'{head}[feeds]\ntag = "{tag}"\nitems = {items}\n')


SHAPES: dict[str, tuple[Callable[[Any], Any], list[str]]] = {
    "none": (lambda site: None, ["the feeds are those that subscribers have"]),
    "new": (
        lambda site: article(site, "d"),
        [f'{MAIN} and 2 more: 1 new ("The story of d")'],
    ),
    "changed": (
        lambda site: article(site, "b", "Other text."),
        [f'{MAIN} and 2 more: 1 changed ("The story of b")'],
    ),
    "older": (
        lambda site: settings(site, items=3),
        [f'{MAIN}: 1 older than all that they had ("The story of a")'],
    ),
    "taken away": (
        lambda site: (site.root / "content/b.md").unlink(),
        [
            f'{MAIN}: 1 older than all that they had ("The story of a")',
            f"{LISTS}: 1 taken away",
        ],
    ),
    "in another order": (
        lambda site: article(site, "b", publishedDateTime="2026-03-05T09:00:00Z"),
        [f'{MAIN} and 2 more: 1 changed ("The story of b"), in another order'],
    ),
    "announced again": (
        lambda site: article(site, "b", guid="tag:other.example,2026:of-b"),
        [
            f'{MAIN} and 2 more: 1 announced again ("The story of b")',
            'error[feed/churn] the id of "The story of b" changed from "tag:t.example,2026:b" to '
            '"tag:other.example,2026:of-b": subscribers would see it as new',
        ],
    ),
    "all announced again": (
        lambda site: settings(site, tag="u.example,2026"),
        [
            f'{MAIN}: 2 announced again ("The story of c", "The story of b")',
            f'{LISTS}: 3 announced again ("The story of c", "The story of b", "The story of a")',
            'error[feed/churn] ids begin with "t.example,2026" no more, but with "u.example,2026":'
            " subscribers would see all entries as new",
        ],
    ),
}


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        return


@pytest.fixture
def compared(
    site: Any, run: Any, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[Callable[[Any], Any]], list[Any]]]:
    """What is said of a changed site beside a folder, a server and the last publication."""
    defaults: Any = Fetcher.__init__.__kwdefaults__
    monkeypatch.setitem(defaults, "pause", lambda seconds: None)
    words = ("-C", str(site.root))
    old: Path = tmp_path_factory.mktemp("deployed") / "public"
    settings(site)
    for name in "abc":
        article(site, name)
    assert run(*words, "build", "--now", "2026-03-20").code == 0
    shutil.copytree(site.root / "public", old)
    feeds_compared.keep(site.root, site.root / "public")
    http = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(old)))

    def said(change: Callable[[Any], Any]) -> list[Any]:
        change(site)
        assert run(*words, "build", "--now", "2026-03-20").code == 0
        check = (*words, "check", "--now", "2026-03-20", "--only", "text", "--allow-private")
        places = (str(old), f"http://127.0.0.1:{http.server_port}", "last")
        return [run(*check, "--against", place) for place in places]

    with serving(http):
        yield said


@pytest.mark.parametrize("shape", SHAPES)
def test_a_difference_is_told_once_and_alike(compared: Any, shape: str) -> None:
    change, wanted = SHAPES[shape]
    folder, server, last = compared(change)
    assert folder == server == last
    assert folder.code == any(line.startswith("error") for line in wanted)
    told = [line for line in folder.err.splitlines() if not line.startswith(("editions/", "1 "))]
    errors = [line for line in folder.out.splitlines() if line.startswith(("error", "warning"))]
    errors = [line for line in errors if "[feed/older]" not in line]
    assert [*told, *errors] == wanted
    assert sum("email.html: " in line for line in folder.err.splitlines()) == 1
