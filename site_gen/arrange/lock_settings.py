"""Settings that shape closed editions: a change after the lock is reported."""

from collections.abc import Iterable, Iterator

from site_gen.basics import digest
from site_gen.model import Lock
from site_gen.problems import Problem, Where, shown
from site_gen.settings import Settings

BASE = "base_url"
PROVIDERS = "providers"


def lock_settings(settings: Settings) -> tuple[tuple[str, str], ...]:
    """Name and value of each, as a lock keeps them; of providers a digest of their names."""
    names = ((each.domain, each.name) for each in settings.providers)
    return (
        (BASE, settings.base),
        ("language", settings.language),
        ("article_permalink", settings.article_permalink),
        ("editions.permalink", settings.editions.permalink),
        ("feeds.tag", settings.feeds.tag),
        ("feeds.date", settings.feeds.date),
        ("markdown.html", settings.markdown.html),
        (PROVIDERS, digest.of_value(sorted(names))[:16]),
    )


def changed_settings(
    locks: Iterable[Lock], settings: Settings, *, at_home: bool
) -> Iterator[Problem]:
    """One warning for each that is not as it was when editions were locked, with their count.

    at_home   the base URL is the site's own, and none that was asked for this build
    """
    now = dict(lock_settings(settings))
    told: dict[str, list[str]] = {}
    for lock in locks:
        for name, value in lock.settings:
            if name in now and now[name] != value and (at_home or name != BASE):
                told.setdefault(name, []).append(value)
    for name, values in told.items():
        was = "" if name == PROVIDERS else f" (it was {shown(values[-1])})"
        what = "names of providers are" if name == PROVIDERS else f"{name} is"
        editions = f"{len(values):,} closed edition{'s' * (len(values) > 1)}"
        yield Problem(
            "edition/settings",
            f"{what} not as in {editions}{was}: their pages, letters and feeds are not as sent",
            Where("site.toml", key=name.rpartition(".")[2]),
            "put it back; or, if it is meant, `site-gen close --settings` writes it into the locks",
            "warning",
        )
