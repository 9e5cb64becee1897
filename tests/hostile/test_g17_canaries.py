"""G17: what is marked as not for readers reaches none: secured, featuredContent, unknown keys.

Every mapping that front matter knows, and every one that it does not, carries canaries; then
every byte of what is published is searched for them.
"""

import json
import types
import typing
import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

import pytest

from site_gen.frontmatter.check import FIELDS
from site_gen.model import CamelRecord, FrontMatter

SECRETS = ("secured", "featuredContent")
UNKNOWN = ("editorNote", "author_email", "fullText", "price")
SITE = """\
title = "T"
base_url = "https://t.example"
[feeds]
tag = "t.example,2024"
"""


class Canaries:
    """Makes front matter of every field, with a canary wherever one may stand."""

    def __init__(self) -> None:
        self.words: dict[str, str] = {}

    def word(self, where: str) -> str:
        made = f"canary{len(self.words):04d}x"
        self.words[made] = where
        return made

    def planted(self, where: str, depth: int = 2) -> dict[str, Any]:
        """Unknown and secret keys for a mapping at `where`, one of them a mapping itself."""
        found: dict[str, Any] = {key: self.word(f"{where}.{key}") for key in (*SECRETS, *UNKNOWN)}
        if depth:
            inner = self.planted(f"{where}.mapping", depth - 1)
            found["mapping"] = inner
            found["listed"] = [self.planted(f"{where}.listed", depth - 1)]
            found["secured"] = {"deep": self.word(f"{where}.secured.deep")}
        return found

    def struct(self, kind: type[CamelRecord], where: str) -> dict[str, Any]:
        made = self.planted(where)
        hints = get_type_hints(kind)
        for field, name in zip(kind.__struct_fields__, kind.__struct_encode_fields__, strict=True):
            made[name] = self.value(hints[field], name, f"{where}.{name}")
        return made

    def value(self, hint: Any, name: str, where: str) -> Any:
        options = [a for a in get_args(hint) if a is not type(None)]
        if get_origin(hint) in (types.UnionType, typing.Union):
            hint = options[0]
        if get_origin(hint) is tuple:
            return [self.value(get_args(hint)[0], name, where)]
        if isinstance(hint, type) and issubclass(hint, CamelRecord):
            return self.struct(hint, where)
        if hint is datetime:
            return "2024-02-13T09:00:00Z"
        if hint in (int, bool):
            return hint(1)
        return f"https://x.example/{name}" if "url" in name.lower() else f"word of {name}"


def everything(canaries: Canaries) -> dict[str, Any]:
    """Front matter in which every field and every mapping stands."""
    made = canaries.planted("top")
    hints = get_type_hints(FrontMatter)
    fields = zip(FrontMatter.__struct_fields__, FrontMatter.__struct_encode_fields__, strict=True)
    for field, name in fields:
        if field not in ("extra", "withdrawn"):
            made[name] = canaries.value(hints[field], name, name)
    plain = {
        "draft": False, "published": True, "expiryDateTime": "2090-01-01", "slug": "all",
        "language": "en", "languages": ["en"], "rights": "full", "canonical": "self",
        "edition": "2024-W07", "aliases": ["/old/"], "guid": "tag:t.example,2024:all",
        "title": "All", "topics": ["AI"],
    }  # fmt: skip
    made |= plain
    made["author"] = made.pop("authors")
    known = set(FIELDS) | {"mapping", "listed", *UNKNOWN}
    return {key: value for key, value in made.items() if key in known}


def published(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every byte of an output, archives unpacked."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield str(path), path.read_bytes()
            if path.suffix == ".epub":
                with zipfile.ZipFile(path) as book:
                    for name in book.namelist():
                        yield f"{path}!{name}", book.read(name)


def leaks(folder: Path, canaries: Canaries) -> list[str]:
    found = []
    for path, data in published(folder):
        text = data.decode("utf-8", "replace")
        if "canary" in text:
            found += [
                f"{where} in {path}" for word, where in canaries.words.items() if word in text
            ]
    return found


def planted(site: Any, extra: str = "") -> Canaries:
    canaries = Canaries()
    site.put("site.toml", (SITE + extra).encode())
    site.put("content/all.md", _as_block(everything(canaries)).encode())
    note = {"title": "Note", **canaries.planted("note")}
    site.put("content/editions/2024-W07.md", _as_block(note).encode())
    page = {"title": "About", **canaries.planted("page")}
    site.put("content/pages/about.md", _as_block(page).encode())
    return canaries


def _as_block(matter: dict[str, Any]) -> str:
    lines = "".join(f"{key}: {json.dumps(value)}\n" for key, value in matter.items())
    return f"---\n{lines}---\nBody text.\n"


def test_every_kind_of_mapping_carries_a_canary() -> None:
    canaries = Canaries()
    everything(canaries)
    places = set(canaries.words.values())
    for where in ("provider", "images", "related", "related.provider", "related.images",
                  "authors", "credits", "sources", "corrections", "provider.images"):  # fmt: skip
        assert {f"{where}.{key}" for key in (*SECRETS, *UNKNOWN) if key != "secured"} <= places


@pytest.mark.parametrize("preview", [False, True])
def test_no_canary_is_in_any_byte_that_is_published(site: Any, preview: bool) -> None:
    canaries = planted(site)
    report = site.build(preview=preview, drafts=preview, future=preview)
    assert report.ok
    output = site.root / (".site_gen/preview/public" if preview else "public")
    assert (output / "articles/all/index.html").is_file()
    assert (output / "api/news/index.json").is_file()
    assert leaks(output, canaries) == []


def test_a_named_key_is_in_the_api_without_what_is_secret_in_it(site: Any) -> None:
    canaries = planted(site, '[api]\nextra = ["mapping", "price"]\n')
    report = site.build()
    assert report.ok
    assert not [p for p in report.problems if p.where and p.where.key == "price"]
    found = leaks(site.root / "public", canaries)
    assert any(where.startswith("top.mapping.editorNote in") for where in found)
    for where in found:
        assert where.startswith(("top.mapping.", "top.price")), where
        assert "/api/" in where
        assert "secured" not in where
        assert "featuredContent" not in where


def test_a_theme_sees_the_keys_that_it_names(site: Any) -> None:
    canaries = planted(site)
    site.put("themes/own/theme.toml", b'extends = "broadsheet"\nextra = ["price"]\n')
    template = "{% extends 'parent:article.html' %}{% block head %}" \
        "<meta name=\"x\" content=\"{{ article.extra }}\">{% endblock %}"  # fmt: skip
    site.put("themes/own/templates/article.html", template.encode())
    report = site.build(theme="own", strict=False)
    assert report.ok
    assert not [p for p in report.problems if p.where and p.where.key == "price"]
    assert {where.partition(" in ")[0] for where in leaks(site.root / "public", canaries)} == {
        "top.price"
    }


def test_a_theme_that_names_another_key_renders_anew(site: Any) -> None:
    canaries = planted(site)
    site.put("themes/own/theme.toml", b'extends = "broadsheet"\n')
    template = "{% extends 'parent:article.html' %}{% block head %}" \
        "<meta name=\"x\" content=\"{{ article.extra }}\">{% endblock %}"  # fmt: skip
    site.put("themes/own/templates/article.html", template.encode())
    assert site.build(theme="own").ok
    assert leaks(site.root / "public", canaries) == []
    site.put("themes/own/theme.toml", b'extends = "broadsheet"\nextra = ["price"]\n')
    assert site.build(theme="own").ok
    assert leaks(site.root / "public", canaries)
    site.put("themes/own/theme.toml", b'extends = "broadsheet"\n')
    assert site.build(theme="own").ok
    assert leaks(site.root / "public", canaries) == []


@pytest.mark.parametrize("rights", ["link", "excerpt"])
def test_an_unknown_full_text_passes_no_rights(site: Any, rights: str) -> None:
    site.put("site.toml", SITE.encode())
    block = {"title": "A", "publishedDateTime": "2024-02-13", "rights": rights,
             "webUrl": "https://x.example/a", "fullText": "canary in full"}  # fmt: skip
    site.put("content/a.md", _as_block(block).encode())
    assert site.build().ok
    assert [p for p, data in published(site.root / "public") if b"canary" in data] == []
