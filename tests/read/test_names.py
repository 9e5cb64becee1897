"""Topics, providers and authors by what the settings know."""

from typing import Any

from site_gen.model import Author, Provider
from site_gen.read.names import Names
from site_gen.settings import AuthorSettings, ProviderSettings, Settings, TopicSettings
from site_gen.settings.tables import LinkSettings

SETTINGS = Settings(
    topics=(
        TopicSettings(name="AI", slug="ai", aliases=("Artificial intelligence", "A.I.")),
        TopicSettings(name="Law & order"),
    ),
    providers=(
        ProviderSettings(name="The Wire", domain="Wire.example", logo="logos/wire.png"),
        ProviderSettings(name="Paper"),
    ),
    authors={
        "ann": AuthorSettings(
            name="Ann Lee", bio="Writes.", url="https://ann.example/",
            links=(LinkSettings(name="Mastodon", url="https://m.example/@ann"),),
        )
    },
)  # fmt: skip
NAMES = Names(SETTINGS)


def test_a_topic_by_any_of_its_names() -> None:
    for name in ("AI", "ai", "artificial Intelligence", "A.I."):
        ref = NAMES.topic(name)
        assert (ref.name, ref.slug, ref.permalink) == ("AI", "ai", "/topics/ai/")


def test_topics_without_settings_make_their_own_slug() -> None:
    assert NAMES.topic("Law & order").slug == "law-order"
    assert NAMES.topic("Space Travel").permalink == "/topics/space-travel/"
    emoji = NAMES.topic("\U0001f916").slug
    assert emoji
    assert emoji != NAMES.topic("\U0001f4a5").slug


def test_each_topic_once_in_order() -> None:
    names = [ref.name for ref in NAMES.topics(("Space", "A.I.", "ai", "space", ""))]
    assert names == ["Space", "AI"]


def test_a_provider_by_domain_then_by_name() -> None:
    for given in (
        Provider(domain="wire.example"),
        Provider(name="the wire"),
        Provider(name="Something else", domain="wire.example"),
    ):
        ref = NAMES.provider(given)
        assert ref is not None
        assert (ref.name, ref.key) == ("The Wire", "wire.example")
        assert ref.permalink == "/providers/wire.example/"
        assert ref.logo == "/logos/wire.png"


def test_providers_the_settings_do_not_know() -> None:
    by_name = NAMES.provider(Provider(name="Some Paper"))
    assert by_name is not None
    assert (by_name.key, by_name.permalink) == ("some-paper", "/providers/some-paper/")
    by_domain = NAMES.provider(Provider(domain="x.example"))
    assert by_domain is not None
    assert (by_domain.name, by_domain.key) == ("x.example", "x.example")
    assert NAMES.provider(Provider()) is None
    assert NAMES.provider(None) is None


def test_an_author_by_key_or_name() -> None:
    for name in ("ann", "Ann Lee"):
        found = NAMES.author(Author(name=name))
        assert found == Author(name="Ann Lee", bio="Writes.", url="https://ann.example/")
    assert NAMES.author(Author(name="ann", bio="Own.")).bio == "Own."
    assert NAMES.author(Author(name="Bo")) == Author(name="Bo")
    assert NAMES.author_ref(Author(name="Ann Lee")).permalink == "/authors/ann-lee/"


def test_topics_of_one_article_that_are_taken_for_one_are_told(desk: Any) -> None:
    article, problems = desk.outcome("topics: [Sea/Air, Sea Air, sea  air, Port]\n")
    assert [topic.name for topic in article.card.topics] == ["Sea/Air", "Port"]
    assert problems
    assert all('"Sea/Air" and "' in each and "one address, sea-air" in each for each in problems)
    _, problems = desk.outcome("topics: [Port, port, ' Port ']\n")
    assert problems == []
