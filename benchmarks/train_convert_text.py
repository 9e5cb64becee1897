"""Fit the data files of `site_gen/convert/text/weights/`, and print what folds over sites give.

    python benchmarks/train_convert_text.py [--folds-only] [--drafts DIR] [--jobs N]

Reads `../shared/corpora/html-dev` and `readability-dev`, writes each page as text in three styles,
whole and from the article's container, and fits

- lines.json: two passes of boosted trees that tell lines of the body from the frame, and words;
- boundaries.json: trees that tell where another article begins;
- title.json: trees that tell which line above the body is its title;
- confidence.json: how likely a draft has all of its article.

The figures come first and are of the whole converter on pages of sites that no model saw: no site
is ever on both sides, and a phrase of a lexicon that fits lines of one site alone holds none of
them. Needs lightgbm, scikit-learn, html-text, inscriptis, lxml-html-clean and tld, which the
program itself never imports. The pages stay outside the repository; only numbers and single words
of four sites or more are kept.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

os.environ.setdefault("OMP_NUM_THREADS", "1")

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.text_model import gaps, judged, lines, pages, sure, titles  # noqa: E402
from benchmarks.text_model.blind import Sites  # noqa: E402
from site_gen.convert.text import features, outlook  # noqa: E402

WEIGHTS = ROOT / "site_gen" / "convert" / "text" / "weights"
SCORE = pages.CORPORA / "dumps-dev" / "score.py"


def main() -> None:
    """Print the figures of folds, then fit on everything and write the files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folds-only", action="store_true", help="print figures, write nothing")
    parser.add_argument("--drafts", type=Path, help="keep the drafts of the folds here")
    parser.add_argument("--jobs", type=int, default=2)
    asked = parser.parse_args()
    samples, sites = lines.sampled(list(pages.dumps()))
    folds = lines.folds_of(samples)
    models = lines.by_folds(samples, folds, asked.jobs)
    of_models = [lines.model_of(model) for model in models]
    found = gaps.gaps_of(list(gaps.texts(samples, folds)), of_models, asked.jobs)
    bounds, least = gaps.by_folds(found)
    named = titles.titles_of(samples, folds, of_models, asked.jobs)
    title_models, least_title = titles.by_folds(named)
    each = [
        judged.Models(model, gaps.stored_with(bound, least), titles.stored_with(title, least_title))
        for model, bound, title in zip(models, bounds, title_models, strict=True)
    ]
    with tempfile.TemporaryDirectory() as folder:
        lost = _judged(samples, sites, folds, each, asked.drafts or Path(folder), asked.jobs)
    confidence, rows = sure.fitted(lost)
    print(sure.table(rows))
    if asked.folds_only:
        return
    _write("confidence", json.dumps(confidence, indent=1))
    _write_trees("boundaries", gaps.stored_with(gaps.fitted(found), least))
    _write_trees("title", titles.stored_with(titles.fitted(named), least_title))
    names = [*features.NAMES, *outlook.NAMES]
    whole = lines.fitted(samples, range(len(samples)), folds)
    first, second = _trees(whole["first"]), _trees(whole["second"])
    _write(
        "lines",
        f'{{"names": {_data(names)},\n"words": {_data(whole["words"])},\n'
        f'"first": {first},\n"second": {second}}}',
    )


def _write_trees(name: str, data: Mapping[str, Any]) -> None:
    _write(name, f'{{"least": {data["least"]}, "trees": {_trees(data["trees"])}}}')


def _judged(
    samples: Sequence[lines.Sample],
    sites: Sites,
    folds: dict[str, int],
    models: Sequence[judged.Models],
    out: Path,
    jobs: int,
) -> list[judged.Lost]:
    every = list(judged.texts(samples, folds))
    judged.write_set(samples, every, out)
    lost = judged.judged(samples, sites, every, models, out, jobs)
    subprocess.run([sys.executable, str(SCORE), str(out), "--set", str(out)], check=True)
    print(judged.kept_shares(lost))
    return lost


def _trees(trees: Sequence[Any]) -> str:
    return "[\n" + ",\n".join(map(_data, trees)) + "]"


def _data(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _write(name: str, text: str) -> None:
    (WEIGHTS / f"{name}.json").write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    main()
