"""G4: hostile front matter costs under 2 seconds of work and 200 MB, as the system counts it."""

from itertools import pairwise
from typing import Any

import pytest

HEAD = "title: A\npublishedDateTime: 2024-02-14\n"
MEBI = 1 << 20
LEVELS = "abcdefghijkl"


def merges(levels: int, wide: int = 9) -> str:
    """Merge keys, each level `wide` times the one before: 376 bytes take a plain loader 1.2 s."""
    lines = ["a: &a {x: 1}"]
    for one, two in pairwise(LEVELS[:levels]):
        lines.append(f"{two}: &{two} {{<<: [{', '.join([f'*{one}'] * wide)}]}}")
    return "\n".join(lines) + "\n"


def aliases(levels: int, wide: int = 9) -> str:
    """The billion laughs, in YAML."""
    lines = ["a: &a [x]"]
    for one, two in pairwise(LEVELS[:levels]):
        lines.append(f"{two}: &{two} [{', '.join([f'*{one}'] * wide)}]")
    return "\n".join(lines) + "\n"


def fill(text: str, size: int = MEBI - 200) -> str:
    """`text` again and again, up to nearly the largest file that is read."""
    return text * (size // len(text.encode()))


BOMBS = {
    "merge keys": merges(9),
    "aliases": aliases(10),
    "flow lists": "x: " + fill("["),
    "flow mappings": "x: " + fill("{a: "),
    "block lists": fill("- ") + "x\n",
    "deep block": "".join(f"{' ' * n}k{n}:\n" for n in range(1000)),
    "many keys": "".join(f"k{n}: v\n" for n in range(60_000)),
    "unknown keys": "".join(f"{'titel' * 8}{n}: v\n" for n in range(15_000)),
    "many items": "tags: [" + fill("a, ", 300_000) + "b]\n",
    "many topics": "topics:\n" + "".join(f"- topic {n}\n" for n in range(40_000)),
    "bad addresses": "related:\n" + "".join(f"- webUrl: javascript:{n}\n" for n in range(30_000)),
    "bad dates": "corrections:\n" + "".join(f"- {{date: x{n}}}\n" for n in range(20_000)),
    "bad images": "images:\n" + "".join(f"- {{width: x{n}}}\n" for n in range(20_000)),
    "a long text": f'excerpt: "{fill("a")}"\n',
    "a long number": f"heat: {fill('9')}\n",
    "a long date": f"modifiedDateTime: {fill('2')}\n",
    "a long slug": f"slug: {fill('a-')}\n",
    "a long address": f"webUrl: https://a.example/{fill('a')}\n",
    "a long host": f"webUrl: https://{fill('a.')}/\n",
    "a long language": f"language: {fill('en-')}\n",
    "a long domain": f"provider: {{domain: {fill('a.')}}}\n",
    "a long key": f"{fill('k')}: x\n",
    "escapes": 'excerpt: "' + fill("\\u0301") + '"\n',
    "quotes": 'excerpt: "' + fill('\\"') + '"\n',
    "single quotes": "excerpt: '" + fill("''") + "'\n",
    "comments": fill("# x\n"),
    "blank lines": fill("\n"),
    "blanks": fill(" ") + "\n",
    "colons": "x: " + fill(":") + "\n",
    "a long plain text": "excerpt: " + fill("a b: #") + "\n",
    "folded lines": "excerpt: >\n" + fill("  a\n"),
    "anchors": fill("&a "),
    "tags": fill("!!a "),
    "question marks": fill("? "),
    "delimiters in it": fill("---a\n"),
    "marks": f'excerpt: "a{fill(chr(0x301))}"\n',
}


@pytest.fixture(scope="module")
def took(costs: Any) -> dict[str, Any]:
    """What each bomb cost."""
    found: dict[str, Any] = costs(
        {n: f"---\n{HEAD}{t}---\nWords.\n" for n, t in BOMBS.items()}, 2, 200
    )
    return found


@pytest.mark.parametrize("name", BOMBS)
def test_g04_a_bomb_costs_little(name: str, took: dict[str, Any]) -> None:
    if name not in took:
        pytest.fail(f"the process died, of this bomb or of one before: {list(took)[-1:]}")
    said = took[name]
    assert said["seconds"] < 2
    assert said["kind"] in ("article", "failed")
    assert said["kind"] == "article" or said["codes"]
