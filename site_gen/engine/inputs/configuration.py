"""Settings and theme of one build, with the overrides of the command line."""

from collections.abc import Mapping
from pathlib import Path

from msgspec.structs import replace

from site_gen import settings as settings_room
from site_gen.engine.report import Options
from site_gen.engine.site import Site
from site_gen.plugins.load import Plugins
from site_gen.problems import Problem, SiteError
from site_gen.settings import Settings
from site_gen.theme.analysis_data import Analysis
from site_gen.theme.load import Theme, load_theme


def configured_settings(root: Path, options: Options) -> tuple[Settings, list[Problem]]:
    """Settings and their problems. Raises SiteError if there are no settings."""
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


def configured_theme(
    site: Site,
    settings: Settings,
    known: Mapping[str, Analysis],
    plugins: Plugins,
) -> Theme:
    """The theme; `known` has earlier analyses of its templates. Raises SiteError."""
    try:
        theme = load_theme(
            site.root,
            settings.theme,
            settings.theme_options,
            settings.language,
            known,
            plain_assets=site.options.preview,
            css=settings.theme_css,
            plugins=plugins,
        )
    except SiteError as error:
        raise SiteError(_of_option(p, site.options) for p in error.problems) from None
    if "search" not in settings.formats:
        theme.assets = {n: a for n, a in theme.assets.items() if not n.startswith(SEARCH)}
    return theme


SEARCH = "search."
"""Assets that only the search page uses."""


def _of_option(problem: Problem, options: Options) -> Problem:
    """A theme that the command line named is not sought in the settings."""
    where = problem.where
    if problem.code != "theme/missing" or not options.theme or not where or where.key != "theme":
        return problem
    return problem._replace(where=None, message=f"--theme: {problem.message}")
