"""Real reader programs: subscribe over loopback, publish an edit and a renamed slug, look again.

newsboat and rss2email, from Debian. A corrected article must not come twice.
"""

import functools
import re
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from msgspec.structs import replace

from site_gen.formats.feeds import atom, rss
from tests.serving import serving

pytestmark = pytest.mark.slow
FORMATS = pytest.mark.parametrize(("module", "file"), [(rss, "feed.xml"), (atom, "atom.xml")])


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *args: Any) -> None:
        pass


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """A folder and the loopback address that serves it."""
    folder = tmp_path / "public"
    folder.mkdir()
    handler = functools.partial(_Quiet, directory=str(folder))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    with serving(server):
        yield folder, f"http://127.0.0.1:{server.server_address[1]}/"


def publish(desk: Any, module: ModuleType, file: str, folder: Path) -> None:
    data = desk.files(module)[file]
    assert isinstance(data, bytes)
    (folder / file).write_bytes(data)


def correct(desk: Any) -> None:
    """A corrected title and text, and a renamed slug whose guid is kept."""
    from datetime import timedelta

    ref = desk.refs[0]
    later = ref.card.lastmod + timedelta(days=1)
    card = replace(
        ref.card, title="Chips are not short", permalink="/articles/new/", link="/articles/new/",
        lastmod=later,
    )  # fmt: skip
    desk.refs[0] = replace(ref, card=card, body="corrected")
    desk.bodies[ref.path] = "<p>There are enough.</p>"


def run(*command: str | Path) -> str:
    done = subprocess.run(
        [str(part) for part in command], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.mark.skipif(shutil.which("newsboat") is None, reason="needs newsboat")
@FORMATS
def test_newsboat_shows_one_changed_entry_and_no_double(
    week_desk: Any, served: tuple[Path, str], tmp_path: Path, module: ModuleType, file: str
) -> None:
    folder, address = served
    urls, cache, config = (tmp_path / name for name in ("urls", "cache.db", "config"))
    urls.write_text(f"{address}{file}\n")
    config.write_text("")

    def read() -> dict[str, tuple[str, str]]:
        run("newsboat", "-q", "-u", urls, "-c", cache, "-C", config, "-x", "reload")
        with sqlite3.connect(cache) as database:
            rows = database.execute("select guid, title, url from rss_item").fetchall()
        database.close()
        assert len(rows) == len({row[0] for row in rows})
        return {guid: (title, url) for guid, title, url in rows}

    publish(week_desk, module, file, folder)
    before = read()
    assert len(before) == 4
    correct(week_desk)
    publish(week_desk, module, file, folder)
    after = read()
    changed = {guid for guid in after if after[guid] != before.get(guid)}
    assert set(after) == set(before)
    assert changed == {"tag:digest.example,2026:chips-are-short"}
    title, url = after[changed.pop()]
    assert title == "Chips are not short"
    assert url == "https://digest.example/articles/new/"


@pytest.mark.skipif(shutil.which("r2e") is None, reason="needs rss2email")
@FORMATS
def test_rss2email_sends_nothing_twice(
    week_desk: Any, served: tuple[Path, str], tmp_path: Path, module: ModuleType, file: str
) -> None:
    folder, address = served
    config, data, mails = (tmp_path / name for name in ("r2e.cfg", "r2e.json", "mails"))
    r2e = ("r2e", "-c", config, "-d", data)
    run(*r2e, "new", "reader@digest.example")
    settings = {"email-protocol": "maildir", "maildir-path": mails, "maildir-mailbox": "inbox"}
    text = config.read_text()
    for name, value in settings.items():
        text = re.sub(rf"(?m)^{name} *=.*$", f"{name} = {value}", text)
    config.write_text(text)
    for part in ("cur", "new", "tmp"):
        (mails / "inbox" / part).mkdir(parents=True)

    def received() -> list[str]:
        run(*r2e, "run")
        return [path.read_text() for path in sorted((mails / "inbox/new").iterdir())]

    publish(week_desk, module, file, folder)
    run(*r2e, "add", "digest", f"{address}{file}")
    assert len(received()) == 4
    assert len(received()) == 4
    correct(week_desk)
    publish(week_desk, module, file, folder)
    assert len(received()) == 4
    week_desk.add("new-story", weeks=2)
    before = len(received())
    publish(week_desk, module, file, folder)
    assert len(received()) == before + 1
