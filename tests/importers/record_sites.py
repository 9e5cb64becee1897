"""Write `old-site.json` of each site below `sites/`: the addresses and feed its system makes.

    python tests/importers/record_sites.py [KIND...]

A system that is not installed is left out, and said. HUGO, ZOLA, NIKOLA, PELICAN and JEKYLL
name commands;
ELEVENTY and ASTRO a folder in which npm installed them, with @11ty/eleventy-plugin-rss and
@astrojs/rss.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

SITES = Path(__file__).resolve().parent / "sites"
OUTPUTS = {
    "jekyll": "_site",
    "hugo": "public",
    "zola": "public",
    "nikola": "output",
    "pelican": "output",
    "eleventy": "_site",
    "astro": "dist",
}
FEEDS = {
    "jekyll": "feed.xml",
    "hugo": "index.xml",
    "zola": "atom.xml",
    "nikola": "rss.xml",
    "pelican": "feeds/all.atom.xml",
    "eleventy": "feed.xml",
    "astro": "rss.xml",
}


def command(kind: str) -> list[str]:
    """How the system is called in a copy of its site; empty where it is not there."""
    folder = os.environ.get(kind.upper(), "")
    if kind in ("eleventy", "astro"):
        script = {"eleventy": "@11ty/eleventy/cmd.cjs", "astro": "astro/astro.js"}[kind]
        path = Path(folder) / "node_modules" / script
        options = {"eleventy": ["--quiet"], "astro": ["build"]}[kind]
        return ["node", f"node_modules/{script}", *options] if folder and path.exists() else []
    found = shutil.which(folder or kind)
    options = {
        "jekyll": ["build", "-q"],
        "hugo": ["--quiet"],
        "zola": ["build"],
        "nikola": ["build", "-q"],
        "pelican": ["content", "-s", "publishconf.py", "-q"],
    }[kind]
    return [found, *options] if found else []


def built(kind: str, site: Path) -> dict[str, list[Any]]:
    """Addresses of all that the system writes, and the entries of its feed."""
    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(scratch) / "site"
        shutil.copytree(site, copy, ignore=shutil.ignore_patterns("old-site.json"))
        if kind in ("eleventy", "astro"):
            os.symlink(Path(os.environ[kind.upper()]) / "node_modules", copy / "node_modules")
        environment = {**os.environ, "ASTRO_TELEMETRY_DISABLED": "1"}
        subprocess.run(
            command(kind), cwd=copy, check=True, env=environment, stdout=subprocess.DEVNULL
        )
        output = copy / OUTPUTS[kind]
        return {"addresses": sorted(addresses(output)), "entries": entries(output / FEEDS[kind])}


def addresses(output: Path) -> Iterator[str]:
    for path in output.rglob("*"):
        if path.is_file():
            inner = path.relative_to(output).as_posix()
            yield "/" + re.sub(r"(^|/)index\.html$", r"\1", inner)


def entries(feed: Path) -> list[list[str]]:
    """Id, title and moment (in UTC) of each entry of a feed."""
    import feedparser

    found = feedparser.parse(feed.read_bytes()).entries
    moments = [entry.get("published_parsed") or entry.get("updated_parsed") for entry in found]
    dates = [time.strftime("%Y-%m-%dT%H:%MZ", moment) if moment else "" for moment in moments]
    return [[entry.id, entry.title, date] for entry, date in zip(found, dates, strict=True)]


def main(kinds: list[str]) -> None:
    for kind in kinds or list(OUTPUTS):
        if not command(kind):
            print(f"{kind} is not installed: its record stays as it is")
            continue
        made = built(kind, SITES / kind)
        text = json.dumps(made, ensure_ascii=False, indent=1)
        (SITES / kind / "old-site.json").write_text(f"{text}\n", "utf-8")
        print(f"{kind}: {len(made['addresses'])} addresses, {len(made['entries'])} entries")


if __name__ == "__main__":
    main(sys.argv[1:])
