"""What is left open in a template is told where it opens."""

from typing import Any

import pytest

from site_gen.problems import SiteError, layout

OPEN = (
    ("{% block main %}\n<p>\n\n", 1, '"{% block main %}" is not closed', "write {% endblock %}"),
    ("{% for a in b %}\n{% if a %}\n{% endif %}\n", 1, '"{% for a in b %}"', "{% endfor %}"),
    ("a\n{% for a in b %}\n{%- if a -%}\nx\n{% endfor %}", 5, "", "correct the template"),
    ("a\n{% block main\n<p>\n{% endblock %}", 2, "", 'close the tag that opens here with "%}"'),
    ("{# {% if a %} #}\n{% if b %}\n", 2, '"{% if b %}" is not closed', "{% endif %}"),
    ("\n{{ a\n<p>{{ b }}</p>", 2, "", 'with "}}"'),
)


@pytest.mark.parametrize(("text", "line", "said", "cure"), OPEN)
def test_what_is_left_open_is_named(desk: Any, text: str, line: int, said: str, cure: str) -> None:
    desk.put("overrides", "templates/page.html", text)
    with pytest.raises(SiteError) as caught:
        desk.load().analysis("overrides:page.html")
    (problem,) = caught.value.problems
    assert str(problem.where).endswith(f"page.html:{line}"), layout(problem)
    assert said in problem.message
    assert cure in problem.help
