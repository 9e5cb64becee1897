"""Rules for what the editions' links answer, with `--external`; `check/external.py` asks."""

import re
from collections.abc import Iterator

from site_gen.check import addresses
from site_gen.check.findings import Fix, Hit
from site_gen.check.rules.rule import Placed, Rule, View
from site_gen.check.scan import Link
from site_gen.check.verdict import SLOW, Verdict
from site_gen.problems import shown

_PLAIN = re.compile(r"https?://[\w./?&=%#~+@$,:;!-]+", re.ASCII)


def asked(view: View) -> dict[str, list[tuple[str, Link]]]:
    """The addresses that the chosen editions link, with every place that does."""
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


def hits(places: dict[str, list[tuple[str, Link]]], found: dict[str, Verdict]) -> Iterator[Placed]:
    """A hit for every place that links what is not as the editor thinks."""
    for url, verdict in found.items():
        for path, link in places.get(url, ()):
            made = _hit(link, verdict)
            if made is not None:
                yield path, made


def _hit(link: Link, verdict: Verdict) -> Hit | None:
    url, target = shown(link.url), shown(verdict.target)
    archive = f"https://web.archive.org/web/{link.url}"
    mend = None
    safe = _PLAIN.fullmatch(verdict.target)  # a server could else write into the editor's file
    if verdict.permanent and safe and _same_host(link.url, verdict.target):
        mend = Fix(link.line, link.url, verdict.target)
    match verdict.kind:
        case "gone":
            said = verdict.status if verdict.status >= 400 else "its page says so"
            rule, told = "external/gone", f"{url} is gone ({said})"
            cure = f"find where it went, or add `archive: {archive}` if a copy is there"
        case "unreachable":
            rule, told = "external/unreachable", f"{url} does not answer: {verdict.reason}"
            cure = "look at it in a browser"
        case "private":
            rule, told = "external/unreachable", f"{url} is a private address: no reader reaches it"
            cure = "link what everyone can reach, or ask it too with --allow-private"
        case "failing":
            rule, told = "external/unreachable", f"{url} answers with an error ({verdict.status})"
            cure = "look at it later"
        case "home":
            rule, told = "external/home", f"{url} leads to the front page {target}"
            cure = "find the page, or link another source"
        case "login":
            rule, told = "external/login", f"{url} asks for a password"
            cure = "say so, or link another source"
        case "paywall":
            rule, told = "external/paywall", f"{url} is for subscribers"
            cure = "add `isAccessibleForFree: false`, or link another source"
        case "moved" | "https":
            rule, told = f"external/{verdict.kind}", f"{url} leads to {target}"
            cure = "link that address" + (" (`--fix` does)" if mend else "")
        case "slow":
            rule, told = "external/slow", f"{url} took longer than {SLOW:.0f} seconds"
            cure = "look at it later"
        case _:
            return None
    return Hit(rule=rule, message=told, line=link.line, field=link.field, help=cure, fix=mend)


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
