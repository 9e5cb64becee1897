"""Loads the plugins that a site names, if its user trusts them."""

import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from site_gen.basics import digest
from site_gen.plugins import failures, trust
from site_gen.plugins.discovery import Found, find
from site_gen.plugins.kinds import BY_NAME, KINDS, RULE_LISTS
from site_gen.problems import Problem, SiteError, Where, did_you_mean, shown


class Offer(NamedTuple):
    """Something that a plugin offers, with its name. The code is not guarded yet."""

    plugin: "Plugin"
    name: str
    value: Any


class Plugin(NamedTuple):
    """A loaded plugin."""

    found: Found
    module: Any

    @property
    def name(self) -> str:
        return self.found.name

    @property
    def code_digest(self) -> str:
        """Digest of its code."""
        return self.found.digest

    def guard(self, call: Callable[..., Any]) -> Callable[..., Any]:
        """A function of the plugin whose failures are problems that name plugin, file and line."""
        return failures.guard(self.found, call)

    def guard_object(self, value: Any) -> Any:
        """An object of the plugin whose methods are guarded."""
        return failures.GuardedObject(self.found, value)

    def problem(self, text: str, cure: str) -> Problem:
        """A problem with what the plugin offers."""
        return Problem(
            "plugin/offer", f"the plugin {self.name}: {text}", Where(self.found.shown), cure
        )


class Plugins:
    """The plugins of a site, in the order of the settings. When pickled, plugins of the site
    include their code; installed ones must be the same where they are unpickled."""

    def __init__(self, plugins: Sequence[Plugin]) -> None:
        self._plugins = tuple(plugins)

    def __reduce__(self) -> Any:
        return _unpickle, (tuple(_picklable(plugin.found) for plugin in self._plugins),)

    def __bool__(self) -> bool:
        return bool(self._plugins)

    def offers(self, kind: str, ours: Iterable[str] = ()) -> dict[str, Offer]:
        """What plugins offer of a kind, by name. Raises SiteError if `ours` has the same name."""
        found: dict[str, Offer] = {}
        problems = []
        taken = dict.fromkeys(ours, "site_gen")
        for plugin in self._plugins:
            for name, value in _offers_of(plugin, kind):
                if other := taken.get(name):
                    text = f"{kind} {shown(name)} is one of {other} already"
                    problems.append(plugin.problem(text, "give it another name"))
                taken[name] = f"the plugin {plugin.name}"
                found[name] = Offer(plugin, name, value)
        if problems:
            raise SiteError(problems)
        return found

    def code_digest(self, *kinds: str) -> str:
        """Digest of the code of all plugins that offer one of these kinds; "" if none does."""
        digests = [
            p.code_digest for p in self._plugins if any(hasattr(p.module, kind) for kind in kinds)
        ]
        return digest.of_parts(*digests) if digests else ""

    def files(self) -> list[str]:
        """Absolute paths of code outside the site's `plugins/`."""
        return [path for p in self._plugins if p.found.entry_point for path in p.found.sources]


def _offers_of(plugin: Plugin, kind: str) -> list[tuple[str, Any]]:
    value = getattr(plugin.module, kind, ())
    return (
        [(rule.name, rule) for rule in value] if kind in RULE_LISTS else list(dict(value).items())
    )


def load(root: Path, names: Sequence[str]) -> Plugins:
    """The plugins with these names. Raises SiteError with all problems of all of them."""
    plugins: list[Plugin] = []
    problems: list[Problem] = []
    trusted = trust.read_trust(root) if names else trust.Trust({})
    for name in dict.fromkeys(names):
        try:
            found = find(root, name)
            if found.in_site:
                _refuse_untrusted(found, trusted)
            plugins.append(_load_plugin(found))
        except SiteError as error:
            problems += error.problems
    if problems:
        raise SiteError(problems)
    return Plugins(plugins)


def _refuse_untrusted(found: Found, trusted: trust.Trust) -> None:
    said = trusted.verdict(found.name, found.digest)
    if said == "yes":
        return
    text = f"the plugin {found.name} is code, which you have not let run"
    if said == "changed":
        text = f"the plugin {found.name} is not as you let it run"
    cure = "read it, then `site-gen trust` (docs/plugins.md)"
    raise SiteError([Problem("plugin/untrusted", text, Where(found.shown), cure)])


def _picklable(found: Found) -> Found | tuple[str, str]:
    """An installed plugin as its name and digest."""
    return (found.name, found.digest) if found.entry_point else found


def _unpickle(sent: Sequence[Found | tuple[str, str]]) -> Plugins:
    """In a worker; trust was checked where the build began."""
    return Plugins([_load_plugin(s if isinstance(s, Found) else _find_same(*s)) for s in sent])


def _find_same(name: str, code_digest: str) -> Found:
    found = find(Path(os.devnull), name)
    if found.digest != code_digest:
        text = f"the plugin {name} is another one than where the build began"
        cure = "install the same version for all workers"
        raise SiteError([Problem("plugin/changed", text, Where(found.shown), cure)])
    return found


def _load_plugin(found: Found) -> Plugin:
    from site_gen.plugins import code  # what it takes to run some is for sites that have any

    plugin = Plugin(found, code.run(found))
    if problems := list(_check_offers(plugin)):
        raise SiteError(problems)
    return plugin


def _check_offers(plugin: Plugin) -> Iterable[Problem]:
    """Offers of the wrong type, or none of a known kind."""
    offered = [kind for kind in KINDS if hasattr(plugin.module, kind)]
    for kind in offered:
        value = getattr(plugin.module, kind)
        if kind in BY_NAME and not (
            isinstance(value, dict) and all(isinstance(n, str) for n in value)
        ):
            yield plugin.problem(f"{kind} is no dict of names", f"{kind}: {BY_NAME[kind]}")
        if kind in RULE_LISTS and not (
            isinstance(value, tuple | list) and all(hasattr(rule, "name") for rule in value)
        ):
            yield plugin.problem(f"{kind} is no list of rules", f"{kind}: {RULE_LISTS[kind]}")
    if not offered:
        names = [name for name in vars(plugin.module) if name.isupper()]
        hint = next((h for name in names if (h := did_you_mean(name, KINDS))), "")
        yield plugin.problem(f"offers nothing.{hint}", f"name one of {', '.join(KINDS)}")


NO_PLUGINS = Plugins(())
"""For a site that names none."""
