"""Names that differ and come to one address are told; their signs are spelt out first."""

from typing import Any

import pytest

from site_gen import permalinks

ARTICLE = """
-- content/{name}.md --
---
title: "{name}"
publishedDateTime: 2024-02-13
{line}
---
Body.
"""


def told(site: Any, *lines: str) -> list[str]:
    site.write("".join(ARTICLE.format(name=f"a{n}", line=line) for n, line in enumerate(lines)))
    report = site.build()
    assert report.ok
    return [p.message for p in report.problems]


@pytest.mark.parametrize(
    ("name", "slug"),
    [("C", "c"), ("C#", "c-sharp"), ("C++", "c-plus-plus"), ("F#", "f-sharp"), (".NET", "dot-net"),
     ("Net", "net"), ("Node.js", "node-js"), ("Policy & law", "policy-law"), ("#", "d08f88df74"),
     ("Disney+", "disney-plus"), ("G++ 14", "g-plus-plus-14")],
)  # fmt: skip
def test_signs_that_tell_names_apart_are_spelt_out(name: str, slug: str) -> None:
    made = permalinks.slug_of_name(name)
    assert made == slug or (name == "#" and len(made) == 10)


def test_three_languages_are_three_topics(site: Any) -> None:
    assert told(site, 'topics: ["C#"]', 'topics: ["C++"]', 'topics: ["C"]') == []
    for slug in ("c", "c-sharp", "c-plus-plus"):
        assert site.has(f"topics/{slug}/index.html")


def test_two_topics_of_one_address_are_named(site: Any) -> None:
    (message,) = told(site, 'topics: ["Open Source!"]', 'topics: ["Open/Source"]')
    assert '"Open Source!" and "Open/Source" are two names with one address, open-source' in message


@pytest.mark.parametrize("other", ["ai  security", "AI-Security", "Ai_security"])
def test_case_and_spacing_make_no_other_topic(site: Any, other: str) -> None:
    assert told(site, 'topics: ["AI Security"]', f'topics: ["{other}"]') == []


def test_authors_and_providers_are_looked_at_too(site: Any) -> None:
    found = told(
        site,
        'author: "Ada Lund!"\nprovider: "A.B"',
        'author: "Ada/Lund"\nprovider: "A/B"',
    )
    assert len(found) == 2


def test_a_declared_slug_is_the_cure(site: Any) -> None:
    site.put(
        "site.toml",
        b'base_url = "https://t.example"\n[feeds]\ntag = "t.example,2024"\n'
        b'[[topics]]\nname = "Open/Source"\nslug = "slash"\n',
    )
    assert told(site, 'topics: ["Open Source!"]', 'topics: ["Open/Source"]') == []
