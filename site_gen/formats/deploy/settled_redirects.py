"""Redirect rules of the settings: `[[redirects]]`."""

from collections.abc import Iterator, Set
from posixpath import dirname

from site_gen import permalinks
from site_gen.formats.deploy.redirect_rule import Redirect, redirect_rule
from site_gen.problems import Problem, Where, did_you_mean, shown
from site_gen.settings import Settings

LIST_FOLDERS = (permalinks.TOPICS, permalinks.AUTHORS, permalinks.PROVIDERS, "/sections/")
"""Folders of pages that vanish with their last article. Rules to such a page lead to the list."""


def settings_rules(
    settings: Settings,
    planned: Set[str],
    files: Set[str],
    taken: Set[str],
    problems: list[Problem],
) -> Iterator[Redirect]:
    """The rules of the settings, except those whose source is a page or has a rule already.
    Problems of rules that lead to no page are added to `problems`.

    planned, files   permalinks and paths of all pages
    taken            sources of other rules
    """
    seen = {source.rstrip("/") for source in taken}
    for number, given in enumerate(settings.redirects):
        source = given.from_.rstrip("/")
        made = redirect_rule(given.from_, given.to, given.status, settings)
        hides = given.from_ in files or source in {
            link.rstrip("/") for link in planned & {source, f"{source}/"}
        }
        if hides or made.source.rstrip("/") in seen:
            continue
        seen.add(made.source.rstrip("/"))
        if not given.to.startswith("/"):
            yield Redirect(source=made.source, target=given.to, status=given.status)
            continue
        target = _find_target(given.to, planned, files)
        if target:
            yield redirect_rule(given.from_, target, given.status, settings)
        else:
            problems.append(_no_target_problem(number, given.to, planned))


def _find_target(path: str, planned: Set[str], files: Set[str]) -> str:
    """`path` if it is a page, else the page that replaces it; "" for none."""
    plain = path.partition("#")[0]
    if plain in planned or plain in files or plain == permalinks.LATEST:
        return path
    if not plain.endswith("/") and f"{plain}/" in planned:
        return f"{plain}/"
    for top in LIST_FOLDERS:
        if plain.startswith(top):
            return next((x for x in (top, permalinks.ARCHIVE, permalinks.HOME) if x in planned), "")
    if plain in (permalinks.ARCHIVE, permalinks.HOME) or dirname(plain) == "/editions":
        return next((x for x in (permalinks.ARCHIVE, permalinks.HOME) if x in planned), "")
    return ""


def _no_target_problem(number: int, target: str, planned: Set[str]) -> Problem:
    return Problem(
        "settings/redirect",
        f"redirects[{number}].to: {shown(target)} is no page of the site."
        + did_you_mean(target, planned),
        Where("site.toml"),
        "correct the path, or remove the rule",
    )
