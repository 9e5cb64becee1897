"""A failure inside a template, placed."""

from collections.abc import Iterator
from typing import Any

import pytest

from site_gen.engine.site import GiveWay
from site_gen.problems import layout
from site_gen.theme.chain import File
from site_gen.theme.failures import located


def test_a_failure_without_a_frame_of_a_template_still_names_the_template() -> None:
    files = {"own:a.html": File("/x/a.html", "themes/own/templates/a.html", b"x")}
    (problem,) = located(ValueError("no"), files, "a.html", {"b", "a"}).problems
    assert layout(problem) == (
        "error[theme/render] a.html: ValueError: no\n"
        "  --> themes/own/templates/a.html\n"
        "help: names on offer here: a, b"
    )


def test_a_build_that_gives_way_amid_a_template_is_no_fault_of_it(desk: Any) -> None:
    class Bodies:
        def __iter__(self) -> Iterator[str]:
            raise GiveWay

    with pytest.raises(GiveWay):
        desk.render("{% for body in bodies %}{{ body }}{% endfor %}", bodies=Bodies())
