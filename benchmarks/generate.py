"""Articles of a real digest's shape in invented words, the same on every machine.

    python benchmarks/generate.py --articles 1000 --weeks 52 --out DIR --flavour site_gen [--brief]

Article number N says the same in all flavours; a flavour changes only the names that a generator
needs: its folder, for Hugo `date`, `editions` and no reserved words, for Eleventy `date` and
`edition`. Brief ones, for an archive that would not fit onto a disk, have a paragraph, no pictures,
and nothing related.
"""

import argparse
import json
import random
import re
import sys
from base64 import b64encode
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from invented import PROVIDERS, TOPICS, Speaker

LAST_WEEK = datetime(2026, 10, 26, tzinfo=UTC)
"""The Monday of the newest articles."""
NOW = LAST_WEEK + timedelta(weeks=1, hours=6)
"""A moment at which all that was generated is out; builds are made as if it were this time."""
WORKING_WEEK = 6.9 * 86400
RELATED = (3, 4, 5, 5, 5)
BODY = (1600, 3000)
"""Characters of prose that a body has at least: drawn from this range."""
PLAIN = re.compile(r"[A-Za-z][A-Za-z .]*")
YAML_WORDS = frozenset(("true", "false", "yes", "no", "on", "off", "null", "y", "n"))

Matter = dict[str, Any]


class Made(NamedTuple):
    """One article: its slug, when it came out, its front matter in the schema's words, its body."""

    slug: str
    when: datetime
    matter: Matter
    body: str


def article(
    number: int, articles: int, weeks: int, seed: str = "digest", *, brief: bool = False
) -> Made:
    """Article `number` of `articles`, spread evenly over `weeks`, the oldest first."""
    say = Speaker(random.Random(f"{seed}/{number}"))
    place = min(number, articles - 1) * weeks / articles
    monday = LAST_WEEK - timedelta(weeks=weeks - 1 - int(place))
    when = monday + timedelta(seconds=int((place % 1) * WORKING_WEEK))
    title = say.title()
    slug = f"{slugified(title)}-{number:06d}"
    if brief:
        return Made(slug, when, short_matter(say, title, slug, when), f"{say.paragraph()}\n")
    return Made(slug, when, front_matter(say, title, slug, when), body(say))


def front_matter(say: Speaker, title: str, slug: str, when: datetime) -> Matter:
    """A whole block, in the order of the feed that digests are made from."""
    dice = say.dice
    name, domain = dice.choice(PROVIDERS)
    matter = {"category": "news", **entry(say, title, slug, domain, when)}
    matter |= {"quality": dice.randint(20, 99), "heat": dice.randint(0, 240), "published": True}
    logo = {"url": f"https://pictures.example/logos/{domain}-50x50.png", "width": 50, "height": 50}
    matter["provider"] = {"name": name, "domain": domain, "images": [logo]}
    matter["topics"] = dice.sample(TOPICS, dice.choice((1, 2, 2, 3)))
    matter["images"] = [picture(say, 675)]
    matter["related"] = [related(say, when) for _ in range(dice.choice(RELATED))]
    matter["secured"] = b64encode(dice.randbytes(330)).decode()
    return matter


def short_matter(say: Speaker, title: str, slug: str, when: datetime) -> Matter:
    """Of a brief one: what it needs to stand in lists of a topic and of a provider."""
    dice = say.dice
    name, domain = dice.choice(PROVIDERS)
    matter: Matter = {"title": title, "excerpt": say.excerpt(), "publishedDateTime": when}
    matter["webUrl"] = f"https://www.{domain}/{when:%Y/%m/%d}/{slug}"
    matter |= {"type": "article", "quality": dice.randint(20, 99), "heat": dice.randint(0, 240)}
    matter["provider"] = {"name": name, "domain": domain}
    matter["topics"] = dice.sample(TOPICS, dice.choice((1, 2, 2, 3)))
    return matter


def entry(say: Speaker, title: str, slug: str, domain: str, when: datetime) -> Matter:
    """The keys that an article and what is related to it have in common."""
    address = f"https://www.{domain}/{when:%Y/%m/%d}/{slug}"
    found: Matter = {"title": title, "excerpt": say.excerpt(), "publishedDateTime": when}
    found |= {"originalUrl": address, "webUrl": address}
    if say.dice.random() < 0.6:
        found["ampWebUrl"] = f"{address}.amp"
        found["cdnAmpWebUrl"] = f"https://{domain.replace('.', '-')}.cdn.example/c/s/{slug}.amp"
    found["type"] = "article"
    return found


def related(say: Speaker, when: datetime) -> Matter:
    """One related item: somewhat older, at another provider."""
    dice = say.dice
    name, domain = dice.choice(PROVIDERS)
    title = say.title()
    earlier = when - timedelta(minutes=dice.randint(30, 9000))
    item = entry(say, title, slugified(title), domain, earlier)
    del item["originalUrl"]
    item |= {"provider": {"name": name, "domain": domain}, "quality": dice.randint(20, 99)}
    if dice.random() < 0.7:
        item["images"] = [picture(say, 630)]
    return item


def picture(say: Speaker, height: int) -> Matter:
    """A remote picture, as feeds give them."""
    url = f"https://pictures.example/{say.dice.getrandbits(96):024x}/image.jpg?ve=1&tl=1"
    return {"url": url, "width": 1200, "height": height, "isCached": True}


def body(say: Speaker) -> str:
    """About 3 KB: paragraphs, and among them a heading or two, a list, a quotation."""
    dice = say.dice
    specials: list[Callable[[], str]] = [say.heading, say.listing, say.quotation]
    specials += [say.heading] * (dice.random() < 0.5) + [say.table] * (dice.random() < 0.08)
    dice.shuffle(specials)
    least = dice.randint(*BODY)
    blocks = [say.paragraph(), say.paragraph()]
    while specials or sum(map(len, blocks)) < least:
        long = sum(map(len, blocks)) >= least
        special = specials and (long or dice.random() < 0.4)
        blocks.append(specials.pop()() if special else say.paragraph())
    blocks.append(say.paragraph())
    return "\n\n".join(blocks) + "\n"


def slugified(title: str) -> str:
    """A title as addresses have it."""
    plain = title.lower().replace("é", "e").replace("ö", "o")
    return re.sub(r"[^a-z0-9]+", "-", plain)[:70].strip("-")


def week(when: datetime) -> str:
    """The id of the ISO week, `2026-W44`."""
    return f"{when:%G-W%V}"


# -- flavours: path and front matter ----------------------------------------------------------


def site_gen(made: Made) -> tuple[str, Matter]:
    """As the feed gives it, in a folder for each week."""
    return f"content/{week(made.when)}/{made.slug}.md", made.matter


def hugo(made: Made) -> tuple[str, Matter]:
    """What Hugo reserves is renamed; the week is a taxonomy of its own."""
    matter = {"slug": made.slug, "date": made.when, "editions": [week(made.when).lower()]}
    matter |= {k: v for k, v in made.matter.items() if k != "publishedDateTime"}
    matter["entry_type"], matter["entry_published"] = matter.pop("type"), matter.pop("published")
    return f"content/articles/{made.slug}.md", matter


def eleventy(made: Made) -> tuple[str, Matter]:
    """The date has the name that collections are sorted by; the week is a key of its own."""
    matter = {"date": made.when, "edition": week(made.when)}
    matter |= {k: v for k, v in made.matter.items() if k != "publishedDateTime"}
    return f"articles/{made.slug}.md", matter


FLAVOURS: dict[str, Callable[[Made], tuple[str, Matter]]] = {
    "site_gen": site_gen,
    "hugo": hugo,
    "eleventy": eleventy,
}


# -- YAML -------------------------------------------------------------------------------------


def block(value: Matter | list[Any], indent: int = 0) -> Iterator[str]:
    """Lines of block YAML, as feeds write it: strings quoted where they could be misread."""
    pad = " " * indent
    if isinstance(value, list):
        for each in value:
            if isinstance(each, dict):
                first, *rest = block(each, indent + 2)
                yield f"{pad}- {first.lstrip()}"
                yield from rest
            else:
                yield f"{pad}- {scalar(each)}"
        return
    for key, each in value.items():
        if isinstance(each, dict | list):
            yield f"{pad}{key}:"
            yield from block(each, indent + 2)
        else:
            yield f"{pad}{key}: {scalar(each)}"


def scalar(value: object) -> str:
    """One value on a line."""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%dT%H:%M:%SZ}"
    if isinstance(value, str):
        plain = PLAIN.fullmatch(value) and value.lower() not in YAML_WORDS
        return value if plain else json.dumps(value, ensure_ascii=False)
    return str(value).lower()


def text(matter: Matter, prose: str) -> str:
    """A whole content file."""
    return "\n".join(("---", *block(matter), "---", "", prose))


def write(out: Path, made: Made, flavour: str) -> Path:
    """Write one article below `out`; the path is returned."""
    path, matter = FLAVOURS[flavour](made)
    full = out / path
    full.parent.mkdir(parents=True, exist_ok=True)
    full.write_text(text(matter, made.body), encoding="utf-8")
    return full


def write_all(
    out: Path,
    flavour: str,
    articles: int,
    weeks: int,
    seed: str = "digest",
    *,
    brief: bool = False,
) -> int:
    """Write all articles below `out`; returns bytes written."""
    made = (article(number, articles, weeks, seed, brief=brief) for number in range(articles))
    return sum(write(out, each, flavour).stat().st_size for each in made)


def main() -> int:
    """What the command line says."""
    assert __doc__
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, required=True)
    parser.add_argument("--weeks", type=int, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--flavour", choices=FLAVOURS, default="site_gen")
    parser.add_argument("--seed", default="digest")
    parser.add_argument("--brief", action="store_true", help="a paragraph each, nothing related")
    given = parser.parse_args()
    if given.articles < 1 or given.weeks < 1:
        parser.error("--articles and --weeks are 1 or more")
    sizes = (given.articles, given.weeks)
    size = write_all(given.out, given.flavour, *sizes, given.seed, brief=given.brief)
    print(f"{given.articles:,} articles over {given.weeks:,} weeks, {size / 1e6:.1f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
