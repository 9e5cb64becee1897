"""What lies over a page in a real browser: problems, and hints in a corner."""

from typing import Any

from tests.chromium import NEEDS_CHROMIUM
from tests.preview.open_page import PROBLEM, change, opened, stayed, tell

pytestmark = NEEDS_CHROMIUM

HINTS = {
    "edition": "2026-W10",
    "summary": ["2026-W10, open: 2 stories"],
    "told": "1 hint",
    "more": 3,
    "findings": [PROBLEM | {"severity": "hint", "path": "content/a b.md", "message": "<b>odd</b>"}],
}
LONG_LINES = HINTS | {
    "summary": ["2026-W10, open: 2 stories" * 9],
    "findings": [PROBLEM | {"severity": "hint", "column": 0, "excerpt": "a word " * 60}],
}


def test_hints_lie_in_a_corner_and_lead_to_file_and_line(page: Any, running: Any) -> None:
    running.tabs.send_hints(LONG_LINES)
    panel = page.locator("site-gen-overlay details")
    panel.get_by_text("2026-W10: 1 hint").click()
    for text in (panel.locator("pre").nth(0), panel.locator("pre").nth(1)):
        assert text.evaluate("own => own.scrollWidth <= own.clientWidth")
    running.tabs.send_hints(HINTS)
    panel.get_by_text("hint: <b>odd</b>").wait_for()
    link = panel.get_by_text("content/a b.md:11:10")
    assert link.get_attribute("href") == "edit://site/content/a%20b.md:11"
    assert panel.get_by_text("3 more").is_visible()
    change(running, ("a/index.html", "first", "second"))
    page.get_by_text("second").wait_for()
    running.tabs.send_hints(HINTS | {"told": "nothing to mend", "findings": [], "more": 0})
    panel.get_by_text("2026-W10: nothing to mend").wait_for()
    assert panel.get_attribute("open") is not None
    stayed(page)
    page.goto(f"{running.url}/")
    page.locator("site-gen-overlay details[open]").wait_for()
    running.tabs.send_hints(None)
    page.wait_for_function(
        "() => !document.querySelector('site-gen-overlay').shadowRoot.querySelector('details')"
    )
    assert page.said == []


def test_a_problem_lies_over_the_page_and_clears_itself(page: Any, running: Any) -> None:
    tell(running, problems=[PROBLEM, PROBLEM | {"message": "another", "severity": "warning"}])
    page.get_by_text("1 problem. This is the last good page.").wait_for()
    text = page.locator("site-gen-overlay section").inner_text()
    for part in ("quality: expected a whole number", "content/a.md:11:10", "quality: lots", "84"):
        assert part in text
    assert "another" not in text
    assert page.get_by_text("first").is_visible()
    tell(running)
    page.get_by_text("1 problem").wait_for(state="detached")
    stayed(page)


def test_a_closed_panel_stays_closed_until_the_problem_is_another(page: Any, running: Any) -> None:
    tell(running, problems=[PROBLEM])
    page.get_by_role("button", name="Close").click()
    tell(running, "x", problems=[PROBLEM])
    change(running, ("a/index.html", "first", "second"))
    page.get_by_text("second").wait_for()
    assert page.get_by_text("1 problem").count() == 0
    tell(running, problems=[PROBLEM | {"line": 12}])
    page.get_by_text("content/a.md:12:10").wait_for()


def test_what_a_problem_quotes_is_text(page: Any, running: Any) -> None:
    evil = "<img src=x onerror=\"document.title='hit'\">"
    tell(running, problems=[PROBLEM | {"message": evil, "excerpt": evil, "help": evil}])
    page.get_by_text("onerror").first.wait_for()
    assert page.locator("site-gen-overlay img").count() == 0
    assert page.title() == "A"


def test_a_tab_that_opens_later_knows_the_problems(context: Any, running: Any) -> None:
    opened(context, running, "/")
    tell(running, problems=[PROBLEM])
    later = opened(context, running, "/a/")
    later.get_by_text("quality: lots").wait_for()
