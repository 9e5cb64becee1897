"""Faults that editors leave in a digest, each found where it stands (`planted_faults.txt`).

A case has a title, a file ("article" for one of its own) with lines for its front matter, "---" and
lines for its text, and what is found: the rule, its level, and words of the line.
"""

import json
import re
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from click.testing import CliRunner

from site_gen.cli.main import group
from tests.check.conftest import Site

NOW = "2026-03-05T12:00:00Z"
TOWNS = (
    "Aldmouth Brackwick Culverness Dunreath Eskport Farrowby Glenholm Hartsea Inverlow Jarrowick "
    "Kelbridge Lorwich Marlsby Nethercombe Oxmoor Pellhaven Quarndon Rothmere Selwick Tarnside "
    "Ulverby Vexford Wadhurst Yarnton Ashby Bolden Corfe Dray Elmsett Fenwick Garve Holme Ipsley "
    "Keld Lydd Mere Nairnside Orford Penrose Redcar Stroud Thirlby Upton Venn Wells Yeo"
).split()
DEEDS = (
    "opens a second quay", "sells its last tram", "counts more swallows than ever",
    "lets the old mill to a choir", "loses a vote on the bypass", "teaches sailing at night",
    "finds a well under the market", "paints every bench green", "asks who owns the lighthouse",
    "delays the winter timetable", "sends a robot into the sewers",
)  # fmt: skip
WEEKS = {"2026-W07": "02-10", "2026-W08": "02-17", "2026-W09": "02-24", "2026-W10": "03-03"}
SETTINGS = """
[check]
languages = ["en", "de", "fr", "ru", "el"]
[[topics]]
name = "Harbours"
[[topics]]
name = "Boats"
[[providers]]
name = "The Stingy Post"
domain = "stingy.example"
rights = "excerpt"
"""
BODY = """\
The council of {town} met on Tuesday. It heard {number} people, of whom most stayed to the end, and
it wrote down what each of them said about the matter.

Nobody was in a hurry. The mayor of {town} said that it takes as long as it takes, which those who
had come by the last bus did not like to hear; they left before the vote, and so it was carried
with few hands raised and none against.

* What is known is on [the council's page](https://council.example/{number}).
* What is not known will be asked next month, in the same hall and at the same hour.
"""


class Fault(NamedTuple):
    """A case. `head` and `body` are what it adds, `found` what is told of it."""

    title: str
    file: str
    head: str
    body: str
    found: list[str]


def _faults() -> list[Fault]:
    text = Path(__file__).with_name("planted_faults.txt").read_text("utf-8")
    parts = text.rstrip("\n").removesuffix("\n.").split("\n.\n")
    found = []
    for title, added, told in zip(parts[::3], parts[1::3], parts[2::3], strict=True):
        file, _, rest = added.partition("\n")
        head, dashes, body = f"{rest}\n".partition("---\n")
        found.append(
            Fault(title, file, *((head, body) if dashes else ("", head)), told.split("\n"))
        )
    return found


FAULTS = _faults()


def write_site(site: Any, faults: list[Fault]) -> dict[str, str]:
    """Write four editions with the faults in the last; return the file of each fault by title."""
    site.settings(SETTINGS)
    for number in range(44):
        week = list(WEEKS)[number // 11]
        site.put(f"content/{week}/story-{number:02}.md", _article(number, week))
    files, notes = {}, dict.fromkeys(WEEKS, "Good morning.\n")
    for number, fault in enumerate(faults, 44):
        files[fault.title] = fault.file
        if fault.file == "article":
            files[fault.title] = path = f"2026-W10/fault-{number}.md"
            site.put(f"content/{path}", _article(number, "2026-W10", fault))
        else:
            notes["2026-W10"] += f"\n{fault.body}"
    for place, (week, text) in enumerate(notes.items()):
        head = f"title: Week of {TOWNS[place]}\nlead: story-{place * 11:02}\n"
        site.put(f"content/editions/{week}.md", f"---\n{head}---\n\n{text}")
    return files


def _article(number: int, week: str, fault: Fault | None = None) -> str:
    town = TOWNS[number % len(TOWNS)]
    own = blake2b(bytes([number])).hexdigest()[:24] if fault else DEEDS[number % len(DEEDS)]
    head = {
        "title": f"{town} {own}",
        "excerpt": f"What the council of {town} has in mind for the {number + 20} people there.",
        "publishedDateTime": f"2026-{WEEKS[week]}T{number // 60:02}:{number % 60:02}:00Z",
        "provider": f"{{name: Paper {number}}}",
        "webUrl": f"https://paper.example/{week}/{number}",
        "topics": "[Harbours]",
    }
    head = {key: f'{key}: "{x}"' if key == "title" else f"{key}: {x}" for key, x in head.items()}
    key = ""
    for line in fault.head.splitlines() if fault else ():
        if line[:1].isalpha():
            key = line.partition(":")[0]
            head[key] = line
        else:
            head[key] += f"\n{line}"
    more = f"\n{fault.body}" if fault else ""
    matter = "\n".join(head.values())
    return f"---\n{matter}\n---\n\n{BODY.format(town=town, number=number + 20)}{more}"


class Told(NamedTuple):
    """What a check said as JSON, and the file of each fault."""

    root: Path
    problems: list[dict[str, Any]]
    files: dict[str, str]

    def of(self, path: str) -> list[str]:
        """Rule, level and line of each problem in a file."""
        lines = (self.root / "content" / path).read_text("utf-8").split("\n")
        mine = [each for each in self.problems if each["path"] == f"content/{path}"]
        assert all(each["help"] for each in mine)
        return [f"{p['code']} {p['severity']} {lines[(p['line'] or 1) - 1]}" for p in mine]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Told:
    """All faults at once."""
    site = Site(tmp_path_factory.mktemp("planted"))
    files = write_site(site, FAULTS)
    return Told(site.root, json.loads(check(site.root, "json"))["findings"], files)


def check(root: Path, form: str) -> str:
    return (
        CliRunner().invoke(group, ["-C", str(root), "check", "--now", NOW, "--format", form]).stdout
    )


@pytest.mark.parametrize("fault", FAULTS, ids=[fault.title for fault in FAULTS])
def test_it_is_found_where_it_stands(told: Told, fault: Fault) -> None:
    left = told.of(told.files[fault.title])
    for wanted in fault.found:
        rule, level, words = wanted.split(" ", 2)
        same = [one for one in left if one.startswith(f"{rule} {level} ") and words in one]
        assert same, (wanted, left)
        left.remove(same[0])
    assert not left or fault.file != "article"  # a note has several


def test_nothing_is_found_without_them(tmp_path: Path) -> None:
    site = Site(tmp_path)
    write_site(site, [])
    assert json.loads(check(tmp_path, "json"))["findings"] == []


@pytest.mark.parametrize("form", ["github", "sarif"])
def test_other_formats_tell_the_same(told: Told, form: str) -> None:
    wanted = [(p["code"], p["path"], p["line"] or 0) for p in told.problems]
    said = check(told.root, form)
    if form == "github":
        found = [_of_github(line) for line in said.splitlines()]
    else:
        found = [_of_sarif(result) for result in json.loads(said)["runs"][0]["results"]]
    assert sorted(found) == sorted(wanted)


def _of_github(line: str) -> tuple[str, str, int]:
    place = re.fullmatch(r"::\w+ (.*?)::.* - .*", line)  # with a cure
    assert place is not None
    named = dict(each.split("=", 1) for each in place[1].split(","))
    return named["title"], named["file"], int(named.get("line", 0))


def _of_sarif(result: dict[str, Any]) -> tuple[str, str, int]:
    place = result["locations"][0]["physicalLocation"]
    line = place.get("region", {}).get("startLine", 0)
    return result["ruleId"], place["artifactLocation"]["uri"], line


def test_the_text_shows_each_line(told: Told) -> None:
    said = CliRunner().invoke(group, ["-C", str(told.root), "-v", "check", "--now", NOW]).stdout
    for each in told.problems:
        assert f"[{each['code']}]" in said
        assert f"{each['path']}:{each['line']}" in said if each["line"] else each["path"] in said
