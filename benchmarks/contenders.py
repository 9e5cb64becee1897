"""The compared sites, and the edits made to them."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import generate

ROOT = Path(__file__).resolve().parent.parent
PAGES_AND_FEEDS = (
    "html", "rss", "atom", "json_feed", "opml", "sitemap", "news_sitemap", "robots", "headers",
    "redirects",
)  # fmt: skip
SETTINGS = """\
title = "The Weekly Digest"
description = "A weekly digest of the news"
base_url = "https://digest.example"
[feeds]
tag = "digest.example,2026"
"""
OLD = ".old"
"""The suffix of the folder beside a site with the trees that cold runs moved aside."""
MARK = re.compile(r"<p>mark[0-9]*</p>\n")


class Contender:
    """One site of a generator: how it is built, what it leaves, where its templates are.

    made        what a build leaves and a cold one must not find
    templates   edition's and article's, with the line after which a mark can stand
    corpus      a program that writes the articles in the place of generate.py
    articles_in the folder that such a program writes into
    brief       whether articles are a paragraph each
    """

    name: str
    flavour: str
    command: list[str]
    made: tuple[str, ...]
    templates: dict[str, tuple[str, str]]
    edition: str
    week = generate.week(generate.LAST_WEEK)
    corpus: Path | None = None
    brief = False
    corpus_flavour: str
    articles_in: str

    def __init__(self, folder: Path, articles: int, weeks: int) -> None:
        self.folder, self.articles, self.weeks = folder, articles, weeks
        self._added = 0

    def prepare(self) -> None:
        """Write the whole site, without building it."""
        raise NotImplementedError

    def _content(self) -> None:
        if self.corpus is None:
            sizes = (self.articles, self.weeks)
            generate.write_all(self.folder, self.flavour, *sizes, brief=self.brief)
            return
        sizes = ("--articles", str(self.articles), "--weeks", str(self.weeks))
        into = ("--out", str(self.folder / self.articles_in), "--flavour", self.corpus_flavour)
        subprocess.run(
            [sys.executable, str(self.corpus), *sizes, *into], check=True, capture_output=True
        )

    def wipe(self) -> None:
        """Move what builds made aside, into a folder beside the site.

        Not removed before the run: ext4 looks over every inode that was freed in the last minutes
        for each new file, which would count against whoever left and writes more of them.
        """
        aside = self.folder.with_name(f"{self.folder.name}{OLD}")
        for name in self.made:
            if (self.folder / name).exists():
                aside.mkdir(exist_ok=True)
                (self.folder / name).rename(aside / f"{len(list(aside.iterdir()))}-{name}")

    def environment(self) -> dict[str, str]:
        """Return the environment of the command."""
        return dict(os.environ)

    def made_files(self) -> tuple[int, int]:
        """Return the number of built files, and their bytes."""
        found = [p.stat().st_size for p in (self.folder / "public").rglob("*") if p.is_file()]
        return len(found), sum(found)

    # -- edits: each returns the page that must then contain the mark -------------------------

    def edit_body(self, mark: str) -> Path:
        """Append a sentence to an article from the middle."""
        path, slug = self._middle()
        self._change(path, lambda text: f"{text}\nCorrected: {mark}.\n")
        return self._page(slug)

    def edit_title(self, mark: str) -> Path:
        """Change the title of the same article."""
        path, slug = self._middle()
        self._change(path, lambda text: re.sub("(?m)^title: .*$", f"title: {mark}", text, count=1))
        return self._page(slug)

    def add(self, mark: str) -> Path:
        """Add an article to the newest week."""
        number = self.articles + self._added
        self._added += 1
        if self.corpus:
            return self._copy(mark)
        made = generate.article(number, self.articles, self.weeks, brief=self.brief)
        made.matter["title"] = mark
        generate.write(self.folder, made, self.flavour)
        return self._page(made.slug)

    def _copy(self, mark: str) -> Path:
        """Add a copy of an article of the newest week with another name and title."""
        week = self.week.lower()
        newest = (p for p in self._written() if week in f"{p}{p.read_text('utf-8')}".lower())
        path = next(newest)
        slug = f"{path.stem[:40]}-{mark}"
        text = path.read_text("utf-8").replace(path.stem, slug)
        text = re.sub("(?m)^title: .*$", f"title: {mark}", text, count=1)
        text = re.sub(r"(?m)^((?:id|guid|originalUrl): .*?)(\"?)$", rf"\1{mark}\2", text)
        path.with_stem(slug).write_text(text, "utf-8")
        return self._page(slug)

    def edit_edition_template(self, mark: str) -> Path:
        """Add a line to the template of editions."""
        self._mark("edition", mark)
        return self.folder / "public" / "editions" / self.edition / "index.html"

    def edit_article_template(self, mark: str) -> Path:
        """Add a line to the template of articles, which changes all of their pages."""
        self._mark("article", mark)
        return self._page(self._middle()[1])

    def _middle(self) -> tuple[Path, str]:
        """Return the file and slug of an article from the middle."""
        if self.corpus:
            path = self._written()[self.articles // 2]
            return path, path.stem
        made = generate.article(self.articles // 2, self.articles, self.weeks)
        return self.folder / generate.FLAVOURS[self.flavour](made)[0], made.slug

    def _written(self) -> list[Path]:
        """Return the articles that another program wrote, sorted by name."""
        found = (self.folder / self.articles_in).rglob("*.md")
        return sorted((p for p in found if "-mark" not in p.stem), key=lambda p: p.stem)

    def _page(self, slug: str) -> Path:
        return self.folder / "public" / "articles" / slug / "index.html"

    def _change(self, path: Path, edit: Callable[[str], str]) -> None:
        path.write_text(edit(path.read_text("utf-8")), "utf-8")

    def _mark(self, template: str, mark: str) -> None:
        name, line = self.templates[template]
        path = self.folder / name
        text = MARK.sub("", path.read_text("utf-8"))
        path.write_text(text.replace(line, f"{line}<p>{mark}</p>\n", 1), "utf-8")


class Ours(Contender):
    """site_gen from this checkout; the site has a copy of its theme."""

    flavour = "site_gen"
    corpus_flavour, articles_in = "everyday", "content"
    made = ("public", ".site_gen")
    templates = {  # noqa: RUF012 - never changed
        "edition": ("themes/broadsheet/templates/edition.html", "{% block main %}\n"),
        "article": ("themes/broadsheet/templates/article.html", "{% block main %}\n"),
    }
    edition = generate.week(generate.LAST_WEEK)

    def __init__(self, folder: Path, articles: int, weeks: int, formats: tuple[str, ...]) -> None:
        super().__init__(folder, articles, weeks)
        self.formats = formats
        self.name = "pages and feeds" if formats else "everything"
        # `-c`, not `-m`, which would search the current folder for modules.
        path = f"import sys; sys.path.insert(0, {str(ROOT)!r})"
        start = f"{path}; import site_gen.__main__ as program; program.main()"
        self.command = [sys.executable, "-Pc", start, "build", "-q"]

    def environment(self) -> dict[str, str]:
        # As if installed, with compiled modules, even if the checkout is read-only.
        found = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
        now = str(int(generate.NOW.timestamp()))
        compiled = str(self.folder / ".compiled")
        return {**found, "PYTHONPYCACHEPREFIX": compiled, "SOURCE_DATE_EPOCH": now}

    def prepare(self) -> None:
        self._content()
        shutil.copytree(ROOT / "themes" / "broadsheet", self.folder / "themes" / "broadsheet")
        formats = f"formats = {json.dumps(self.formats)}\n" if self.formats else ""
        (self.folder / "site.toml").write_text(formats + SETTINGS, encoding="utf-8")


class Hugo(Contender):
    """Hugo, with a site that shows the same articles."""

    name = "Hugo"
    flavour = corpus_flavour = "hugo"
    articles_in = "."
    made = ("public", "resources")
    templates = {  # noqa: RUF012 - never changed
        "edition": ("layouts/term.html", '{{ define "main" -}}\n'),
        "article": ("layouts/page.html", '{{ define "main" -}}\n'),
    }
    edition = Ours.edition.lower()

    def __init__(
        self, folder: Path, articles: int, weeks: int, program: str, skeleton: Path
    ) -> None:
        super().__init__(folder, articles, weeks)
        self.skeleton = skeleton
        self.command = [program, "--quiet", "--buildFuture"]

    def prepare(self) -> None:
        copy_skeleton(self.skeleton, self.folder)
        self._content()


def copy_skeleton(skeleton: Path, folder: Path) -> None:
    """Copy another generator's site without its articles, so that the files are writable."""
    for path in skeleton.rglob("*"):
        if path.is_file():
            target = folder / path.relative_to(skeleton)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
