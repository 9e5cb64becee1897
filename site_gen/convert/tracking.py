"""Parameters of addresses that say who sent a reader, not which page: cut, by name."""

import re
from urllib.parse import urlsplit, urlunsplit

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


def without(url: str) -> str:
    """`url` without them; all other parameters stay as they were, in their order."""
    if "?" not in url:
        return url
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
