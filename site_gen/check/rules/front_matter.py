"""Rules for front matter that the build can live with and the editor did not mean."""

from collections.abc import Iterator
from datetime import timedelta
from difflib import get_close_matches

from site_gen.basics import slugs
from site_gen.check.document import Document, ignored_rules, listed
from site_gen.check.findings import Hit
from site_gen.check.rules.rule import Placed, Rule, Sight, View
from site_gen.problems import shown

SOON = timedelta(days=8)
"""A story for the next edition may wait so long; later is mostly a slip of the pen."""


def unknown_topic(document: Document, sight: Sight) -> Iterator[Hit]:
    """Only what is nearly a topic of the settings: a new one is the editor's to begin."""
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
                f"{shown(sight.topics[near[0]])} is", excerpt=document.excerpt_of(line),
                help="correct it, or declare it",
            )  # fmt: skip


def own_alias(document: Document, sight: Sight) -> Iterator[Hit]:
    slug = document.text("slug") or document.path.rpartition("/")[2].rpartition(".")[0]
    own = sight.settings.article_permalink.replace("{slug}", slug)
    for alias in listed(document.matter.get("aliases")):
        if str(alias).rstrip("/") == own.rstrip("/"):
            line = document.line_of("aliases", str(alias))
            yield Hit(
                rule="front-matter/alias", line=line, field="aliases",
                message=f"the alias {shown(str(alias))} is the article's own address",
                excerpt=document.excerpt_of(line), help="take it out",
            )  # fmt: skip


def far_future(view: View) -> Iterator[Placed]:
    for article in view.catalog.articles:
        if article.card.date - view.now > SOON:
            yield article.path, Hit(
                rule="front-matter/future", line=1, field="publishedDateTime",
                message=f"it is dated {article.card.date:%Y-%m-%d}, more than a week ahead",
                help="correct the date if it was meant to be published sooner",
            )  # fmt: skip


def silent_reason(document: Document, sight: Sight) -> Iterator[Hit]:
    for rule, reason in ignored_rules(document.matter).items():
        if not reason:
            line = document.line_of("checkIgnore", rule)
            yield Hit(
                rule="front-matter/reason", line=line, field="checkIgnore",
                message=f"checkIgnore names {shown(rule)} without a reason",
                help=f'write "{rule}: why"', excerpt=document.excerpt_of(line),
            )  # fmt: skip


RULES = (
    Rule("front-matter/topic", "warning", "a topic that is nearly one of the settings",
         "correct it, or declare it", document=unknown_topic),
    Rule("front-matter/alias", "hint", "an alias that is the article's own address",
         "take it out", document=own_alias),
    Rule("front-matter/future", "warning", "an article dated more than a week ahead",
         "correct the date", site=far_future),
    Rule("front-matter/reason", "hint", "a rule silenced without a reason", "give one",
         document=silent_reason),
)  # fmt: skip
