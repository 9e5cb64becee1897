"""The rules, a literal list; one file a family. The order is that of docs/check.md."""

from site_gen.check.rules import (
    editions,
    external,
    front_matter,
    grounded,
    links,
    pictures,
    rights,
    text,
)
from site_gen.check.rules.rule import Rule

RULES: tuple[Rule, ...] = (
    *links.RULES,
    *text.RULES,
    *pictures.RULES,
    *editions.RULES,
    *rights.RULES,
    *front_matter.RULES,
    *grounded.RULES,
    *external.RULES,
)
BY_NAME = {rule.name: rule for rule in RULES}
