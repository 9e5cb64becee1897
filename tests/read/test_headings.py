"""The names under which the headings of a body are found."""

from typing import Any

from site_gen.read.headings import Ids


class Asked(dict[str, str]):
    """Counts how often it is asked whether something is there."""

    times = 0

    def __contains__(self, key: object) -> bool:
        self.times += 1
        return super().__contains__(key)


def test_equal_headings_are_numbered_past_what_is_taken() -> None:
    ids = Ids()
    for text in ("A", "A 1", "A", "A", "A-1"):
        ids.give(text)
    assert set(ids.anchors()) == {*((f"a-{n}", f"a-{n}") for n in (1, 2, 3)), ("a", "a"),
                                  ("a-1-1", "a-1-2"), ("a-1-2", "a-1-2")}  # fmt: skip


def test_a_heading_that_stands_often_is_looked_up_as_often(monkeypatch: Any) -> None:
    ids, asked = Ids(), Asked()
    monkeypatch.setattr(ids, "_headings", asked)
    for _ in range(1000):
        ids.give("News")
    assert asked["news-999"] == "news-1000"
    assert asked.times < 3000
