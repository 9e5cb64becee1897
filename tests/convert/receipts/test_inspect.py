"""Kept against cut, as data and as lines."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from site_gen.convert.receipts.inspect import as_data, as_lines, inspect_document
from site_gen.problems import SiteError


def test_kept_and_cut_rule_by_rule(folder: Any, news_page: Callable[..., str]) -> None:
    folder.put("a.html", news_page("Tower \x1b[31m vote", extra="<p>Sign up for our letter</p>"))
    found = inspect_document(folder.root, folder.settings, "a.html")
    lines = list(as_lines(found))
    assert lines[0][0] == "head"
    assert "\x1b" not in "".join(line for _, line in lines)
    assert any(style == "kept" and "council" in line for style, line in lines)
    assert ("plain", "kept (4 lines)") in lines
    assert any(style == "cut" and "Sport" in line for style, line in lines)
    assert folder.files() == ["a.html"]


def test_data_is_plain(folder: Any, news_page: Callable[..., str]) -> None:
    folder.put("a.html", news_page())
    data = as_data(inspect_document(folder.root, folder.settings, "a.html"))
    again = json.loads(json.dumps(data, default=str))
    assert again["drafts"][0]["receipt"]["kind"] == "html"
    assert {cut["rule"] for cut in again["drafts"][0]["receipt"]["cuts"]} >= {"outside_the_body"}


def test_addresses_are_not_inspected(folder: Any) -> None:
    with pytest.raises(SiteError, match="is an address"):
        inspect_document(folder.root, folder.settings, "https://a.example/")
