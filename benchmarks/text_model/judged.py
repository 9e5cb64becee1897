"""The whole converter on pages of sites that its models did not see: drafts, and what they lost."""

import json
import random
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

import site_gen.convert.text as converter
from benchmarks.text_model.blind import Sites
from benchmarks.text_model.drafts import write_drafts
from benchmarks.text_model.gaps import odds_of
from benchmarks.text_model.labels import labels_of
from benchmarks.text_model.lines import Sample, model_of
from site_gen.convert.text import confidence, draft, split, title
from site_gen.convert.text.marked_lines import Sheet
from site_gen.convert.text.trees import Tree, trees_of
from site_gen.settings import Settings


@dataclass(frozen=True)
class Text:
    """One text with the samples that it holds, all of one fold; `key` is its place in a set."""

    key: str
    kind: str
    fold: int
    text: str
    holds: tuple[int, ...]


@dataclass(frozen=True)
class Lost:
    """What a draft of a single article lost, beside the numbers its confidence is made from.

    shown  whether it counts for the figures, and not for the confidence alone
    """

    fold: int
    corpus: str
    kind: str
    numbers: dict[str, float]
    words: float
    short: tuple[int, int]
    items: tuple[int, int]
    shown: bool


def texts(samples: Sequence[Sample], folds: Mapping[str, int]) -> Iterator[Text]:
    """Each page in one style, and pairs of pages of one fold, as `make_dumps.py` joins them.

    The other styles have no key: they count for the confidence alone.
    """
    chance = random.Random(11)
    groups: dict[tuple[str, str, int], list[int]] = {}
    for at, s in enumerate(samples):
        if at // 6 % 3 == (s.dump.style if s.dump.kind == "full" else (s.dump.style + 2) % 3):
            name = f"{s.dump.corpus}-{s.dump.kind}/{s.dump.page}"
            yield Text(
                name, f"{s.dump.corpus} {s.dump.kind}", folds[s.dump.site], s.dump.text, (at,)
            )
            groups.setdefault((s.dump.corpus, s.dump.kind, folds[s.dump.site]), []).append(at)
        else:
            yield Text("", "", folds[s.dump.site], s.dump.text, (at,))
    for (corpus, kind, fold), group in sorted(groups.items()):
        chance.shuffle(group)
        for n, (a, b) in enumerate(zip(group, group[1:] + group[:1], strict=True)):
            first, second = samples[a].dump.text, samples[b].dump.text
            gap = ("\n\n\n", "\n\n", "\n")[n % 3]
            both = first.rstrip("\n") + "\n" + gap + second
            yield Text(
                f"multi/{corpus}-{kind}-{fold}-{n:02d}", f"{corpus} two {kind}", fold, both, (a, b)
            )


def write_set(samples: Sequence[Sample], every: Sequence[Text], out: Path) -> None:
    """The texts as a set that `score.py --set` reads."""
    manifest = {}
    for one in every:
        if not one.key:
            continue
        pages = [samples[at].dump for at in one.holds]
        manifest[one.key] = {"kind": one.kind, "file": "", "articles": [d.page for d in pages]}
        for page in pages:
            data = {"titles_silver": page.titles, "articleBody": page.gold}
            path = out / "gold" / f"{page.page}.json"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps(data, ensure_ascii=False), "utf-8")
    (out / "manifest.json").write_text(json.dumps(manifest), "utf-8")


@dataclass(frozen=True)
class Models:
    """What did not see a fold, in stored form: of lines, boundaries and titles."""

    lines: Any
    boundaries: Any
    titles: Any


_state: tuple[Sequence[Sample], Sites, Sequence[Models], Sequence[Any], Path] = (
    (), Sites(), (), (), Path(),
)  # fmt: skip


def judged(
    samples: Sequence[Sample],
    sites: Sites,
    every: Sequence[Text],
    models: Sequence[Models],
    out: Path,
    jobs: int = 2,
) -> list[Lost]:
    """Writes the drafts under `out`; `models` has those of each fold."""
    global _state
    _state = (samples, sites, models, [model_of(m.lines) for m in models], out)
    with ProcessPoolExecutor(jobs) as pool:
        return [one for one in pool.map(_one, every, chunksize=8) if one is not None]


def _one(one: Text) -> Lost | None:
    samples, sites, models, of_lines, out = _state
    model, own = of_lines[one.fold], models[one.fold]
    sheets: list[tuple[Sheet, float | None]] = []

    def seen(sheet: Sheet, doubt: float | None = None) -> float:
        sheets.append((sheet, doubt))
        return confidence.confidence(sheet, doubt)

    with ExitStack() as stack:
        stack.enter_context(sites.blind(*(samples[at].dump.site for at in one.holds)))
        stack.enter_context(patch.object(converter, "line_odds", lambda p, r: odds_of(model, p, r)))
        stack.enter_context(
            patch("site_gen.convert.text.marked_lines.line_odds", lambda p, r: odds_of(model, p, r))
        )
        stack.enter_context(patch.object(split, "_boundary_model", lambda: _of(own.boundaries)))
        stack.enter_context(patch.object(title, "_title_model", lambda: _of(own.titles)))
        stack.enter_context(patch.object(draft, "confidence", seen))
        drafts = converter.convert_text(one.text, source=one.key, settings=Settings())
    if one.key:
        write_drafts(out, one.key, drafts)
    if len(one.holds) > 1 or not sheets[0][0].kept():
        return None
    return _lost(one, samples[one.holds[0]], sheets)


def _of(stored: Any) -> tuple[float, tuple[Tree, ...]]:
    return stored["least"], trees_of(stored["trees"])


def _lost(one: Text, s: Sample, sheets: Sequence[tuple[Sheet, float | None]]) -> Lost:
    """Of several drafts the one that has most of the article counts."""
    found = []
    for sheet, doubt in sheets:
        labels = labels_of(sheet.page, s.dump.gold)
        gone = [
            at for at, label in enumerate(labels)
            if label and not sheet.keep[at] and not sheet.cuts.get(at, ("", ""))[1]
        ]  # fmt: skip
        have = sum(line.words for line, label in zip(sheet.lines, labels, strict=True) if label)
        found.append((have - sum(sheet.lines[at].words for at in gone), sheet, doubt, labels, gone))
    all_words = sum(line.words for line, y in zip(s.page.lines, s.labels, strict=True) if y)
    got, sheet, doubt, labels, gone = max(found, key=lambda row: row[0])
    short = [at for at, label in enumerate(labels) if label and sheet.lines[at].words < 12]
    items = [at for at, label in enumerate(labels) if label and sheet.lines[at].marker]
    return Lost(
        fold=one.fold,
        corpus=s.dump.corpus,
        kind=s.dump.kind,
        numbers=confidence.numbers(sheet, doubt) if sheet.kept() else {},
        words=1 - got / max(1.0, all_words),
        short=(sum(at not in gone for at in short), len(short)),
        items=(sum(at not in gone for at in items), len(items)),
        shown=one.key != "",
    )


def kept_shares(lost: Sequence[Lost]) -> str:
    """Of lines that belong to the article, the share kept: under twelve words, and listed items."""
    out = []
    shown = [one for one in lost if one.shown]
    for kind in sorted({(one.corpus, one.kind) for one in shown}):
        own = [one for one in shown if (one.corpus, one.kind) == kind]
        parts = []
        for name in ("short", "items"):
            pairs = [getattr(one, name) for one in own]
            kept, count = sum(k for k, _ in pairs), sum(n for _, n in pairs)
            each = [k / n for k, n in pairs if n]
            mean = sum(each) / max(1, len(each))
            parts.append(f"{name} {kept}/{count} = {kept / max(1, count):.3f}, by page {mean:.3f}")
        out.append(f"{' '.join(kind)}: {'; '.join(parts)}; {len(own)} drafts")
    return "\n".join(out)
