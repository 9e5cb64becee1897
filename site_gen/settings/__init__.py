"""Typed settings from `site.toml`, or from `[tool.site_gen]` in pyproject.toml.

In: TOML. Out: `Settings`, or problems with their lines.
May import: model, basics, problems.
"""

from site_gen.settings.checking import (
    BudgetSettings,
    CheckSettings,
)
from site_gen.settings.delivery import (
    BranchSettings,
    ButtondownSettings,
    GhostSettings,
    KitSettings,
    ListmonkSettings,
    MailchimpSettings,
    NetlifySettings,
    ObjectStoreSettings,
    PublishSettings,
    RsyncSettings,
    SendSettings,
    SmtpSettings,
)
from site_gen.settings.load import PYPROJECT, SITE_TOML, Loaded, find, load, parse
from site_gen.settings.tables import (
    FORMATS,
    NO_BASE_URL,
    NO_TAG,
    PAGE_SIZE,
    AuthorSettings,
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
    "BranchSettings",
    "BudgetSettings",
    "ButtondownSettings",
    "CheckSettings",
    "ConvertSettings",
    "EditionSettings",
    "FeedSettings",
    "GhostSettings",
    "KitSettings",
    "ListmonkSettings",
    "Loaded",
    "MailchimpSettings",
    "NetlifySettings",
    "ObjectStoreSettings",
    "ProviderSettings",
    "PublishSettings",
    "PublisherSettings",
    "RsyncSettings",
    "SectionSettings",
    "SendSettings",
    "Settings",
    "SmtpSettings",
    "TopicSettings",
    "find",
    "load",
    "parse",
]
