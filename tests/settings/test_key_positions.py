"""Where a key stands in TOML text."""

from site_gen.settings.key_positions import KeyPositions

TEXT = """\
title = "x"
feeds.items = 5

[[topics]]
name = "A"
[[topics]]
  "slug" = "b"
[authors.ann]
name = "Ann"
"""


def place(*path: str | int) -> tuple[int, int, int]:
    where = KeyPositions(TEXT, "site.toml", ())(path)
    return where.line, where.column, where.length


def test_keys_are_found() -> None:
    assert place("title") == (1, 1, 5)
    assert place("feeds", "items")[:2] == (2, 1)
    assert place("topics", 0, "name")[:2] == (5, 1)
    assert place("topics", 1, "slug")[:2] == (7, 3)
    assert place("authors", "ann", "name")[:2] == (9, 1)


def test_a_key_that_is_not_there_is_placed_at_its_table() -> None:
    assert place("topics", 1, "name")[:2] == (6, 1)
    assert place("authors", "ann", "bio")[:2] == (8, 1)
    assert place("nowhere") == (0, 0, 1)
    assert place()[:2] == (0, 0)


def test_a_prefix_is_taken_off() -> None:
    places = KeyPositions(
        "[tool.other]\ntitle = 1\n[tool.site_gen]\ntitle = 2\n", "p", ("tool", "site_gen")
    )
    assert places(("title",)).line == 4
