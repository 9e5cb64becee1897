"""What machines say of the pages: validity, accessibility, speed, weight, books.

    npm install vnu-jar@24.10.17 html-validate axe-core lighthouse     # in a folder of its own
    python benchmarks/reading.py --node FOLDER/node_modules

Builds the demo in both themes and an edition of ninety stories, serves them compressed, as a host
does, and prints one line for each thing measured; exits with 1 when one misses its mark. The
stories are those of --articles, else invented: random words compress badly and are not judged.
Needs Chromium, playwright, Java and epubcheck; what is not there is named and left out.
"""

import argparse
import functools
import gzip
import http.server
import json
import re
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import generate

from site_gen.formats.deploy.content_type import content_type

ROOT = Path(__file__).resolve().parents[1]
THEMES = ("broadsheet", "minimal")
STORIES = 90
WEEK = "2026-W44"
CHECKER = Path("/usr/share/java/epubcheck.jar")
CORPUS = ROOT.parent / "shared/corpora/everyday"
SETTINGS = """title = "The Full Week"
base_url = "https://week.example"
[feeds]
tag = "week.example,2026"
"""
WEIGHT = 12_000
"""Bytes that the page of ninety stories may have, compressed."""

SHIFT = 0.02
VIEWS = {
    "desktop": (1280, 900, "light"),
    "desktop, dark": (1280, 900, "dark"),
    "phone": (390, 800, "light"),
    "phone, dark": (390, 800, "dark"),
    "320 pixels": (320, 640, "light"),
}
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""
KEPT_BACK = re.compile(r"^(?:published: false|draft: true|edition:|expiryDateTime:)", re.MULTILINE)
missed: list[str] = []


def main() -> int:
    """Builds, measures, prints."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--node", type=Path, required=True, help="a node_modules folder")
    parser.add_argument("--all", action="store_true", help="axe over every page, not one of a kind")
    parser.add_argument("--only", default="", help="one of: nu validate axe lighthouse weight epub")
    corpus = CORPUS if CORPUS.is_dir() else None
    parser.add_argument("--articles", type=Path, default=corpus, help="a folder of articles")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        sites = dict(built(Path(folder), options.articles))
        steps: dict[str, Callable[[], None]] = {
            "weight": lambda: weight(sites, judged=options.articles is not None),
            "nu": lambda: nu(sites, options.node),
            "validate": lambda: validate(sites, options.node),
            "epub": lambda: books(sites),
            "axe": lambda: axe(sites, options.node, every=options.all),
            "lighthouse": lambda: lighthouse(sites, options.node, Path(folder)),
        }
        for name, step in steps.items():
            if options.only in ("", name):
                step()
    print("all within their marks" if not missed else f"missed: {'; '.join(missed)}")
    return 1 if missed else 0


def say(what: str, found: object, *, fine: bool) -> None:
    """One line; what misses its mark is kept for the last one."""
    print(f"{'ok  ' if fine else 'MISS'} {what}: {found}", flush=True)
    if not fine:
        missed.append(what)


def built(folder: Path, articles: Path | None) -> Iterator[tuple[str, Path]]:
    """The demo in both themes, and a site of one full edition in both."""
    demo, full = folder / "demo", folder / "ninety"
    shutil.copytree(ROOT / "content", demo / "content")
    shutil.copy(ROOT / "pyproject.toml", demo)
    stories(full / "content", articles)
    (full / "site.toml").write_text(SETTINGS)
    now = f"{generate.NOW:%Y-%m-%dT%H:%M:%SZ}"
    for theme in THEMES:
        yield f"demo, {theme}", build(demo, theme, "2025-08-01T00:00:00Z")
        yield f"ninety, {theme}", build(full, theme, now)


def build(source: Path, theme: str, now: str) -> Path:
    """A site in a theme, as of a moment; its output is returned."""
    output = source.with_name(f"{source.name}-{theme}")
    command = [sys.executable, "-m", "site_gen", "-q", "build", "-C", str(source)]
    command += ["--theme", theme, "--now", now, "--output", str(output)]
    subprocess.run(command, cwd=ROOT, check=True)
    return output


def stories(content: Path, articles: Path | None) -> None:
    """Ninety articles of one week: the last of a folder that are to be published, or invented."""
    for number in range(0 if articles else STORIES):
        generate.write(content.parent, generate.article(number, STORIES, 1), "site_gen")
    content.mkdir(parents=True, exist_ok=True)
    for file in sorted(articles.glob("*.md"), reverse=True) if articles else ():
        text = file.read_text("utf-8")
        if text.startswith("---\n") and not KEPT_BACK.search(text):
            (content / file.name).write_text(f"---\nedition: {WEEK}\n{text[4:]}", "utf-8")
        if sum(1 for _ in content.iterdir()) == STORIES:
            break


def edition(site: Path) -> str:
    """The path of the newest edition's page."""
    return f"editions/{max(p.name for p in (site / 'editions').iterdir() if p.is_dir())}/"


def weight(sites: dict[str, Path], *, judged: bool) -> None:
    """The page of ninety stories as gzip makes it."""
    for name, site in sites.items():
        if name.startswith("ninety"):
            size = len(gzip.compress((site / edition(site) / "index.html").read_bytes(), 9))
            fine = size <= WEIGHT or not judged
            say(f"edition of {STORIES}, {name}, compressed", f"{size:,} bytes", fine=fine)


def nu(sites: dict[str, Path], node: Path) -> None:
    """Errors of the Nu HTML checker over every page and letter."""
    jar = next(node.glob("vnu-jar/**/vnu.jar"), None)
    if jar is None or not shutil.which("java"):
        say("Nu", "vnu.jar or Java is missing", fine=False)
        return
    for name, site in sites.items():
        pages = sorted(str(page) for page in site.rglob("*.html"))
        command = ["java", "-Xss64m", "-jar", str(jar), "--errors-only", "--format", "gnu", *pages]
        said = subprocess.run(command, capture_output=True, text=True).stderr
        errors = [line for line in said.splitlines() if ": error" in line]
        found = f"{len(errors)} errors on {len(pages)} pages {' '.join(errors[:1])}"
        say(f"Nu, {name}", found.strip(), fine=not errors)


def validate(sites: dict[str, Path], node: Path) -> None:
    """Errors of html-validate, with its rules for accessibility."""
    rules = {"no-trailing-whitespace": "off", "long-title": "off", "require-sri": "off"}
    rules |= {"attr-quotes": "off", "doctype-style": "off", "void-style": "off"}
    rules |= {"no-inline-style": "off"}
    config = {"root": True, "extends": ["html-validate:standard", "html-validate:a11y"]}
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump({**config, "rules": rules}, file)
        file.flush()
        for name, site in sites.items():
            pages = sorted(str(page) for page in site.rglob("*.html"))
            command = [str(node / ".bin/html-validate"), "--config", file.name]
            ran = subprocess.run(
                [*command, "--formatter", "json", *pages], capture_output=True, text=True
            )
            told = json.loads(ran.stdout or "[]")
            errors = [m for each in told for m in each["messages"] if m["severity"] == 2]
            found = f"{len(errors)} errors {errors[0]['message'] if errors else ''}"
            say(f"html-validate, {name}", found.strip(), fine=not errors and not ran.stderr)


def books(sites: dict[str, Path]) -> None:
    """epubcheck over every e-book; those of both themes are the same bytes."""
    if not (CHECKER.exists() and shutil.which("java")):
        say("epubcheck", f"{CHECKER} or Java is missing", fine=False)
        return
    found = [book for site in sites.values() for book in sorted(site.rglob("*.epub"))]
    every = {book.read_bytes(): book for book in found}.values()
    command = ["java", "-jar", str(CHECKER), "--failonwarnings"]
    bad = [b.name for b in every if subprocess.run([*command, b], capture_output=True).returncode]
    say("epubcheck", f"{len(bad)} of {len(every)} books with errors", fine=not bad)


def axe(sites: dict[str, Path], node: Path, *, every: bool) -> None:
    """axe-core, sideways scrolling, errors of scripts and shifts, in five views."""
    from playwright.sync_api import sync_playwright

    rules = (node / "axe-core/axe.min.js").read_text("utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for name, site in sites.items():
            pages = [p.relative_to(site).as_posix() for p in sorted(site.rglob("*.html"))]
            chosen = pages if every else one_of_a_kind(pages)
            with served(site) as base:
                found = [
                    said
                    for view in VIEWS.values()
                    for said in looked_at(browser, base, chosen, view, rules)
                ]
            result = f"{len(found)} findings on {len(chosen)} pages in {len(VIEWS)} views"
            say(f"axe, {name}", f"{result} {' | '.join(found[:3])}".strip(), fine=not found)
        browser.close()


def one_of_a_kind(pages: list[str]) -> list[str]:
    """The first two pages of each folder at the top, and those at the top."""
    kinds: dict[tuple[str, int], list[str]] = {}
    for page in pages:
        kinds.setdefault((page.split("/")[0], page.count("/")), []).append(page)
    return [page for pages in kinds.values() for page in pages[:2]]


def looked_at(browser: Any, base: str, pages: list[str], view: Any, rules: str) -> Iterator[str]:
    """What is wrong with each page in one view."""
    width, height, scheme = view
    size = {"width": width, "height": height}
    context = browser.new_context(viewport=size, color_scheme=scheme, reduced_motion="reduce")
    context.route(lambda url: not url.startswith(base), lambda route: route.abort())
    for path in pages:
        page = context.new_page()
        page.on("pageerror", lambda error: None)
        page.goto(base + path)
        page.evaluate(rules)
        asked = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}
        for said in page.evaluate("asked => axe.run(document, asked)", asked)["violations"]:
            yield f"{path} at {width}, {scheme}: {said['id']} {said['nodes'][0]['html'][:80]}"
        wide = page.evaluate("document.scrollingElement.scrollWidth - innerWidth")
        if wide > 0:
            yield f"{path} at {width}: {wide} pixels too wide"
        page.close()
    context.close()


def lighthouse(sites: dict[str, Path], node: Path, folder: Path) -> None:
    """Lighthouse for home, the full edition, an article and the search, on phone and desktop."""
    # A picture of another host that does not come would count as a mistake of the page.
    still = folder / "still"
    shutil.copytree(folder / "ninety/content", still / "content")
    (still / "site.toml").write_text(SETTINGS + '[images]\nremote = "off"\n')
    full = build(still, THEMES[0], f"{generate.NOW:%Y-%m-%dT%H:%M:%SZ}")
    demo = sites["demo, broadsheet"]
    article = min((full / "articles").iterdir()).name
    asked = [
        ("home", demo, ""),
        (f"edition of {STORIES}", full, edition(full)),
        ("article", full, f"articles/{article}/"),
        ("search", demo, "search/"),
    ]
    for name, site, path in asked:
        with served(site) as base:
            for form in ("phone", "desktop"):
                scores, shift = judged(node, base + path, form, folder, seo=name != "search")
                fine = min(scores.values()) >= 100 and shift <= SHIFT
                told = " ".join(f"{key} {score}" for key, score in scores.items())
                say(f"Lighthouse, {name}, {form}", f"{told}, shift {shift:.3f}", fine=fine)


def judged(
    node: Path, url: str, form: str, folder: Path, *, seo: bool
) -> tuple[dict[str, int], float]:
    """The best of three runs, because a busy machine only takes points away."""
    best: dict[str, int] = {}
    shift = 0.0
    kinds = ["performance", "accessibility", "best-practices", *(["seo"] if seo else [])]
    command = [str(node / ".bin/lighthouse"), url, "--quiet", "--output=json"]
    command += [f"--output-path={folder}/lighthouse.json", f"--only-categories={','.join(kinds)}"]
    command += ["--chrome-flags=--headless=new --no-sandbox --disable-gpu"]
    command += ["--preset=desktop"] if form == "desktop" else []
    for _ in range(3):
        environment = {"CHROME_PATH": CHROMIUM, "PATH": "/usr/bin:/bin", "HOME": str(folder)}
        subprocess.run(command, env=environment, capture_output=True, check=True)
        told = json.loads((folder / "lighthouse.json").read_text())
        for key, category in told["categories"].items():
            best[key] = max(best.get(key, 0), round(100 * (category["score"] or 0)))
        shift = max(shift, told["audits"]["cumulative-layout-shift"]["numericValue"])
        if min(best.values()) == 100:
            break
    return best, shift


class Host(http.server.SimpleHTTPRequestHandler):
    """Serves files compressed, as hosts do, and says nothing."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        found = path.is_file()
        data = path.read_bytes() if found else b""
        kind = content_type(path.name)
        self.send_response(200 if found else 404)
        if "charset" in kind:
            data = gzip.compress(data)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "max-age=31536000")
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: Any) -> None:
        """The lines that are printed are the message."""


class served:  # noqa: N801 - read as a word: with served(site) as base
    """A server of a folder on a free port of this machine."""

    def __init__(self, folder: Path) -> None:
        handler = functools.partial(Host, directory=str(folder))
        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)

    def __enter__(self) -> str:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{self._server.server_port}/"

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()


if __name__ == "__main__":
    sys.exit(main())
