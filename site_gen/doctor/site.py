"""Checks the site: its settings, surprising ones, the environment, leftovers in `.site_gen/`."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from site_gen import __version__
from site_gen import settings as settings_room
from site_gen.doctor.finding import Finding, error, fine, warning
from site_gen.output import built_by
from site_gen.problems import clean
from site_gen.read import schemas
from site_gen.settings import FORMATS, Settings

LOCAL_HOSTS = ("localhost", "127.0.0.1", "::1")
TARGETS_WITH_REDIRECTS = ("", "netlify")
"""Publish targets that are unset, or whose host reads `_redirects`."""


def settings(root: Path, found: Settings | None) -> Iterator[Finding]:
    """Check that the settings are valid and the base URL is public."""
    loaded = settings_room.load(root)
    if found is None:
        for problem in loaded.problems:
            at = f" (line {problem.where.line})" if problem.where and problem.where.line else ""
            yield error("settings", f"{problem.message}{at}", problem.help or "correct it")
        return
    yield fine("settings", f"{clean(loaded.path)}: {clean(found.title, 60)}")
    for problem in loaded.problems:
        yield warning("settings", problem.message, problem.help or "correct it")
    if urlsplit(found.base_url).hostname in LOCAL_HOSTS:
        text = f"base_url is {clean(found.base_url)}, which is this machine"
        yield warning("settings", text, "write the address at which readers will find the site")


class Surprise(NamedTuple):
    """A setting with an effect that many do not expect."""

    holds: Callable[[Settings], bool]
    said: str
    cure: str


SURPRISES = (
    Surprise(
        lambda s: s.noindex,
        "noindex = true keeps search engines out of the whole site",
        "take it out when the site is to be found",
    ),
    Surprise(
        lambda s: not s.editions.show_open,
        "editions.show_open = false: what you write is seen only once its edition has closed",
        "take it out to show the running edition",
    ),
    Surprise(
        lambda s: s.rights.default != "full",
        "rights.default leaves out the texts of all articles that say nothing themselves",
        'write rights: full into your own, or set rights.default = "full"',
    ),
    Surprise(
        lambda s: s.feeds.content == "none",
        'feeds.content = "none": feeds have titles alone',
        'write "excerpt" or "full"',
    ),
    Surprise(
        lambda s: s.images.remote == "off",
        'images.remote = "off": pictures on other hosts are not shown',
        'write "link" to show them from there',
    ),
    Surprise(
        lambda s: "html" not in s.formats,
        'formats leaves out "html": the site has no pages',
        "add it, unless programs alone read the site",
    ),
    Surprise(
        lambda s: not set(s.formats) & {"rss", "atom", "json_feed"},
        "formats leaves out all feeds",
        'add "rss"',
    ),
    Surprise(
        lambda s: "redirects" not in s.formats and not s.alias_pages,
        "former addresses lead nowhere: neither rules nor pages are written for them",
        'add "redirects" to formats, or set alias_pages = true',
    ),
    Surprise(
        lambda s: s.publish.target not in TARGETS_WITH_REDIRECTS and not s.alias_pages,
        "the host that publish sends to reads no `_redirects`: former addresses need more",
        "set alias_pages = true, or give the server the rules of `site-gen redirects`",
    ),
    Surprise(
        lambda s: s.publish.target == "netlify" and s.alias_pages,
        "alias_pages = true on Netlify: a page goes before the better rule",
        "take it out",
    ),
    Surprise(
        lambda s: bool(s.newsletter.service) and "email" not in s.formats,
        'readers sign up for a letter, but formats leaves out "email"',
        "add it",
    ),
    Surprise(
        lambda s: bool(s.publish.announce) and not s.base_url,
        "publish.announce tells others of an address that is not set",
        "set base_url",
    ),
)


def surprises(root: Path, found: Settings | None) -> Iterator[Finding]:
    """Find settings with effects that many do not expect."""
    surprising = [each for each in SURPRISES if found and each.holds(found)]
    for each in surprising:
        yield warning("setting", each.said, each.cure)
    if found and not surprising:
        left = [name for name in FORMATS if name not in found.formats]
        yield fine("formats", f"all but {', '.join(left)}" if left else "all")


def surroundings(root: Path, found: Settings | None) -> Iterator[Finding]:
    """Find environment variables that change builds."""
    for name, does, cure in (
        ("SOURCE_DATE_EPOCH", "stands for the clock: nothing later is shown", "unset it"),
        ("NETLIFY", "makes a build take itself for one of Netlify's", "unset it"),
        ("PYTHONPATH", "may put other libraries before ours", "unset it"),
    ):
        if os.environ.get(name):
            yield warning("environment", f"{name} {does}", cure)


def left_behind(root: Path, found: Settings | None) -> Iterator[Finding]:
    """Find what earlier commands left: drafts put aside, a crash log, outdated schemas."""
    own = root / ".site_gen"
    before = built_by.read_version(root, root / "public")
    if before and before != __version__:
        text = f"built last by site_gen {before}; this is {__version__}"
        yield warning("version", text, "`site-gen upgrade` says what changed for this site")
    drafts = sum(1 for _ in (own / "quarantine").rglob("*.md"))
    if drafts:
        text = f"{drafts} draft{'s' if drafts > 1 else ''} of convert put aside as unsure"
        yield warning("quarantine", text, "look at .site_gen/quarantine/, then site-gen accept")
    if (own / "crash.log").is_file():
        cure = "report it with what you did, then remove the file"
        yield warning("crash", "a bug of ours left .site_gen/crash.log", cure)
    path = settings_room.find(root)
    if path and schemas.FOLDER in path.read_text("utf-8", "replace"):
        if schemas.differing(root):
            text = "the schemas for your editor are absent or of another version"
            yield warning("schemas", text, "site-gen config schema --write")
        else:
            yield fine("schemas", f"{schemas.FOLDER} is of this version")
