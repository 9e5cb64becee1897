"""How other systems mark private texts: one table for `convert`, `import` and `read`.

In doubt, a text is not public. This module changes no documents; its callers do.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any, Literal, NamedTuple

Standing = Literal["draft", "out"]


class Mark(NamedTuple):
    """A mark that a text is not public: a key (or "folder", "file name") and its value.

    standing  "draft" = imported with `draft: true`; "out" = not imported at all
    sure      False if the value is a word that no known system uses
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
"""Status words for public texts."""

OUT = frozenset(["trash", "trashed", "deleted", "removed", "auto-draft", "inherit", "spam"])
"""Status words for deleted texts, and for items that never were texts."""

PRIVATE = frozenset(
    "draft drafts private hidden unlisted unpublished pending future scheduled embargoed embargo "
    "members member paid premium tiers subscribers subscriber patrons only_paid only_free founding "
    "protected password restricted gated "
    "internal archived archive off no false 0 never none skip ignore wip idea review in-review "
    "to-review ready-for-review unapproved".split()
)
"""Status words with the same meaning in all systems. Words that are neither here nor in PUBLIC are
in doubt."""

STATUS = frozenset(
    "status poststatus wpstatus visibility postvisibility state workflowstate audience access "
    "privacy moderationstate stage poststage publicationstatus articlestatus contentstatus "
    "archivalmode entrystatus reviewstatus editorialstatus workflow workflowstatus accesslevel "
    "accesstier accesscontrol contentaccess tier tiers membership membershiplevel membershiptier "
    "segment segmentname segmenttitle subscription subscriptionlevel availability availableto "
    "visibleto restrictedto".split()
)
"""Keys with such a status word."""

PRIVATE_WHEN_SET = frozenset(
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
"""Keys that mark a text as private with any value but no."""

PRIVATE_WHEN_YES = frozenset(["members", "subscribers", "exclusive"])
"""Keys that mark a text as private if they say yes; `members: 12` is only a number of members."""

PRIVATE_WHEN_NO = frozenset(
    "published ispublished publish public ispublic listed islisted visible isvisible live islive "
    "free isfree enabled isenabled active isactive ready approved released render permalink "
    "output show shown done finished completed reviewed discoverable dgpublish routable".split()
)
"""Keys that mark a text as private if they say no."""

KIND_KEYS = frozenset(["posttype", "wpposttype"])
TEXT_KINDS = frozenset(
    "post page article entry story news newsletter issue edition podcast episode".split()
)
"""Kinds of items in exports that are public texts; unknown kinds are in doubt."""

OTHER_KINDS = frozenset(
    "attachment nav_menu_item revision custom_css customize_changeset wp_block oembed_cache "
    "user_request wp_template wp_template_part wp_global_styles wp_navigation wp_font_family "
    "wp_font_face feedback".split()
)
"""Kinds of items that are no texts and are never imported."""

LABEL_KEYS = frozenset("tags categories labels keywords type".split())
"""Keys with words, of which PRIVATE_LABELS mark private texts."""

PRIVATE_LABELS = frozenset(["draft", "drafts", "private"])
NESTED_FIELDS = frozenset("params extra meta metadata custom fields".split())
"""Mappings with more keys of the page."""

FOLDERS = frozenset(
    "_drafts drafts _draft draft _private private _unpublished unpublished _trash trash .trash "
    "_wip wip _archive_private".split()
)
NAME_PREFIXES = ("draft_", "_draft_", "draft-of-")
NAME_SUFFIXES = frozenset(["draft", "drafts", "private", "wip", "unpublished", "hidden"])
"""Parts before the extension of a file, as in `fog.draft.md`."""
_NUMBERED = re.compile(r"(?:\d+[-_ ]+drafts?|drafts?[-_ ]+\d+)(?:\.|\Z)")
_TITLED = re.compile(
    r"\s*(?:\[drafts?\]|\(drafts?\)|(?i:drafts?)\s*:"
    r"|(?-i:Private|Protected|Privat|Geschützt|Privé|Protégé|Privado|Protegido|Privato|Protetto)\xa0?:\s)",
    re.IGNORECASE,
)
"""Prefixes of titles: what editors write, and what WordPress adds to posts that it does not
show."""
NOT_BEFORE = frozenset(
    "publishdate publishon publishat publishafter embargodate embargountil scheduled scheduledfor "
    "scheduledat scheduleddate scheduledate golive goliveat golivedate livefrom visiblefrom "
    "availablefrom showfrom releaseon releaseat".split()
)
"""Keys with a date before which Hugo and others do not show a page."""

NOT_AFTER = frozenset(
    "expirydate unpublishdate unpublishon unpublishat expires expireson expiresat expiry "
    "expiration expirationdate expiredate visibleuntil showuntil publishuntil liveuntil".split()
)
"""Keys with a date after which Hugo and others do not show a page."""

_NO = frozenset(["false", "no", "n", "off", "0", "never", "none", ""])


def marks(fields: Mapping[str, Any], path: str = "") -> tuple[Mark, ...]:
    """All marks in a document with these keys at this path."""
    return (*_in_path(path), *_in_fields(fields))


def is_out(found: tuple[Mark, ...]) -> bool:
    """Whether it is not imported at all."""
    return any(mark.standing == "out" for mark in found)


def not_before(fields: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """(key, value) of each date before which the page is hidden."""
    for key, value in fields.items():
        if folded(str(key)) in NOT_BEFORE and value and not isinstance(value, bool):
            yield str(key), value


def find_in_title(title: str) -> Mark | None:
    """The mark in a title such as `[DRAFT] Fog`."""
    found = _TITLED.match(title)
    return Mark("title", found[0].strip()) if found else None


def is_moment(key: str) -> bool:
    """Whether `not_before` or `not_after` reads this key."""
    return folded(key) in NOT_BEFORE or folded(key) in NOT_AFTER


def not_after(fields: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """(key, value) of each date after which the page is hidden."""
    for key, value in fields.items():
        if folded(str(key)) in NOT_AFTER and value and not isinstance(value, bool):
            yield str(key), value


def says_no(value: Any) -> bool:
    """Whether a value means no, also as a word or number."""
    return value is not None and _word(value) in _NO - {""}


def says_yes(value: Any) -> bool:
    """Whether a value means yes, also as a word or number."""
    return _word(value) in ("true", "yes", "on", "1")


def find_mark(key: str, value: Any) -> Mark | None:
    """The mark in one key and its value, or None."""
    name = folded(key)
    word = _word(value)
    if name in STATUS:
        return (
            None if isinstance(value, dict | list) and not value else _status_mark(key, value, word)
        )
    if name in KIND_KEYS:
        if word in OTHER_KINDS:
            return Mark(key, word, "out")
        return None if word in TEXT_KINDS or not word else Mark(key, word, sure=False)
    if name in PRIVATE_WHEN_SET and value is not None and word not in _NO:
        # a date such as `embargo: 2030-01-01` keeps it back too: nobody here knows until when
        return Mark(key, "set" if "password" in name else word)  # reports are read by others
    if name in PRIVATE_WHEN_YES and says_yes(value):
        return Mark(key, word)
    if name in PRIVATE_WHEN_NO and value is not None and word in _NO - {""}:
        return Mark(key, word)
    if name == "build" and isinstance(value, Mapping):
        return _build_mark(key, {folded(str(inner)): said for inner, said in value.items()})
    if name == "publishedat" and value is None:
        return Mark(key, "nothing")
    if name in LABEL_KEYS and isinstance(value, list | str):
        words = value if isinstance(value, list) else value.split(",")
        hit = next((w for w in map(_word, words) if w in PRIVATE_LABELS), "")
        return Mark(key, hit) if hit else None
    if name in NESTED_FIELDS and isinstance(value, Mapping):
        said = (
            find_mark(str(k), v) for k, v in value.items() if folded(str(k)) not in NESTED_FIELDS
        )
        first = next((mark for mark in said if mark and mark.sure), None)
        return first._replace(key=f"{key}.{first.key}") if first else None
    return None


def folded(key: str) -> str:
    """A key without case, `_`, `-`, `:` and `?`, in which systems differ."""
    return key.lower().translate(_JOINTS)


_JOINTS = str.maketrans("", "", "_-:? ")


def _build_mark(key: str, value: Mapping[str, Any]) -> Mark | None:
    """Hugo's `build`: pages that are not rendered, or in no list, were not meant for everybody."""
    for name in ("render", "list"):
        if (word := _word(value.get(name))) not in ("", "always", "true", "yes"):
            return Mark(f"{key}.{name}", word)
    return None


def _status_mark(key: str, value: Any, word: str) -> Mark | None:
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
        if found := find_mark(str(key), value):
            yield found


def _in_path(path: str) -> Iterator[Mark]:
    *folders, name = path.replace("\\", "/").split("/")
    for folder in folders:
        if folder.lower() in FOLDERS:
            yield Mark("folder", folder)
    low = name.lower()
    if (
        low.startswith(NAME_PREFIXES)
        or set(low.split(".")[1:-1]) & NAME_SUFFIXES
        or _NUMBERED.match(low)
    ):
        yield Mark("file name", name)
