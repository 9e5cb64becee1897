"""Rules for what linked addresses answer (`--external`); `check/external.py` requests them."""

import re
from collections.abc import Iterator

from site_gen.check import addresses
from site_gen.check.findings import Fix, Hit
from site_gen.check.rules.rule import Placed, Rule, View
from site_gen.check.scan import Link
from site_gen.check.verdict import SLOW, Verdict
from site_gen.problems import shown

_PLAIN = re.compile(r"https?://[\w./?&=%#~+@$,:;!-]+", re.ASCII)


def links_to_probe(view: View) -> dict[str, list[tuple[str, Link]]]:
    """Return the addresses that the chosen editions link, each with its (path, link) pairs."""
    found: dict[str, list[tuple[str, Link]]] = {}
    for edition in view.chosen:
        note = view.note_of(edition)
        for summary in (*view.articles_of(edition), *((note,) if note else ())):
            document = view.files.document(summary.path)
            for link in document.links if document else ():
                own = not link.field or link.field in ("webUrl", "originalUrl")
                own = own or link.field.startswith(("sources", "related"))
                if own and not link.image and addresses.same(link.url):
                    found.setdefault(link.url, []).append((summary.path, link))
    return found


def hits(
    links: dict[str, list[tuple[str, Link]]], verdicts: dict[str, Verdict]
) -> Iterator[Placed]:
    """Return a hit for each link whose verdict needs the editor's attention."""
    for url, verdict in verdicts.items():
        for path, link in links.get(url, ()):
            hit = _hit(link, verdict)
            if hit is not None:
                yield path, hit


def _hit(link: Link, verdict: Verdict) -> Hit | None:
    url, target = shown(link.url), shown(verdict.target)
    archive = f"https://web.archive.org/web/{link.url}"
    fix = None
    safe = _PLAIN.fullmatch(verdict.target)  # the fix writes it into the editor's file
    if verdict.permanent and safe and _same_host(link.url, verdict.target):
        fix = Fix(link.line, link.url, verdict.target)
    match verdict.kind:
        case "gone":
            said = verdict.status if verdict.status >= 400 else "its page says so"
            rule, text = "external/gone", f"{url} is gone ({said})"
            cure = f"find where it went, or add `archive: {archive}` if a copy is there"
        case "unreachable":
            rule, text = "external/unreachable", f"{url} does not answer: {verdict.reason}"
            cure = "look at it in a browser"
        case "private":
            rule, text = "external/unreachable", f"{url} is a private address: no reader reaches it"
            cure = "link what everyone can reach, or ask it too with --allow-private"
        case "failing":
            rule, text = "external/unreachable", f"{url} answers with an error ({verdict.status})"
            cure = "look at it later"
        case "home":
            rule, text = "external/home", f"{url} leads to the front page {target}"
            cure = "find the page, or link another source"
        case "login":
            rule, text = "external/login", f"{url} asks for a password"
            cure = "say so, or link another source"
        case "paywall":
            rule, text = "external/paywall", f"{url} is for subscribers"
            cure = "add `isAccessibleForFree: false`, or link another source"
        case "moved" | "https":
            rule, text = f"external/{verdict.kind}", f"{url} leads to {target}"
            cure = "link that address" + (" (`--fix` does)" if fix else "")
        case "slow":
            rule, text = "external/slow", f"{url} took longer than {SLOW:.0f} seconds"
            cure = "look at it later"
        case _:
            return None
    return Hit(rule=rule, message=text, line=link.line, field=link.field, help=cure, fix=fix)


def _same_host(one: str, other: str) -> bool:
    return addresses.same(one).partition("/")[0] == addresses.same(other).partition("/")[0]


RULES = (
    Rule("external/gone", "error", "a link whose page is no more", "link where it went"),
    Rule("external/unreachable", "warning", "a link that nothing answers", "look at it yourself"),
    Rule("external/home", "warning", "a link that ends at a front page", "find the page"),
    Rule("external/moved", "hint", "a link that leads on to another address",
         "link that one (`--fix` does, on the same host and for good)"),
    Rule("external/https", "hint", "an http: link that answers on https:",
         "write https (`--fix` does)"),
    Rule("external/login", "hint", "a link that asks for a password", "say so"),
    Rule("external/paywall", "hint", "a link for subscribers only",
         "add `isAccessibleForFree: false`"),
    Rule("external/slow", "hint", "a link that takes more than ten seconds", "look at it later"),
)  # fmt: skip
