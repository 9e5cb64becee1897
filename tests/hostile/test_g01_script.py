"""G1: no article runs script, loads active content, or styles outside its box. By a parser."""

import re
from typing import Any

from judge import faults, judged, prose_faults

PAYLOADS = (
    "<p>x<script>canary()</script>", '<a href="java\nscript:x">', "<img src=x onerror=a>",
    "<p style=x>", "<svg onload=a>", "<iframe src=x>", "<base href=x>", '<a href="//x">',
    '<form action="javascript:x">', "<p id=a></p><p id=a>", "<link rel=import href=x>",
    "<meta http-equiv=refresh content=0>", "<object data=x>", "<style>*{}</style>",
)  # fmt: skip


def test_g01_the_judge_itself_sees_what_it_should() -> None:
    for text in PAYLOADS:
        assert faults(text), text
    assert prose_faults('<p id="main">x</p>')
    assert faults('<p>fine</p><a href="/x/" rel="nofollow">y</a>') == []


def test_g01_there_are_at_least_300_cases(whole: Any) -> None:
    assert len(whole.cases) >= 600


def test_g01_nothing_on_the_built_site_runs_loads_or_styles(whole: Any) -> None:
    assert judged(whole.public) == {}


def test_g01_every_case_of_script_is_shown_as_the_text_it_is(whole: Any) -> None:
    for name, case in whole.cases.items():
        if name.startswith("scripts"):
            assert whole.codes(name) == set(), name
            page = whole.page(name)
            assert page.count("canary()") >= case.payload.count("canary()"), name


def test_g01_what_is_never_published_is_in_no_byte(whole: Any) -> None:
    for path in whole.public.rglob("*"):
        if path.is_file():
            assert b"SECRET-NEVER-SHOWN" not in path.read_bytes(), path


def test_g01_headers_and_redirects_hold_one_rule_a_line(whole: Any) -> None:
    """A line break from content would add a header or a redirect of its own."""
    for line in (whole.public / "_redirects").read_text("utf-8").splitlines():
        assert re.fullmatch(r"/\S* /\S* \d{3}!?|", line), line
    for line in (whole.public / "_headers").read_text("utf-8").splitlines():
        assert re.fullmatch(r"/\S*|  [A-Za-z-]+: [\x20-\x7e]+|#.*|", line), line
        assert "canary" not in line
