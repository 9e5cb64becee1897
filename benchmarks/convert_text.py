"""Score the text converter on the development dumps: `python benchmarks/convert_text.py [-v]`.

Reads `../shared/corpora/dumps-dev` (and its score.py), `../shared/gold` and `../shared/seeds`;
says so and stops where they are absent. Prints the score table, how many single articles were
cut in two, and dumps per second of processor time.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.text_model.drafts import write_drafts  # noqa: E402
from site_gen.convert.text import convert_text  # noqa: E402
from site_gen.model import Draft  # noqa: E402
from site_gen.problems import SiteError  # noqa: E402
from site_gen.settings import Settings  # noqa: E402

SHARED = ROOT.parent / "shared"
DUMPS = SHARED / "corpora" / "dumps-dev"


def written(out: Path, stem: str, text: str) -> list[Draft]:
    """The drafts of one text, written under `out`."""
    try:
        drafts = convert_text(text, source=stem, settings=Settings())
    except SiteError:
        return []
    write_drafts(out, stem, drafts)
    return drafts


def score_dumps(out: Path, worst: int) -> None:
    manifest = json.loads((DUMPS / "manifest.json").read_text("utf-8"))
    counts: dict[str, list[int]] = {}
    aside: dict[str, int] = {}
    spent = 0.0
    for stem, entry in manifest.items():
        text = (DUMPS / entry["file"]).read_text("utf-8")
        start = time.process_time()
        drafts = written(out, stem, text)
        spent += time.process_time() - start
        counts.setdefault(entry["kind"], []).append(len(drafts))
        aside[entry["kind"]] = aside.get(entry["kind"], 0) + sum(bool(d.quarantine) for d in drafts)
    score = [sys.executable, str(DUMPS / "score.py"), str(out), "--worst", str(worst)]
    subprocess.run(score, check=True)
    singles = [n for kind, found in counts.items() if not kind.startswith("multi") for n in found]
    print(f"single articles cut: {sum(n > 1 for n in singles)} of {len(singles)}")
    print("put aside: " + ", ".join(f"{kind} {n}" for kind, n in sorted(aside.items())))
    print(f"{len(manifest) / spent:.1f} dumps per second of processor time")


def check_seeds(out: Path) -> None:
    for path in sorted((SHARED / "seeds").glob("*.txt")):
        text = path.read_text("utf-8")
        if text.startswith("---\n"):
            (out / f"{path.name[:3]}.md").write_text(text, "utf-8")
        else:
            written(out, path.name[:3], text)
    subprocess.run([sys.executable, str(SHARED / "gold" / "check.py"), str(out)], check=False)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--worst", type=int, default=0, help="list the N worst dumps")
    parser.add_argument("--keep", type=Path, help="write the drafts here and keep them")
    options = parser.parse_args()
    if not DUMPS.is_dir():
        print(f"skipped: {DUMPS} is absent")
        return
    with tempfile.TemporaryDirectory() as folder:
        out = options.keep or Path(folder)
        score_dumps(out / "dumps", options.worst)
        (out / "seeds").mkdir(parents=True, exist_ok=True)
        check_seeds(out / "seeds")


if __name__ == "__main__":
    main()
