"""One rule of `_redirects`."""

from urllib.parse import quote, unquote

from site_gen.model import Noun
from site_gen.settings import Settings

SAFE = "/~-._@!$&'(),;="
"""What a rule may hold as it is: no `*`, no `:name`, no space, no line break."""


class Redirect(Noun, frozen=True, kw_only=True):
    """Both ends are site-absolute, with the site's root, and in ASCII; or a target elsewhere."""

    source: str
    target: str
    status: int


def rule(source: str, target: str, status: int, settings: Settings) -> Redirect:
    """The rule between two paths of the site, which may be percent-encoded already."""
    old, new = (quote(settings.root + unquote(path), safe=SAFE) for path in (source, target))
    return Redirect(source=old, target=new, status=status)
