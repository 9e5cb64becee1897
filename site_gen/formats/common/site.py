"""The view of the site as a whole, available to every page."""

from site_gen import __version__
from site_gen.model import SiteView
from site_gen.settings import Settings

RIGHT_TO_LEFT = ("ar", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi")


def site_view(settings: Settings) -> SiteView:
    """The settings that a page may show. `publisher_logo` is a site-absolute path or a URL."""
    publisher = settings.publisher
    return SiteView(
        title=settings.title,
        description=settings.description,
        base_url=settings.base,
        root=settings.root,
        language=settings.language,
        direction=direction(settings.language),
        timezone=settings.timezone,
        publisher=publisher.name or settings.title,
        publisher_url=publisher.url or f"{settings.base}/",
        publisher_logo=_logo(publisher.logo),
        generator=f"site_gen {__version__}",
        search="search" in settings.formats,
    )


def direction(language: str) -> str:
    """`rtl` or `ltr` for a language tag."""
    return "rtl" if language.lower().partition("-")[0] in RIGHT_TO_LEFT else "ltr"


def _logo(path: str) -> str:
    if not path or path.startswith("https://"):
        return path
    return "/" + path.lstrip("/")
