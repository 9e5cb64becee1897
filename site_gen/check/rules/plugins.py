"""Rules of plugins, wrapped so that an error in a rule is reported as one of the plugin."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from msgspec.structs import replace

from site_gen.check.findings import Hit
from site_gen.check.rules.rule import Rule
from site_gen.plugins.load import Offer, Plugins
from site_gen.problems import SiteError


def of_plugins(plugins: Plugins, ours: Iterable[str]) -> dict[str, Rule]:
    """Return the rules of plugins by name. Raises SiteError for values that are no rules."""
    found, problems = {}, []
    for name, offer in plugins.offers("CHECK_RULES", ours).items():
        if isinstance(offer.value, Rule) and "/" in name:
            found[name] = _guarded_rule(offer)
        else:
            text = f"CHECK_RULES {name} is no rule with a name such as house/{name}"
            problems.append(offer.plugin.problem(text, "see the example in docs/plugins.md"))
    if problems:
        raise SiteError(problems)
    return found


def _guarded_rule(offer: Offer) -> Rule:
    rule: Rule = offer.value
    guarded = offer.plugin.guard

    def hits(find: Callable[..., Iterable[Hit]]) -> Callable[..., Iterator[Hit]]:
        return guarded(lambda *args: (_completed(rule, hit) for hit in find(*args)))

    def placed(find: Callable[..., Iterable[Any]]) -> Callable[..., Iterator[Any]]:
        return guarded(lambda *args: ((path, _completed(rule, hit)) for path, hit in find(*args)))

    return rule._replace(
        document=rule.document and hits(rule.document),
        edition=rule.edition and placed(rule.edition),
        site=rule.site and placed(rule.site),
    )


def _completed(rule: Rule, hit: Hit) -> Hit:
    """Return a hit with the name of its rule, and the rule's cure if it has none."""
    return replace(hit, rule=rule.name, help=hit.help or rule.cure)
