"""Every problem of a build leads to a file, to the line where one can be known, and to a cure."""

from pathlib import Path
from typing import Any

import pytest

from site_gen.problem_lines import placed
from site_gen.problems import Problem, Where

DATED = "publishedDateTime: 2024-02-14\n"
CASES: dict[str, tuple[dict[str, str], str, list[str]]] = {
    "two outputs on one path": (
        {"content/pages/about.md": "---\ntitle: A\n---\n", "content/static/about/index.html": "x",
         "content/pages/b.md": "---\ntitle: B\nslug: about\n---\n"},
        "output/collision", ["content/pages/about.md", "content/pages/b.md:3:1"],
    ),
    "an output that no file system holds": (
        {"content/static/con.txt": "x"}, "output/path", ["content/static/con.txt"],
    ),
    "an alias of two": (
        {"content/c.md": f"---\ntitle: C\n{DATED}aliases: [/old/]\n---\n",
         "content/d.md": f"---\n{DATED}title: D\naliases: [/old/]\n---\n",
         "site.toml": 'theme = "bare"\nformats = ["html", "redirects"]\n'},
        "article/aliases", ["content/d.md:4:1", "content/c.md:4:1"],
    ),
    "a pin that is nothing": (
        {"content/editions/2024-W07.md": "---\ntitle: T\npins: [gone]\n---\n"},
        "edition/unknown-article", ["content/editions/2024-W07.md:3:1"],
    ),
    "a lead that is nothing": (
        {"content/editions/2024-W07.md": "---\nlead: gone\n---\n"},
        "edition/unknown-article", ["content/editions/2024-W07.md:2:1"],
    ),
    "two editions of one number": (
        {"content/editions/2024-W07.md": "---\ntitle: T\nnumber: 3\n---\n",
         "content/editions/2024-W08.md": "---\nnumber: 3\n---\n"},
        "edition/number", ["content/editions/2024-W07.md:3:1"],
    ),
    "an asset that is not there": (
        {"themes/bare/templates/article.html": "{{ page.title }}\n\n{{ asset('no.css') }}\n"},
        "theme/asset", ["themes/bare/templates/article.html:3"],
    ),
    "an option that is none": (
        {"site.toml": 'theme = "bare"\nbase_url = "https://s.example"\n[theme_options]\nx = 1\n'},
        "theme/option", ["site.toml:4:1"],
    ),
    "an option of another type": (
        {"themes/bare/theme.toml": 'name = "bare"\n[options.x]\ntype = "hue"\n'},
        "theme/config", ["themes/bare/theme.toml:2:10"],
    ),
    "a theme that is not there": ({"site.toml": '\ntheme = "no"\n'}, "theme/missing",
                                  ["site.toml:2:1"]),
    "a theme over one that is not there": (
        {"themes/bare/theme.toml": 'name = "bare"\nextends = "no"\n'},
        "theme/missing", ["themes/bare/theme.toml:2:1"],
    ),
    "a theme.toml that is none": (
        {"themes/bare/theme.toml": 'name = "bare"\nx = \n'}, "theme/config",
        ["themes/bare/theme.toml:2:5"],
    ),
    "strings that are none": (
        {"themes/bare/strings/en.toml": 'a = "b"\nc\n'}, "theme/strings",
        ["themes/bare/strings/en.toml:2:2"],
    ),
    "a contact that never expires": (
        {"site.toml": 'theme = "bare"\nformats = ["html"]\n[security]\n'
         'contact = ["a@s.example"]\nexpires = "soon"\n'},
        "settings/security", ["site.toml:4:1"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("files", "code", "places"), CASES.values(), ids=CASES)
def test_a_problem_leads_to_the_line(
    small: Any, files: dict[str, str], code: str, places: list[str]
) -> None:
    small.good()
    for path, text in files.items():
        small.put(path, text)
    report = small.build()
    found = [p for p in report.problems if p.code == code]
    assert found, report.problems
    problem = found[0]
    assert [str(where) for where in (problem.where, *problem.also)] == places
    assert problem.help
    again = small.build()
    assert problem in again.problems, "remembered or found anew, it says the same"


def test_settings_may_stand_in_another_file(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[tool.site_gen]\n  theme = "no"\n')
    found = placed(Problem("x", "y", Where("site.toml", key="theme")), tmp_path)
    assert str(found.where) == "pyproject.toml:2:3"


@pytest.mark.parametrize("text", ["", "---\nother: 1\n---\nkey: x\n", "\xff", None])
def test_a_key_that_is_not_there_leaves_the_file(tmp_path: Path, text: str | None) -> None:
    if text is not None:
        (tmp_path / "a.md").write_bytes(text.encode("latin-1"))
    found = placed(Problem("x", "y", Where("a.md", key="key")), tmp_path)
    assert str(found.where) == "a.md"
