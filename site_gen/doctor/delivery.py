"""Checks what the publish target and the send channel need: programs, secrets, files."""

import os
import shutil
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from site_gen.doctor.finding import Finding, error, fine, warning
from site_gen.problems import clean
from site_gen.settings import Settings
from site_gen.settings.values import find_missing_announce_settings

SECRETS = {
    "smtp": ("SITE_GEN_SMTP_PASSWORD",),
    "buttondown": ("SITE_GEN_BUTTONDOWN_TOKEN",),
    "listmonk": ("SITE_GEN_LISTMONK_TOKEN",),
    "mailchimp": ("SITE_GEN_MAILCHIMP_TOKEN",),
    "kit": ("SITE_GEN_KIT_TOKEN",),
    "ghost": ("SITE_GEN_GHOST_KEY",),
    "s3": ("SITE_GEN_S3_KEY_ID", "SITE_GEN_S3_SECRET"),
    "netlify": ("SITE_GEN_NETLIFY_TOKEN",),
}
PROGRAMS = {"rsync": ("rsync", "ssh"), "branch": ("git",)}


def publishing(root: Path, settings: Settings | None) -> Iterator[Finding]:
    """Check what `[publish] target` needs."""
    target = settings.publish.target if settings else ""
    if settings is None or not target:
        yield fine("publish", "no target is set")
        return
    faults = [*_missing_programs("publish", target), *_missing_secrets("publish", target)]
    if target == "s3" and find_spec("obstore") is None:
        faults.append(error("publish", "obstore is not installed", "pip install 'site-gen[s3]'"))
    own = settings.publish
    places = {
        "folder": own.folder, "s3": own.s3.bucket, "netlify": own.netlify.site,
        "rsync": own.rsync.target, "branch": own.branch.branch,
    }  # fmt: skip
    if target not in places:  # settings with an unknown target and no plugin are refused
        yield fine("publish", f"{clean(target)} is a plugin's, which is not run here")
        return
    if not places[target]:
        cure = f"docs/publish.md says what [publish.{target}] holds"
        faults.append(error("publish", f"{target} is not told where to", cure))
    for name, key in find_missing_announce_settings(settings):
        text = f"{name} is to be told, and {key} is not set"
        faults.append(warning("publish", text, f"set {key}, or take it out of publish.announce"))
    yield from faults or [fine("publish", f"{target} has what it needs")]


def sending(root: Path, settings: Settings | None) -> Iterator[Finding]:
    """Check what `[send] channel`, or else the newsletter's service, needs."""
    channel = _channel(settings) if settings else ""
    if settings is None or not channel:
        yield fine("send", "no channel is set")
        return
    if channel not in SECRETS:
        yield fine("send", f"{clean(channel)} is a plugin's, which is not run here")
        return
    if channel != "smtp":
        yield from [*_missing_secrets("send", channel)] or [
            fine("send", f"{channel} has its token")
        ]
        return
    own = settings.send.smtp
    faults = [*_missing_secrets("send", channel)] if own.user else []
    for name in ("host", "sender", "unsubscribe"):
        if not getattr(own, name):
            cure = f"set {name} under [send.smtp]"
            faults.append(error("send", f"smtp has no {name}", cure))
    readers = root / own.recipients
    if not readers.is_file():
        text = f"there is no {clean(own.recipients)}"
        faults.append(error("send", text, "write an address a line into it"))
    yield from faults or [fine("send", f"smtp goes through {clean(own.host)}")]


def _channel(settings: Settings) -> str:
    """Return the channel, else the newsletter's service, "" if that is only a form."""
    service = settings.newsletter.service
    return settings.send.channel or (service if service in SECRETS else "")


def _missing_programs(name: str, target: str) -> Iterator[Finding]:
    for program in PROGRAMS.get(target, ()):
        if shutil.which(program) is None:
            yield error(name, f"{target} needs {program}, which is not here", f"install {program}")


def _missing_secrets(name: str, way: str) -> Iterator[Finding]:
    """Return warnings, not errors: the secrets may be set only where the command is run."""
    for key in SECRETS.get(way, ()):
        if not os.environ.get(key):
            text = f"{key} is not set in this environment"
            yield warning(name, text, f"export {key}=... before `site-gen {name}`")
