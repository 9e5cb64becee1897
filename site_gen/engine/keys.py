"""Keys of outputs: a digest of everything that rendering a page can read."""

from typing import NamedTuple

from msgspec.structs import replace

from site_gen.basics import digest
from site_gen.formats import plugin_code_digest
from site_gen.formats.common.units import Unit
from site_gen.memo.memo import PageRow
from site_gen.model import Page
from site_gen.theme.load import Theme

SHORT = 12
"""Digits of a digest kept for `explain`."""


class Keyed(NamedTuple):
    """A page, its key, and why it is rendered.

    inputs    what the key is made of, by name, short, as the memo keeps it for `explain`
    unit      the unit to plan again before the page is rendered, if its views were dropped
    """

    page: Page
    key: str
    inputs: str = ""
    reasons: tuple[str, ...] = ()
    unit: Unit | None = None

    def without_views(self, unit: Unit) -> "Keyed":
        """The page without its views, which a plan of its `unit` has again."""
        return self._replace(page=replace(self.page, views={}), unit=unit)


def keyed(page: Page, theme: Theme, program: str) -> Keyed:
    """The key of a page: format, template closure, named views, and the program."""
    template = theme.closure(page.template).digest if page.template else ""
    if own := plugin_code_digest(page.format, theme):
        program = digest.of_parts(program, own)
    parts = [program, page.format, page.kind, page.template or "", template]
    for name, view in page.views.items():
        parts += (name, view.digest)
    views = ((name, view.digest) for name, view in sorted(page.views.items()))
    named = (("program", program), ("template", template), *views)
    short = ";".join(f"{name}={value[:SHORT]}" for name, value in named)
    return Keyed(page, digest.of_parts(*parts), short)


def reasons(each: Keyed, row: PageRow | None) -> tuple[str, ...]:
    """Names of the inputs that changed since the page was made."""
    if row is None:
        return ("new",)
    before, now = inputs(row.inputs), inputs(each.inputs)
    names = tuple(n for n in {**now, **before} if before.get(n) != now.get(n))
    return names or ("the file in the output changed",)


def inputs(text: str) -> dict[str, str]:
    """Inputs by name, from the text that the memo keeps."""
    return dict(part.split("=", 1) for part in text.split(";") if "=" in part)
