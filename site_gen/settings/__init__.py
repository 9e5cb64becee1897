"""`site.toml`, or `[tool.site_gen]` of pyproject.toml, as one typed object.

In: TOML. Out: `Settings`, or problems with their lines.
May import: model, basics, problems."""

from site_gen.settings.load import PYPROJECT, SITE_TOML, Loaded, find, load, parse
from site_gen.settings.tables import (
    FORMATS,
    NO_BASE_URL,
    NO_TAG,
    PAGE_SIZE,
    AuthorSettings,
    BudgetSettings,
    CheckSettings,
    ConvertSettings,
    EditionSettings,
    FeedSettings,
    ProviderSettings,
    PublisherSettings,
    SectionSettings,
    Settings,
    TopicSettings,
)

__all__ = [
    "FORMATS",
    "NO_BASE_URL",
    "NO_TAG",
    "PAGE_SIZE",
    "PYPROJECT",
    "SITE_TOML",
    "AuthorSettings",
    "BudgetSettings",
    "CheckSettings",
    "ConvertSettings",
    "EditionSettings",
    "FeedSettings",
    "Loaded",
    "ProviderSettings",
    "PublisherSettings",
    "SectionSettings",
    "Settings",
    "TopicSettings",
    "find",
    "load",
    "parse",
]
