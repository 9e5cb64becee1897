"""Bodies of saved news pages against gold: F1, accuracy, and pages per second.

    python benchmarks/convert_html.py [CORPUS] [--keep DIR]

CORPUS (default ../shared/corpora/html-dev) holds <id>.html.gz, gold.json with {id: {articleBody}},
and score.py, which is run on the Markdown written. Targets: F1 >= .985, accuracy >= .52.
"""

import argparse
import gzip
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from site_gen.convert.html import convert_html  # noqa: E402
from site_gen.problems import SiteError  # noqa: E402
from site_gen.settings import Settings  # noqa: E402

DEFAULT = ROOT.parent / "shared" / "corpora" / "html-dev"


def main() -> int:
    """Convert every page, write the bodies, run the corpus's own score."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("corpus", nargs="?", type=Path, default=DEFAULT)
    parser.add_argument("--keep", type=Path, help="folder that keeps the Markdown")
    given = parser.parse_args()
    pages = sorted(given.corpus.glob("*.html.gz"))
    if not pages:
        print(f"no pages in {given.corpus}", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as scratch:
        out = given.keep or Path(scratch)
        out.mkdir(parents=True, exist_ok=True)
        seconds, aside = convert_all(pages, out)
        subprocess.run([sys.executable, given.corpus / "score.py", out], check=True)
    rate = len(pages) / seconds
    print(f"{rate:.1f} pages per CPU second, {1000 / rate:.0f} ms each; {aside} put aside")
    return 0


def convert_all(pages: list[Path], out: Path) -> tuple[float, int]:
    """CPU seconds of the conversions, without reading and imports, and how many were put aside."""
    settings = Settings()
    convert_html("<p>The first page pays for the imports.", source="-", settings=settings)
    seconds, aside = 0.0, 0
    for page in pages:
        text = gzip.decompress(page.read_bytes()).decode("utf-8", "replace")
        start = time.process_time()
        try:
            (draft,) = convert_html(text, source=page.name, settings=settings)
        except SiteError as error:
            print(f"{page.name}: {error}", file=sys.stderr)
            continue
        finally:
            seconds += time.process_time() - start
        aside += bool(draft.quarantine)
        name = page.name.removesuffix(".html.gz")
        (out / f"{name}.md").write_text(draft.body, "utf-8")
    return seconds, aside


if __name__ == "__main__":
    sys.exit(main())
