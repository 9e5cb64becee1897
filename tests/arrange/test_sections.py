"""How an edition is laid out: sections, bands by topic, stories with several articles."""

from typing import Any

from site_gen.model import SectionRef, TopicRef
from site_gen.settings import SectionSettings, TopicSettings


def section(name: str) -> SectionRef:
    return SectionRef(name=name, slug=name.lower(), permalink=f"/sections/{name.lower()}/")


def topics(*names: str) -> tuple[TopicRef, ...]:
    return tuple(TopicRef(name=n, slug=n.lower(), permalink=f"/topics/{n.lower()}/") for n in names)


def order(edition: Any) -> list[str]:
    return [card.id for card in edition.cards]


def bands(edition: Any) -> list[tuple[str, int]]:
    return [(band.name, band.stories) for band in edition.bands]


def test_without_sections_six_are_beside_the_lead_and_the_rest_by_topic(desk: Any) -> None:
    for heat in range(12):
        name = "Wind" if heat % 2 else "Rain"
        desk.add(f"a{heat:02}", heat=heat + 1, topics=topics(name) if heat else ())
    (edition,) = desk.good().editions
    assert edition.top == 7
    assert bands(edition) == [("Rain", 2), ("Wind", 2), ("", 1)]
    assert order(edition)[:7] == ["a11", "a10", "a09", "a08", "a07", "a06", "a05"]
    assert order(edition)[7:] == ["a04", "a02", "a03", "a01", "a00"]
    assert edition.stories == 12


def test_the_order_of_bands_does_not_hang_on_other_editions(desk: Any) -> None:
    for number in range(9):
        desk.add(f"a{number}", heat=9 - number, topics=topics("Wind" if number == 8 else "Rain"))
    before = bands(desk.good().editions[0])
    for number in range(20):
        desk.add(f"b{number}", edition="2024-W08", topics=topics("Wind"))
    assert bands(desk.good().editions[1]) == before


def test_with_sections_every_story_but_the_lead_is_in_its_own(desk: Any) -> None:
    desk.set(sections=(SectionSettings(name="Quay"), SectionSettings(name="Sea", order=-1)))
    desk.add("lead", heat=9, section=section("Quay"))
    for heat in range(3):
        desk.add(f"q{heat}", heat=heat + 1, section=section("Quay"))
    desk.add("s", section=section("Sea"))
    desk.add("other")
    (edition,) = desk.good().editions
    assert edition.top == 1
    assert bands(edition) == [("Sea", 1), ("Quay", 3), ("", 1)]
    assert order(edition) == ["lead", "s", "q2", "q1", "q0", "other"]


def test_a_note_may_order_the_sections_and_keeps_its_pins_on_top(desk: Any) -> None:
    for name in ("a", "b"):
        desk.add(f"{name}1", section=section(name.upper()))
        desk.add(f"{name}2", section=section(name.upper()))
    desk.note("2024-W07", sections=("b", "A"), pins=("a2", "b2"))
    (edition,) = desk.good().editions
    assert order(edition) == ["a2", "b2", "b1", "a1"]
    assert (edition.top, bands(edition)) == (2, [("B", 1), ("A", 1)])


def test_articles_on_one_event_are_one_story(desk: Any) -> None:
    desk.add("big", heat=5, story="breach", section=section("A"))
    desk.add("other", heat=4, section=section("A"))
    desk.add("late", heat=1, story="breach", section=section("B"))
    desk.add("small", heat=2, story="breach")
    (edition,) = desk.good().editions
    assert order(edition) == ["big", "small", "late", "other"]
    assert (edition.top, edition.stories, bands(edition)) == (1, 2, [("A", 1)])


def test_the_order_of_topics_in_the_settings_is_kept(desk: Any) -> None:
    desk.set(topics=(TopicSettings(name="Wind"), TopicSettings(name="Rain")))
    for number in range(10):
        desk.add(f"a{number}", heat=10 - number, topics=topics("Wind" if number == 9 else "Rain"))
    assert bands(desk.good().editions[0]) == [("Wind", 1), ("Rain", 2)]
