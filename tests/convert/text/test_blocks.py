"""The body's blocks: lists with their numbers, headings that are headings."""

from collections.abc import Callable

from site_gen.model import Draft

Convert = Callable[..., list[Draft]]

PROSE = (
    "The old bridge over the gorge will open again in spring, the council of the town said on "
    "Monday, two years after a flood carried away the middle of its three arches."
)
CLOSING = (
    "Until then walkers must take the long way round by the mill, and the school bus will go on "
    "leaving a quarter of an hour earlier than it did before the flood."
)
VERBS = ("Walk", "Climb", "Read")
TITLE = "Three Things That the Bridge Still Needs"


def _body(convert: Convert, *lines: str) -> str:
    (draft,) = convert("\n\n".join([TITLE, PROSE, *lines, CLOSING]))
    return draft.body


def test_a_numbered_list_keeps_its_numbers(convert: Convert) -> None:
    body = _body(convert, "1. Stone from the quarry", "2. Rope", "3. Patience")
    assert "\n\n1. Stone from the quarry\n2. Rope\n3. Patience\n\n" in body
    assert "#" not in body


def test_a_countdown_is_no_list(convert: Convert) -> None:
    body = _body(convert, "3. Stone from the quarry", PROSE.replace("old", "new"), "2. Good rope")
    assert "3. Stone from the quarry" in body
    assert "2. Good rope" in body


def test_numbers_over_paragraphs_are_headings(convert: Convert) -> None:
    one, two = PROSE.replace("old", "first"), PROSE.replace("old", "second")
    body = _body(convert, "1. The upper bridge", one, "2. The lower bridge", two)
    assert f"## 1. The upper bridge\n\n{one}" in body
    assert f"## 2. The lower bridge\n\n{two}" in body


def test_the_last_of_several_short_lines_is_no_heading(convert: Convert) -> None:
    body = _body(convert, "Oak for the benches\nLime for the wall\nIron for the lamps")
    assert "#" not in body
    assert "Iron for the lamps" in body


def test_a_line_over_a_list_is_a_heading(convert: Convert) -> None:
    body = _body(convert, "What is missing", "- Oak\n- Lime\n- Iron")
    assert "## What is missing\n\n- Oak\n- Lime\n- Iron" in body


def test_quoted_mail_is_a_quote_of_its_depth(convert: Convert) -> None:
    body = _body(
        convert,
        "Ann Example wrote:",
        "> The ferry will leave an hour earlier, because the tide in the channel has changed.",
        ">> Why was nobody told of it before the tickets for the whole summer were sold?",
        "The harbour master said that he would look at the timetable again next week.",
    )
    assert "\n\n> The ferry will leave" in body
    assert "\n>\n> > Why was nobody told" in body
    assert "\n\nThe harbour master said" in body


def test_a_list_is_missing_only_where_nothing_was_cut(convert: Convert) -> None:
    assert "list missing" in _body(convert, "What the bridge still needs:")
    said = _body(convert, "mason_jo wrote:", "18 Nov 2026, 09:14")
    assert "list missing" not in said


def test_verse_keeps_its_lines(convert: Convert) -> None:
    first = "She walked the pier at four o'clock\nwith pencil, lamp and tin,\nand wrote it down"
    body = _body(convert, first, "The clerks in town were very glad\nand filed the sea away;")
    assert "\n\n" + first.replace("\n", "\\\n") + "\n\n" in body
    assert "very glad\\\nand filed the sea away;\n\n" in body


def test_a_name_over_lines_with_figures_is_a_heading_over_a_list(convert: Convert) -> None:
    body = _body(convert, "Ingredients\n450 g flour\n1 tsp salt\n500 ml buttermilk")
    assert "## Ingredients\n\n- 450 g flour\n- 1 tsp salt\n- 500 ml buttermilk\n\n" in body


def test_one_word_over_a_list_is_a_heading(convert: Convert) -> None:
    assert "## Decisions\n\n1. Dues rise\n2. The cat stays" in _body(
        convert, "Decisions", "1. Dues rise\n2. The cat stays"
    )


def test_bullets_of_word_processors_are_items(convert: Convert) -> None:
    body = _body(convert, "What is missing:", "o\tOak\no\tLime", "\uf0b7\tIron\n\uf0b7\tGlass")
    assert "- Oak\n- Lime\n- Iron\n- Glass" in body


def test_the_mark_behind_headings_of_an_encyclopaedia_goes(convert: Convert) -> None:
    body = _body(convert, "Keepers[edit]\nPatrick Moran\nJohn Sills\nHannah Sills")
    assert "## Keepers\n\nPatrick Moran\\\nJohn Sills" in body


def test_headings_of_one_count_are_all_headings(convert: Convert) -> None:
    one, two = PROSE.replace("old", "first"), PROSE.replace("old", "second")
    body = _body(
        convert, "1. The upper bridge", one, "2. The mill", "And back.", "3. The ford", two
    )
    assert "## 2. The mill" in body


def test_a_numbered_line_that_reads_like_a_menu_stays_in_its_list(convert: Convert) -> None:
    parts = [f"{n}. {name} up there\n{name} {PROSE}" for n, name in enumerate(VERBS, 1)]
    assert "4. Go to bed" in _body(convert, *parts, "4. Go to bed\nNobody will mind at all.")


def test_sections_counted_by_name_are_kept_to_the_last(convert: Convert) -> None:
    steps = [f"Step {n}: {name}\n{name} {CLOSING}" for n, name in enumerate(VERBS[:2], 1)]
    last = "Step 3: do less\nWe took away what nobody had used for years."
    (draft,) = convert("\n\n".join([TITLE, PROSE, *steps, last, "Bridges", "Wood"]))
    assert "## Step 3: do less\n\nWe took away what nobody had used for years.\n" in draft.body


def test_a_sentence_that_ends_in_a_full_stop_of_its_script_is_no_heading(convert: Convert) -> None:
    (draft,) = convert(
        "古い灯台に四十年ぶりの明かり\n\n港町の古い灯台に、四十年ぶりに明かりがともった。"
        "火曜日の夜、千人を超える住民が海岸に集まり、点灯の瞬間を見守った。\n\n"
        "今後の予定は次のとおり。\n\n・階段の修理\n・資料館の開館\n\n"
        "工事には九百万円かかった。半分は県が負担し、残りは住民と卒業生が出し合った。\n"
    )
    assert "#" not in draft.body


def test_items_deeper_than_those_above_are_nested(convert: Convert) -> None:
    listed = "• Dues\n    – Yachts: more\n    – Boats: no change\n• Pier\n    – Lamps: new ones"
    nested = "- Dues\n  - Yachts: more\n  - Boats: no change\n- Pier\n  - Lamps: new ones\n\n"
    assert nested in _body(convert, listed)


LETTER = "Your report on the cable did not say that the company paid for our new slipway."


def test_names_below_a_letter_are_no_headings(convert: Convert) -> None:
    letters = [f"SIR - {LETTER}", "Hanna Lund\nPort Wick", f"SIR - {LETTER} Not all."]
    (draft,) = convert("\n\n".join(["Letters to the paper", *letters, f"{LETTER} That is all."]))
    assert "Hanna Lund\\\nPort Wick" in draft.body
    assert "#" not in draft.body


POEM = """\
Poem of the week: Low Tide, by Ines Marr

This week's poem comes from a collection about the estuary. It is shorter than it looks.

The mud remembers every foot
that crossed it in the rain,
and gives them back, a little late,
and never quite the same.

A heron folds itself in two
and waits for what will come.
The tide is all it ever knew.
The tide is always some.

Ines Marr lives in Port Wick. Her second collection is due in autumn.
"""


def test_a_line_whose_sentence_goes_on_below_is_no_heading(convert: Convert) -> None:
    (draft,) = convert(POEM)
    assert "#" not in draft.body
    assert "A heron folds itself in two\\\nand waits for what will come.\\\n" in draft.body


def test_headings_below_the_times_of_a_live_page_stay(convert: Convert) -> None:
    entries = [f"1{n}:15\nThe tide at {n}\n\n{LETTER} It is now {n} past." for n in range(4)]
    points = "What you need to know\n\nAll ferries stay in port\nPower is out\nSchools are shut"
    (draft,) = convert("\n\n".join(["Storm live", points, *entries]))
    assert draft.body.count("## The tide at") == 4
    assert "All ferries stay in port\\\nPower is out\\\nSchools are shut\n" in draft.body
