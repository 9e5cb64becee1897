"""Topics, providers and authors: their cards, order and names."""

from datetime import UTC, datetime, timedelta
from typing import Any

from msgspec.structs import replace

from site_gen.model import Author, AuthorRef, Link, ProviderRef, TopicRef
from site_gen.settings import AuthorSettings, ProviderSettings, TopicSettings
from site_gen.settings.tables import LinkSettings

DAY = timedelta(days=1)
FIRST = datetime(2024, 2, 12, tzinfo=UTC)


def topic(name: str, slug: str = "") -> TopicRef:
    slug = slug or name.lower()
    return TopicRef(name=name, slug=slug, permalink=f"/topics/{slug}/")


def provider(name: str, key: str) -> ProviderRef:
    return ProviderRef(name=name, key=key, permalink=f"/providers/{key}/")


def author(name: str) -> AuthorRef:
    slug = name.lower().replace(" ", "-")
    return AuthorRef(name=name, slug=slug, permalink=f"/authors/{slug}/")


def test_topics_as_the_settings_order_them_then_by_count_then_by_slug(desk: Any) -> None:
    desk.set(
        topics=(
            TopicSettings(name="Second", order=2),
            TopicSettings(name="First", order=1, description="Before all."),
            TopicSettings(name="Unused"),
        )
    )
    desk.add("a", topics=(topic("Zoo"), topic("Bees"), topic("Second")))
    desk.add("b", topics=(topic("Ants"), topic("First"), topic("Bees")))
    found = desk.good().topics
    assert [t.ref.name for t in found] == ["First", "Second", "Bees", "Ants", "Zoo"]
    assert found[0].description == "Before all."


def test_one_topic_spelt_in_two_ways_is_one(desk: Any) -> None:
    desk.add("a", topics=(topic("chips"),))
    desk.add("b", topics=(topic("Chips"),))
    (found,) = desk.good().topics
    assert found.ref.name == "Chips"
    assert len(found.cards) == 2


def test_cards_are_newest_first_and_equal_dates_by_identity(desk: Any) -> None:
    for name, days in (("old", 0), ("b", 1), ("a", 1)):
        desk.add(name, date=FIRST + days * DAY, topics=(topic("T"),))
    assert [card.id for card in desk.good().topics[0].cards] == ["a", "b", "old"]


def test_providers_by_name(desk: Any) -> None:
    desk.set(providers=(ProviderSettings(domain="B.example", feed_url="https://b.example/feed"),))
    desk.add("a", provider=provider("Beta", "b.example"))
    desk.add("b", provider=provider("alpha", "alpha"))
    desk.add("c", provider=provider("Beta", "b.example"))
    desk.add("d")
    alpha, beta = desk.good().providers
    assert (alpha.ref.name, alpha.domain, len(alpha.cards)) == ("alpha", "", 1)
    assert (beta.domain, beta.feed_url, len(beta.cards)) == (
        "b.example", "https://b.example/feed", 2,
    )  # fmt: skip


def test_authors_by_name_with_the_newest_bio(desk: Any) -> None:
    link = LinkSettings(name="Site", url="https://ann.example/")
    desk.set(authors={"ann": AuthorSettings(name="Ann Lee", links=(link,))})
    for name, days, bio in (("a", 0, "Old."), ("b", 1, "New."), ("c", 2, "")):
        said = Author(name="Ann Lee", bio=bio, url="https://w.example/ann/")
        facts = desk.add(name, date=FIRST + days * DAY, authors=(said,))
        shown = replace(facts.card, authors=(author("Ann Lee"),))
        desk.facts[-1] = replace(facts, card=shown)
    (found,) = desk.good().authors
    assert found.bio == "New."
    assert found.links == (
        Link(name="w.example/ann", url="https://w.example/ann/"),
        Link(name="Site", url="https://ann.example/"),
    )
