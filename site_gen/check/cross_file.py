"""Applies the rules for editions and for the site. Findings of an edition are cached by a digest
of all that its rules depend on."""

from collections.abc import Iterator

from site_gen.basics import digest
from site_gen.check.cache import Store
from site_gen.check.findings import Hit
from site_gen.check.rules import BY_NAME, RULES
from site_gen.check.rules.grounded import note_hits
from site_gen.check.rules.rule import Placed, View
from site_gen.model import Edition


def find_in_editions(view: View, store: Store) -> Iterator[Placed]:
    """Return the findings of all rules for editions in the chosen editions, and cache them."""
    cached = store.edition_findings()
    keys = _edition_keys(view)
    new: list[tuple[str, str, tuple[Placed, ...]]] = []
    plugin_rules = [rule for name, rule in view.files.rules.items() if name not in BY_NAME]
    for edition in view.chosen:
        for rule in plugin_rules:  # never cached: they may depend on anything
            yield from rule.edition(edition, view) if rule.edition else ()
        name = edition.ref.id
        key, found = cached.get(name, ("", ()))
        if key != keys[name]:
            found = tuple(find_in_edition(edition, view))
            new.append((name, keys[name], found))
        yield from found
    whole = len(view.chosen) == len(view.editions)
    store.save_edition_findings(new, gone=cached.keys() - keys.keys() if whole else ())


def find_in_edition(edition: Edition, view: View) -> Iterator[Placed]:
    """Return the findings of the built-in rules for editions."""
    for rule in RULES:
        if rule.edition is not None:
            view.files.pause()
            yield from rule.edition(edition, view)
    yield from _find_in_note(edition, view)


def _edition_keys(view: View) -> dict[str, str]:
    """Return a digest of each chosen edition and of the earlier ones that it is compared with."""
    cards = {article.card.id: article.digest for article in view.catalog.articles}
    known: dict[int, str] = {}

    def own(number: int) -> str:
        if number not in known:
            known[number] = _edition_digest(view.editions[number], view, cards)
        return known[number]

    settings = digest.of_value(view.settings)
    # A past edition is only checked for a note if it is the only one chosen.
    alone = str(view.alone)
    before = view.settings.check.repeat_editions
    chosen = {edition.ref.id for edition in view.chosen}
    return {
        edition.ref.id: digest.of_parts(
            settings, alone, *map(own, range(n, min(n + 1 + before, len(view.editions))))
        )
        for n, edition in enumerate(view.editions)
        if edition.ref.id in chosen
    }


def _edition_digest(edition: Edition, view: View, cards: dict[str, str]) -> str:
    """Return a digest of an edition's number and state, its note, and its cards in order."""
    ref, digests = edition.ref, view.files.digests
    note = digests.get(f"editions/{ref.id}.md", "")
    parts = [ref.id, str(ref.number), str(ref.closed), str(view.has_begun(edition)), note]
    for card in edition.cards:
        parts += (card.id, cards.get(card.id, ""), digests.get(f"{card.id}.md", ""))
    return digest.of_parts(*parts)


def _find_in_note(edition: Edition, view: View) -> Iterator[tuple[str, Hit]]:
    """Return the claims of an edition's note that none of its articles supports."""
    note = view.note_of(edition)
    if note is None:
        return
    document = view.files.document(note.path)
    articles = [view.files.document(d.path) for d in view.articles_of(edition)]
    if document is not None:
        language = view.settings.language.lower()
        known = [article for article in articles if article is not None]
        yield from ((note.path, hit) for hit in note_hits(document, known, language))


def find_in_site(view: View) -> Iterator[Placed]:
    """Return the findings of the rules for the site."""
    for rule in view.files.rules.values():
        if rule.site is not None:
            view.files.pause()
            yield from rule.site(view)
