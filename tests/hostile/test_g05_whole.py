"""G5 through the whole build: what one article costs on its way to every page, feed, letter and
book; not its reading alone."""

import json
import struct
import subprocess
import sys
import zlib
from pathlib import Path
from typing import Any

import pytest
from test_g05_limits import fill

from site_gen.settings import FORMATS

HERE = Path(__file__).resolve().parent
HEAD = "title: A\npublishedDateTime: 2024-02-14\n"
MEBI = 1 << 20
SECONDS = 10
PAGE = 6 * MEBI
"""4 MiB of body, and what the theme puts around it."""


def article(block: str, body: str = "Words.\n", head: str = HEAD) -> str:
    return f"---\n{head}{block}---\n{body}"


def listed(key: str, one: str, count: int = 1000) -> str:
    """`one` with each number in the place of `#`."""
    return f"{key}: [{', '.join(one.replace('#', str(n)) for n in range(count))}]\n"


def words(count: int) -> str:
    """No two alike, for the search index."""
    return " ".join(f"w{n:x}{n * 7919 % 9973:x}" for n in range(count))


EVERYWHERE = listed("topics", "t#", 50) + listed("authors", "a#", 50)
LONG = listed("topics", f'"t# {"x" * 990}"', 50) + listed("authors", f'"a# {"x" * 990}"', 50)
BODIES = {
    "words": words(90_000),
    "one word": fill("a"),
    "without spaces": fill("\u8a9e"),
    "footnotes": "\n".join(f"a[^{n}]\n\n[^{n}]: b\n" for n in range(20_000)),
    "links": " ".join(f"[a](https://a{n}.example/b)" for n in range(25_000)),
    "links to nowhere": " ".join(f"[a](b{n}.md)" for n in range(40_000)),
    "pictures": fill("![a](https://a.example/b.png) ", MEBI // 2),
    "pictures as HTML": fill("<img src=https://a.example/b.png>"),
    "pictures that are not there": " ".join(f"![a](b{n}.png)" for n in range(10_000)),
    "headings": "\n\n".join(f"# h{n}" for n in range(50_000)),
    "code": fill("```\na\n```\n"),
    "entities": fill("&amp;"),
    "a table": "|a|b|\n|-|-|\n" + fill("|b|c|\n", MEBI // 4),
}
BLOCKS = {
    "a long title": article("", head=HEAD.replace("A\n", f"{fill('a b ')}\n", 1)),
    "the longest title": article("", head=HEAD.replace("A\n", f'"{"<&" * 500}"\n', 1)),
    "a long excerpt": article(f'excerpt: "{fill("a b ")}"\n'),
    "the longest excerpt": article(f'{EVERYWHERE}excerpt: "{"<&" * 5000}"\n'),
    "long names": article(LONG),
    "names as long as a file": article(listed("topics", f'"{"x" * 20_000}#"', 50)),
    "a long guid": article(f"guid: {fill('a')}\n"),
    "a long provider": article(f'provider: {{name: "{fill("a b ")}"}}\n'),
    "many tags": article(listed("tags", f'"# {"x" * 900}"')),
    "many pictures": article(listed("images", "{url: 'https://a.example/#.png', caption: '<&'}")),
    "pictures without files": article(listed("images", "{url: '#.png'}")),
    "many relations": article(listed("related", "{title: '<#>', webUrl: 'https://a.example/#'}")),
    "many sources": article(listed("sources", "{name: '<#>', url: 'https://a.example/#'}")),
    "many aliases": article(listed("aliases", f"/#/{'x' * 900}/")),
    "many corrections": article(listed("corrections", "{date: 2024-02-15, text: '<#>'}")),
    "everywhere": article(EVERYWHERE, words(20_000)),
}


def png(width: int, height: int, rows: int) -> bytes:
    """A grey picture that claims a size and holds `rows` rows of it."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    body = zlib.compress(bytes(width + 1) * rows, 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def drawing(inner: str, before: str = "") -> bytes:
    return f'{before}<svg xmlns="http://www.w3.org/2000/svg">{inner}</svg>'.encode()


ENTITIES = "".join(f"<!ENTITY {b} '{f'&{a};' * 10}'>" for a, b in zip("abcdefgh", "bcdefghi"))  # noqa: B905
PICTURES = {
    "bomb.png": png(9000, 9000, 9000),
    "claim.png": png(65_535, 65_535, 1),
    "strip.png": png(100_000, 1, 1),
    "laughs.svg": drawing("<text>&i;</text>", f"<!DOCTYPE svg [<!ENTITY a 'a'>{ENTITIES}]>"),
    "deep.svg": drawing("<g>" * 200_000),
    "large.svg": drawing("<g/>" * MEBI),
    "less.svg": b"<" * (8 * MEBI),
    "comments.svg": b"<!--" * (2 * MEBI),
    "no.avif": b"\0\0\0\x20ftypavif" + bytes(4 * MEBI),
    "cut.gif": b"GIF89a\xff\xff\xff\xff\xff\0\0" + b"!\xfe\xff" * MEBI,
}


def write(root: Path, text: str, file: str = "", data: bytes = b"") -> Path:
    (root / "content").mkdir(parents=True)
    formats = ", ".join(f'"{name}"' for name in FORMATS)
    settings = f'base_url = "https://t.example"\nformats = [{formats}]\n[feeds]\ntag = "t,2024"\n'
    (root / "site.toml").write_text(settings)
    (root / "content/good.md").write_text(article("", head=HEAD.replace("A", "Good")))
    (root / "content/bad.md").write_text(text)
    if file:
        (root / "content" / file).write_bytes(data)
    return root


def cut(text: str, long: bool) -> str:
    return text if long else text[: len(text) // 8]


@pytest.fixture(scope="module")
def took(tmp_path_factory: pytest.TempPathFactory, long: bool) -> dict[str, Any]:
    """What a site with each article cost; the quick part takes an eighth of each body."""
    top = tmp_path_factory.mktemp("whole")
    texts = {n: article("", cut(t, long)) for n, t in BODIES.items()} | BLOCKS
    made = {str(n): write(top / str(n), texts[name]) for n, name in enumerate(texts)}
    for name, data in PICTURES.items():
        text = article(f"images: [{{url: {name}}}]\n", f"![a]({name})\n")
        made[name] = write(top / name, text, name, data)
    names = {str(n): name for n, name in enumerate(texts)} | {n: n for n in PICTURES}
    command = [sys.executable, str(HERE / "costs_site.py"), str(SECONDS)]
    first = write(top / "plain", article(""))
    done = subprocess.run(
        [*command, str(first), *map(str, made.values())],
        capture_output=True,
        text=True,
        check=False,
    )
    assert not done.stderr, done.stderr[-2000:]
    rows = (json.loads(line) for line in done.stdout.splitlines())
    return {names[row["name"]]: row for row in rows}


@pytest.mark.slow
@pytest.mark.parametrize("name", [*BODIES, *BLOCKS, *PICTURES])
def test_g05_an_article_costs_little_on_its_whole_way(name: str, took: dict[str, Any]) -> None:
    assert name in took, "it took longer than the system was told to allow, or ended its process"
    said = took[name]
    assert said["seconds"] < SECONDS
    assert said["good"], "the other article is there"
    assert said["largest"] < PAGE
    if name.startswith(("a long ", "names as long")):
        assert said["codes"], "what is too long to stand on other pages is refused"


@pytest.mark.slow
def test_g05_many_faults_cost_as_much_as_they_are(took: dict[str, Any], long: bool) -> None:
    """Problems were added one to a growing tuple, and each looked for a near name among all."""
    text = cut(BODIES["links to nowhere"], long)
    assert took["links to nowhere"]["problems"] == text.count(".md)") > 4000
