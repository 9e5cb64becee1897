"""Lines as rules see them."""

from site_gen.convert.text.lines import count_words, read_lines, tidy


def test_numbers_blanks_markers_and_copies() -> None:
    lines = read_lines("\n\na b\n  - c\n\n\na b\n", "en")
    assert [(x.number, x.blanks, x.marker, x.indent, x.copies) for x in lines] == [
        (3, 2, "", 0, 2),
        (4, 0, "-", 2, 1),
        (7, 2, "", 0, 2),
    ]


def test_broken_characters_go_and_joiners_stay() -> None:
    assert tidy("a\x00b\u200bc \u200d\u0301 \ud800") == "a bc \u200d\u0301"


def test_cjk_letters_count_half() -> None:
    assert count_words("船回来 yes") == 2.5
