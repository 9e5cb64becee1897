"""The plugins that a site names, loaded where its user trusts them."""

import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from site_gen.basics import digest
from site_gen.plugins import failures, trust
from site_gen.plugins.discovery import Found, find
from site_gen.plugins.kinds import KINDS, LISTED, NAMED
from site_gen.problems import Problem, SiteError, Where, did_you_mean, shown


class Offer(NamedTuple):
    """Something that a plugin offers, and under which name; its code is not yet guarded."""

    plugin: "Plugin"
    name: str
    value: Any


class Plugin(NamedTuple):
    """One that is loaded."""

    found: Found
    module: Any

    @property
    def name(self) -> str:
        return self.found.name

    @property
    def seal(self) -> str:
        """Digest of its code."""
        return self.found.seal

    def guarded(self, call: Callable[..., Any]) -> Callable[..., Any]:
        """A function of it, whose failures are problems that name the plugin, file and line."""
        return failures.guarded(self.found, call)

    def wrapped(self, value: Any) -> Any:
        """An object of it, whose methods are guarded."""
        return failures.Guarded(self.found, value)

    def problem(self, text: str, cure: str) -> Problem:
        """A fault of what it offers."""
        return Problem(
            "plugin/offer", f"the plugin {self.name}: {text}", Where(self.found.shown), cure
        )


class Plugins:
    """Those of one site, in the order of its settings. Picklable: the code of the site's own
    travels along, what is installed must be the same where it is unpickled."""

    def __init__(self, plugins: Sequence[Plugin]) -> None:
        self._plugins = tuple(plugins)

    def __reduce__(self) -> Any:
        return _again, (tuple(_sent(plugin.found) for plugin in self._plugins),)

    def __bool__(self) -> bool:
        return bool(self._plugins)

    def offers(self, kind: str, ours: Iterable[str] = ()) -> dict[str, Offer]:
        """What is offered of a kind, by name. Raises SiteError where `ours` has the name too."""
        found: dict[str, Offer] = {}
        problems = []
        taken = dict.fromkeys(ours, "site_gen")
        for plugin in self._plugins:
            for name, value in _of(plugin, kind):
                if other := taken.get(name):
                    text = f"{kind} {shown(name)} is one of {other} already"
                    problems.append(plugin.problem(text, "give it another name"))
                taken[name] = f"the plugin {plugin.name}"
                found[name] = Offer(plugin, name, value)
        if problems:
            raise SiteError(problems)
        return found

    def seal(self, *kinds: str) -> str:
        """Digest of the code of all that offer something of these kinds; "" where none does."""
        seals = [p.seal for p in self._plugins if any(hasattr(p.module, kind) for kind in kinds)]
        return digest.of_parts(*seals) if seals else ""

    def files(self) -> list[str]:
        """Absolute paths of the code that lies outside the site's own `plugins/`."""
        return [path for p in self._plugins if p.found.entry for path in p.found.sources]


def _of(plugin: Plugin, kind: str) -> list[tuple[str, Any]]:
    value = getattr(plugin.module, kind, ())
    return [(rule.name, rule) for rule in value] if kind in LISTED else list(dict(value).items())


def load(root: Path, names: Sequence[str]) -> Plugins:
    """The plugins of these names. Raises SiteError with all that is wrong with any of them."""
    plugins: list[Plugin] = []
    problems: list[Problem] = []
    trusted = trust.of_site(root) if names else trust.Trust({})
    for name in dict.fromkeys(names):
        try:
            found = find(root, name)
            if found.inside:
                _refuse_untrusted(found, trusted)
            plugins.append(_loaded(found))
        except SiteError as error:
            problems += error.problems
    if problems:
        raise SiteError(problems)
    return Plugins(plugins)


def _refuse_untrusted(found: Found, trusted: trust.Trust) -> None:
    said = trusted.of(found.name, found.seal)
    if said == "yes":
        return
    text = f"the plugin {found.name} is code, which you have not let run"
    if said == "changed":
        text = f"the plugin {found.name} is not as you let it run"
    cure = "read it, then `site-gen trust` (docs/plugins.md)"
    raise SiteError([Problem("plugin/untrusted", text, Where(found.shown), cure)])


def _sent(found: Found) -> Found | tuple[str, str]:
    """Of an installed one its name and digest."""
    return (found.name, found.seal) if found.entry else found


def _again(sent: Sequence[Found | tuple[str, str]]) -> Plugins:
    """In a worker: trust was asked for where the build began."""
    return Plugins([_loaded(s if isinstance(s, Found) else _same(*s)) for s in sent])


def _same(name: str, seal: str) -> Found:
    found = find(Path(os.devnull), name)
    if found.seal != seal:
        text = f"the plugin {name} is another one than where the build began"
        cure = "install the same version for all workers"
        raise SiteError([Problem("plugin/changed", text, Where(found.shown), cure)])
    return found


def _loaded(found: Found) -> Plugin:
    from site_gen.plugins import code  # what it takes to run some is for sites that have any

    plugin = Plugin(found, code.run(found))
    if problems := list(_faults(plugin)):
        raise SiteError(problems)
    return plugin


def _faults(plugin: Plugin) -> Iterable[Problem]:
    """What it offers in a wrong form, or under no name of ours."""
    offered = [kind for kind in KINDS if hasattr(plugin.module, kind)]
    for kind in offered:
        value = getattr(plugin.module, kind)
        if kind in NAMED and not (
            isinstance(value, dict) and all(isinstance(n, str) for n in value)
        ):
            yield plugin.problem(f"{kind} is no dict of names", f"{kind}: {NAMED[kind]}")
        if kind in LISTED and not (
            isinstance(value, tuple | list) and all(hasattr(rule, "name") for rule in value)
        ):
            yield plugin.problem(f"{kind} is no list of rules", f"{kind}: {LISTED[kind]}")
    if not offered:
        names = [name for name in vars(plugin.module) if name.isupper()]
        hint = next((h for name in names if (h := did_you_mean(name, KINDS))), "")
        yield plugin.problem(f"offers nothing.{hint}", f"name one of {', '.join(KINDS)}")


NONE = Plugins(())
"""Of a site that names none."""
