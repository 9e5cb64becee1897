"""Runs of lines: what is kept or cut as a whole."""

from site_gen.convert.text.read import read_page, rules_of
from site_gen.convert.text.runs import MARKED, PROSE, RULED, SHORT, runs_of

PROSE_LINE = "The council of the town said on Monday that the bridge will be open again in spring."


def _runs(text: str) -> list[tuple[str, int]]:
    page = read_page(text)
    return [(run.kind, len(run)) for run in runs_of(page, rules_of(page))]


def test_lines_of_one_kind_are_a_run() -> None:
    other = PROSE_LINE.replace("bridge", "road")
    text = f"{PROSE_LINE}\n- nails\n- rope\n- tar\n{other}\nShare"
    assert _runs(text) == [(PROSE, 1), (MARKED, 3), (PROSE, 1), (RULED, 1)]


def test_a_lead_in_is_a_run_of_its_own() -> None:
    text = f"{PROSE_LINE}\nOpening hours\nWhat it costs:\nchildren two crowns\ngrown-ups four"
    assert _runs(text) == [(PROSE, 1), (SHORT, 1), (SHORT, 1), (SHORT, 2)]


def test_labels_that_recur_are_marks() -> None:
    text = "Price: 40\nWeight: 3 kilos\nPrice: 55\nWeight: 4 kilos"
    assert _runs(text) == [(MARKED, 4)]


def test_a_number_that_counts_on_is_marked() -> None:
    text = f"1. Nails\n{PROSE_LINE}\n2. Share\n{PROSE_LINE.replace('bridge', 'road')}\n3. Tar"
    assert [kind for kind, _ in _runs(text)] == [MARKED, PROSE, MARKED, PROSE, MARKED]


def test_a_marked_line_amid_marked_ones_is_one_of_them() -> None:
    assert _runs("- nails\n- Share\n- tar") == [(MARKED, 3)]
