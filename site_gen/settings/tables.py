"""The settings of a site as typed tables. All have defaults: an empty file is a valid site."""

from typing import Any, Literal, get_args
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from msgspec import field

from site_gen.basics import dates
from site_gen.model import Canonical, ImageFormat, Rights
from site_gen.settings.base import Table
from site_gen.settings.checking import BudgetSettings, CheckSettings
from site_gen.settings.delivery import PublishSettings, SendSettings

NO_BASE_URL = "http://localhost:8000"
NO_TAG = "site-gen.invalid,2026"
PAGE_SIZE = 50

Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
FormatName = Literal[
    "html",
    "rss",
    "atom",
    "json_feed",
    "opml",
    "api",
    "sitemap",
    "news_sitemap",
    "robots",
    "headers",
    "redirects",
    "email",
    "epub",
    "search",
    "cards",
    "manifest",
]
FORMATS: tuple[FormatName, ...] = get_args(FormatName)


class PublisherSettings(Table, frozen=True, kw_only=True):
    """Who publishes the digest; `logo` is a path under content/static."""

    name: str = ""
    url: str = ""
    logo: str = ""
    email: str = ""


Every = Literal["week", "2 weeks", "month", "day", "note"]
Late = Literal["next", "join", "refuse"]


class EditionSettings(Table, frozen=True, kw_only=True):
    """Editions: how often they appear, when they close, how they are numbered.

    every        "note" = the notes define the editions
    start        first day of any edition, from which "2 weeks" are counted
    cutoff_day   weekday on which an edition closes, "" = its last day
    cutoff_time  HH:MM in the site's zone, 24:00 = the end of the day
    late         what happens to an article dated inside a locked edition
    carry        headings of a note whose text `new edition` copies into the next note
    """

    every: Every = "week"
    start: str = ""
    first_weekday: Weekday = "monday"
    cutoff_day: Weekday | Literal[""] = ""
    cutoff_time: str = "24:00"
    first_number: int = 1
    show_open: bool = True
    permalink: str = "/editions/{id}/"
    late: Late = "next"
    carry: tuple[str, ...] = ()


class TopicSettings(Table, frozen=True, kw_only=True):
    """A topic: its page, other names, order and parent topic."""

    name: str
    slug: str = ""
    parent: str = ""
    aliases: tuple[str, ...] = ()
    description: str = ""
    order: int = 0
    keywords: tuple[str, ...] = ()


class SectionSettings(Table, frozen=True, kw_only=True):
    """A section of every edition, for articles that name it or have one of its topics."""

    name: str
    slug: str = ""
    topics: tuple[str, ...] = ()
    order: int = 0


class ProviderSettings(Table, frozen=True, kw_only=True):
    """A provider: its data, what was agreed with it, and how to clean its pages."""

    name: str = ""
    domain: str = ""
    description: str = ""
    logo: str = ""
    logo_large: str = ""
    feed_url: str = ""
    rights: Rights | None = None
    canonical: Canonical | None = None
    drop_lines: tuple[str, ...] = ()
    selectors: tuple[str, ...] = ()


class LinkSettings(Table, frozen=True, kw_only=True):
    """A named link."""

    name: str
    url: str


class AuthorSettings(Table, frozen=True, kw_only=True):
    """An author, under a key that articles may use."""

    name: str
    bio: str = ""
    url: str = ""
    links: tuple[LinkSettings, ...] = ()


class RightsSettings(Table, frozen=True, kw_only=True):
    """What may be shown if neither article nor provider says so."""

    default: Rights = "full"


class MarkdownSettings(Table, frozen=True, kw_only=True):
    """Bodies: HTML in them is sanitised ("safe") or shown as text ("text")."""

    html: Literal["safe", "text"] = "safe"


class ImageSettings(Table, frozen=True, kw_only=True):
    """Pictures.

    remote    "link" shows https pictures from their own host, "off" removes them
    variants  formats of smaller copies of local pictures, the preferred one first
    cards     what gets a generated picture for sharing
    metadata  "remove" removes place, camera and remarks from local pictures; "keep" keeps them
    """

    remote: Literal["link", "off"] = "link"
    variants: tuple[ImageFormat, ...] = ("avif", "webp")
    cards: Literal["editions", "all"] = "editions"
    metadata: Literal["remove", "keep"] = "remove"


FeedFormat = Literal["rss", "atom", "json_feed"]


class ListFeedSettings(Table, frozen=True, kw_only=True):
    """The feeds of topics, providers, authors: formats, content and number of articles."""

    formats: tuple[FeedFormat, ...] = ("rss",)
    content: Literal["full", "excerpt"] = "excerpt"
    count: int = 20


class FeedNames(Table, frozen=True, kw_only=True):
    """File names of feeds."""

    rss: str = "feed.xml"
    atom: str = "atom.xml"
    json_feed: str = "feed.json"


class FeedSettings(Table, frozen=True, kw_only=True):
    """Feeds. `tag` is the authority of our guids (`example.org,2026`), written once by `init`.

    editions  entries of the edition feed beside a main feed; each is a whole edition
    main      whose feeds are at the top of the site; the others are in a folder
    link      "page" = our page; "original" = the original for entries without a body
    date      "original" = publishedDateTime; "edition" = the edition's cut-off
    """

    items: int = 30
    editions: int = 12
    content: Literal["full", "excerpt", "none"] = "full"
    tag: str = ""
    link: Literal["page", "original"] = "page"
    date: Literal["original", "edition"] = "original"
    hub: str = ""
    main: Literal["articles", "editions"] = "articles"
    names: FeedNames = FeedNames()
    lists: ListFeedSettings = ListFeedSettings()


class ApiSettings(Table, frozen=True, kw_only=True):
    """The JSON API.

    bodies   adds `bodies.json` to each edition, as far as rights allow
    related  related articles as pages show them, or with all data in front matter
    extra    unknown front matter keys that are published
    """

    bodies: bool = False
    related: Literal["short", "full"] = "short"
    extra: tuple[str, ...] = ()


NewsletterService = Literal["", "buttondown", "listmonk", "mailchimp", "kit", "ghost", "form"]


class NewsletterSettings(Table, frozen=True, kw_only=True):
    """Where readers subscribe to the letter; without a `service`, pages offer only feeds.

    action       where the form is sent; for Ghost, whose form needs a script, a page to link to
    field        name of the address field, "" = the service's own
    hidden       further fields of the form, such as the list of a listmonk
    text         a sentence above the form, "" = the theme's
    unsubscribe  what the service replaces by an address when it sends, "" = the service's own
    """

    service: NewsletterService = ""
    action: str = ""
    field: str = ""
    hidden: dict[str, str] = {}
    text: str = ""
    unsubscribe: str = ""


class LimitSettings(Table, frozen=True, kw_only=True):
    """Limits: bytes of a content file (at most 16 MiB), CPU seconds for an article."""

    file_bytes: int = 1 << 20
    article_seconds: float = 10.0


class ConvertSettings(Table, frozen=True, kw_only=True):
    """Sources of drafts, and the confidence below which a draft is quarantined."""

    sources: tuple[str, ...] = ()
    quarantine_below: float = 0.5
    user_agent: str = ""


class ImportSettings(Table, frozen=True, kw_only=True):
    """How `import` maps foreign front matter: their key -> our key."""

    keys: dict[str, str] = {}


class RedirectSettings(Table, frozen=True, kw_only=True):
    """An old path of the site and its target: a path, or an absolute address."""

    from_: str = field(name="from")
    to: str
    status: Literal[301, 302] = 301


class SecuritySettings(Table, frozen=True, kw_only=True):
    """Fields of `/.well-known/security.txt`, which is only written with a contact."""

    contact: tuple[str, ...] = ()
    expires: str = ""
    policy: str = ""


class Settings(Table, frozen=True, kw_only=True):
    """All settings."""

    title: str = "Weekly Digest"
    base_url: str = ""
    description: str = ""
    language: str = "en"
    timezone: str = "UTC"
    publisher: PublisherSettings = PublisherSettings()
    theme: str = "broadsheet"
    theme_options: dict[str, Any] = {}
    theme_css: str = ""
    article_permalink: str = "/articles/{slug}/"
    article_pages: Literal["all", "with-body"] = "all"
    alias_pages: bool = False
    noindex: bool = False
    offline: bool = False
    allow_files: tuple[str, ...] = ()
    editions: EditionSettings = EditionSettings()
    topics: tuple[TopicSettings, ...] = ()
    sections: tuple[SectionSettings, ...] = ()
    providers: tuple[ProviderSettings, ...] = ()
    authors: dict[str, AuthorSettings] = {}
    rights: RightsSettings = RightsSettings()
    images: ImageSettings = ImageSettings()
    markdown: MarkdownSettings = MarkdownSettings()
    feeds: FeedSettings = FeedSettings()
    api: ApiSettings = ApiSettings()
    formats: tuple[FormatName, ...] = FORMATS
    limits: LimitSettings = LimitSettings()
    convert: ConvertSettings = ConvertSettings()
    import_: ImportSettings = field(default=ImportSettings(), name="import")
    redirects: tuple[RedirectSettings, ...] = ()
    security: SecuritySettings = SecuritySettings()
    newsletter: NewsletterSettings = NewsletterSettings()
    send: SendSettings = SendSettings()
    publish: PublishSettings = PublishSettings()
    check: CheckSettings = CheckSettings()
    budgets: BudgetSettings = BudgetSettings()
    plugins: tuple[str, ...] = ()
    plugin: dict[str, dict[str, Any]] = {}

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which days and weeks are counted."""
        return ZoneInfo(self.timezone)

    @property
    def first_weekday(self) -> int:
        """0 = Monday."""
        return dates.WEEKDAYS.index(self.editions.first_weekday)

    @property
    def tag(self) -> str:
        """The authority of our guids."""
        return self.feeds.tag or NO_TAG

    @property
    def base(self) -> str:
        """The base URL without a trailing slash; the local one if unset."""
        return (self.base_url or NO_BASE_URL).rstrip("/")

    @property
    def root(self) -> str:
        """The path prefix of the base URL: "" or "/digest"."""
        return urlsplit(self.base).path.rstrip("/")
