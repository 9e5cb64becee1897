"""Splitting a file and loading its block: every broken form has its exact message."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_gen.frontmatter import load, marks, parse, split
from site_gen.problems import SiteError, layout


def said(text: str) -> list[str]:
    with pytest.raises(SiteError) as caught:
        parse(text, "content/a.md")
    return [layout(problem) for problem in caught.value.problems]


def test_a_file_is_split_where_its_block_ends() -> None:
    parts = split("---\ntitle: A\n---\nBody\n\n---\nmore\n")
    assert parts == ("title: A\n", "Body\n\n---\nmore\n", 4)


@pytest.mark.parametrize("text", ["---\ntitle: A\n---", "---\ntitle: A\n---   ", "---\n\n---\n"])
def test_a_body_may_be_missing(text: str) -> None:
    assert split(text).body == ""


def test_dashes_within_the_block_are_no_end() -> None:
    assert split("---\ntitle: |\n  ---\n  x\n----: 1\n---\nB").head.endswith("----: 1\n")


def test_a_missing_block() -> None:
    assert said("# A heading\n\nText\n") == [
        "error[frontmatter/missing] no front matter at the top of the file\n"
        "  --> content/a.md:1:1\n"
        "    1 | # A heading\n"
        "      | ^^^^^^^^^^^\n"
        "help: start the file with a line `---`, the keys, and `---`"
    ]
    assert said("")[0].startswith("error[frontmatter/missing]")
    assert said("\n---\ntitle: A\n---\n")[0].startswith("error[frontmatter/missing]")


def test_an_unclosed_block() -> None:
    assert said("---\ntitle: A\n\nText\n") == [
        "error[frontmatter/unclosed] the front matter has no closing `---`\n"
        "  --> content/a.md:1:1\n"
        "    1 | ---\n"
        "      | ^^^\n"
        "help: add a line `---` after the last key"
    ]


def test_a_doubled_delimiter_at_the_top() -> None:
    assert said("---\n---\ntitle: A\n---\nText\n") == [
        "error[frontmatter/doubled] the delimiter `---` stands twice\n"
        "  --> content/a.md:2:1\n"
        "    2 | ---\n"
        "      | ^^^\n"
        "help: remove the second of the two `---` lines at the top"
    ]


def test_a_doubled_delimiter_at_the_end() -> None:
    assert said("---\ntitle: A\n---\n---\nText\n") == [
        "error[frontmatter/doubled] the delimiter `---` stands twice\n"
        "  --> content/a.md:4:1\n"
        "    4 | ---\n"
        "      | ^^^\n"
        "help: remove one; for a rule at the top of the body write `***`"
    ]


def test_a_duplicate_key_is_placed() -> None:
    assert said("---\ntitle: A\nheat: 1\ntitle: B\n---\n") == [
        'error[frontmatter/yaml] the front matter holds the key "title" twice\n'
        "  --> content/a.md:4:1\n"
        "    4 | title: B\n"
        "      | ^^^^^\n"
        "help: remove one of the two lines"
    ]


def test_an_alias_is_placed() -> None:
    assert said("---\ntitle: &t A\nexcerpt: *t\n---\n") == [
        "error[frontmatter/yaml] the front matter holds an anchor or alias (& or *)\n"
        "  --> content/a.md:2:8\n"
        "    2 | title: &t A\n"
        "      |        ^^^^\n"
        "help: write the value out in quotes"
    ]


def test_a_colon_in_a_plain_text_is_placed() -> None:
    found = said("---\ntitle: AI: the news\n---\n")
    assert found[0].split("\n")[1] == "  --> content/a.md:2:10"
    assert found[0].endswith('help: write "AI: the news"')


def test_a_list_is_no_front_matter() -> None:
    assert said("---\n- a\n- b\n---\n")[0].startswith(
        "error[frontmatter/yaml] the front matter must be keys with values\n"
        "  --> content/a.md:2:1\n"
    )


@pytest.mark.parametrize(
    ("block", "reason"),
    [
        ("title: !!python/name:os.system x\n", "holds a tag (!)"),
        ("a: " + "{a: " * 40 + "1" + "}" * 40 + "\n", "is nested more than 32 deep"),
        ("a: [" + "1, " * 60_000 + "]\n", "holds more than 50000 values"),
        ("<<: {title: A}\n", "holds a merge key (<<)"),
    ],
)
def test_hostile_yaml_is_refused(block: str, reason: str) -> None:
    assert f"the front matter {reason}" in said(f"---\n{block}---\n")[0]


def test_json_and_odd_keys_are_no_way_around() -> None:
    # The library would take JSON unasked, and stumbles over these two keys.
    assert load('{"title": "A"}') == {"title": "A"}
    assert load("content: x\nhandler: y\n") == {"content": "x", "handler": "y"}


def test_text_stays_text_by_its_key() -> None:
    block = "title: 1984\ncategory: no\nslug: 007\nguid: 0x1\nedition: 2024-W07\nquality: 84\n"
    assert load(block) == {
        "title": "1984", "category": "no", "slug": "007", "guid": "0x1", "edition": "2024-W07",
        "quality": 84,
    }  # fmt: skip


def test_escaped_characters_that_no_page_may_hold_are_replaced() -> None:
    found = load('title: "a\\0b\\uFFFE"\nx:\n  "k\\x01": ["\\x02"]\n"y\\x03": 1\n')
    assert found == {"title": "a\ufffdb\ufffd", "x": {"k\ufffd": ["\ufffd"]}, "y\ufffd": 1}


def test_marks_lead_into_lists() -> None:
    found = marks("related:\n  - title: A\n    webUrl: x\n")
    assert (found[("related", 0, "webUrl")].line, found[("related", 0, "webUrl")].column) == (3, 13)


PIECES = st.lists(
    st.sampled_from(
        ["---", "---\n", "\n", "title: A\n", "a: [", "]", "{", "}", ": ", "- ", "  ", "&a ", "*a",
         "!!x ", "|\n", ">-\n", '"', "'", "#", "\t", "%YAML 1.1\n", "...\n", "? ", "é", "\x85",
         "\u2028", "\ufffd", "\\x00", "<<: ", "null", "~", "@", "`"]
    ),
    max_size=14,
).map("".join)  # fmt: skip


@given(PIECES | st.text(max_size=60))
def test_any_text_is_a_mapping_or_a_placed_problem(text: str) -> None:
    from site_gen.basics.files import clean

    for candidate in (text, f"---\n{text}\n---\n"):
        try:
            raw, _ = parse(clean(candidate).replace("\r", "\n"), "content/a.md")
        except SiteError as error:
            problem: Any = error.problems[0]
            assert problem.where.line >= 1
            assert problem.help
            layout(problem)
        else:
            assert isinstance(raw, dict)
