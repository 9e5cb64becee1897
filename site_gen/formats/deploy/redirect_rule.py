"""A rule of `_redirects`."""

from urllib.parse import quote, unquote

from site_gen.model import Record
from site_gen.settings import Settings

RULE_CHARACTERS = "/~-._@!$&'(),;="
"""Characters that are not quoted in a rule: no `*`, no `:name`, no space, no line break."""


class Redirect(Record, frozen=True, kw_only=True):
    """A rule. `source` and `target` are site-absolute with the path prefix, in ASCII; `target` may
    also be a URL elsewhere."""

    source: str
    target: str
    status: int


def redirect_rule(source: str, target: str, status: int, settings: Settings) -> Redirect:
    """The rule for two paths of the site, without path prefix, percent-encoded or not."""
    old, new = (
        quote(settings.root + unquote(path), safe=RULE_CHARACTERS) for path in (source, target)
    )
    return Redirect(source=old, target=new, status=status)
