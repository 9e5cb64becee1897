"""What a template names, as data that is kept between builds: who has it needs no Jinja."""

from typing import NamedTuple


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
