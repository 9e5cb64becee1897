"""Settings that shape closed editions: a change after the lock is reported."""

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from site_gen import permalinks
from site_gen.basics import digest, slugs
from site_gen.model import Card, Lock
from site_gen.problems import Problem, Where, shown
from site_gen.settings import Settings

BASE = "base_url"
LATE = "editions.late"
"""What a lock says of it holds for its edition, so that nothing changes there by the setting."""
PROVIDERS = "providers"
"""In locks that do not have the names: a digest of all that the settings have."""
_NAMED = ("topics", "providers")


def lock_settings(settings: Settings) -> tuple[tuple[str, str], ...]:
    """Name and value of each, as a lock keeps them."""
    letter = settings.newsletter
    return (
        (BASE, settings.base),
        ("title", settings.title),
        ("language", settings.language),
        ("publisher.name", settings.publisher.name),
        ("article_permalink", settings.article_permalink),
        ("formats", "html" if "html" in settings.formats else ""),
        ("editions.permalink", settings.editions.permalink),
        (LATE, settings.editions.late),
        ("feeds.tag", settings.feeds.tag),
        ("feeds.date", settings.feeds.date),
        ("feeds.content", settings.feeds.content),
        ("markdown.html", settings.markdown.html),
        ("newsletter.service", letter.service),
        ("newsletter.unsubscribe", letter.unsubscribe),
    )


def late_of(lock: Lock, settings: Settings) -> str:
    """What becomes of what is dated in a locked edition; of older locks the setting says it."""
    return dict(lock.settings).get(LATE, settings.editions.late)


def names_of(cards: Iterable[Card]) -> tuple[tuple[str, str], ...]:
    """What readers see topics and providers called, by kind and slug or domain."""
    found: dict[str, str] = {}
    for card in cards:
        found |= {f"topics/{topic.slug}": topic.name for topic in card.topics}
        if card.provider:
            found[f"providers/{card.provider.key}"] = card.provider.name
    return tuple(sorted(found.items()))


def _settled_names(settings: Settings) -> dict[str, str]:
    """The same, as far as the settings say it."""
    found = {}
    for topic in settings.topics:
        found[f"topics/{slugs.safe(topic.slug) or permalinks.slug_of_name(topic.name)}"] = (
            topic.name
        )
    for each in settings.providers:
        if each.name:
            key = each.domain.lower() or permalinks.slug_of_name(each.name)
            found[f"providers/{key}"] = each.name
    return found


def renewed(lock: Lock, settings: Settings) -> Lock:
    """The lock with the settings and names of today."""
    values, settled = lock_settings(settings), _settled_names(settings)
    if PROVIDERS in dict(lock.settings):
        values = (*values, (PROVIDERS, _digest_of_providers(settings)))
    names = tuple((key, settled.get(key, name)) for key, name in lock.names)
    return replace(lock, settings=values, names=names)


def _digest_of_providers(settings: Settings) -> str:
    names = ((each.domain, each.name) for each in settings.providers)
    return digest.of_value(sorted(names))[:16]


def changed_settings(
    locks: Iterable[Lock], settings: Settings, *, at_home: bool
) -> Iterator[Problem]:
    """One warning for each that is not as it was when editions were locked, with their count.

    at_home   the base URL is the site's own, and none that was asked for this build
    """
    now = {**dict(lock_settings(settings)), PROVIDERS: _digest_of_providers(settings)}
    settled = _settled_names(settings)
    told: dict[str, dict[str, str]] = {}
    for lock in locks:
        for name, value in lock.settings:
            if name in now and now[name] != value and name != LATE and (at_home or name != BASE):
                told.setdefault(name, {})[lock.id] = "" if name == PROVIDERS else value
        for key, name in lock.names:
            kind = key.partition("/")[0]
            if kind in _NAMED and settled.get(key, name) != name:
                told.setdefault(kind, {})[lock.id] = name
    for name, values in told.items():
        last = list(values.values())[-1]
        was = f" (it was {shown(last)})" if last else ""
        what = f"names of {name} are" if name in _NAMED else f"{name} is"
        editions = f"{len(values):,} closed edition{'s' * (len(values) > 1)}"
        yield Problem(
            "edition/settings",
            f"{what} not as in {editions}{was}: their pages, letters and feeds are not as sent",
            Where("site.toml", key=name.rpartition(".")[2]),
            "put it back; or, if it is meant, `site-gen close --settings` writes it into the locks",
            "warning",
        )
