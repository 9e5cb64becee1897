"""What `explain` says of each input, in words."""

import contextlib
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from site_gen.cli.page_inputs import TEMPLATE_VIEWS, describe
from site_gen.cli.theme import views_offered
from site_gen.engine.site import output_name
from site_gen.memo.memo import Memo

MORE = """offline = true
alias_pages = true
[api]
bodies = true
[security]
contact = ["mailto:a@t.example"]
expires = "2030-01-01"
[feeds]
"""
PICTURE = "images: [{url: quay.png}]\naliases: [/old/]\ntopics: [City]"


@pytest.fixture
def everything(harbour: Any, run: Any) -> list[str]:
    """A path of each kind of output of a site with all formats, after a build."""
    harbour.edit("site.toml", "[feeds]\n", MORE)
    harbour.edit("content/bridge.md", "topics: [City]", PICTURE)
    drawn = BytesIO()
    Image.new("RGB", (1600, 900), "teal").save(drawn, "PNG")
    harbour.put("content/quay.png", drawn.getvalue())
    harbour.put("content/static/_headers", b"/*\n  X-A: b\n")
    assert run("build").code == 0
    output = output_name(harbour.root / "public")
    with contextlib.closing(Memo(harbour.root / ".site_gen/memo.sqlite")) as memo:
        rows = {path: memo.page(output, path) for path in memo.page_keys(output)}
    kinds = {row.inputs: path for path, row in sorted(rows.items()) if row}
    by_names = {tuple(p.partition("=")[0] for p in i.split(";")): p for i, p in kinds.items()}
    assert len(by_names) > 25
    return list(by_names.values())


def test_every_input_of_every_output_is_said_in_words(run: Any, everything: list[str]) -> None:
    for path in everything:
        for each in run("explain", path, "--format", "json").data["inputs"]:
            assert each["meaning"] or not each["digest"], (path, each["name"])


def test_no_digest_is_shown(run: Any, harbour: Any) -> None:
    run("build")
    harbour.edit("site.toml", "between the bridges", "along the quay")
    said = run("explain", "/topics/city/").out
    assert "  * description        the description in the settings\n" in said
    assert "    template           topic.html and the templates that it uses\n" in said
    digests = run("explain", "/topics/city/", "--format", "json").data["inputs"]
    assert not [each for each in digests if each["digest"] and each["digest"] in said]


def test_words_are_there_for_what_templates_are_offered() -> None:
    assert set(TEMPLATE_VIEWS) == {view for views in views_offered().values() for view in views}
    assert describe("template", "rss") == ""
    assert describe("weather", "wire") == ""
