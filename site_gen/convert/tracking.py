"""Removes tracking parameters from addresses, by name, and replaces addresses that only count a
click by their targets."""

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
PREFIXES = ("utm_", "pk_", "mtm_", "matomo_", "hsa_", "stm_", "itm_")
SENT_BY_FEED = re.compile(r"(?:ref|source|partner|from|via|emc)=(?:rss|feed|atom)[-\w]*", re.I)


REDIRECTORS = {
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
"""End of host and path -> parameters with the target address."""


def target(url: str) -> str:
    """The target of an address that only counts clicks, taken from the address itself; else
    `url`."""
    for _ in range(_MAX_REDIRECTS):
        following = _redirect_target(url)
        if not following:
            break
        url = following
    return url


def _redirect_target(url: str) -> str:
    try:
        parts = urlsplit(url)
        place = f".{(parts.hostname or '').lower()}{parts.path}"
        names = next((n for end, n in REDIRECTORS.items() if place.endswith(f".{end}")), ())
        given = dict(parse_qsl(parts.query, max_num_fields=_MAX_FIELDS)) if names else {}
        return next((urls.check(given[name], urls.WEB) for name in names if name in given), "")
    except ValueError:
        return ""


_MAX_REDIRECTS, _MAX_FIELDS = 3, 100


def remove_tracking(url: str) -> str:
    """`url` or its target without tracking parameters; all others stay unchanged and in order."""
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
    return name in NAMES or name.startswith(PREFIXES) or sent
