"""Published style sheets: references to assets get their fingerprinted names."""

import re
from collections.abc import Callable, Mapping
from posixpath import dirname, join, normpath, relpath

from site_gen.problems import Problem, SiteError, Where, did_you_mean, shown

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_ASKED = re.compile(
    r"""url\(\s*(["']?)(?P<url>[^"')\s]+)\1\s*\)|@import\s+(["'])(?P<sheet>[^"']+)\3""", re.I
)


def asked_for(css: str) -> list[tuple[str, int]]:
    """(reference, line) of each relative reference in a style sheet."""
    blank = _COMMENT.sub(lambda comment: re.sub(r"[^\n]", " ", comment[0]), css)
    found = []
    for asked in _ASKED.finditer(blank):
        reference = asked["url"] or asked["sheet"]
        if _is_relative(reference):
            found.append((reference, blank.count("\n", 0, asked.start()) + 1))
    return found


def target_of(reference: str, name: str) -> str:
    """The asset that `reference` in the asset `name` means; "../x" leads out of the assets."""
    return normpath(join(dirname(name), re.split(r"[?#]", reference, maxsplit=1)[0]))


def rewritten(css: str, name: str, own: str, address: Callable[[str], str]) -> str:
    """`css`, the asset `name` published at `own`, with the published addresses of assets.

    `address` gives the site-absolute URL of an asset, "" for what leads out of the assets.
    """

    def written(asked: re.Match[str]) -> str:
        reference = asked["url"] or asked["sheet"]
        url = address(target_of(reference, name)) if _is_relative(reference) else ""
        if not url:
            return asked[0]
        tail = reference[len(re.split(r"[?#]", reference, maxsplit=1)[0]) :]
        return asked[0].replace(reference, relpath(url, dirname(own)) + tail)

    return _ASKED.sub(written, css)


def missing(css: str, name: str, where: str, assets: Mapping[str, object]) -> list[Problem]:
    """A problem for each asset that a style sheet asks for and the theme has not."""
    found = []
    lines = css.split("\n")
    for reference, line in asked_for(css):
        target = target_of(reference, name)
        if target.startswith("../") or target in assets:
            continue
        found.append(
            Problem(
                "theme/asset",
                f"the style sheet asks for {shown(target)}, which is no asset."
                + did_you_mean(target, assets),
                Where(where, line, 1, len(lines[line - 1]), lines[line - 1]),
                "put it into assets/, as seen from the style sheet, or correct the address",
            )
        )
    return found


def in_order(sheets: Mapping[str, str]) -> list[str]:
    """Names of style sheets, each after those that it imports. Raises SiteError for a circle."""
    ordered: dict[str, None] = {}

    def take(name: str, above: tuple[str, ...]) -> None:
        if name in above:
            message = f"style sheets import each other: {' > '.join((*above, name))}"
            raise SiteError([Problem("theme/asset", message, None, "take one @import out")])
        for reference, _ in asked_for(sheets[name]):
            target = target_of(reference, name)
            if target in sheets and target not in ordered:
                take(target, (*above, name))
        ordered.setdefault(name)

    for name in sorted(sheets):
        if name not in ordered:
            take(name, ())
    return list(ordered)


def _is_relative(reference: str) -> bool:
    return not re.match(r"[a-z][a-z0-9+.-]*:|[/#]", reference, re.I)
