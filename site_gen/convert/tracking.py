"""Parameters of addresses that say who sent a reader, not which page: cut, by name. Addresses
that only count a click and lead on are replaced by those that they lead to.
"""

import re
from urllib.parse import parse_qsl, urlsplit, urlunsplit

from site_gen.basics import urls

NAMES = frozenset(
    "fbclid gclid gclsrc dclid gbraid wbraid msclkid yclid ysclid twclid ttclid igshid igsh"
    " li_fat_id mc_cid mc_eid mkt_tok _hsenc _hsmi __hssc __hstc __hsfp hsctatracking vero_id"
    " vero_conv"
    " oly_enc_id oly_anon_id wickedid rb_clickid s_cid cmpid ncid srsltid ref_src ref_url ftag"
    " at_medium at_campaign at_custom1 at_custom2 wt_mc wt.mc_id xtor ito ftcamp emci emdi ceid"
    " ck_subscriber_id sfmc_id guccounter guce_referrer guce_referrer_sig __twitter_impression"
    " feedtype feedname".split()
)
"""Whole names, in lower case."""
STARTS = ("utm_", "pk_", "mtm_", "matomo_", "hsa_", "stm_", "itm_")
SENT_BY_FEED = re.compile(r"(?:ref|source|partner|from|via|emc)=(?:rss|feed|atom)[-\w]*", re.I)


LEADING_ON = {
    "google.com/url": ("q", "url"),
    "l.facebook.com/l.php": ("u",),
    "lm.facebook.com/l.php": ("u",),
    "l.instagram.com/": ("u",),
    "youtube.com/redirect": ("q",),
    "linkedin.com/redir/redirect": ("url",),
    "vk.com/away.php": ("to",),
    "duckduckgo.com/l/": ("uddg",),
    "out.reddit.com/": ("url",),
    "safelinks.protection.outlook.com/": ("url",),
}
"""Pages that lead on to the address in one of these parameters, by the end of host and path."""


def target(url: str) -> str:
    """Where an address that only counts a click leads on to, without asking it; else `url`."""
    for _ in range(_MOST_LEADS):
        following = _following(url)
        if not following:
            break
        url = following
    return url


def _following(url: str) -> str:
    try:
        parts = urlsplit(url)
        place = f".{(parts.hostname or '').lower()}{parts.path}"
        names = next((n for end, n in LEADING_ON.items() if place.endswith(f".{end}")), ())
        given = dict(parse_qsl(parts.query, max_num_fields=_MOST_FIELDS)) if names else {}
        return next((urls.check(given[name], urls.WEB) for name in names if name in given), "")
    except ValueError:
        return ""


_MOST_LEADS, _MOST_FIELDS = 3, 100


def without(url: str) -> str:
    """`url`, or what it leads on to, without them; all other parameters stay as they were, in their
    order."""
    if "?" not in url:
        return url
    url = target(url)
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    given = parts.query.split("&")
    kept = [part for part in given if not _is_tracking(part)]
    if len(kept) == len(given):
        return url
    return urlunsplit(parts._replace(query="&".join(kept)))


def _is_tracking(part: str) -> bool:
    name = part.partition("=")[0].lower()
    sent = SENT_BY_FEED.fullmatch(part.rstrip("-")) is not None
    return name in NAMES or name.startswith(STARTS) or sent
