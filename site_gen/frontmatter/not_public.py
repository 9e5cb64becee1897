"""What other systems mark as not for the public: one table for `convert`, `import` and `read`.

When in doubt it is not public. Nothing here changes a document: whoever calls keeps it back.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any, Literal, NamedTuple

Standing = Literal["draft", "out"]


class Mark(NamedTuple):
    """One thing that says so, as it stands: a key (or "folder", "file name") and its value.

    standing   "draft" = it comes in as `draft: true`; "out" = it does not come in at all
    sure       False where the value is a word that no system here is known for
    """

    key: str
    value: str
    standing: Standing = "draft"
    sure: bool = True

    def __str__(self) -> str:
        return f"{self.key}: {self.value}"


PUBLIC = frozenset(
    "publish published public publicly live visible listed posted sent released active enabled "
    "final everyone everybody anyone all open free gratis guest guests anonymous featured standard "
    "on yes true 1 regular web imported "
    "in_flight about_to_send confirmed".split()
) | {"entire audience", "entire list", "all subscribers", "all subscribed contacts"}
"""Words by which a status says that everybody may read it."""

OUT = frozenset(["trash", "trashed", "deleted", "removed", "auto-draft", "inherit", "spam"])
"""Words of what was thrown away, or never was a text of its own."""

PRIVATE = frozenset(
    "draft drafts private hidden unlisted unpublished pending future scheduled embargoed embargo "
    "members member paid premium tiers subscribers subscriber patrons only_paid only_free founding "
    "protected password restricted gated "
    "internal archived archive off no false 0 never none skip ignore wip idea review in-review "
    "to-review ready-for-review unapproved".split()
)
"""Words that every system means alike; what is neither here nor public is in doubt."""

STATUS = frozenset(
    "status poststatus wpstatus visibility postvisibility state workflowstate audience access "
    "privacy moderationstate stage poststage publicationstatus articlestatus contentstatus "
    "archivalmode entrystatus reviewstatus editorialstatus workflow workflowstatus accesslevel "
    "accesstier accesscontrol contentaccess tier tiers membership membershiplevel membershiptier "
    "segment segmentname segmenttitle subscription subscriptionlevel availability availableto "
    "visibleto restrictedto".split()
)
"""Keys whose value is one of those words."""

NOT_WHEN_TRUE = frozenset(
    "draft isdraft private isprivate hidden ishidden unlisted isunlisted unpublished secret wip "
    "internal protected membersonly memberonly ismembersonly formembers premium ispremium "
    "paid ispaid paidonly paywall paywalled ispaywalled behindpaywall subscribersonly "
    "subscriberonly forsubscribers patronsonly patreononly gated restricted "
    "loginrequired requireslogin requirelogin authrequired requiresauth requireauth nopublish "
    "dontpublish donotpublish trashed isdeleted deleted headless ignore "
    "excludefromcollections eleventyexcludefromcollections postpassword wppostpassword password "
    "embargo embargoed emailonly archived isarchived deletedat deletedon deleteddate needsreview "
    "needsediting encrypt encrypted isencrypted ignored protect".split()
)
"""Keys that keep a text back when they hold anything but no."""

NOT_WHEN_YES = frozenset(["members", "subscribers", "exclusive"])
"""Keys that keep a text back when they say yes: `members: 12` tells how many there are."""

NOT_WHEN_FALSE = frozenset(
    "published ispublished publish public ispublic listed islisted visible isvisible live islive "
    "free isfree enabled isenabled active isactive ready approved released render permalink "
    "output show shown done finished completed reviewed discoverable dgpublish routable".split()
)
"""Keys that keep a text back when they say no."""

KINDS = frozenset(["posttype", "wpposttype"])
TEXTS = frozenset(
    "post page article entry story news newsletter issue edition podcast episode".split()
)
"""Of an export's items, those that are texts for all; of other kinds it is in doubt."""

THINGS = frozenset(
    "attachment nav_menu_item revision custom_css customize_changeset wp_block oembed_cache "
    "user_request wp_template wp_template_part wp_global_styles wp_navigation wp_font_family "
    "wp_font_face feedback".split()
)
"""Kinds of what is no text: it never comes in."""

WORDS = frozenset("tags categories labels keywords type".split())
"""Keys whose words may be one of these."""

SAYING = frozenset(["draft", "drafts", "private"])
NESTS = frozenset("params extra meta metadata custom fields".split())
"""Mappings that hold further keys of the page."""

FOLDERS = frozenset(
    "_drafts drafts _draft draft _private private _unpublished unpublished _trash trash .trash "
    "_wip wip _archive_private".split()
)
FILES = ("draft_", "_draft_", "draft-of-")
NAMED = frozenset(["draft", "drafts", "private", "wip", "unpublished", "hidden"])
"""What stands between the name of a file and its ending, as in `fog.draft.md`."""
_NUMBERED = re.compile(r"(?:\d+[-_ ]+drafts?|drafts?[-_ ]+\d+)(?:\.|\Z)")
_TITLED = re.compile(
    r"\s*(?:\[drafts?\]|\(drafts?\)|(?i:drafts?)\s*:"
    r"|(?-i:Private|Protected|Privat|Geschützt|Privé|Protégé|Privado|Protegido|Privato|Protetto)\xa0?:\s)",
    re.IGNORECASE,
)
"""Editors' own word for it, and WordPress's before the titles of posts that it does not show."""
NOT_BEFORE = frozenset(
    "publishdate publishon publishat publishafter embargodate embargountil scheduled scheduledfor "
    "scheduledat scheduleddate scheduledate golive goliveat golivedate livefrom visiblefrom "
    "availablefrom showfrom releaseon releaseat".split()
)
"""Keys of a moment before which Hugo and others do not show a page."""

NOT_AFTER = frozenset(
    "expirydate unpublishdate unpublishon unpublishat expires expireson expiresat expiry "
    "expiration expirationdate expiredate visibleuntil showuntil publishuntil liveuntil".split()
)
"""Keys of a moment from which on Hugo and others do not show a page."""

_NO = frozenset(["false", "no", "n", "off", "0", "never", "none", ""])


def marks(fields: Mapping[str, Any], path: str = "") -> tuple[Mark, ...]:
    """All that says of a document with these keys, at this path, that it is not public."""
    return (*_in_path(path), *_in_fields(fields))


def is_out(found: tuple[Mark, ...]) -> bool:
    """Whether it stays out altogether."""
    return any(mark.standing == "out" for mark in found)


def not_before(fields: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """(key, value) of each moment before which the page is not shown."""
    for key, value in fields.items():
        if folded(str(key)) in NOT_BEFORE and value and not isinstance(value, bool):
            yield str(key), value


def in_title(title: str) -> Mark | None:
    """What a title such as `[DRAFT] Fog` says."""
    found = _TITLED.match(title)
    return Mark("title", found[0].strip()) if found else None


def is_moment(key: str) -> bool:
    """Whether such a key may hold a moment that `not_before` or `not_after` gives."""
    return folded(key) in NOT_BEFORE or folded(key) in NOT_AFTER


def not_after(fields: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """(key, value) of each moment from which on the page is not shown."""
    for key, value in fields.items():
        if folded(str(key)) in NOT_AFTER and value and not isinstance(value, bool):
            yield str(key), value


def says_no(value: Any) -> bool:
    """Whether a value means no, as a word or a number too."""
    return value is not None and _word(value) in _NO - {""}


def says_yes(value: Any) -> bool:
    """Whether a value means yes, as a word or a number too."""
    return _word(value) in ("true", "yes", "on", "1")


def mark_of(key: str, value: Any) -> Mark | None:
    """What one key says; None where it says nothing of the kind."""
    name = folded(key)
    word = _word(value)
    if name in STATUS:
        return None if isinstance(value, dict | list) and not value else _status(key, value, word)
    if name in KINDS:
        if word in THINGS:
            return Mark(key, word, "out")
        return None if word in TEXTS or not word else Mark(key, word, sure=False)
    if name in NOT_WHEN_TRUE and value is not None and word not in _NO:
        # a date such as `embargo: 2030-01-01` keeps it back too: nobody here knows until when
        return Mark(key, "set" if "password" in name else word)  # reports are read by others
    if name in NOT_WHEN_YES and says_yes(value):
        return Mark(key, word)
    if name in NOT_WHEN_FALSE and value is not None and word in _NO - {""}:
        return Mark(key, word)
    if name == "build" and isinstance(value, Mapping):
        return _built(key, {folded(str(inner)): said for inner, said in value.items()})
    if name == "publishedat" and value is None:
        return Mark(key, "nothing")
    if name in WORDS and isinstance(value, list | str):
        words = value if isinstance(value, list) else value.split(",")
        hit = next((w for w in map(_word, words) if w in SAYING), "")
        return Mark(key, hit) if hit else None
    if name in NESTS and isinstance(value, Mapping):
        said = (mark_of(str(k), v) for k, v in value.items() if folded(str(k)) not in NESTS)
        first = next((mark for mark in said if mark and mark.sure), None)
        return first._replace(key=f"{key}.{first.key}") if first else None
    return None


def folded(key: str) -> str:
    """A key without case, `_`, `-`, `:` and `?`, as systems differ in these alone."""
    return key.lower().translate(_JOINTS)


_JOINTS = str.maketrans("", "", "_-:? ")


def _built(key: str, value: Mapping[str, Any]) -> Mark | None:
    """Hugo's `build`: what is not rendered, or is in no list, was not for everybody to find."""
    for name in ("render", "list"):
        if (word := _word(value.get(name))) not in ("", "always", "true", "yes"):
            return Mark(f"{key}.{name}", word)
    return None


def _status(key: str, value: Any, word: str) -> Mark | None:
    if value is None or word == "" or word in PUBLIC:
        return None
    if word in OUT:
        return Mark(key, word, "out")
    return Mark(key, word, sure=word in PRIVATE)


def _word(value: Any) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    return "" if value is None else " ".join(str(value).lower().split())[:60]


def _in_fields(fields: Mapping[str, Any]) -> Iterator[Mark]:
    for key, value in fields.items():
        if found := mark_of(str(key), value):
            yield found


def _in_path(path: str) -> Iterator[Mark]:
    *folders, name = path.replace("\\", "/").split("/")
    for folder in folders:
        if folder.lower() in FOLDERS:
            yield Mark("folder", folder)
    low = name.lower()
    if low.startswith(FILES) or set(low.split(".")[1:-1]) & NAMED or _NUMBERED.match(low):
        yield Mark("file name", name)
