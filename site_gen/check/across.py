"""What is found across files: each edition by the digest of all that its rules look at."""

from collections.abc import Iterator

from site_gen.basics import digest
from site_gen.check.cache import Store
from site_gen.check.findings import Hit
from site_gen.check.rules import BY_NAME, RULES
from site_gen.check.rules.grounded import note_hits
from site_gen.check.rules.rule import Placed, View
from site_gen.model import Edition


def of_editions(view: View, store: Store) -> Iterator[Placed]:
    """What the rules for an edition find in those that were asked about; each kept by its key."""
    kept = store.across()
    keys = _keys(view)
    fresh: list[tuple[str, str, tuple[Placed, ...]]] = []
    theirs = [rule for name, rule in view.files.rules.items() if name not in BY_NAME]
    for edition in view.chosen:
        for rule in theirs:  # of a plugin nobody knows what it looks at
            yield from rule.edition(edition, view) if rule.edition else ()
        name = edition.ref.id
        key, found = kept.get(name, ("", ()))
        if key != keys[name]:
            found = tuple(of_edition(edition, view))
            fresh.append((name, keys[name], found))
        yield from found
    whole = len(view.chosen) == len(view.editions)
    store.put_across(fresh, gone=kept.keys() - keys.keys() if whole else ())


def of_edition(edition: Edition, view: View) -> Iterator[Placed]:
    """What our rules for an edition find in it."""
    for rule in RULES:
        if rule.edition is not None:
            view.files.pause()
            yield from rule.edition(edition, view)
    yield from _of_note(edition, view)


def _keys(view: View) -> dict[str, str]:
    """The key of each chosen edition: of itself, and of those before it that it may repeat."""
    cards = {article.card.id: article.digest for article in view.catalog.articles}
    known: dict[int, str] = {}

    def own(number: int) -> str:
        if number not in known:
            known[number] = _own(view.editions[number], view, cards)
        return known[number]

    settings = digest.of_value(view.settings)
    # A past edition is asked for a note only where it is looked at alone.
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


def _own(edition: Edition, view: View, cards: dict[str, str]) -> str:
    """What rules know of an edition: its number and state, its note, its cards in their order."""
    ref, digests = edition.ref, view.files.digests
    note = digests.get(f"editions/{ref.id}.md", "")
    parts = [ref.id, str(ref.number), str(ref.closed), str(view.has_begun(edition)), note]
    for card in edition.cards:
        parts += (card.id, cards.get(card.id, ""), digests.get(f"{card.id}.md", ""))
    return digest.of_parts(*parts)


def _of_note(edition: Edition, view: View) -> Iterator[tuple[str, Hit]]:
    """What the note of an edition says that none of its articles does."""
    note = view.note_of(edition)
    if note is None:
        return
    document = view.files.document(note.path)
    articles = [view.files.document(d.path) for d in view.articles_of(edition)]
    if document is not None:
        language = view.settings.language.lower()
        known = [article for article in articles if article is not None]
        yield from ((note.path, hit) for hit in note_hits(document, known, language))


def of_site(view: View) -> Iterator[Placed]:
    """What the rules for the site as a whole find."""
    for rule in view.files.rules.values():
        if rule.site is not None:
            view.files.pause()
            yield from rule.site(view)
