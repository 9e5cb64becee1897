"""How people without a system say that a text is not for everybody: by folders, names, a line."""

import re

FOLDERS = frozenset(
    "internal confidential secret members members-only membersonly premium paid subscribers"
    " subscribers-only unsent unreleased embargo embargoed scheduled pending rejected discarded"
    " attic trash deleted in-progress inprogress todo ideas next upcoming queue".split()
)
"""Names of folders, in lower case, `_` as `-`."""
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
