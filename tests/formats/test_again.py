"""What a plan made of an edition is made again only where that is another one."""

from site_gen.formats.again import Again


class Maker:
    def __init__(self) -> None:
        self.again: Again[tuple[int, ...], str] = Again()
        self.made: list[tuple[int, ...]] = []

    def make(self, given: tuple[int, ...]) -> str:
        self.made.append(given)
        return f"{given}"

    def plan(self, base: object, **given: tuple[int, ...]) -> list[str]:
        self.made.clear()
        return list(self.again.planned(base, given.items(), self.make))


def test_what_is_equal_is_made_once() -> None:
    maker = Maker()
    first = maker.plan("x", a=(1,), b=(2,), c=(3,))
    assert first == ["(1,)", "(2,)", "(3,)"]
    second = maker.plan("x", a=(1,), b=(7,), c=(3,))
    assert (second, maker.made) == (["(1,)", "(7,)", "(3,)"], [(7,)])
    assert all(second[at] is first[at] for at in (0, 2))


def test_another_base_is_begun_with_nothing() -> None:
    maker = Maker()
    maker.plan("x", a=(1,))
    maker.plan("y", a=(1,))
    assert maker.made == [(1,)]
    maker.plan("x", a=(1,))
    assert maker.made == [(1,)]


def test_what_was_not_asked_for_is_forgotten() -> None:
    maker = Maker()
    maker.plan("x", a=(1,), b=(2,))
    maker.plan("x", a=(1,))
    maker.plan("x", a=(1,), b=(2,))
    assert maker.made == [(2,)]


def test_a_plan_that_was_given_up_is_known_as_far_as_it_went() -> None:
    maker = Maker()
    given = {"a": (1,), "b": (2,), "c": (3,)}
    begun = maker.again.planned("x", given.items(), maker.make)
    assert [next(begun), next(begun)] == ["(1,)", "(2,)"]
    assert maker.plan("x", **given) == ["(1,)", "(2,)", "(3,)"]
    assert maker.made == [(3,)]


def test_one_that_goes_on_meanwhile_harms_no_other() -> None:
    maker = Maker()
    begun = maker.again.planned("x", {"a": (1,), "b": (2,)}.items(), maker.make)
    next(begun)
    maker.plan("y", a=(8,), b=(9,))
    assert list(begun) == ["(2,)"]
    assert maker.plan("y", a=(8,), b=(9,)) == ["(8,)", "(9,)"]
    assert maker.made == []
