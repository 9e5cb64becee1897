"""Entries that have front matter: ours verbatim, those of other systems mapped."""

from datetime import UTC, datetime
from typing import Any

import pytest

from site_gen.convert.markdown.entry import convert_entry
from site_gen.convert.markdown.foreign import convert_foreign
from site_gen.model import Draft, RawDocument
from site_gen.problems import SiteError
from site_gen.settings import Settings
from site_gen.settings.tables import ImportSettings


def foreign(text: str, name: str = "a.md", settings: Settings | None = None) -> Draft:
    raw = RawDocument(name=name, data=text.encode())
    (draft,) = convert_foreign(raw, text, settings or Settings())
    return draft


def test_our_entry_is_copied_byte_for_byte() -> None:
    data = b"\xef\xbb\xbf---\r\ntitle:   'odd'  # note\r\nwebUrl: https://a.example/\r\n---\r\nx"
    raw = RawDocument(name="a.md", data=data)
    text = data.decode("utf-8-sig").replace("\r\n", "\n")
    (draft,) = convert_entry(raw, text)
    assert draft.verbatim == data
    assert draft.matter["title"] == "odd"


def test_our_entry_in_another_encoding_becomes_utf8() -> None:
    text = "---\ntitle: né\nwebUrl: https://a.example/\n---\n"
    (draft,) = convert_entry(RawDocument(name="a", data=text.encode("cp1252")), text)
    assert draft.verbatim == text.encode()


def test_broken_front_matter_is_named_with_its_line() -> None:
    text = "---\ntitle: a\nwebUrl: [\n---\n"
    with pytest.raises(SiteError) as caught:
        convert_entry(RawDocument(name="a.md", data=text.encode()), text)
    where = caught.value.problems[0].where
    assert where is not None
    assert (where.path, where.line > 1) == ("a.md", True)


JEKYLL = """---
layout: post
title: "A walk"
date: 2020-03-04 10:00:00 +0100
categories: [Harbour, Town]
tags: sea salt
published: false
redirect_from: /old/walk/
permalink: /walk/
---

Text {% include x %}.
"""
HUGO = """+++
title = "A walk"
date = 2020-03-04T10:00:00+01:00
lastmod = 2020-03-05
draft = true
summary = "Short."
description = "Also short."
[params]
weight = 3
when = 2020-01-01
+++
Text.
"""
PELICAN = """Title: A walk
Date: 2020-03-04 10:00
Tags: sea, salt air
Authors: Ann Example, Ben Example
Category: Harbour
Status: draft
Summary: A long
  summary.

Text.
"""
CASES: list[tuple[str, dict[str, Any]]] = [
    (
        JEKYLL,
        {
            "layout": "post",
            "title": "A walk",
            "publishedDateTime": datetime(2020, 3, 4, 9, tzinfo=UTC),
            "topics": ["Harbour", "Town"],
            "tags": ["sea", "salt"],
            "published": False,
            "aliases": ["/old/walk/"],
            "permalink": "/walk/",
        },
    ),
    (
        HUGO,
        {
            "title": "A walk",
            "publishedDateTime": datetime(2020, 3, 4, 9, tzinfo=UTC),
            "modifiedDateTime": datetime(2020, 3, 5, tzinfo=UTC),
            "draft": True,
            "excerpt": "Short.",
            "description": "Also short.",
            "params": {"weight": 3, "when": "2020-01-01"},
        },
    ),
    (
        PELICAN,
        {
            "title": "A walk",
            "publishedDateTime": datetime(2020, 3, 4, 10, tzinfo=UTC),
            "tags": ["sea", "salt air"],
            "authors": [{"name": "Ann Example"}, {"name": "Ben Example"}],
            "category": "Harbour",
            "draft": True,
            "excerpt": "A long summary.",
        },
    ),
]


@pytest.mark.parametrize(("text", "matter"), CASES, ids=["jekyll", "hugo", "pelican"])
def test_keys_of_other_systems_are_mapped_and_nothing_is_lost(
    text: str, matter: dict[str, Any]
) -> None:
    draft = foreign(text)
    assert draft.matter == matter
    assert draft.body.startswith("Text")
    assert draft.verbatim is None


def test_keys_that_the_editor_names_are_ours() -> None:
    keys = {"went_out": "publishedDateTime", "deck": "excerpt", "mood": "x-mood"}
    named = Settings(import_=ImportSettings(keys=keys))
    text = "---\ntitle: A\nwent_out: 2020-03-04\ndeck: Short.\nmood: dark\n---\nText.\n"
    matter = foreign(text, settings=named).matter
    assert matter == {
        "title": "A",
        "publishedDateTime": datetime(2020, 3, 4, tzinfo=UTC),
        "excerpt": "Short.",
        "x-mood": "dark",
    }
    assert foreign(text).matter["went_out"] == "2020-03-04"


def test_json_front_matter() -> None:
    assert foreign('{\n "title": "A", "date": "2020-03-04"\n}\n\nText.').matter["title"] == "A"


def test_the_name_dates_a_post_without_a_date() -> None:
    matter = foreign("---\ntitle: A\n---\nx", "posts/2020-03-04-a.md").matter
    assert matter["publishedDateTime"] == datetime(2020, 3, 4, tzinfo=UTC)


def test_values_that_do_not_fit_stay_under_a_name_of_nobody() -> None:
    matter = foreign("---\ntitle: A\ndate: soon\nlanguage: Martian tongue\n---\n").matter
    assert matter["date"] == "soon"
    assert matter["x-language"] == "Martian tongue"
    assert "publishedDateTime" not in matter


@pytest.mark.parametrize(
    "text", ["+++\ntitle = \n+++\n", "+++\ntitle = 'a'\n", '{\n "title": \n}\n']
)
def test_broken_heads_are_problems(text: str) -> None:
    with pytest.raises(SiteError):
        foreign(text)
