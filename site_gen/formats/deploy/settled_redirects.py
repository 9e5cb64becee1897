"""The rules that the settings give: `[[redirects]]`."""

from collections.abc import Iterator, Set
from posixpath import dirname

from site_gen import permalinks
from site_gen.formats.deploy.redirect_rule import Redirect, rule
from site_gen.problems import Problem, Where, did_you_mean, shown
from site_gen.settings import Settings

LISTS = (permalinks.TOPICS, permalinks.AUTHORS, permalinks.PROVIDERS, "/sections/")
"""Below these a page goes with its last article: then its list stands for it."""


def rules(
    settings: Settings,
    planned: Set[str],
    files: Set[str],
    taken: Set[str],
    problems: list[Problem],
) -> Iterator[Redirect]:
    """A rule for each that hides no page and is not there already; those that lead to nothing
    are added to `problems`.

    planned, files   permalinks and paths of all that is published
    taken            sources of rules that are there
    """
    seen = {source.rstrip("/") for source in taken}
    for number, given in enumerate(settings.redirects):
        source = given.from_.rstrip("/")
        made = rule(given.from_, given.to, given.status, settings)
        hides = given.from_ in files or source in {
            link.rstrip("/") for link in planned & {source, f"{source}/"}
        }
        if hides or made.source.rstrip("/") in seen:
            continue
        seen.add(made.source.rstrip("/"))
        if not given.to.startswith("/"):
            yield Redirect(source=made.source, target=given.to, status=given.status)
            continue
        target = _standing(given.to, planned, files)
        if target:
            yield rule(given.from_, target, given.status, settings)
        else:
            problems.append(_nowhere(number, given.to, planned))


def _standing(path: str, planned: Set[str], files: Set[str]) -> str:
    """The path, or what stands for it; "" for none."""
    plain = path.partition("#")[0]
    if plain in planned or plain in files or plain == permalinks.LATEST:
        return path
    if not plain.endswith("/") and f"{plain}/" in planned:
        return f"{plain}/"
    for top in LISTS:
        if plain.startswith(top):
            return next((x for x in (top, permalinks.ARCHIVE, permalinks.HOME) if x in planned), "")
    if plain in (permalinks.ARCHIVE, permalinks.HOME) or dirname(plain) == "/editions":
        return next((x for x in (permalinks.ARCHIVE, permalinks.HOME) if x in planned), "")
    return ""


def _nowhere(number: int, target: str, planned: Set[str]) -> Problem:
    return Problem(
        "settings/redirect",
        f"redirects[{number}].to: {shown(target)} is no page of the site."
        + did_you_mean(target, planned),
        Where("site.toml"),
        "correct the path, or remove the rule",
    )
