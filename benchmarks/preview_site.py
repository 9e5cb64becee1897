"""A site of a given size in the shape of a real digest, in words that mean nothing."""

import random
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

WORDS = (
    "harbour paper signal ledger market window river engine letter border summer record council "
    "station bridge model winter number garden report copper morning island carbon camera ticket"
).split()
TOPICS = 30
START = datetime(2020, 1, 6, 9, tzinfo=UTC)


def make_site(root: Path, articles: int, weeks: int, themes: Path) -> list[Path]:
    """Write the site at `root`, with its own copy of the theme; returns the content files."""
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(themes / "broadsheet", root / "themes" / "broadsheet")
    (root / "site.toml").write_text(
        'title = "Bench"\n[feeds]\ntag = "example.org,2026"\n', encoding="utf-8"
    )
    dice = random.Random(articles)
    made = []
    for number in range(articles):
        day = START + timedelta(weeks=number * weeks // articles, hours=number % 96)
        file = root / "content" / f"{day:%G-W%V}" / f"{day:%Y-%m-%d}-article-{number}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(article(dice, number, day), encoding="utf-8")
        made.append(file)
    return made


def article(dice: random.Random, number: int, day: datetime) -> str:
    """One content file: about 5 KB of front matter and 3 KB of body."""
    related = "".join(
        f"  - title: {sentence(dice, 8)}\n    publishedDateTime: {day:%Y-%m-%dT%H:%M:%SZ}\n"
        f"    webUrl: https://example.com/{number}/{other}\n    type: article\n"
        f"    provider:\n      name: Provider {other}\n      domain: p{other}.example.com\n"
        f"    excerpt: {sentence(dice, 20)}\n"
        for other in range(12)
    )
    body = "\n\n".join(
        f"## {sentence(dice, 5)}\n\n{sentence(dice, 90)} **{sentence(dice, 3)}**" for _ in range(5)
    )
    return (
        f"---\ntitle: Article {number}\nexcerpt: {sentence(dice, 25)}\n"
        f"publishedDateTime: {day:%Y-%m-%dT%H:%M:%SZ}\n"
        f"webUrl: https://example.com/{number}\ntype: article\n"
        f"quality: {dice.randrange(100)}\nheat: {dice.randrange(100)}\n"
        f"provider:\n  name: Provider {number % 40}\n  domain: p{number % 40}.example.com\n"
        f"topics: [Topic {number % TOPICS}, Topic {number * 7 % TOPICS}]\n"
        f"related:\n{related}---\n\n{body}\n\nBody token 0.\n"
    )


def sentence(dice: random.Random, words: int) -> str:
    """That many words, the first with a capital."""
    return " ".join(dice.choice(WORDS) for _ in range(words)).capitalize()
