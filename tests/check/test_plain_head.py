"""The short way through front matter says what the long one does."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from site_gen.basics import digest
from site_gen.check.document import parse
from site_gen.check.plain_head import PlainMatter
from site_gen.check.reader import DocumentChecker
from site_gen.plugins.load import load
from site_gen.settings import Settings

PLAIN = """\
title: "A ferry for the outer islands"
excerpt: It sails in 2031, says Mara Quill.
publishedDateTime: 2026-03-04T07:30:00Z
webUrl: "https://www.harbour.example/2026/a-ferry"
provider:
  name: The Harbour Daily
  domain: harbour.example
topics:
  - Ferries
  - Isles
images:
  - url: "https://pictures.example/a.jpg?w=1"
    width: 300
related:
  - title: "A \\"quay\\" for it"
    webUrl: https://www.pier.example/quay
secured: "Ab+/="
"""
ODD = (
    "title: 'It''s a ferry'", 'title: "One\n\n  two"', 'why: "One\nwebUrl: two"', "why: a ' b' c",
    "tags: [a,\nwebUrl: b]", "author: {url: https://bit.ly/x}", "originalUrl: https://bit.ly/x",
    "originalUrl : https://bit.ly/x", '"originalUrl": https://bit.ly/x', "ampWebUrl:\n  https://x",
    "ampWebUrl: https://a.example/?utm_source=x", "ampWebUrl: https://a.example/LINK_HERE",
    "ampWebUrl: htps://a.example", 'cdnAmpWebUrl: "https://a.example/é"', "guid: &a x\nwhy: *a",
    "images:\n  - url: pier.jpg\n  - url: http://a.example/b.jpg\n    alt: A pier",
    "images:\n- url: https://t.example/a.jpg\n  caption: A pier", "language: EN", "rights: full",
    "why: |\n  webUrl: https://bit.ly/x\n  two 99", "why: >-\n  Quill in 1999", "# webUrl: bit.ly",
    "checkIgnore: [\"text/capitals: so\"]", "checkIgnore:\n  - text", "excerpt:",
    "title: THE FERRY", "title: 12", "why: true  ", "heat: 12", "quality: 1_000", "why: a # b",
    "why: a#b", "why: a: b", "why: \u00a0a", "why: ~", "why: null", "addedDateTime: 2026-03-04",
    "sources:\n  - name: Sol\n    url: https://t.co/x # x", 'why: "a\\\\" # "', "-x: y", "? x\n: y",
    "lead: a\n \nslug: b", "why: a:", "title: Ja \u2028b",
    "why: It's 5 % (of “it”), at 7:30", "aliases:\n  - /a/\n  - /a/", "image:\n  URL: https://bit.ly/x",
)  # fmt: skip
BODY = f"\n\nSo says Mara Quill in 2031 {'of some words ' * 25}[x](https://a.example/b?fbclid=1).\n\n![](a.png)\n"


@pytest.fixture
def checker(tmp_path: Path) -> DocumentChecker:
    (tmp_path / "content").mkdir()
    own = Settings(base_url="https://t.example")
    return DocumentChecker(tmp_path, own, load(tmp_path, ()))


def _put(checker: DocumentChecker, head: str) -> str:
    text = f"---\n{head}---{BODY}".encode()
    (checker.root / "content" / "a.md").write_bytes(text)
    return digest.of_bytes(text)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(ODD), max_size=3, unique=True), st.sampled_from(["", "\ufeff"]))
def test_it_finds_what_the_long_way_finds(
    checker: DocumentChecker, odd: list[str], mark: str
) -> None:
    names = {line.partition(":")[0] for line in odd}
    kept = [b for b in PLAIN.replace("\n ", "\0").splitlines() if b.partition(":")[0] not in names]
    head = "".join(f"{block}\n" for block in [*kept, *odd]).replace("\0", "\n ")
    valid = _put(checker, head.replace("ferry", f"ferry{mark}"))
    if checker.check("a.md").entry.readable:  # else the build found a fault in it
        assert checker.check("a.md", valid_digest=valid) == checker.check("a.md")


def test_of_plain_front_matter_only_what_rules_ask_for_is_read(
    checker: DocumentChecker, monkeypatch: pytest.MonkeyPatch
) -> None:
    valid = _put(checker, PLAIN)
    wanted = checker.check("a.md")

    def refuse(matter: PlainMatter) -> None:
        raise AssertionError

    monkeypatch.setattr(PlainMatter, "all", property(refuse))
    assert checker.check("a.md", valid_digest=valid) == wanted


@pytest.mark.parametrize("odd", ODD)
def test_values_are_those_of_the_long_way(odd: str) -> None:
    head = PLAIN.replace("title: ", "name: ").replace("images:", "pictures:")
    text = f"---\n{head}{odd}\n---\n"
    long = parse(text, "a.md")
    if long is not None:  # else the build found a fault in it
        short = parse(text, "a.md", "t.example")
        assert short is not None
        assert dict(short.matter) == dict(long.matter)
        assert {key: short.matter.get(key) for key in long.matter} == dict(long.matter)
        assert short.matter.get("absent") is None
