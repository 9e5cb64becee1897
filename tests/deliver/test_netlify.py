"""The built site to Netlify, by a stand-in made after its documentation."""

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest

from site_gen.deliver.targets import netlify

from .loopback import Loopback
from .served import build_more, served


class Netlify(Loopback):
    """Deploys by digest; `fail` counts down uploads, the next one is refused."""

    def __init__(self) -> None:
        super().__init__()
        self.blobs: dict[str, bytes] = {}
        self.deploys: dict[str, dict[str, str]] = {}
        self.live: dict[str, bytes] = {}
        self.fail = -1

    def answer(self, request: BaseHTTPRequestHandler, body: bytes) -> tuple[int, Any]:
        import hashlib

        assert request.headers["Authorization"] == "Bearer secret"
        parts = request.path.strip("/").split("/")
        if request.command == "POST":
            name = str(len(self.deploys) + 1)
            self.deploys[name] = json.loads(body)["files"]
            missing = sorted(set(self.deploys[name].values()) - set(self.blobs))
            return 200, {"id": name, "required": missing}
        if request.command == "PUT":
            self.fail -= 1
            if self.fail == 0:
                self.fail = 0
                return 503, {"message": "busy"}
            self.blobs[hashlib.sha1(body, usedforsecurity=False).hexdigest()] = body
            return 200, {}
        files = self.deploys[parts[3]]
        if set(files.values()) <= set(self.blobs):
            self.live = {p.lstrip("/"): self.blobs[d] for p, d in files.items()}
            return 200, {"state": "ready"}
        return 200, {"state": "uploading"}


@pytest.fixture
def host(digest: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Netlify]:
    made = Netlify()
    monkeypatch.setenv("SITE_GEN_NETLIFY_TOKEN", "secret")
    digest.settings(f'[publish]\ntarget = "netlify"\n[publish.netlify]\nsite = "abc"\n'
                    f'url = "{made.url}"\n')  # fmt: skip
    digest.build()
    yield made
    made.close()


def test_netlify_is_sent_only_what_it_has_not(digest: Any, host: Netlify) -> None:
    assert digest.run("publish").code == 0
    assert host.live == served(digest.root / "public")
    host.calls.clear()
    assert digest.run("publish").code == 0
    assert [call for call in host.calls if call.startswith("PUT")] == []
    assert digest.run("publish", "--dry-run").code == 2


def test_netlify_shows_the_old_site_until_the_new_one_is_whole(
    digest: Any, host: Netlify, monkeypatch: pytest.MonkeyPatch
) -> None:
    digest.run("publish")
    before = dict(host.live)
    build_more(digest)
    host.fail = 3
    monkeypatch.setattr(netlify, "TRIES", 1)
    done = digest.run("publish")
    assert (done.code, host.live == before) == (1, True)
    assert digest.run("publish").code == 0
    assert host.live == served(digest.root / "public")


@pytest.mark.parametrize("answer", [None, [], "x", {}, {"id": 1, "required": [{}]}])
def test_netlify_that_answers_otherwise_is_said(
    digest: Any, host: Netlify, monkeypatch: pytest.MonkeyPatch, answer: Any
) -> None:
    monkeypatch.setattr(host, "answer", lambda *words: (200, answer))
    done = digest.run("publish")
    assert (done.code, "otherwise than its documentation" in done.err) == (1, True), done.err
