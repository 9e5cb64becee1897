"""Rules of plugins, made safe to ask: what they say is theirs, and what fails is told of them."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from msgspec.structs import replace

from site_gen.check.findings import Hit
from site_gen.check.rules.rule import Rule
from site_gen.plugins.load import Offer, Plugins
from site_gen.problems import SiteError


def of_plugins(plugins: Plugins, ours: Iterable[str]) -> dict[str, Rule]:
    """By name. Raises SiteError for what is no rule."""
    found, problems = {}, []
    for name, offer in plugins.offers("CHECK_RULES", ours).items():
        if isinstance(offer.value, Rule) and "/" in name:
            found[name] = _rule(offer)
        else:
            text = f"CHECK_RULES {name} is no rule with a name such as house/{name}"
            problems.append(offer.plugin.problem(text, "see the example in docs/plugins.md"))
    if problems:
        raise SiteError(problems)
    return found


def _rule(offer: Offer) -> Rule:
    rule: Rule = offer.value
    guarded = offer.plugin.guarded

    def hits(look: Callable[..., Iterable[Hit]]) -> Callable[..., Iterator[Hit]]:
        return guarded(lambda *seen: (_named(rule, hit) for hit in look(*seen)))

    def placed(look: Callable[..., Iterable[Any]]) -> Callable[..., Iterator[Any]]:
        return guarded(lambda *seen: ((path, _named(rule, hit)) for path, hit in look(*seen)))

    return rule._replace(
        document=rule.document and hits(rule.document),
        edition=rule.edition and placed(rule.edition),
        site=rule.site and placed(rule.site),
    )


def _named(rule: Rule, hit: Hit) -> Hit:
    """Whatever it calls itself, a hit is of the rule that found it, whose cure is its own too where
    it has none."""
    return replace(hit, rule=rule.name, help=hit.help or rule.cure)
