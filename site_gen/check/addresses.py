"""Compares addresses; knows tracking parameters and shortening services."""

import re
from functools import lru_cache
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from site_gen.basics import urls

TRACKING = re.compile(
    r"(?:utm_\w+|fbclid|gclid|dclid|gbraid|wbraid|msclkid|twclid|ttclid|yclid|igshid|igsh|mc_cid"
    r"|mc_eid|mkt_tok|_hsenc|_hsmi|__hstc|__hssc|vero_id|oly_anon_id|oly_enc_id|s_cid|cmpid"
    r"|ocid|icid|ncid|sr_share|ref_src|ref_url|guccounter|guce_referrer|guce_referrer_sig"
    r"|ceid|emci|emdi|spm|trk|trkCampaign|wt\.mc_id|at_medium|at_campaign|pk_campaign|pk_kwd)",
    re.IGNORECASE,
)
"""Query parameters that only tell the publisher where a reader came from."""

MAY_TRACK = re.compile(rf"[?&;](?:{TRACKING.pattern})", re.IGNORECASE)
"""A quick test: an address without a match has no tracking parameters."""

SHORTENERS = frozenset(
    "bit.ly t.co tinyurl.com goo.gl ow.ly buff.ly lnkd.in dlvr.it is.gd v.gd trib.al ift.tt "
    "rebrand.ly cutt.ly t.ly tiny.cc shorturl.at rb.gy fb.me amzn.to youtu.be.com j.mp".split()
)
"""Hosts of shortening services: their addresses hide the target and end with the service."""

EXAMPLES = frozenset(("example.com", "example.net", "example.org"))
"""Hosts that nobody has (RFC 2606): what links there was to be replaced."""


_PLAIN = re.compile(
    r"https://((?:[a-z0-9]++(?:-++[a-z0-9]++)*+\.)++[a-z0-9]++(?:-++[a-z0-9]++)*+)"
    r"(/[A-Za-z0-9._/-]*+)"
)
"""An https address of a host and a path, without query or fragment."""
_LONG = 1000


def is_plain(url: str) -> bool:
    """Whether an address cannot break a rule for addresses, as nearly all.

    It is not malformed, a placeholder, shortened, tracking or without encryption.
    """
    found = _PLAIN.fullmatch(url)
    return (
        found is not None
        and (host := found[1].removeprefix("www.")) not in SHORTENERS
        and host not in EXAMPLES
        and "_HERE" not in url
        and len(url) < _LONG
    )


@lru_cache(maxsize=65536)
def same(url: str) -> str:
    """Return a form that is equal for addresses of the same page; "" if it is no web address.

    Removes scheme, `www.`, fragment, tracking parameters and the last slash. Other parameters
    stay, since one such as `?v=` may name the page.
    """
    plain = _PLAIN.fullmatch(url)
    if plain:
        return plain[1].removeprefix("www.") + plain[2].rstrip("/")
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not host:
        return ""
    query = urlencode(
        sorted((k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True)
               if not TRACKING.fullmatch(k))
    )  # fmt: skip
    return f"{host}{parts.path.rstrip('/')}" + (f"?{query}" if query else "")


def is_home(form: str) -> bool:
    """Whether a form made by `same` is the home page of a site."""
    return "/" not in form and "?" not in form


def without_tracking(url: str) -> str:
    """Return the address without its tracking parameters, otherwise unchanged byte for byte."""
    parts = urls.parts(url)
    mark = "&amp;" if "&amp;" in parts.query else "&"  # as HTML and Markdown may write it
    kept = [
        piece
        for piece in parts.query.split(mark)
        if not TRACKING.fullmatch(piece.partition("=")[0])
    ]
    query = mark.join(kept)
    return url if query == parts.query else urlunsplit(parts._replace(query=query))
