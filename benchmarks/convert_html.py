"""Bodies of saved pages against gold: F1, accuracy, and pages per second.

    python benchmarks/convert_html.py [CORPUS] [--keep DIR]

CORPUS (default ../shared/corpora/html-dev) holds <id>.html.gz and either gold.json with {id:
{articleBody}} and score.py, which is run on the Markdown written, or <id>.expected.html.gz, as
../shared/corpora/readability-dev: then both texts are compared as a browser shows them. Targets:
F1 >= .985, accuracy >= .52; of readability-dev recall >= .96 at precision >= .98.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks import html_pages  # noqa: E402
from site_gen.convert.html import convert_html  # noqa: E402
from site_gen.problems import SiteError  # noqa: E402
from site_gen.settings import Settings  # noqa: E402


def main() -> int:
    """Convert every page, write the bodies, score them."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    default = html_pages.CORPORA / "html-dev"
    parser.add_argument("corpus", nargs="?", type=Path, default=default)
    parser.add_argument("--keep", type=Path, help="folder that keeps the Markdown")
    given = parser.parse_args()
    pages = [p for p in sorted(given.corpus.glob("*.html.gz")) if ".expected." not in p.name]
    if not pages:
        print(f"no pages in {given.corpus}", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as scratch:
        out = given.keep or Path(scratch)
        out.mkdir(parents=True, exist_ok=True)
        seconds, aside = convert_all(pages, out)
        if (given.corpus / "score.py").is_file():
            subprocess.run([sys.executable, given.corpus / "score.py", out], check=True)
        else:
            as_shown(given.corpus, out)
    rate = len(pages) / seconds
    print(f"{rate:.1f} pages per CPU second, {1000 / rate:.0f} ms each; {aside} put aside")
    return 0


def convert_all(pages: list[Path], out: Path) -> tuple[float, int]:
    """Convert pages; return the CPU seconds without reading, and how many were put aside."""
    settings = Settings()
    convert_html("<p>The first page pays for the imports.", source="-", settings=settings)
    seconds, aside = 0.0, 0
    for page in pages:
        text = html_pages.read(page)
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


def as_shown(corpus: Path, out: Path) -> None:
    """Both texts as a browser shows them; captions, which go to `images`, counted and not."""
    measure = html_pages.score()
    for title, without in (("without captions", ("figcaption",)), ("with captions", ())):
        rows = []
        for path in sorted(corpus.glob("*.expected.html.gz")):
            body = out / path.name.replace(".expected.html.gz", ".md")
            found = html_pages.rendered(body.read_text("utf-8")) if body.is_file() else ""
            want = html_pages.shown(html_pages.read(path), without)
            rows.append(html_pages.judged(measure, want, found))
        _, precision, recall, _ = html_pages.means(measure, rows)
        print(f"{len(rows)} pages {title}: recall {recall:.3f} precision {precision:.3f}")


if __name__ == "__main__":
    sys.exit(main())
