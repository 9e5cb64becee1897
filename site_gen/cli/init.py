"""`site-gen init`."""

import json
import re
import shlex
import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from site_gen import __version__, settings
from site_gen.basics import slugs, urls
from site_gen.cli.build import checked_base_url
from site_gen.cli.context import root_of, say, source_date
from site_gen.problems import Problem, UsageError, Where, clean

SCAFFOLD = Path(__file__).resolve().parent.parent / "scaffold"
_FILES = (
    ("site.toml", "site.toml.tmpl"),
    ("content/your-first-article.md", "article.md.tmpl"),
    ("content/editions/{week}.md", "edition.md"),
    ("content/pages/about.md", "about.md"),
    ("netlify.toml", "netlify.toml"),
    (".gitignore", "gitignore"),
    (".python-version", "python-version"),
)
"""(file of the new site, its template)."""


@click.command()
@click.argument("folder", default=".", metavar="[DIR]")
@click.option("--title", help="Name of the digest.")
@click.option("--base-url", default="", metavar="URL", help="Address of the published site.")
@click.option("--theme", default="broadsheet", show_default=True, metavar="NAME")
@click.pass_context
def init(context: click.Context, folder: str, title: str | None, base_url: str, theme: str) -> None:
    """Start a new digest in DIR. Existing files are never overwritten.

    If `content/` has files, only what the program and hosts need is added.
    """
    from site_gen.read import schemas
    from site_gen.theme.chain import available

    root = (root_of(context) / folder).absolute()
    base_url = checked_base_url(base_url) or _ask_base_url()
    _check(root, theme, available(root))
    now = source_date() or datetime.now(UTC)
    week = "{}-W{:02d}".format(*now.isocalendar()[:2])
    name = title or root.name.replace("-", " ").replace("_", " ").title() or "Weekly Digest"
    values = {
        "title": _quoted(name),
        "base_url": _quoted(base_url),
        "theme": _quoted(theme),
        "tag": _quoted(_tag(base_url, root, now)),
        "date": now.strftime("%Y-%m-%dT%H:%M:%SZ"),
    }
    found = settings.find(root)
    has_content = any(path.is_file() for path in (root / "content").rglob("*"))
    for target, source in _FILES:
        if has_content and target.startswith("content/"):
            continue  # the digest is not new
        if target == settings.SITE_TOML and found:
            say(context, f"kept     {clean(str(found), 400)}")
            continue
        text = (SCAFFOLD / source).read_text("utf-8")
        filled = re.sub(r"\{(\w+)\}", lambda m: values.get(m[1], m[0]), text)
        _write(context, root / target.format(week=week), filled)
    if not found:
        schemas.write(root)
    _write_requirements(context, root)
    if not base_url and not found:
        say(
            context,
            f"feeds.tag in {settings.SITE_TOML} is {values['tag']}, as no base URL was given: "
            "readers know entries by it, so put a name of yours there before the first issue; "
            "until then each build says so.",
        )
    enter = f"cd {shlex.quote(clean(folder, 400))} && " if folder != "." else ""
    say(context, f"Next: {enter}site-gen serve")


def _ask_base_url() -> str:
    """Ask for the base URL if this is a terminal, else return ""."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return ""
    question = "Where will it live? (https://...; Enter: not known yet)"
    found: str = click.prompt(
        question,
        default="",
        show_default=False,
        err=True,
        value_proc=lambda given: checked_base_url(given.strip()) or "",
    )
    return found


def _quoted(text: str) -> str:
    """Return a TOML string: the same as in JSON, except for DEL, which TOML forbids."""
    known = text.encode("utf-8", "replace").decode()
    return json.dumps(known, ensure_ascii=False).replace("\x7f", "\\u007f")


def _check(root: Path, theme: str, themes: list[str]) -> None:
    if theme not in themes:
        raise click.BadParameter(
            f'"{clean(theme)}" is none of {", ".join(themes)}', param_hint="--theme"
        )
    if root.exists() and not root.is_dir():
        raise UsageError(
            [Problem("init/folder", "is a file", Where(str(root)), "choose another folder")]
        )


def _tag(base_url: str, root: Path, now: datetime) -> str:
    """Return the authority of the feeds' guids (RFC 4151): a domain and a year of owning it."""
    name = urls.host(base_url) if base_url else f"{slugs.slugify(root.name) or 'digest'}.invalid"
    name = (
        "".join(c for c in name if c.isascii() and (c.isalnum() or c in ".-")) or "digest.invalid"
    )
    return f"{name},{now.year}"


def _write(context: click.Context, path: Path, text: str) -> None:
    shown = clean(str(path), 400)
    if path.exists() or path.is_symlink():
        say(context, f"kept     {shown}")
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    say(context, f"created  {shown}")


def _write_requirements(context: click.Context, root: Path) -> None:
    """Write requirements.txt with the source of this installation, if a web host can reach it."""
    pinned = _installed_from()
    if pinned:
        _write(context, root / "requirements.txt", pinned + "\n")
    else:
        say(
            context,
            "requirements.txt is not written: this site_gen was installed from a folder "
            "or file of this machine, which a web host cannot reach. Before a web host builds the "
            "digest, put a wheel of site_gen (`make wheel`) into its folder, and its name into "
            f"requirements.txt: ./site_gen-{__version__}-py3-none-any.whl",
        )


def _installed_from() -> str:
    from importlib.metadata import PackageNotFoundError, distribution

    try:
        found = distribution("site-gen")
    except PackageNotFoundError:
        return ""
    direct = json.loads(found.read_text("direct_url.json") or "{}")
    url = str(direct.get("url", ""))
    if not url:
        return f"site-gen=={found.version}"
    if "vcs_info" in direct:
        info = direct["vcs_info"]
        return f"site-gen @ {info['vcs']}+{url}@{info['commit_id']}"
    return f"site-gen @ {url}" if url.startswith("https://") else ""


COMMANDS = (init,)
