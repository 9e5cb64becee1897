"""Rules for editions: what is missing, what is too much, which provider dominates."""

from collections import Counter
from collections.abc import Iterator

from site_gen.check.findings import Hit
from site_gen.check.rules.rule import Placed, Rule, View
from site_gen.model import Edition
from site_gen.problems import shown

FEW = 5
"""With fewer stories, shares mean nothing."""


def no_lead(edition: Edition, view: View) -> Iterator[Placed]:
    if _is_past_or_future(edition, view):
        return
    note = view.note_of(edition)
    if len(edition.cards) > 1 and note is not None and not note.lead:
        yield note.path, Hit(rule="editions/lead", message="the note names no lead",
                             line=note.title_line,
                             help=f"add `lead: {edition.cards[0].slug}`, or the story that "
                             "should open the edition")  # fmt: skip


def draft_note(edition: Edition, view: View) -> Iterator[Placed]:
    note = view.documents.get(_note_path(edition))
    if note is not None and note.draft and not _is_past_or_future(edition, view):
        document = view.files.document(note.path)
        yield note.path, Hit(
            rule="editions/draft-note", line=document.line_of("draft") if document else 1,
            field="draft",
            message="the note is a draft: its title, lead and text are left out",
            help="take `draft: true` out before the edition is closed",
        )  # fmt: skip


def no_note(edition: Edition, view: View) -> Iterator[Placed]:
    if view.note_of(edition) is None and not _is_past_or_future(edition, view):
        yield _note_path(edition), Hit(
            rule="editions/note", message=f"the edition {edition.ref.id} has no note",
            help=f"`site-gen new edition {edition.ref.id}` starts one",
        )  # fmt: skip


def _is_past_or_future(edition: Edition, view: View) -> bool:
    """Whether an edition is closed or has not begun. Then its note is only checked if the editor
    requested that edition."""
    return not view.alone and (edition.ref.closed or not view.has_begun(edition))


def empty_section(edition: Edition, view: View) -> Iterator[Placed]:
    held = {card.section.name for card in edition.cards if card.section}
    for section in view.settings.sections if held and not _is_past_or_future(edition, view) else ():
        if section.name not in held:
            yield _note_path(edition), Hit(
                rule="editions/section", message=f"the section {shown(section.name)} of "
                f"{edition.ref.id} has no story", help="find one, or leave it out this time",
            )  # fmt: skip


def minutes_of(edition: Edition) -> int:
    """Return the reading time of an edition's note and articles in minutes."""
    return edition.minutes + sum(card.minutes for card in edition.cards)


def budgets(edition: Edition, view: View) -> Iterator[Placed]:
    limits = view.settings.check
    counted = (
        ("stories", len(edition.cards), limits.stories),
        ("words", view.words_of(edition), limits.words),
        ("minutes of reading", minutes_of(edition), limits.minutes),
    )
    for what, count, limit in counted:
        if limit and count > limit:
            yield _note_path(edition), Hit(
                rule="editions/budget", message=f"{edition.ref.id} holds {count:,} {what}, more "
                f"than {limit:,}", help="leave something for the next one",
            )  # fmt: skip


def one_voice(edition: Edition, view: View) -> Iterator[Placed]:
    names = Counter(card.provider.name for card in edition.cards if card.provider)
    limit, total = view.settings.check.provider_share, len(edition.cards)
    for name, count in names.most_common(1):
        if limit and total >= FEW and count / total > limit:
            yield _note_path(edition), Hit(
                rule="editions/one-voice", message=f"{count} of {total} stories of "
                f"{edition.ref.id}: so much comes from {shown(name)}", help="add other voices",
            )  # fmt: skip


def paywalls(edition: Edition, view: View) -> Iterator[Placed]:
    limit, total = view.settings.check.paywalled_share, len(edition.cards)
    behind = sum(document.paywalled for document in view.articles_of(edition))
    if limit and total >= FEW and behind / total > limit:
        yield _note_path(edition), Hit(
            rule="editions/paywalls", message=f"{behind} of {total} stories of {edition.ref.id} "
            "stand behind a paywall", help="find some that everyone can read",
        )  # fmt: skip


def languages(edition: Edition, view: View) -> Iterator[Placed]:
    known = view.settings.check.languages
    for document in view.articles_of(edition):
        if known and document.language and document.language.split("-")[0].lower() not in known:
            yield document.path, Hit(
                rule="editions/language", message=f"the language {shown(document.language)} is "
                "none of check.languages", line=document.language_line,
                field="language",
                help="correct it, or add it to the settings",
            )  # fmt: skip


def undated(edition: Edition, view: View) -> Iterator[Placed]:
    for card in edition.cards:
        if not card.dated:
            path = f"{card.id}.md"
            yield path, Hit(
                rule="editions/undated", message="no publishedDateTime: the day it was added "
                f"puts it into {edition.ref.id}", line=view.date_line(path),
                field="publishedDateTime",
                help="add the day on which it was published",
            )  # fmt: skip


def _note_path(edition: Edition) -> str:
    return f"editions/{edition.ref.id}.md"


RULES = (
    Rule("editions/lead", "hint", "a note that names no lead", "add `lead`", edition=no_lead),
    Rule("editions/draft-note", "warning", "a note that is still a draft: its edition goes out "
         "without it", "take `draft: true` out", edition=draft_note),
    Rule("editions/note", "hint", "an edition without a note", "`site-gen new edition`",
         edition=no_note),
    Rule("editions/section", "hint", "a section of the settings without a story, where others "
         "have some", "find one, or leave it out", edition=empty_section),
    Rule("editions/budget", "warning", "more stories, words or minutes than check.stories, "
         "check.words or check.minutes allow", "leave something for the next one",
         edition=budgets),
    Rule("editions/one-voice", "hint", "more stories of one provider than check.provider_share",
         "add other voices", edition=one_voice),
    Rule("editions/paywalls", "hint", "more stories behind paywalls than check.paywalled_share",
         "find some that everyone can read", edition=paywalls),
    Rule("editions/language", "warning", "an article in none of check.languages",
         "correct it, or add it", edition=languages),
    Rule("editions/undated", "hint", "an article that only the day it was added places",
         "add publishedDateTime", edition=undated),
)  # fmt: skip
