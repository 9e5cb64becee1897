"""Kept against cut, as data and as lines."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from site_gen.convert.receipts.inspect import (
    FOLDED,
    Inspection,
    as_data,
    as_lines,
    inspect_document,
)
from site_gen.model import Cut, Draft, Receipt
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


def _receipt(*cuts: Cut) -> Inspection:
    receipt = Receipt(source="a.txt", kind="text", confidence=0.8, kept=("Kept.",), cuts=cuts)
    return Inspection("a.txt", (Draft(matter={"title": "T"}, body="Kept.\n", receipt=receipt),))


def test_what_may_be_a_loss_comes_first_and_whole() -> None:
    long = " ".join(["oars and ropes"] * 30)
    found = _receipt(
        Cut(rule="navigation", text="Home", line=1),
        Cut(rule="line_model", text=long, line=7, inside=True),
    )
    lines = [line for _, line in as_lines(found)]
    assert lines[2] == "left out in or beside the text (1): look at these"
    assert lines[3] == f"  - 7: {long}"
    assert len([line for line in lines if "oars" in line]) == 1
    assert found.drafts[0].receipt.maybe_lost == 1


def test_menus_are_folded_away() -> None:
    cuts = (Cut(rule="navigation", text=f"Entry {n}", line=n) for n in range(1, 101))
    lines = [line for _, line in as_lines(_receipt(*cuts))]
    assert "navigation (100)" in lines
    assert sum("Entry" in line for line in lines) == FOLDED
    assert f"    and {100 - FOLDED} more (--format json has them all)" in lines
