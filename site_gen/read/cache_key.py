"""The key under which the results of reading content files are kept."""

from site_gen.basics import digest, urls
from site_gen.settings import Settings


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
