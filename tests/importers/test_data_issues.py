"""Issues that a site kept as data come as texts, what was no text or not public does not."""

from typing import Any

import pytest

JSON = (
    '{{"number": {0}, "date": "2024-03-0{0}", "intro": "Words before."{1},'
    ' "items": [{{"title": "T{0}", "url": "https://x.example/{0}", "description": "word{2}"}}]}}'
)
YAML = """- number: 1
  date: 2024-03-01
  sections:
  - title: Boats
    links:
    - title: One [of two]
      url: https://x.example/1
      author: Ann
      description: wordshown
    - title: wordkept
      url: https://x.example/2
      draft: true
- number: 2
  date: 2024-03-08
  draft: true
  links:
  - title: wordkept
    url: https://x.example/3
"""


def test_json_files_of_a_folder(move: Any, put: Any, held_back: Any) -> None:
    draft = ', "status": "draft"'
    put(
        f"-- issues/1.json --\n{JSON.format(1, '', 'shown')}\n"
        f"-- issues/2.json --\n{JSON.format(2, draft, 'kept')}\n"
        '-- issues/3.json --\n{"colour": "red"}\n-- issues/4.json --\n{broken\n'
        "-- package-lock.json --\n{}\n"
    )
    outcome = move("markdown")
    assert held_back(outcome) == ["issues/2.json"]
    entry = outcome.places.placed[0].entry
    assert (entry.title, entry.number, f"{entry.date:%Y-%m-%d}") == ("Issue 1", 1, "2024-03-01")
    assert entry.body == "Words before.\n\n- [T1](<https://x.example/1>) — wordshown"
    for name in ("issues/3.json", "issues/4.json"):
        assert f"{name} is no text of the digest" in outcome.site.left


@pytest.mark.parametrize(
    ("kind", "path"), [("jekyll", "_data/issues.yml"), ("markdown", "data/issues.yaml")]
)
def test_a_list_of_yaml(kind: str, path: str, move: Any, put: Any, held_back: Any) -> None:
    put(
        f"-- _config.yml --\ntitle: J\nurl: https://j.example\n-- {path} --\n{YAML}"
        "-- _data/talks.yml --\n- date: 2024-01-01\n  links:\n  - url: https://x.example/4\n"
    )
    outcome = move(kind)
    assert held_back(outcome) == [f"{path}#2"]
    first = next(p.entry for p in outcome.places.placed if not p.entry.private)
    assert first.body == (
        "## Boats\n\n- [One \\[of two\\]](<https://x.example/1>) by Ann — wordshown"
    )
    assert first.lost == ["links that were not public, left out"]


def test_a_day_in_the_file_s_name_and_issues_by_their_names(move: Any, put: Any) -> None:
    row = '{"number": 4, "links": [{"name": "A", "href": "https://x.example/"}]}'
    put(
        f"-- issues/2024-03-01.json --\n{row}\n"
        "-- data/editions.yml --\nspring:\n  date: 2024-03-02\n  intro: Hello.\n  reads:\n"
        "  - plain words\n  - url: https://x.example/2\n"
    )
    placed = {p.entry.source: p.entry for p in move("markdown").places.placed}
    assert f"{placed['issues/2024-03-01.json'].date:%Y-%m-%d}" == "2024-03-01"
    body = placed["data/editions.yml#spring"].body
    assert body == (
        "Hello.\n\n## Reads\n\n- plain words\n- [https://x.example/2](<https://x.example/2>)"
    )
