"""Reasons why a page is no article, or an article that nobody should accept unseen."""

import re
from dataclasses import dataclass

from site_gen.convert import similarity

SHORT = 50
"""A body with fewer words is too short for an article."""
SUSPECT = 150
"""Below so many words, a paywall or an error may have been taken for the article."""
MANY_TEASERS = 8

_ERROR_TITLE = re.compile(
    r"(?:^|\W)(?:404|403|500|502|503)(?:\W|$)|(?:page|article|site) (?:is )?(?:not|no longer)"
    r" (?:found|available)|not found|access denied|forbidden|service unavailable|just a moment"
    r"|attention required|are you (?:a )?(?:human|robot)|verify (?:that )?you are human"
    r"|security check|seite nicht gefunden|page introuvable|p[aá]gina no encontrada",
    re.IGNORECASE,
)
_WALL = re.compile(
    r"(?:subscribe|sign (?:in|up)|log in|register|create (?:a|an) (?:free )?account)"
    r".{0,40}(?:to|and) (?:continue|keep|read|unlock|view|access)"
    r"|(?:already|become) a (?:subscriber|member)|this (?:article|content|story) is (?:only )?"
    r"(?:for|available to|reserved for) (?:our )?(?:subscribers|members)"
    r"|you(?:'|’)?(?:ve| have) (?:reached|read) (?:your|all).{0,30}(?:limit|articles)"
    r"|please (?:enable|turn on) (?:javascript|cookies)|enable javascript",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a page; `visible` is all its text."""

    title: str
    body: str
    visible: str
    teasers: int
    declared: bool
    free: bool = True


def reasons(facts: Facts) -> tuple[str, ...]:
    """Why the draft is quarantined, in words; or ()."""
    count = len(similarity.words(facts.body)) + len(re.findall(r"[\u3040-\u9fff]", facts.body)) // 2
    suspect = count < SUSPECT
    found = {
        "no title found": not facts.title,
        "no body found": count == 0,
        f"the body has only {count} words": 0 < count < SHORT,
        "looks like an error page": suspect and bool(_ERROR_TITLE.search(facts.title)),
        "looks like a paywall": suspect and (not facts.free or _walled(facts)),
        "looks like a list of articles": not facts.declared
        and facts.teasers >= MANY_TEASERS
        and suspect,
    }
    return tuple(reason for reason, holds in found.items() if holds)


def _walled(facts: Facts) -> bool:
    return _WALL.search(similarity.squeeze(facts.visible)[:200_000]) is not None
