"""What Eleventy's data, programs and layouts keep from being built, and pages where ours stand."""

from typing import Any

import pytest

from site_gen.importers import report

CONFIG = "-- eleventy.config.js --\nexport default function (c) {{ {} }};\n"
PLAIN = CONFIG.format("return {}")


def text(path: str, name: str, *lines: str) -> str:
    """A text whose one word is its name."""
    head = "\n".join(["---", f"title: T{name}", "date: 2024-03-01", *lines, "---"])
    return f"-- {path} --\n{head}\nword{name}\n"


OPEN = text("posts/open.md", "shown")
SHUT = text("posts/shut.md", "kept")
CASES = {
    "data of one text as JSON": PLAIN + '-- posts/shut.json --\n{"draft": true}\n' + SHUT,
    "data of one text of its kind": PLAIN
    + '-- posts/shut.11tydata.json --\n{"permalink": false}\n'
    + SHUT,
    "data of one text as a program": PLAIN
    + "-- posts/shut.11tydata.js --\nmodule.exports = { eleventyExcludeFromCollections: true };\n"
    + SHUT,
    "another word in a program": PLAIN
    + "-- posts/shut.11tydata.cjs --\nmodule.exports = { status: 'private' };\n"
    + SHUT,
    "a computed permalink of all": PLAIN
    + "-- _data/eleventyComputed.js --\n"
    + "module.exports = { permalink: d => d.data.hush ? false : d.permalink };\n"
    + text("posts/shut.md", "kept", "hush: true"),
    "a computed permalink of a folder": PLAIN
    + "-- posts/posts.11tydata.js --\nmodule.exports = { eleventyComputed: { permalink: (data) => {"
    + "\n  if (data.stage === 'later') { return false; }\n  return data.permalink;\n} } };\n"
    + text("posts/shut.md", "kept", "stage: later"),
    "one that only shows what is asked": PLAIN
    + "-- posts/shut.11tydata.js --\nexport default { permalink: data => data.go ? data.permalink"
    + " : false };\n"
    + SHUT,
    "a preprocessor": CONFIG.format(
        "c.addPreprocessor('d', '*', (data) => { if (data.later && env.X) { return false; } });"
    )
    + text("posts/shut.md", "kept", "later: true"),
    "a layout in a layout, by another name": CONFIG.format("c.addLayoutAlias('hush', 'in.njk');")
    + "-- _includes/in.njk --\n---\nlayout: out.njk\n---\n{{ content }}\n"
    + "-- _includes/out.njk --\n---\npermalink: false\n---\n{{ content }}\n"
    + text("posts/shut.md", "kept", "layout: hush"),
    "data of the whole site": PLAIN + "-- _data/permalink.json --\nfalse\n" + SHUT,
    "a form that is made into no pages": CONFIG.format("return { templateFormats: ['md'] };")
    + text("posts/shut.html", "kept"),
}


@pytest.mark.parametrize("case", CASES)
def test_what_eleventy_does_not_build_is_not_shown(
    case: str, move: Any, put: Any, held_back: Any
) -> None:
    put(CASES[case] + text("posts/open.md", "shown", "permalink: /open/", "go: true"))
    told = held_back(move("eleventy"))
    assert [path.partition(".")[0] for path in told] == ["posts/shut"]


def test_files_that_a_copy_leaves_out_stay_behind(move: Any, put: Any, site: Any) -> None:
    put(CONFIG.format("c.addPassthroughCopy({ files: 'f' }, { filter: ['**/*', '!**/shut/**'] })"))
    put(f"-- files/a.txt --\nx\n-- files/shut/b.txt --\nx\n-- notes/c.txt --\nx\n{OPEN}")
    move("eleventy")
    came = [p for p in site.tree("content") if p.startswith("static/")]
    assert came == ["static/f/a.txt"]


OURS = ("/search/", "/editions/", "/feed.xml", "/topics/", "/latest/")


@pytest.mark.parametrize("lines", [("date: 2024-03-01",), ()])
def test_texts_where_pages_of_ours_stand_move_aside(
    lines: tuple[str, ...], move: Any, put: Any, site: Any
) -> None:
    put(PLAIN)
    for number, address in enumerate(OURS):
        head = "\n".join(["---", f"title: T{number}", f"permalink: {address}", *lines, "---"])
        put(f"-- p{number}.md --\n{head}\nword{number}\n")
    outcome = move("eleventy")
    built = site.build()
    assert built.ok, built.problems
    everything = b"".join(site.tree().values())
    assert [n for n in range(len(OURS)) if f"word{n}".encode() not in everything] == []
    assert site.has("search/index.html")
    said = report.markdown(outcome)
    assert [address for address in OURS if f"stood at `{address}`" not in said] == []


def test_comments_of_nunjucks_are_taken_out_and_counted(
    move: Any, put: Any, held_back: Any
) -> None:
    put(CONFIG.format("return { markdownTemplateEngine: 'njk' };"))
    put(f"{OPEN}a {{# wordkept,\nand more #}}b\n\n## Heading {{#own}}\n")
    outcome = move("eleventy")
    assert held_back(outcome) == []
    assert outcome.places.placed[0].entry.lost == ["{# #}"]
