"""What a fragment of an address means among the anchors of a text."""

from collections.abc import Mapping

from site_gen.basics import slugs
from site_gen.basics.safehtml import PREFIX


def found(anchors: Mapping[str, str], fragment: str) -> str:
    """Among (name -> id) the id, with its prefix, that a fragment means; "" for none."""
    plain = fragment.removeprefix(PREFIX)
    for name in (fragment, plain, plain.lower(), slugs.slugify(plain)):
        if name in anchors:
            return PREFIX + anchors[name]
    return ""
