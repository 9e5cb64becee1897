"""Tables of the reference."""

from site_gen.basics.docs_reference import Row, rows

PAGE = """\
# Page

## `[one]`

| key | default | meaning |
| --- | --- | --- |
| `a`, `b` | `"x \\| y"` | of *both*, see [there](other.md#x) |
| plain | | no key |

## Two

| `c` | **bold** `d\\|e` |
"""


def test_each_key_of_a_cell_has_a_row_in_plain_words() -> None:
    assert list(rows(PAGE)) == [
        Row("`[one]`", "a", "Of *both*, see there"),
        Row("`[one]`", "b", "Of *both*, see there"),
        Row("Two", "c", "Bold `d|e`"),
    ]
