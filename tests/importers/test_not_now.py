"""What an old site showed no more, or not yet, is not shown here; the report names it."""

from typing import Any

import pytest

from site_gen.importers import report
from tests.importers.test_exports import OLD_HOMES

STORIES = {
    "Story 1": "date: 2024-03-01",
    "Story 2": "date: 2024-03-02\npublishDate: 2031-01-01",
    "Story 3": "date: 2031-02-03",
    "Story 4": "date: 2024-03-04\nexpiryDate: 2024-04-05",
    "Story 5": "date: 2024-03-05\nexpiryDate: 2031-04-05",
}
SHOWN = ["Story 1", "Story 5"]
SAID = ("to appear on 2031-01-01", "to appear on 2031-02-03", "expired on 2024-04-05")


@pytest.mark.parametrize("form", ["issues", "articles"])
@pytest.mark.parametrize("kind", [kind for kind in OLD_HOMES if kind != "pelican"])
def test_what_is_over_or_to_come_is_not_shown(
    kind: str, form: str, move: Any, put: Any, site: Any
) -> None:
    name, settings, place = OLD_HOMES[kind]
    put(f"-- {name} --\n{settings}")
    for number, (title, dates) in enumerate(STORIES.items(), 1):
        head = f"title: {title}\n{dates}\nslug: s{number}\n"
        put(f"-- {place.format(number, number)} --\n---\n{head}---\n\nWords of {title}.\n")
    outcome = move(kind, form=form)
    said = report.markdown(outcome)
    assert [words for words in SAID if said.count(words) != 1] == []
    assert site.build().ok
    everything = b"".join(site.tree().values())
    shown = [title for title in STORIES if f"Words of {title}.".encode() in everything]
    assert shown == SHOWN


def test_a_page_is_not_shown_before_its_time_or_after_it(move: Any, put: Any, site: Any) -> None:
    put('-- hugo.toml --\ntitle = "H"\n')
    for number, (title, dates) in enumerate(STORIES.items(), 1):
        put(f"-- content/p{number}.md --\n---\ntitle: {title}\n{dates}\n---\nWords of {title}.\n")
    move("hugo")
    assert site.build().ok
    everything = b"".join(site.tree().values())
    assert [t for t in STORIES if f"Words of {t}.".encode() in everything] == SHOWN


def test_files_of_a_text_that_is_not_shown_stay_behind(move: Any, put: Any, site: Any) -> None:
    put('-- hugo.toml --\ntitle = "H"\n')
    for number, (title, dates) in enumerate(STORIES.items(), 1):
        head = f"---\ntitle: {title}\n{dates}\n---\nWords.\n"
        put(f"-- content/p/s{number}/index.md --\n{head}-- content/p/s{number}/{number}.txt --\nx")
    outcome = move("hugo")
    came = [path for path in site.tree("content") if path.startswith("static/")]
    assert came == ["static/p/s1/1.txt", "static/p/s5/5.txt"]
    assert any("not shown (3 in all" in said for said in outcome.site.left)


def test_a_folder_of_drafts_has_no_public_files(move: Any, put: Any, site: Any) -> None:
    put("-- a.md --\n---\ntitle: A\ndate: 2024-03-01\n---\nx\n-- drafts/plan.txt --\nx")
    put("-- files/a.txt --\nx")
    move("markdown")
    assert [p for p in site.tree("content") if p.startswith("static/")] == ["static/a.txt"]
