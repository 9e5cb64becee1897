"""Looks up fragments of addresses among the anchors of a text."""

from collections.abc import Mapping

from site_gen.basics import slugs
from site_gen.basics.safehtml import PREFIX


def find_id(anchors: Mapping[str, str], fragment: str) -> str:
    """The id, with its prefix, that a fragment refers to; "" for none. `anchors` maps names to
    ids."""
    plain = fragment.removeprefix(PREFIX)
    for name in (fragment, plain, plain.lower(), slugs.slugify(plain)):
        if name in anchors:
            return PREFIX + anchors[name]
    return ""
