"""Keys of outputs: a digest of everything that rendering a page can read."""

from typing import NamedTuple

from site_gen.basics import digest, urls
from site_gen.formats import plugin_code_digest
from site_gen.memo.memo import PageRow
from site_gen.model import Page
from site_gen.settings import Settings
from site_gen.theme.load import Theme

SHORT = 12
"""Digits of a digest kept for `explain`."""


class Keyed(NamedTuple):
    """A page, its key, what the key is made of besides the views, and why it is rendered."""

    page: Page
    key: str
    program: str
    template: str
    reasons: tuple[str, ...] = ()

    @property
    def inputs(self) -> str:
        """Inputs by name, short, as the memo keeps them for `explain`."""
        views = ((name, view.digest) for name, view in sorted(self.page.views.items()))
        named = (("program", self.program), ("template", self.template), *views)
        return ";".join(f"{name}={value[:SHORT]}" for name, value in named)


def keyed(page: Page, theme: Theme, program: str) -> Keyed:
    """The key of a page: format, template closure, named views, and the program."""
    template = theme.closure(page.template).digest if page.template else ""
    if own := plugin_code_digest(page.format, theme):
        program = digest.of_parts(program, own)
    parts = [program, page.format, page.kind, page.template or "", template]
    for name, view in page.views.items():
        parts += (name, view.digest)
    return Keyed(page, digest.of_parts(*parts), program, template)


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


def read_key(settings: Settings, program: str) -> str:
    """What reading a file depends on besides its bytes."""
    used = (
        *(settings.timezone, settings.article_permalink),
        *(settings.article_pages, settings.rights.default, settings.images.remote, settings.tag),
        settings.markdown.html,
        str("search" in settings.formats),
        urls.host(settings.base_url),
    )
    tables = (
        *(settings.topics, settings.sections, settings.providers, settings.authors),
        settings.limits,
        settings.editions,
    )
    return digest.of_parts(program, *used, digest.of_value(tables))
