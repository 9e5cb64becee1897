"""Any text gives drafts or a problem, every line is accounted for, and long ones take no age."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from site_gen.convert.text import convert_text
from site_gen.convert.text.boundaries import _GAP_LINES
from site_gen.convert.text.lines import split_lines
from site_gen.problems import SiteError
from site_gen.settings import Settings

PIECES = (
    "Share", "Related articles", "Comments", "About the author", "Tags: a, b", "By Ada Quill",
    "Original Sources", "https://x.example/1", "3 March 2031", "(Reporting by A B; Editing by C D)",
    "The harbour of the town was closed on Monday because of the storm that came in the night.",
    "The list of the boats includes:", "- one", "Why it Matters", "", "", "   ",
    "苹果今年秋天比往年少很多。",
    "Photo: Bo Reed / Getty Images", "404", "\x00", "\ud800", "#", "»", "This Week's Edition",
)  # fmt: skip
LINES = st.lists(st.sampled_from(PIECES) | st.text(max_size=60), max_size=30)


@settings(max_examples=80, suppress_health_check=[HealthCheck.too_slow])
@given(LINES, st.sampled_from([None, True, False]))
def test_any_text(lines: list[str], split: bool | None) -> None:
    text = "\n".join(lines)
    try:
        drafts = convert_text(text, source="x", settings=Settings(), split=split)
    except SiteError:
        return
    told = sum(len(d.receipt.cuts) + len(d.receipt.kept) for d in drafts)
    assert told == len(split_lines(text))
    for draft in drafts:
        assert 0.0 <= draft.receipt.confidence <= 1.0
        assert draft.matter["title"].strip() or draft.quarantine
        draft.body.encode("utf-8")


def test_work_grows_with_the_text() -> None:
    """Lines of one gap are looked at once: a hundred thousand labels are no hundred gaps."""
    sentence = PIECES[10]
    text = "\n".join([sentence] + ["x y"] * (_GAP_LINES * 20) + [sentence])
    assert len(convert_text(text, source="x", settings=Settings())) == 1


def test_one_very_long_line() -> None:
    text = "word " * 200_000
    (draft,) = convert_text(text, source="x", settings=Settings())
    assert draft.receipt.kept or draft.receipt.cuts
