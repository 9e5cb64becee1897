"""`site-gen init`."""

import json
from datetime import UTC, datetime
from pathlib import Path

import click

from site_gen.basics import slugs, urls
from site_gen.cli import root_of, say
from site_gen.problems import Problem, UsageError, Where, clean

SCAFFOLD = Path(__file__).resolve().parent / "scaffold"
_MADE = (
    ("site.toml", "site.toml.tmpl"),
    ("content/your-first-article.md", "article.md.tmpl"),
    ("content/editions/{week}.md", "edition.md"),
    ("content/pages/about.md", "about.md"),
    ("netlify.toml", "netlify.toml"),
    (".gitignore", "gitignore"),
)
"""(file of the new site, file it is made from)."""


@click.command()
@click.argument("folder", default=".", metavar="[DIR]")
@click.option("--title", help="Name of the digest.")
@click.option("--base-url", default="", metavar="URL", help="Where the site will live.")
@click.option("--theme", default="broadsheet", show_default=True, metavar="NAME")
@click.pass_context
def init(context: click.Context, folder: str, title: str | None, base_url: str, theme: str) -> None:
    """Start a new digest in DIR. Files that are there stay as they are."""
    from site_gen.theme.chain import available

    root = (root_of(context) / folder).absolute()
    _check(root, base_url, theme, available(root))
    now = datetime.now(UTC)
    week = "{}-W{:02d}".format(*now.isocalendar()[:2])
    name = title or root.name.replace("-", " ").replace("_", " ").title() or "Weekly Digest"
    values = {
        "title": json.dumps(name, ensure_ascii=False),
        "base_url": json.dumps(base_url),
        "theme": json.dumps(theme),
        "tag": json.dumps(_tag(base_url, root, now)),
        "date": now.strftime("%Y-%m-%dT%H:%M:%SZ"),
    }
    for target, source in _MADE:
        text = (SCAFFOLD / source).read_text("utf-8")
        for key, value in values.items():
            text = text.replace("{" + key + "}", value)
        _write(context, root / target.format(week=week), text)
    _pin(context, root)
    say(
        context,
        f"Next: cd {clean(folder)} && site-gen serve" if folder != "." else "Next: site-gen serve",
    )


def _check(root: Path, base_url: str, theme: str, themes: list[str]) -> None:
    if base_url:
        try:
            urls.check(base_url)
        except ValueError as error:
            raise click.BadParameter(
                f'"{clean(base_url)}" {error}', param_hint="--base-url"
            ) from None
    if theme not in themes:
        raise click.BadParameter(
            f'"{clean(theme)}" is none of {", ".join(themes)}', param_hint="--theme"
        )
    if root.exists() and not root.is_dir():
        raise UsageError(
            [Problem("init/folder", "is a file", Where(str(root)), "choose another folder")]
        )


def _tag(base_url: str, root: Path, now: datetime) -> str:
    """The authority of this digest's guids: a name that is ours, and a year in which it was."""
    name = urls.host(base_url) if base_url else f"{slugs.slugify(root.name) or 'digest'}.invalid"
    name = (
        "".join(c for c in name if c.isascii() and (c.isalnum() or c in ".-")) or "digest.invalid"
    )
    return f"{name},{now.year}"


def _write(context: click.Context, path: Path, text: str) -> None:
    shown = clean(str(path))
    if path.exists() or path.is_symlink():
        say(context, f"kept     {shown}")
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    say(context, f"created  {shown}")


def _pin(context: click.Context, root: Path) -> None:
    """requirements.txt with what this program was installed from, or a word that it cannot."""
    pinned = _installed_from()
    if pinned:
        _write(context, root / "requirements.txt", pinned + "\n")
    else:
        say(
            context,
            "requirements.txt is not written: this site_gen was installed from a folder "
            "or file of this machine, which a web host cannot reach. Write into it where the host "
            "can get site-gen from.",
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
