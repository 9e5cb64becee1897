"""One site of all hostile cases, built once; and the means to look at it."""

import base64
import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings as hypothesis_settings

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

import defences  # noqa: E402 - the folder must be on the path first
from reading import FOLDER, NOW, SETTINGS, Case, cases  # noqa: E402

from site_gen.engine.build import build  # noqa: E402
from site_gen.engine.report import Options, Report  # noqa: E402
from site_gen.problems import Problem  # noqa: E402

defences.take_out_asked()
if os.environ.get("SITE_GEN_LONG"):
    hypothesis_settings.register_profile("long", max_examples=3000, deadline=None)
    hypothesis_settings.load_profile("long")


PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg=="
)


def dated(name: str, number: int) -> str:
    """A day of its own week for each kind of case, so that editions stay readable."""
    kinds = ("scripts", "markdown", "urls", "frontmatter", "bytes", "dates", "slugs")
    week = kinds.index(name.partition("-")[0])
    day = f"2024-{1 + week // 4:02}-{1 + 7 * (week % 4):02}"
    return f"{day}T{number // 60 % 24:02}:{number % 60:02}:00Z"


@dataclass
class Whole:
    """The built site of all cases, and its report."""

    root: Path
    report: Report
    cases: dict[str, Case]

    @property
    def public(self) -> Path:
        return self.root / "public"

    def page(self, name: str) -> str:
        """The page of a case, "" when it has none."""
        path = self.public / f"articles/{name}/index.html"
        return path.read_text("utf-8") if path.is_file() else ""

    def codes(self, name: str) -> set[str]:
        """The errors of a case."""
        return {p.code for p in self.problems(name) if p.severity == "error"}

    def warned(self, name: str) -> list[str]:
        """The warnings of a case."""
        return [p.code for p in self.problems(name) if p.severity == "warning"]

    def problems(self, name: str) -> list[Problem]:
        """All that was said of a case."""
        at = f"content/{name}.md"
        return [p for p in self.report.problems if p.where and p.where.path == at]


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\x7f")


def scripts(case: Case, when: str) -> bytes:
    """The payload in every field of the article, and in its body as prose."""
    text = (FOLDER / "article.md").read_text("utf-8")
    text = text.replace("DATE", when).replace("NAME", case.name)
    text = text.replace("GUID", _quoted(f"{case.name} {case.payload}"))
    body = f"{case.payload}\n\n> {case.payload}\n\n- {case.payload}\n\n`{case.payload}`\n"
    return (text.replace("PAYLOAD", _quoted(case.payload)) + body).encode("utf-8", "replace")


def markdown(case: Case, when: str) -> bytes:
    """The payload as a body."""
    head = f"---\ntitle: {case.name}\npublishedDateTime: {when}\ntopics: [Bodies]\n---\n"
    return f"{head}{case.payload}\n".encode("utf-8", "replace")


def urls(case: Case, when: str) -> bytes:
    """The payload wherever an address may stand."""
    text = _quoted(case.payload)
    return f"""---
title: {case.name}
publishedDateTime: {when}
webUrl: {text}
originalUrl: {text}
ampWebUrl: {text}
cdnAmpWebUrl: {text}
authors: [{{name: Ann, url: {text}}}]
sources: [{{name: Wire, url: {text}}}]
related: [{{title: Else, webUrl: {text}, ampWebUrl: {text}}}]
---
Words.
""".encode("utf-8", "replace")


def linking(case: Case, when: str) -> bytes:
    """The payload as a link, a picture and a bare address of a body."""
    text = f"[a]({case.payload}) [b](<{case.payload}>) ![c]({case.payload}) <{case.payload}>"
    return f"---\ntitle: {case.name}\npublishedDateTime: {when}\n---\n{text}\n".encode(
        "utf-8", "replace"
    )


def frontmatter(case: Case, when: str) -> bytes:
    """The payload as a front matter block."""
    head = f"title: {case.name}\npublishedDateTime: {when}\n"
    if case.outcome == "refused frontmatter/missing":
        return case.payload.encode()
    block = case.payload[1:] if case.payload.startswith("!") else head + case.payload
    return f"---\n{block}\n---\nWords.\n".encode("utf-8", "replace")


def whole_file(case: Case, when: str) -> bytes:
    """The payload as the file's bytes."""
    return case.payload.encode("latin-1")


def date(case: Case, when: str) -> bytes:
    """The payload as the date of publication."""
    text = _quoted(case.payload)
    return f"---\ntitle: {case.name}\npublishedDateTime: {text}\n---\nWords.\n".encode()


def slug(case: Case, when: str) -> bytes:
    """The payload as the slug."""
    text = _quoted(case.payload)
    head = f"---\ntitle: {case.name}\npublishedDateTime: {when}\nslug: {text}\n---\n"
    return f"{head}Words.\n".encode()


KINDS = {
    "scripts.txt": scripts, "markdown.txt": markdown, "urls.txt": urls, "bytes.txt": whole_file,
    "frontmatter.txt": frontmatter, "dates.txt": date, "slugs.txt": slug,
}  # fmt: skip


@pytest.fixture(scope="session")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Whole:
    """Every case of every kind, built as one site that goes on past the bad ones."""
    root = tmp_path_factory.mktemp("hostile")
    (root / "site.toml").write_text(SETTINGS, "utf-8")
    (root / "content/pages").mkdir(parents=True)
    known = {}
    for file, made in KINDS.items():
        for number, case in enumerate(cases(file)):
            known[case.name] = case
            when = dated(case.name, number)
            (root / f"content/{case.name}.md").write_bytes(made(case, when))
            if made is urls:
                (root / f"content/{case.name}-body.md").write_bytes(linking(case, when))
    (root / "content/pages/plain.md").write_text(
        "---\ntitle: </title><script>canary()</script>\n---\n<script>canary()</script>\n", "utf-8"
    )
    # Where a payload asks for a picture `x`, there is one: what is judged is the rest of it.
    for name in ("x", "1"):
        (root / "content" / name).write_bytes(PIXEL)
    report = build(root, Options(now=NOW, jobs=1, keep_going=True))
    return Whole(root, report, known)


@pytest.fixture(scope="session")
def long() -> bool:
    """Whether the whole suite is asked for (`make hostile`)."""
    return bool(os.environ.get("SITE_GEN_LONG"))


Costs = Callable[[dict[str, str], int, int], dict[str, Any]]


@pytest.fixture(scope="session")
def costs(tmp_path_factory: pytest.TempPathFactory) -> Costs:
    """`costs(texts by name, seconds, megabytes)`: what reading each took, in one process under
    those limits; what is missing in the answer died."""

    def measured(texts: dict[str, str], seconds: int, megabytes: int) -> dict[str, Any]:
        root = tmp_path_factory.mktemp("costs")
        (root / "content").mkdir()
        plain = "---\ntitle: A\npublishedDateTime: 2024-02-14\n---\nWords.\n"
        (root / "content/plain.md").write_text(plain, "utf-8")
        names = {f"{number}.md": name for number, name in enumerate(texts)}
        for file, name in names.items():
            (root / "content" / file).write_text(texts[name], "utf-8")
        command = [sys.executable, str(HERE / "costs.py"), str(root), str(seconds), str(megabytes)]
        done = subprocess.run([*command, *names], capture_output=True, text=True, check=False)
        rows = (json.loads(line) for line in done.stdout.splitlines())
        return {names[row["name"]]: row for row in rows}

    return measured
