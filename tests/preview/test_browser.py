"""What a real browser makes of the preview: each line of its behaviour."""

from pathlib import Path
from typing import Any

import pytest

from tests.chromium import NEEDS_CHROMIUM
from tests.preview.open_page import (
    PROBLEM,
    change,
    colour,
    connected,
    opened,
    stayed,
    tell,
    write,
)

pytestmark = NEEDS_CHROMIUM


def test_a_changed_page_is_morphed_in_place(page: Any, running: Any) -> None:
    change(running, ("a/index.html", "first", "second"))
    page.get_by_text("second").wait_for()
    stayed(page)


def test_the_script_survives_the_policy_of_the_page(page: Any, running: Any) -> None:
    change(running, ("a/index.html", "first", "second"))
    page.get_by_text("second").wait_for()
    tell(running, problems=[PROBLEM])
    page.get_by_text("quality: lots").wait_for()
    change(running, ("assets/site.css", "rgb(1, 2, 3)", "rgb(9, 8, 7)"))
    colour(page, "rgb(9, 8, 7)")
    assert page.said == []


def test_css_is_swapped_in_place_and_never_missing(page: Any, running: Any) -> None:
    colour(page, "rgb(1, 2, 3)")
    page.evaluate(
        """() => {
          window.colours = new Set();
          const look = () => {
            colours.add(getComputedStyle(document.querySelector('h1')).color);
            requestAnimationFrame(look);
          };
          look();
        }"""
    )
    for number in range(5):
        old, new = f"rgb({number or 1}, {2}, {3})", f"rgb({number + 1}, 2, 3)"
        if old != new:
            change(running, ("assets/site.css", old, new))
        colour(page, new)
    stayed(page)
    assert page.locator("link[rel=stylesheet]").count() == 1
    seen = page.evaluate("[...window.colours]")
    assert set(seen) <= {f"rgb({number}, 2, 3)" for number in range(1, 6)}


def test_a_sheet_under_another_name_comes_before_the_old_one_goes(page: Any, running: Any) -> None:
    write(running, "assets/site.2.css", "h1 { color: rgb(7, 7, 7) }")
    change(running, ("a/index.html", "/assets/site.css", "/assets/site.2.css"))
    colour(page, "rgb(7, 7, 7)")
    page.wait_for_function("() => document.querySelectorAll('link[rel=stylesheet]').length === 1")
    stayed(page)
    assert page.said == []


def test_a_removed_sheet_is_left_until_the_page_says_so(page: Any, running: Any) -> None:
    (running.output / "assets/site.css").unlink()
    tell(running, removed=["assets/site.css"])
    change(running, ("a/index.html", "first", "second"))
    page.get_by_text("second").wait_for()
    colour(page, "rgb(1, 2, 3)")


def test_focus_selection_scroll_and_typed_text_stay(context: Any, running: Any) -> None:
    long = "".join(f"<p>line {number}</p>" for number in range(300))
    change(running, ("a/index.html", "<p>first", f"{long}<textarea id=t></textarea><p>first"))
    page = opened(context, running, "/a/")
    page.evaluate("scrollTo(0, 900)")
    page.locator("#t").evaluate("e => e.value = 'kept too'")
    page.locator("#q").evaluate("e => { e.value = 'typed'; e.focus({preventScroll: true}); }")
    page.locator("#q").evaluate("e => e.setSelectionRange(1, 3)")
    change(running, ("a/index.html", "<p>first", "<section><b>more</b></section><p>second"))
    page.get_by_text("second").wait_for()
    stayed(page)
    assert page.evaluate("scrollY") == 900
    assert page.evaluate("document.activeElement.id") == "q"
    assert page.locator("#q").input_value() == "typed"
    assert page.locator("#t").input_value() == "kept too"
    assert page.locator("#q").evaluate("e => [e.selectionStart, e.selectionEnd]") == [1, 3]


def test_an_opened_details_stays_open_and_nodes_keep_their_identity(
    context: Any, running: Any
) -> None:
    body = "<details><summary>s</summary>d</details><ol><li id=one>1</li><li id=two>2</li></ol>"
    change(running, ("a/index.html", "<p>first", f"{body}<p>first"))
    page = opened(context, running, "/a/")
    page.locator("details").evaluate("e => { e.open = true; window.kept = e; }")
    page.locator("#one").evaluate("e => { window.one = e; }")
    change(
        running,
        (
            "a/index.html",
            "<li id=one>1</li><li id=two>2</li>",
            "<li id=two>2</li><li id=one>1!</li>",
        ),
    )
    page.get_by_text("1!").wait_for()
    assert page.evaluate("document.querySelector('details').open && kept.isConnected")
    assert page.evaluate("document.querySelector('#one') === one")
    assert page.locator("li").all_text_contents() == ["2", "1!"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<p>a</p><p>b</p>", "<p>b</p>"),
        ("<p>a</p>", "<p>b</p><p>a</p><p>c</p>"),
        ("<ul><li>1<li>2<li>3</ul>", "<ul><li>3<li>1<li>4<li>2</ul>"),
        ("text <b>bold</b> tail", "<i>text</i> tail <b class=x>bolder</b>"),
        ("<div id=a><p>x</p></div><div id=b></div>", "<div id=b><div id=a><p>y</p></div></div>"),
        ("<svg><path d='M0 0'/></svg>", "<svg viewBox='0 0 1 1'><path d='M1 1'/><g/></svg>"),
        ("<!-- one --><p>x", "<!-- two --><p lang=de>x<br>y"),
        ("", "<table><tr><td>1</table>"),
        ("<table><tr><td>1</table>", ""),
        ("<p id=a class=b data-x=1>x</p>", "<p id=a>x</p>"),
    ],
)
def test_a_morphed_page_equals_a_fresh_one(
    context: Any, running: Any, before: str, after: str
) -> None:
    change(running, ("a/index.html", "<p>first", f"{before}<p>first"))
    page = opened(context, running, "/a/")
    change(running, ("a/index.html", f"{before}<p>first", f"{after}<p>second"))
    page.get_by_text("second").wait_for()
    stayed(page)
    morphed = page.evaluate("document.body.innerHTML")
    page.reload()
    assert morphed == page.evaluate("document.body.innerHTML")


def test_the_title_and_the_languages_follow(page: Any, running: Any) -> None:
    change(running, ("a/index.html", "<title>A</title>", "<title>B</title>"))
    page.wait_for_function("() => document.title === 'B'")
    change(running, ("a/index.html", '<html lang="en">', '<html lang="de" class="x">'))
    page.wait_for_function("() => document.documentElement.lang === 'de'")
    stayed(page)


def test_other_pages_are_left_alone(context: Any, running: Any) -> None:
    page = opened(context, running, "/a/")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    change(running, ("index.html", "<h1>Home", "<h1>House"))
    tell(running, problems=[PROBLEM])
    page.get_by_text("quality: lots").wait_for()
    assert asked == []


def test_a_changed_script_or_picture_reloads(context: Any, running: Any) -> None:
    write(running, "assets/s.js", "window.version = 1;")
    (running.output / "_headers").write_text("")
    text = (running.output / "a/index.html").read_text()
    write(running, "a/index.html", text.replace("</body>", "<script src=/assets/s.js></script>"))
    page = opened(context, running, "/a/")
    assert page.evaluate("window.version") == 1
    change(running, ("assets/s.js", "1", "2"))
    page.wait_for_function("() => window.version === 2")
    page.evaluate("window.mark = 'not reloaded'")
    connected(page, running)
    change(running, ("a/index.html", "</script>", "</script><script>window.third = 3;</script>"))
    page.wait_for_function("() => window.third === 3")


def test_a_changed_data_block_is_no_changed_script(context: Any, running: Any) -> None:
    data = "<script type=application/ld+json>{}</script>"
    change(running, ("a/index.html", "<p>first", f"{data}<p>first"))
    page = opened(context, running, "/a/")
    change(running, ("a/index.html", "{}</script><p>first", '{"a":1}</script><p>second'))
    page.get_by_text("second").wait_for()
    stayed(page)
    assert page.locator("script[type]").last.text_content() == '{"a":1}'


def test_a_vanished_page_says_so_and_comes_back(page: Any, running: Any) -> None:
    text = (running.output / "a/index.html").read_text("utf-8")
    (running.output / "a/index.html").unlink()
    tell(running, removed=["a/index.html"])
    page.get_by_text("This page is gone: /a/").wait_for()
    assert page.get_by_text("first").is_visible()
    write(running, "a/index.html", text.replace("first", "again"))
    tell(running, "a/index.html")
    page.get_by_text("again").wait_for()
    page.get_by_text("This page is gone").wait_for(state="detached")
    stayed(page)


def test_a_page_that_moved_is_followed(page: Any, running: Any) -> None:
    (running.output / "b").mkdir()
    (running.output / "a/index.html").rename(running.output / "b/index.html")
    (running.output / "_redirects").write_text("/a/ /b/ 301\n")
    tell(running, "b/index.html", "_redirects", removed=["a/index.html"])
    page.wait_for_url("**/b/")


def test_a_page_that_was_not_there_appears(context: Any, running: Any) -> None:
    page = opened(context, running, "/new/")
    assert page.get_by_text("Not found").first.is_visible()
    text = (running.output / "a/index.html").read_text("utf-8")
    write(running, "new/index.html", text.replace("first", "here now"))
    tell(running, "new/index.html")
    page.get_by_text("here now").wait_for()
    change(running, ("new/index.html", "here now", "and here"))
    page.get_by_text("and here").wait_for()


def test_it_reconnects_after_a_restart_and_catches_up(
    context: Any, running: Any, start: Any
) -> None:
    page = opened(context, running, "/a/")
    running.server.close()
    text = (running.output / "a/index.html").read_text("utf-8")
    write(running, "a/index.html", text.replace("first", "while away"))
    write(running, "assets/site.css", "h1 { color: rgb(4, 4, 4) }")
    again = start(running.output, port=running.port)
    assert again.port == running.port
    page.get_by_text("while away").wait_for()
    colour(page, "rgb(4, 4, 4)")
    stayed(page)
    change(again, ("a/index.html", "while away", "and on"))
    page.get_by_text("and on").wait_for()


def test_seven_tabs_share_one_connection(context: Any, running: Any) -> None:
    pages = [opened(context, running, "/a/") for _ in range(7)]
    assert len(running.tabs) == 1
    change(running, ("a/index.html", "first", "for all seven"))
    for page in pages:
        page.get_by_text("for all seven").wait_for()
        stayed(page)


def test_very_many_changes_make_each_page_look(page: Any, running: Any) -> None:
    text = (running.output / "a/index.html").read_text("utf-8")
    write(running, "a/index.html", text.replace("first", "one of many"))
    tell(running, all=True)
    page.get_by_text("one of many").wait_for()
    stayed(page)


def test_changes_in_quick_succession_end_in_the_last(page: Any, running: Any) -> None:
    for number in range(50):
        old = "first" if number == 0 else f"step {number - 1}."
        change(running, ("a/index.html", old, f"step {number}."))
    page.get_by_text("step 49.").wait_for()
    stayed(page)


def test_an_answer_that_was_cut_off_is_asked_for_again(page: Any, running: Any) -> None:
    """Where the event stream stands, no event would tell the page to look once more."""
    asked: list[str] = []

    def once(route: Any) -> None:
        asked.append(route.request.url)
        route.abort() if len(asked) == 1 else route.continue_()

    page.route("**/a/", once)
    change(running, ("a/index.html", "first", "second"))
    page.get_by_text("second").wait_for()
    assert len(asked) == 2
    stayed(page)


def test_without_reload_a_page_is_as_it_is_in_the_file(
    context: Any, start: Any, output: Path
) -> None:
    running = start(output, client=False)
    page = context.new_page()
    page.goto(f"{running.url}/a/")
    assert page.locator("script").count() == 0
