"""Plugins that settings name: whether they are there, whether the user lets them run."""

from collections.abc import Iterator
from pathlib import Path

from site_gen.doctor.finding import Finding, error, fine, warning
from site_gen.plugins import trust
from site_gen.plugins.discovery import FOLDER, Found, find
from site_gen.problems import SiteError, clean
from site_gen.settings import Settings


def plugins(root: Path, found: Settings | None) -> Iterator[Finding]:
    """Check the plugins in the settings without running them, and find unused ones."""
    if found is None:
        return
    kept = trust.read_trust(root)
    for name in dict.fromkeys(found.plugins):
        try:
            plugin = find(root, name)
        except SiteError as missing:
            for problem in missing.problems:
                yield error("plugin", problem.message, problem.help or "install it")
            continue
        yield _check_trust(plugin, kept)
    yield from _unneeded(root, found, kept)


def _check_trust(plugin: Found, kept: trust.Trust) -> Finding:
    name = clean(plugin.name, 60)
    if not plugin.in_site:
        return fine("plugin", f"{name} is installed: what is installed may run")
    said = kept.verdict(plugin.name, plugin.digest)
    cure = "read its code, then `site-gen trust` (docs/plugins.md)"
    if said == "no":
        return error("plugin", f"{name} is code, which you have not let run", cure)
    if said == "changed":
        return error("plugin", f"{name} is not as you let it run", cure)
    return fine("plugin", f"{name} runs as you read it")


def _unneeded(root: Path, found: Settings, kept: trust.Trust) -> Iterator[Finding]:
    """Find trust that is wider than needed, and unused code in `plugins/`."""
    if kept.edits and found.plugins:
        text = "plugins of this site may become anything: `site-gen trust --edits` was said"
        yield warning("trust", text, "`site-gen trust` alone asks again after each change")
    if gone := sorted(set(kept.digests) - set(found.plugins)):
        text = f"trusted, but not named in settings any more: {', '.join(map(clean, gone))}"
        yield warning("trust", text, "`site-gen trust` forgets them")
    folder = root / FOLDER
    files = sorted(folder.glob("*.py")) if folder.is_dir() else []
    if idle := [path.stem for path in files if path.stem not in found.plugins]:
        text = f"in plugins/, but not named in settings: {', '.join(map(clean, idle))}"
        yield warning("plugin", text, "name them in `plugins`, or remove them")
