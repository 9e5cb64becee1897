"""The settings of one build: those of the site, with what the command line says instead."""

from pathlib import Path

from msgspec.structs import replace

from site_gen import settings as settings_room
from site_gen.engine.report import Options
from site_gen.problems import Problem, SiteError
from site_gen.settings import Settings


def asked_settings(root: Path, options: Options) -> tuple[Settings, list[Problem]]:
    """Settings and the problems they have. Raises SiteError where there are no settings."""
    loaded = settings_room.load(root)
    problems = list(loaded.problems)
    if loaded.settings is None:
        raise SiteError(problems)
    changes: dict[str, object] = {}
    if options.base_url:
        changes["base_url"] = options.base_url
        problems = [p for p in problems if p.code != "settings/base-url"]
    if options.theme:
        changes["theme"] = options.theme
    if options.noindex:
        changes["noindex"] = True
    return replace(loaded.settings, **changes), problems
