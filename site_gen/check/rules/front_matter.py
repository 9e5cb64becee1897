"""Rules for front matter that is valid but probably not what the editor meant."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from difflib import get_close_matches
from urllib.parse import unquote

from site_gen.arrange.site_paths import addresses_of
from site_gen.basics import slugs
from site_gen.check.document import Document, ignored_rules
from site_gen.check.findings import Hit
from site_gen.check.head_addresses import listed
from site_gen.check.rules.rule import Placed, Rule, Sight, View
from site_gen.formats.deploy.redirects import alias_claims
from site_gen.problems import did_you_mean, shown

SOON = timedelta(days=8)
"""A later date is probably a mistake: a story may wait a week for the next edition."""


def unknown_topic(document: Document, sight: Sight) -> Iterator[Hit]:
    """Find topics that are nearly one of the settings. Others may be new topics."""
    for topic in listed(document.matter.get("topics")):
        name = slugs.folded(str(topic))
        if not sight.topics or name in sight.topics:
            continue
        near = get_close_matches(name, list(sight.topics), n=1, cutoff=0.8)
        if near:
            line = document.line_of("topics", str(topic))
            yield Hit(
                rule="front-matter/topic", line=line, field="topics",
                message=f"the topic {shown(str(topic))} is not in the settings, but "
                f"{shown(sight.topics[near[0]])} is",
                help="correct it, or declare it",
            )  # fmt: skip


def useless_alias(view: View) -> Iterator[Placed]:
    """Find aliases that are the article's own address, or repeated."""
    for article in view.catalog.articles:
        if not article.aliases or article.path not in view.paths:
            continue
        seen = set[str]()
        for alias in article.aliases:
            bare = _bare(alias)
            own = bare == _bare(article.card.permalink)
            if own or bare in seen:
                reason = "is the article's own address" if own else "stands twice"
                yield article.path, _of_alias(view, article.path, "front-matter/alias", alias,
                                              reason, "take it out")  # fmt: skip
            seen.add(bare)


def taken_alias(view: View) -> Iterator[Placed]:
    """Find aliases that are an address of the site or of two files, which a build refuses."""
    taken = {_bare(address) for address in addresses_of(view.catalog)}
    claimed: dict[str, str] = {}
    for claim in alias_claims(view.catalog):
        for alias in claim.aliases if claim.permalink else ():
            bare = _bare(alias)
            if bare == _bare(claim.permalink):
                continue
            first = claimed.setdefault(bare, claim.path)
            if claim.path not in view.paths or (bare not in taken and first == claim.path):
                continue
            reason = "is an address of the site itself" if bare in taken else (
                f"is claimed by content/{first} too")  # fmt: skip
            yield claim.path, _of_alias(view, claim.path, "front-matter/alias-taken", alias,
                                        reason, "take it out of one of them")  # fmt: skip


def _bare(address: str) -> str:
    return unquote(address).rstrip("/")


def _of_alias(view: View, path: str, rule: str, alias: str, reason: str, cure: str) -> Hit:
    document = view.files.document(path)
    line = document.line_of("aliases", alias) if document else 1
    return Hit(rule=rule, line=line, field="aliases", help=cure,
               message=f"the alias {shown(alias)} {reason}")  # fmt: skip


def far_future(view: View) -> Iterator[Placed]:
    for article in view.catalog.articles:
        card = article.card
        if article.path not in view.paths:
            continue
        if card.date - view.now > SOON:
            yield article.path, Hit(
                rule="front-matter/future", line=view.date_line(article.path),
                field="publishedDateTime",
                message=f"it is dated {card.date:%Y-%m-%d}, more than a week ahead",
                help="correct the date if it was meant to be published sooner",
            )  # fmt: skip
        elif card.lastmod - view.now > SOON:
            yield article.path, _changes_ahead(view, article.path, card.lastmod)


def _changes_ahead(view: View, path: str, moment: datetime) -> Hit:
    """Return a hit for a future date of change, which feeds and sitemaps would repeat."""
    document = view.files.document(path)
    modified = document is not None and "modifiedDateTime" in document.matter
    field = "modifiedDateTime" if modified else "corrections"
    return Hit(
        rule="front-matter/future", line=document.line_of(field) if document else 1, field=field,
        message=f"it says that it changes {moment:%Y-%m-%d}, more than a week ahead",
        help="correct the date: feeds give it as the time of the last change",
    )  # fmt: skip


def undated_correction(document: Document, sight: Sight) -> Iterator[Hit]:
    for correction in listed(document.matter.get("corrections")):
        if isinstance(correction, dict) and correction.get("text") and not correction.get("date"):
            line = document.line_with("corrections", str(correction["text"]))
            yield Hit(
                rule="front-matter/correction", line=line, field="corrections",
                message="a correction without a date: no list, feed or later edition tells of it",
                help="add `date:`, the day on which it was corrected",
            )  # fmt: skip


def silent_reason(document: Document, sight: Sight) -> Iterator[Hit]:
    for rule, reason in ignored_rules(document.matter).items():
        if not reason:
            line = document.line_of("checkIgnore", rule)
            yield Hit(
                rule="front-matter/reason", line=line, field="checkIgnore",
                message=f"checkIgnore names {shown(rule)} without a reason",
                help=f'write "{rule}: why"',
            )  # fmt: skip


def unknown_rule(view: View) -> Iterator[Placed]:
    """Find unknown rules in `checkIgnore`, which have no effect."""
    known = {*view.files.rules, *(name.partition("/")[0] for name in view.files.rules)}
    for path in view.paths:
        entry = view.files.index_entry(path)
        for name in entry.ignored if entry else ():
            if name not in known:
                document = view.files.document(path)
                line = document.line_of("checkIgnore", name) if document else 1
                yield path, Hit(
                    rule="front-matter/ignore", line=line, field="checkIgnore",
                    message=f"checkIgnore names no rule {shown(name)}.{did_you_mean(name, known)}",
                    help="`site-gen check explain` lists the rules",
                )  # fmt: skip


RULES = (
    Rule("front-matter/topic", "warning", "a topic that is nearly one of the settings",
         "correct it, or declare it", document=unknown_topic),
    Rule("front-matter/alias", "hint", "an alias that is the article's own address, or stands "
         "twice", "take it out", site=useless_alias),
    Rule("front-matter/alias-taken", "error", "an alias at which another page stands, or that two "
         "files claim", "take it out of one of them", site=taken_alias),
    Rule("front-matter/future", "warning", "a date of an article more than a week ahead",
         "correct the date", site=far_future),
    Rule("front-matter/correction", "warning", "a correction without a date: only its own page "
         "tells of it", "add `date`", document=undated_correction),
    Rule("front-matter/ignore", "warning", "a rule silenced that is none", "correct its name",
         site=unknown_rule),
    Rule("front-matter/reason", "hint", "a rule silenced without a reason", "give one",
         document=silent_reason),
)  # fmt: skip
