"""Marks of private texts in plain folders: names of folders and files, a first line."""

import re
from collections.abc import Iterable

FOLDERS = frozenset(
    "internal confidential secret members members-only membersonly premium paid subscribers"
    " subscribers-only unsent unreleased embargo embargoed scheduled pending rejected discarded"
    " attic trash deleted in-progress inprogress todo ideas next upcoming queue replies".split()
)
"""Names of folders, in lower case, `_` as `-`."""
ACCOUNT = frozenset(
    "ips sessions blocks claps bookmarks highlights interests profile twitter messages messaging"
    " conversations chats inbox likes followers following users-following topics-following"
    " pubs-following partner-program lists".split()
)
"""Folders of an export of a whole account (Medium, Tumblr), beside that of its posts."""
_LETTERS = frozenset(["messages", "messaging", "conversations", "ips"])
"""Those that nobody else has: one is enough."""
FIRST_LINES = 4
_NAME = re.compile(
    r"(?:^|[-_. ])(?:draft|wip|unpublished|private|internal|unsent)(?:[-_. ]v?\d+)?$", re.I
)
_WORDS = (
    r"drafts?|wip|work in progress|do not publish|don[’']t publish|not for publication|unpublished"
    r"|internal(?: use)?(?: only)?|confidential|private|members only|for members only|embargoed"
)
_LINE = re.compile(
    rf"(?:(?:this is an? |status ?: ?|state ?: ?)?(?:{_WORDS}))"
    rf"(?:\W+(?:{_WORDS}|version|yet|please))*\W*",
    re.IGNORECASE,
)
"""A line that says it, and no more."""
_TITLE = re.compile(
    r"#{1,6}[ \t]+(?:\[?(?:wip|unpublished|do not publish|internal)\]? ?[:\]–—-]"
    r"|.*[\[(](?:draft|wip|unpublished|private|internal|confidential|members only)[\])][ \t]*$)",
    re.IGNORECASE,
)


def account(names: Iterable[str]) -> list[str]:
    """Where exports of whole accounts lie: of their folders `posts/` alone is for readers."""
    beside: dict[str, set[str]] = {}
    for name in names:
        place, _, inner = f"/{name}".rpartition("/")
        while place:
            place, _, inner = place.rpartition("/")
            beside.setdefault(place, set()).add(inner.lower())
    return [
        f"{place}/".lstrip("/") for place, inner in beside.items()
        if "posts" in inner and (len(inner & ACCOUNT) > 1 or inner & _LETTERS)
    ]  # fmt: skip


def of_an_account(path: str, accounts: Iterable[str]) -> bool:
    """Whether a file is of an account, and none of its posts and their pictures."""
    inner = (path.removeprefix(place) for place in accounts if path.startswith(place))
    return any(not rest.lower().startswith(("posts/", "media/", "images/")) for rest in inner)


def said(path: str, body: str) -> str:
    """What says of a text that it is not public; "" where nothing does."""
    *folders, name = path.split("/")
    for folder in folders:
        if folder.lower().replace("_", "-") in FOLDERS or folder.endswith("~"):
            return f"folder: {folder}"
    stem = name.rpartition(".")[0]
    if _NAME.search(stem):
        return f"file name: {name}"
    lines = [line.strip() for line in body[:LOOKED_AT].split("\n") if line.strip()][:FIRST_LINES]
    for line in lines:
        plain = re.sub(r"^[>\s]+|[*_`!]+|<!--|-->", "", line).strip()
        if _LINE.fullmatch(plain) or _TITLE.match(line):
            return f"its beginning: {plain[:40]}"
    return ""


LOOKED_AT = 4000
"""Characters of a text that are its beginning."""
