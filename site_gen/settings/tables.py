"""The settings of a site as typed tables. An empty file is a working site."""

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
    """Editions: how often they come, when they close, how they are numbered.

    every        "note" = editions are what the notes say
    start        the first day of some edition, for "2 weeks", which are counted from it
    cutoff_day   the weekday on which an edition closes, "" = its last day
    cutoff_time  HH:MM in the site's zone, 24:00 = the end of that day
    late         what becomes of an article that is dated inside a locked edition
    carry        headings of a note whose text `new edition` takes over into the next note
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
    """A topic the editor named: its page, its other names, its place among the sections, the
    topic above it."""

    name: str
    slug: str = ""
    parent: str = ""
    aliases: tuple[str, ...] = ()
    description: str = ""
    order: int = 0
    keywords: tuple[str, ...] = ()


class SectionSettings(Table, frozen=True, kw_only=True):
    """A section of every edition: its stories name it, or have one of its topics."""

    name: str
    slug: str = ""
    topics: tuple[str, ...] = ()
    order: int = 0


class ProviderSettings(Table, frozen=True, kw_only=True):
    """What the editor settled with a provider, and how to clean its pages."""

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
    """What we may show where neither article nor provider says."""

    default: Rights = "full"


class MarkdownSettings(Table, frozen=True, kw_only=True):
    """Bodies: HTML in them is sanitised ("safe"), or shown as text."""

    html: Literal["safe", "text"] = "safe"


class ImageSettings(Table, frozen=True, kw_only=True):
    """Pictures.

    remote    "link" shows https pictures from their own host, "off" leaves them out
    variants  formats of the smaller copies of local pictures, the preferred one first
    cards     for what the picture that goes along when a page is shared is drawn
    metadata  "remove" publishes local pictures without place, camera, remarks; "keep" with them
    """

    remote: Literal["link", "off"] = "link"
    variants: tuple[ImageFormat, ...] = ("avif", "webp")
    cards: Literal["editions", "all"] = "editions"
    metadata: Literal["remove", "keep"] = "remove"


FeedFormat = Literal["rss", "atom", "json_feed"]


class ListFeedSettings(Table, frozen=True, kw_only=True):
    """The feeds of topics, providers, authors: which formats, how much of how many articles."""

    formats: tuple[FeedFormat, ...] = ("rss",)
    content: Literal["full", "excerpt"] = "excerpt"
    count: int = 20


class FeedNames(Table, frozen=True, kw_only=True):
    """What the files of feeds are called."""

    rss: str = "feed.xml"
    atom: str = "atom.xml"
    json_feed: str = "feed.json"


class FeedSettings(Table, frozen=True, kw_only=True):
    """Feeds. `tag` is the authority of our guids (`example.org,2026`), written once by `init`.

    editions  entries of the feed of editions beside a main one: each is a whole edition
    main  whose feeds stand at the top of the site; those of the others stand in a folder
    link  "page" = our page; "original" = the original for entries without a body
    date  "original" = publishedDateTime; "edition" = the edition's cut-off
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
    related  of articles elsewhere what pages show, or all that front matter says of them
    extra    unknown front matter keys that it publishes all the same
    """

    bodies: bool = False
    related: Literal["short", "full"] = "short"
    extra: tuple[str, ...] = ()


NewsletterService = Literal["", "buttondown", "listmonk", "mailchimp", "kit", "ghost", "form"]


class NewsletterSettings(Table, frozen=True, kw_only=True):
    """Where readers sign up for the letter; without a `service` pages offer feeds alone.

    action       where the form is sent; for Ghost, which has none without script, a page to go to
    field        name of the form's field for the address, "" = the service's own
    hidden       further fields of the form, such as the list of a listmonk
    text         a sentence above the form, "" = the theme's
    unsubscribe  what the service puts an address in for when it sends, "" = the service's own
    """

    service: NewsletterService = ""
    action: str = ""
    field: str = ""
    hidden: dict[str, str] = {}
    text: str = ""
    unsubscribe: str = ""


class LimitSettings(Table, frozen=True, kw_only=True):
    """Bounds: bytes of a content file (at most 16 MiB) and seconds an article may take."""

    file_bytes: int = 1 << 20
    article_seconds: float = 10.0


class ConvertSettings(Table, frozen=True, kw_only=True):
    """Where drafts come from and when one is put aside."""

    sources: tuple[str, ...] = ()
    quarantine_below: float = 0.5
    user_agent: str = ""


class ImportSettings(Table, frozen=True, kw_only=True):
    """What `import` takes foreign front matter for: their key -> ours."""

    keys: dict[str, str] = {}


class RedirectSettings(Table, frozen=True, kw_only=True):
    """An old address of the site, a path, and where it leads: a path, or an address elsewhere."""

    from_: str = field(name="from")
    to: str
    status: Literal[301, 302] = 301


class SecuritySettings(Table, frozen=True, kw_only=True):
    """Fields of `/.well-known/security.txt`; none is written without a contact."""

    contact: tuple[str, ...] = ()
    expires: str = ""
    policy: str = ""


class Settings(Table, frozen=True, kw_only=True):
    """The whole file."""

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
        """The base URL without its trailing slash; the local one where none is set."""
        return (self.base_url or NO_BASE_URL).rstrip("/")

    @property
    def root(self) -> str:
        """The path prefix of the base URL: "" or "/digest"."""
        return urlsplit(self.base).path.rstrip("/")
