"""Results of template analysis, kept between builds, so that an unchanged theme needs no Jinja."""

from collections.abc import Mapping
from typing import NamedTuple

import msgspec

from site_gen.memo.memo import SHARED, Memo

STATE = "analyses of templates, filters among them"


class Analysis(NamedTuple):
    """The free names of one template and what it refers to.

    references   names as written; None stands for a computed one
    assets       names given to `asset(...)`; None stands for a computed one
    strings      whether it calls `t`
    filters      names of the filters and tests that it uses
    said         (kind, word, line): "block"; "top" for one outside any other, where the template
                 extends another; "string" for each name given to `t`; "inline" for a style,
                 script or handler
    """

    names: tuple[str, ...]
    references: tuple[str | None, ...]
    assets: tuple[str | None, ...]
    strings: bool
    filters: tuple[str, ...]
    said: tuple[tuple[str, str, int], ...] = ()


_DECODER = msgspec.json.Decoder(dict[str, Analysis])


def recall(memo: Memo) -> dict[str, Analysis]:
    """Known analyses by digest, from the memo."""
    known = memo.get_state(SHARED, STATE)
    return _DECODER.decode(known) if known else {}


def keep(analyses: Mapping[str, Analysis], memo: Memo) -> None:
    """Store the analyses of a theme in the memo, if they differ."""
    found = msgspec.json.encode(analyses, order="sorted").decode()
    if found != memo.get_state(SHARED, STATE):
        memo.set_state(SHARED, STATE, found)
