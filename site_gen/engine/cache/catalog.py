"""The catalog between processes: arranged anew only where more than bodies and details differ.

It is known by a digest of all that it was made from but those, so that nothing of it need be
believed; articles with another body or detail are put into it. It lies in the memo by editions, so
that an edit writes one of them, and is sealed as a whole.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec
from msgspec.structs import replace

from site_gen.arrange.catalog import Arranged, is_valid
from site_gen.basics import digest
from site_gen.engine.cache import problem_codec
from site_gen.engine.cache.memo import Memo
from site_gen.engine.cache.memo_key import seal
from site_gen.engine.report import Options, Waiting
from site_gen.model import ArticleRef, Card, Catalog, Noun
from site_gen.settings import Settings

if TYPE_CHECKING:
    from site_gen.engine.inputs.content import Content

STATE = "catalog"
"""Name of the state that has it; its editions are `catalog ` and their id."""

MOST = 256
"""Articles that may differ in body or detail: with more, it is written anew."""

_GROUPS = ("editions", "topics", "sections", "stories", "providers", "authors")
_SEAL = 16


class _Kept(Noun, frozen=True, kw_only=True):
    """A catalog without its articles, whose groups have no cards.

    parts     of the content files of all articles, in order, what `Content.parts` says
    editions  digest of what each edition's articles are encoded as
    order     of each article, which of these it is in
    groups    by field and group the places of its cards among the articles
    rooted    whether a link of an article begins at the top of the site
    gone      addresses of what is not to be shown
    """

    key: str
    valid: tuple[datetime | None, datetime | None]
    problems: str
    hidden: tuple[str, ...]
    waiting: tuple[Any, ...]
    rooted: bool
    gone: tuple[str, ...]
    parts: tuple[str, ...]
    editions: dict[str, str]
    order: tuple[int, ...]
    groups: tuple[tuple[tuple[int, ...], ...], ...]
    catalog: Catalog


class Found(NamedTuple):
    """What was arranged, and what else an arrangement came to.

    hidden   content paths of articles that are not shown by their own word
    changed  content paths of those that have another body or detail by now
    """

    arranged: Arranged
    hidden: tuple[str, ...]
    waiting: Waiting
    rooted: bool
    changed: tuple[str, ...]


_KEPT = msgspec.msgpack.Decoder(_Kept)
_REFS = msgspec.msgpack.Decoder(tuple[ArticleRef, ...])


def key_of(content: "Content", settings: Settings, options: Options, program: str) -> str:
    """Digest of all that an arrangement is made from but bodies, details and the moment."""
    shown = f"{options.drafts} {options.future}"
    files = (part for pair in content.digests.items() for part in pair)
    return digest.of_parts(program, shown, digest.of_value(settings), *content.frames(), *files)


def load(memo: Memo, output: str, key: str, content: "Content", now: datetime) -> Found | None:
    """The catalog that was made under this key, where it is the same `now`."""
    data = memo.bytes_of(output, STATE)
    if data[:_SEAL] != seal(STATE.encode(), data[_SEAL:]):
        return None
    kept = _KEPT.decode(data[_SEAL:])
    if kept.key != key or not is_valid(kept.valid, now):
        return None
    parts = content.parts()
    changed = tuple(p for old, (p, new) in zip(kept.parts, parts, strict=True) if old != new)
    articles = _articles(memo, output, kept)
    if articles is None or len(changed) > MOST:
        return None
    catalog = replace(
        kept.catalog,
        articles=articles,
        **{name: _filled(name, kept, articles) for name in _GROUPS},
    )
    problems = tuple(problem_codec.decode(kept.problems))
    arranged = Arranged(catalog, problems, kept.valid, kept.gone)
    return Found(arranged, kept.hidden, Waiting(*kept.waiting), kept.rooted, changed)


def _articles(memo: Memo, output: str, kept: _Kept) -> tuple[ArticleRef, ...] | None:
    """All articles in order; None where an edition of theirs is not as it was written."""
    found: list[Iterator[ArticleRef]] = []
    for name, own in kept.editions.items():
        data = memo.bytes_of(output, f"{STATE} {name}")
        if digest.of_bytes(data) != own:
            return None
        found.append(iter(_REFS.decode(data)))
    return tuple([next(found[place]) for place in kept.order])


def _filled(name: str, kept: _Kept, articles: tuple[ArticleRef, ...]) -> tuple[Any, ...]:
    places = kept.groups[_GROUPS.index(name)]
    groups = zip(getattr(kept.catalog, name), places, strict=True)
    return tuple(replace(g, cards=tuple([articles[i].card for i in own])) for g, own in groups)


def store(memo: Memo, output: str, key: str, content: "Content", found: Found) -> None:
    """Tell the memo of a catalog that was made anew: call it within a transaction."""
    catalog = found.arranged.catalog
    by_edition: dict[str, list[ArticleRef]] = {}
    for ref in catalog.articles:
        by_edition.setdefault(ref.card.edition, []).append(ref)
    encoded = {name: msgspec.msgpack.encode(refs) for name, refs in by_edition.items()}
    number = {name: place for place, name in enumerate(by_edition)}
    place = {ref.card.id: at for at, ref in enumerate(catalog.articles)}
    kept = _Kept(
        key=key,
        valid=found.arranged.valid,
        problems=problem_codec.encode(found.arranged.problems),
        hidden=found.hidden,
        waiting=tuple(found.waiting),
        rooted=found.rooted,
        gone=found.arranged.gone,
        parts=tuple(own for _, own in content.parts()),
        editions={name: digest.of_bytes(data) for name, data in encoded.items()},
        order=tuple([number[ref.card.edition] for ref in catalog.articles]),
        groups=tuple(tuple(_places(getattr(catalog, name), place)) for name in _GROUPS),
        catalog=replace(
            catalog,
            articles=(),
            **{
                name: tuple(replace(group, cards=()) for group in getattr(catalog, name))
                for name in _GROUPS
            },
        ),
    )
    _write(memo, output, kept, encoded)


def _places(groups: Iterable[Any], place: Mapping[str, int]) -> Iterator[tuple[int, ...]]:
    for group in groups:
        cards: tuple[Card, ...] = group.cards
        yield tuple([place[card.id] for card in cards])


def _write(memo: Memo, output: str, kept: _Kept, encoded: Mapping[str, bytes]) -> None:
    """Those editions that are not there as they are, and the rest."""
    data = memo.bytes_of(output, STATE)[_SEAL:]
    before = _KEPT.decode(data).editions if data else {}
    for name in before.keys() - encoded.keys():
        memo.forget_state(output, f"{STATE} {name}")
    for name, own in encoded.items():
        if before.get(name) != kept.editions[name]:
            memo.set_bytes(output, f"{STATE} {name}", own)
    data = msgspec.msgpack.encode(kept)
    memo.set_bytes(output, STATE, seal(STATE.encode(), data) + data)


def forget(memo: Memo, output: str) -> None:
    """Forget it: a build found a fault, and what is known of its pages may be of another one."""
    memo.forget_state(output, STATE)
