"""The list of rules, one file for each family, in the order of docs/check.md."""

from site_gen.check.rules import (
    editions,
    external,
    files,
    front_matter,
    grounded,
    links,
    markup,
    pictures,
    rights,
    text,
)
from site_gen.check.rules.plugins import of_plugins
from site_gen.check.rules.rule import Rule
from site_gen.plugins.load import Plugins

RULES: tuple[Rule, ...] = (
    *links.RULES,
    *text.RULES,
    *markup.RULES,
    *pictures.RULES,
    *files.RULES,
    *editions.RULES,
    *rights.RULES,
    *front_matter.RULES,
    *grounded.RULES,
    *external.RULES,
)
BY_NAME = {rule.name: rule for rule in RULES}


def rules_of(plugins: Plugins) -> dict[str, Rule]:
    """Return the built-in rules and those of plugins by name. Raises SiteError."""
    return BY_NAME | of_plugins(plugins, BY_NAME)
