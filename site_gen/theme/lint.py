"""Lint for a site's own theme: blocks, strings and styles without effect."""

from collections.abc import Iterator

from site_gen.problems import Problem, Where, did_you_mean, shown
from site_gen.theme import palette
from site_gen.theme.load import Theme

LETTER = "email.html"
"""The one template with styles of its own: mail programs get no style sheet."""

CONFIG = ("name", "version", "description", "extends", "options", "extra", "author", "license")


def faults(theme: Theme) -> list[Problem]:
    """Warnings: parts of the theme without effect, and colours that are hard to read."""
    return [*_in_vain(theme), *palette.faint(theme.sheet)]


def _in_vain(theme: Theme) -> Iterator[Problem]:
    """Warnings about templates and theme.toml of the site's own layers."""
    for layer in theme.layers:
        if layer.shown.startswith("theme "):
            continue
        for key in layer.config:
            if key not in CONFIG:
                yield Problem(
                    "theme/config",
                    f"unknown key {shown(key)}." + did_you_mean(key, CONFIG),
                    Where(f"{layer.shown}/theme.toml", key=key),
                    "correct the name, or remove it",
                    "warning",
                )
        for file in sorted(layer.templates):
            yield from _template(theme, f"{layer.key}:{file}")


def _template(theme: Theme, name: str) -> Iterator[Problem]:
    said = theme.analysis(name).said
    above: set[str] | None = None
    for kind, word, line in said:
        if kind == "top":
            above = _blocks_above(theme, name) if above is None else above
            if word not in above:
                yield theme.problem(
                    name,
                    line,
                    "theme/block",
                    f"no template that it extends has a block {shown(word)}: it is not shown."
                    + did_you_mean(word, above),
                    f"blocks: {', '.join(sorted(above)) or 'none'}",
                )
        elif kind == "string" and not theme.strings.has(word):
            yield theme.problem(
                name,
                line,
                "theme/string",
                f"there is no string {shown(word)}: its name is shown."
                + did_you_mean(word, theme.strings.names()),
                "add it to strings/en.toml of the theme",
            )
        elif kind == "inline" and not name.endswith(f":{LETTER}"):
            yield theme.problem(
                name,
                line,
                "theme/inline",
                f"{word}: the Content-Security-Policy of the site forbids it",
                "write a class, and its rules into the style sheet",
            )


def _blocks_above(theme: Theme, name: str) -> set[str]:
    """Blocks of all templates that it refers to, transitively."""
    found: set[str] = set()
    seen = {name}
    pending = [name]
    while pending:
        current = pending.pop()
        for reference in theme.analysis(current).references:
            target = theme.resolve(reference, current) if reference else ""
            if target in seen or not theme.holds(target):
                continue
            seen.add(target)
            pending.append(target)
            found |= {w for kind, w, _ in theme.analysis(target).said if kind == "block"}
    return found
