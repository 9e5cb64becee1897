"""Posts of a social network: who wrote them, and all of them."""

from collections.abc import Callable

from site_gen.model import Draft

Convert = Callable[..., list[Draft]]

POSTS = (
    "1/ Why the tide tables of our town were wrong for thirty years, and what this says about "
    "numbers that are copied by hand.",
    "2/ The tables were computed by two clerks, of whom one read the figures aloud while the other "
    "typed them, and a seven sounded like a one.",
    "3/ Every later table was made from the one before, and nobody went back to the gauge because "
    "the pier it stood on had been closed for years.",
    "4/ In the end a student compared the table with her own watch and found low water eleven "
    "minutes late, but her letter was never answered.",
)


def _thread(name: str, handle: str) -> str:
    return "\n\n".join(f"{name}\n{handle}\n{post}\nMar 12, 2031, 09:14" for post in POSTS)


def test_a_thread_keeps_each_post_in_order(convert: Convert) -> None:
    (draft,) = convert(_thread("Ines Calder", "@ines@tooth.example"))
    starts = [draft.body.find(post[3:20]) for post in POSTS]
    assert -1 not in starts
    assert starts == sorted(starts)


def test_the_name_over_a_handle_is_the_author_and_no_title(convert: Convert) -> None:
    (draft,) = convert(_thread("Ines Calder", "@ines@tooth.example"))
    assert draft.matter["authors"] == [{"name": "Ines Calder"}]
    assert "Calder" not in draft.matter["title"]
