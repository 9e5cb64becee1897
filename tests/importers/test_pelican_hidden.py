"""What Pelican's settings keep from being public, however the program that they are says it."""

from typing import Any

import pytest

from site_gen.problems import SiteError

CONFIG = 'SITENAME = "Lane"\nSITEURL = "https://l.example"\nPATH = "content"\n'


def text(name: str, *lines: str) -> str:
    """A text whose one word is its name."""
    return "\n".join([f"Title: T{name}", "Date: 2024-03-01", *lines, "", f"word{name}", ""])


PROGRAMS = {
    "a call of dict": "DEFAULT_METADATA = dict(status='draft')\n",
    "an item that is set": "DEFAULT_METADATA = {}\nDEFAULT_METADATA['status'] = 'draft'\n",
    "an update": "DEFAULT_METADATA = {'a': 'b'}\nDEFAULT_METADATA.update(status='draft')\n",
    "two that are joined": "A = {'status': 'draft'}\nDEFAULT_METADATA = {'a': 1} | A\n",
    "pairs": "DEFAULT_METADATA = (('status', 'draft'),)\n",
    "a branch": "import os\nDEFAULT_METADATA = {}\nif os.environ.get('LIVE'):\n    pass\n"
    "else:\n    DEFAULT_METADATA = {**DEFAULT_METADATA, 'status': 'draft'}\n",
    "a function": "def given():\n    return {'status': 'draft'}\nDEFAULT_METADATA = given()\n",
    "settings that are imported": "from common import *\n"
    "-- common.py --\nDEFAULT_METADATA = {}\nDEFAULT_METADATA |= {'status': 'draft'}\n",
    "what a folder is given": "EXTRA_PATH_METADATA = {'shut': {'status': 'draft'}}\n",
    "exclusions that are added": "ARTICLE_EXCLUDES = ['x']\nARTICLE_EXCLUDES.append('shut')\n",
    "exclusions that nobody can tell": "ARTICLE_EXCLUDES = list_of_them()\n",
    "names to be ignored": "IGNORE_FILES = ['*.x']\nIGNORE_FILES += ['shu?']\n",
    "a folder that is none of texts": "ARTICLE_PATHS = ['open']\n",
}


@pytest.mark.parametrize("case", PROGRAMS)
def test_a_program_that_hides_texts_hides_them(case: str, move: Any, put: Any, site: Any) -> None:
    put(f"-- pelicanconf.py --\n{CONFIG}{PROGRAMS[case]}")
    put(f"-- content/open/a.md --\n{text('shown', 'Status: published')}")
    put(f"-- content/shut/b.md --\n{text('kept')}")
    outcome = move("pelican")
    assert site.build().ok
    everything = b"".join(site.tree().values())
    told = {p.entry.source for p in outcome.places.placed}
    told |= {path for path, _ in outcome.site.unpublished}
    assert told == {"content/open/a.md", "content/shut/b.md"}
    assert b"wordkept" not in everything
    assert (b"wordshown" in everything) is ("nobody" not in case)


def test_files_that_settings_or_drafts_keep_stay_behind(move: Any, put: Any, site: Any) -> None:
    put(
        f"-- pelicanconf.py --\n{CONFIG}STATIC_PATHS = ['images', 'extra', 'both']\n"
        "STATIC_EXCLUDES = ['images/shut']\nIGNORE_FILES = ['*.raw', 'hush']\n"
        "EXTRA_PATH_METADATA = {'extra/a.txt': {'path': 'a.txt'}, 'no/b.txt': {'path': 'b.txt'}}\n"
        "-- content/images/open.txt --\nx\n-- content/images/shut/deep/c.txt --\nx\n"
        "-- content/images/d.raw --\nx\n-- content/images/hush/e.txt --\nx\n"
        "-- content/extra/a.txt --\nx\n-- content/no/b.txt --\nx\n"
        "-- content/f.txt --\nx\n-- content/g.txt --\nx\n"
        f"-- content/both/draft.md --\n{text('both', 'Status: draft')}"
        f"-- content/h.md --\n{text('kept', 'Status: draft')}[f]({{attach}}f.txt)\n"
        f"-- content/i.md --\n{text('shown')}[g]({{attach}}g.txt)\n"
    )
    move("pelican")
    came = [p.removeprefix("static/") for p in site.tree("content") if p.startswith("static/")]
    assert sorted(came) == ["a.txt", "g.txt", "images/open.txt"]
    assert "wordboth" not in "".join(map(str, site.tree("content/static").values()))


def test_a_form_that_is_not_read_is_no_text(move: Any, put: Any) -> None:
    put(f"-- pelicanconf.py --\n{CONFIG}READERS = {{'html': None}}\n")
    put("-- content/a.html --\n<title>A</title><meta name='date' content='2024-01-01'><p>x\n")
    outcome = move("pelican")
    assert outcome.places.placed == []
    assert [path for path, _ in outcome.site.unpublished] == ["content/a.html"]


@pytest.mark.parametrize(
    ("kind", "name", "text", "line"),
    [
        ("pelican", "pelicanconf.py", "A = 1\nB =\n", 2),
        ("hugo", "hugo.toml", 'title = "A"\n\nb = [1\n', 3),
        ("hugo", "hugo.json", '{"title": "A",\n b}\n', 2),
        ("zola", "config.toml", "base_url = 'x'\na = = 2\n", 2),
        ("jekyll", "_config.yml", "- a\n- b\n", 2),
    ],
)
def test_settings_that_are_broken_are_named_with_their_line(
    kind: str, name: str, text: str, line: int, move: Any, put: Any
) -> None:
    put(f"-- {name} --\n{text}-- content/a.md --\n---\ntitle: A\n---\nx\n-- _posts/x.md --\nx\n")
    with pytest.raises(SiteError) as raised:
        move(kind)
    (problem,) = raised.value.problems
    assert problem.where is not None
    assert (problem.where.path, problem.where.line) == (name, line)
    assert "settings" in problem.message
    assert "front matter" not in problem.message
