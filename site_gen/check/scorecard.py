"""The figures of an edition for `check --summary`: its contents and open findings."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from site_gen.basics import urls as hosts
from site_gen.check.findings import Finding
from site_gen.check.rules.editions import minutes_of
from site_gen.check.rules.rule import View
from site_gen.check.selection import files_of
from site_gen.check.verdict import BROKEN, kept_verdicts
from site_gen.model import Edition


def scorecard(edition: Edition, view: View, findings: list[Finding]) -> dict[str, Any]:
    """Return the figures of an edition as JSON data, with its open findings by level."""
    paths = list(files_of(edition))
    own = {f"content/{path}" for path in paths}
    read = (view.files.document(path) for path in paths if path in view.files.digests)
    urls = [link.url for d in read if d is not None for link in d.links if not link.image]
    verdicts = kept_verdicts(view.root)
    asked = [verdicts[url].kind for url in {*urls} if url in verdicts]
    levels = Counter(f.level for f in findings if f.path in own)
    return {
        "edition": edition.ref.id,
        "number": edition.ref.number,
        "closed": edition.ref.closed,
        "stories": len(edition.cards),
        "words": view.words_of(edition),
        "minutes": minutes_of(edition),
        "links": len(urls),
        "asked": len(asked),
        "broken": sum(kind in BROKEN for kind in asked),
        "paywalled": sum(d.paywalled for d in view.articles_of(edition)),
        "sources": _counted(_sources(edition, urls)),
        "topics": _counted(topic.name for card in edition.cards for topic in card.topics),
        "languages": _counted(card.language or view.settings.language for card in edition.cards),
        "open": {level: levels.get(level, 0) for level in ("error", "warning", "hint")},
    }


def _sources(edition: Edition, urls: list[str]) -> Iterable[str]:
    """Return the providers of the stories, or the linked hosts of an edition without articles."""
    if edition.cards:
        return [card.provider.name for card in edition.cards if card.provider]
    return [host.removeprefix("www.") for url in urls if (host := hosts.host(url))]


def _counted(names: Any) -> dict[str, int]:
    return dict(sorted(Counter(names).items(), key=lambda x: (-x[1], x[0])))


def _asked(card: dict[str, Any]) -> str:
    """Return how many addresses `check --external` has requested."""
    if not card["asked"]:
        return ""
    return f" ({card['asked']} asked, {card['broken']} broken)"


def _number(count: int, one: str, many: str) -> str:
    return f"{count:,} {one if count == 1 else many}"


def as_lines(card: dict[str, Any]) -> list[str]:
    """Return the figures as lines of text."""
    name = f"No. {card['number']} ({card['edition']})" if card["number"] else card["edition"]
    state = "closed" if card["closed"] else "open"
    stories = f"{_number(card['stories'], 'story', 'stories')}, " if card["stories"] else ""
    lines = [
        f"{name}, {state}: {stories}{_number(card['words'], 'word', 'words')}, "
        f"{_number(card['minutes'], 'minute', 'minutes')}, "
        f"{_number(card['links'], 'link', 'links')}{_asked(card)}, "
        f"{card['paywalled']} behind paywalls"
    ]
    for key in ("sources", "topics", "languages"):
        total = card["stories"] or sum(card[key].values())
        told = [f"{n} {c} ({round(100 * c / total)} %)" for n, c in list(card[key].items())[:8]]
        more = len(card[key]) - len(told)
        if told:
            rest = f" and {more} more" if more > 0 else ""
            lines.append(f"  {key:<10} {', '.join(told)}{rest}")
    left = ", ".join(
        _number(count, level, f"{level}s") for level, count in card["open"].items() if count
    )
    lines.append(f"  {'open':<10} {left or 'nothing'}")
    return lines
