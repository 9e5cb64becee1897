"""What an importer finds in the old site, in neutral terms."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from typing import Any, Literal

Form = Literal["issues", "articles"]
Target = Literal["home", "editions", "topics", "authors", "topic", "author", "feed", "topic feed",
                 "author feed", "lost"]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What the editor asked for.

    keys   foreign key -> ours, from --map and [import.keys]
    zone   of the new site's settings, for what the old ones do not say
    """

    kind: str = ""
    keys: Mapping[str, str] = field(default_factory=dict)
    zone: str = ""
    form: Form | None = None
    cards: bool = False


@dataclass(slots=True, kw_only=True)
class Entry:
    """A post, a whole issue or a page of the old site.

    source    its path below the old site, or `export.xml#17`
    matter    front matter under our keys
    body      Markdown
    address   site-absolute, as readers knew it; "" where it had none (a draft)
    aliases   older addresses that led to it
    guid      its id in the old site's feed, "" where it stood in none
    private   why it was not public, "" where it was
    faults    why it cannot be taken in as it is
    headline  where the heading led that is its title now
    unlisted  where it stood, if no list showed it: it is private now
    pattern   what made its address, where a program alone would tell that
    dated     what told its date where it says none itself: "its commit", "the feed"
    odd       what of its body was kept as text though the old system gave it a meaning
    lost      what of its body did not come, or not as it was
    anchors   ids that places of its body had, and the fragments that lead there now
    translates  the source of the text of which it is a translation
    known_as  further addresses by which texts link to it, which no redirect can lead on
    """

    source: str
    page: bool = False
    matter: dict[str, Any] = field(default_factory=dict)
    body: str = ""
    date: datetime | None = None
    number: int | None = None
    stem: str = ""
    address: str = ""
    aliases: list[str] = field(default_factory=list)
    guid: str = ""
    private: str = ""
    headline: str = ""
    unlisted: str = ""
    pattern: str = ""
    dated: str = ""
    faults: list[str] = field(default_factory=list)
    odd: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    anchors: dict[str, str] = field(default_factory=dict)
    translates: str = ""
    known_as: list[str] = field(default_factory=list)
    moved: list[tuple[str, str]] = field(default_factory=list)

    @property
    def title(self) -> str:
        return str(self.matter.get("title", ""))

    def keep_private(self, why: str) -> None:
        """Not public, for this reason where none is known yet; so it keeps no address."""
        self.private = self.private or why
        self.address = self.guid = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """A generated page of the old site, and what replaces it.

    `name` is the topic's or author's name.
    """

    address: str
    target: Target
    name: str = ""


@dataclass(frozen=True, slots=True)
class MenuItem:
    """An item of the old site's menu: an address of it, one elsewhere, or a content file.

    Those of a lesser weight come first.
    """

    name: str
    target: str
    weight: int = 0


@dataclass(frozen=True, slots=True)
class Rule:
    """A redirect that the old site had: from a path to a path, or to an address elsewhere."""

    source: str
    target: str
    status: int = 301


@dataclass(frozen=True, slots=True)
class StaticFile:
    """A file that is published as it is: its place in the old site, its address.

    data     what it holds where it is no file of its own, such as a picture in a mail
    stands   "alone" = for everybody, whatever texts say; "beside" = unless those alone show it
             that are not shown; "in" = only where a text shows it that is shown itself
    """

    source: str
    address: str
    data: bytes = b""
    stands: Literal["alone", "beside", "in"] = "alone"


@dataclass(slots=True, kw_only=True)
class OldSite:
    """All of it.

    zone        in which its dates without an offset are
    topics      name -> parent's name, for topics that have one
    items       entries of its main feed, 0 where unknown
    left        what stays behind
    out         reason -> how many texts stay behind for it
    unpublished (file, why) of what the old system did not publish, or not by itself
    notes       what was decided about it, for a person to look at
    failed      (file, why) of what could not be read
    output      the folder that it is built into, where its settings name one
    addresses   every address of the site as its own build wrote it, where that lies beside
    rules       its redirects from one path to another
    patterns    lines of its `_redirects` that hold for many paths, as they stand
    menu        its main menu, in order
    """

    zone: tzinfo
    title: str = ""
    base_url: str = ""
    description: str = ""
    language: str = ""
    timezone: str = ""
    output: str = ""
    entries: list[Entry] = field(default_factory=list)
    listings: list[Listing] = field(default_factory=list)
    static: list[StaticFile] = field(default_factory=list)
    authors: dict[str, dict[str, str]] = field(default_factory=dict)
    topics: dict[str, str] = field(default_factory=dict)
    items: int = 0
    left: list[str] = field(default_factory=list)
    out: Counter[str] = field(default_factory=Counter)
    unpublished: list[tuple[str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    failed: list[tuple[str, str]] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    patterns: list[str] = field(default_factory=list)
    menu: list[MenuItem] = field(default_factory=list)
