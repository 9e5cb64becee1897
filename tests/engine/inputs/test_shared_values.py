"""What many articles name alike is held once, and reads as it did."""

from datetime import UTC, datetime
from pathlib import Path

import msgspec

from site_gen.engine.build import build
from site_gen.engine.cache.in_process import Kept
from site_gen.engine.report import Options
from site_gen.memo.shared_values import SharedValues
from site_gen.model import AuthorRef, Card, Picture, ProviderRef, SectionRef, TopicRef

WHEN = datetime(2024, 2, 13, 9, tzinfo=UTC)


def decoded(number: int, **said: object) -> Card:
    """A card as the memo gives it: with no value in common with any other."""
    card = Card(
        id=f"a{number}",
        slug=f"a{number}",
        permalink=f"/articles/a{number}/",
        link=f"/articles/a{number}/",
        guid=f"tag:a{number}",
        title="Harbour",
        date=WHEN,
        lastmod=WHEN,
        edition="2024-W07",
        category="news of the harbour",
        provider=ProviderRef(name="The Quay", key="quay.example", permalink="/providers/q/"),
        topics=tuple(
            TopicRef(name=name, slug=name, permalink=f"/topics/{name}/") for name in ("a", "b")
        ),
        section=SectionRef(name="Port", slug="port", permalink="/sections/port/"),
        authors=(AuthorRef(name="Ann", slug="ann", permalink="/authors/ann/"),),
        image=Picture(url="https://a.example/b.png", width=2, height=1),
    )
    return msgspec.msgpack.decode(
        msgspec.msgpack.encode(msgspec.structs.replace(card, **said)), type=Card
    )


def test_equal_values_are_one_and_nothing_else_changes() -> None:
    shared = SharedValues()
    one, two = decoded(1), decoded(2)
    assert one.provider is not two.provider
    for card in (one, two):
        shared.of(card)
    assert (one, two) == (decoded(1), decoded(2))
    for name in ("edition", "category", "provider", "section"):
        assert getattr(one, name) is getattr(two, name)
    assert all(a is b for a, b in zip(one.topics, two.topics, strict=True))
    assert one.authors[0] is two.authors[0]
    assert one.link is one.permalink


def test_values_that_differ_stay_apart() -> None:
    shared = SharedValues()
    logo = ProviderRef(name="The Quay", key="quay.example", permalink="/providers/q/", logo="/l")
    cards = [decoded(1), decoded(2, provider=logo, topics=(), link="https://quay.example/2")]
    for card in cards:
        shared.of(card)
    assert cards[0].provider != cards[1].provider == logo
    assert cards[1].topics == ()
    assert cards[1].link == "https://quay.example/2"


def test_a_build_holds_them_once(tmp_path: Path) -> None:
    (tmp_path / "site.toml").write_text(
        'title = "T"\nbase_url = "https://t.example"\n[feeds]\ntag = "t.example,2024"\n'
    )
    for number in range(3):
        (tmp_path / "content").mkdir(exist_ok=True)
        (tmp_path / "content" / f"a{number}.md").write_text(
            f"---\ntitle: Harbour {number}\npublishedDateTime: 2024-02-13T09:00:00Z\n"
            "provider: {name: The Quay, domain: quay.example}\ntopics: [Ships]\n---\nText.\n"
        )
    kept = Kept()
    assert build(tmp_path, Options(now=WHEN), kept=kept).ok
    assert kept.catalog is not None
    cards = [article.card for article in kept.catalog.articles]
    assert len(cards) == 3
    assert len({id(card.provider) for card in cards}) == 1
    assert len({id(topic) for card in cards for topic in card.topics}) == 1
