"""What other systems do in texts: known things become Markdown, others stay and are named."""

import pytest

from site_gen.importers.bodies import heading_ids, liquid, markup, shortcodes, spans
from site_gen.importers.old_site import Entry


def resolve(name: str) -> str:
    return {"posts/fog": "/fog/", "2024-02-03-fog": "/fog/"}.get(name.strip("\"' "), "")


HUGO = [
    ('{{< figure src="/a.png" alt="A" >}}', "![A](/a.png)"),
    ('{{< figure src="/a.png" caption="Shut" >}}', "\n\n![Shut](/a.png)\n\nShut\n\n"),
    (
        '{{< figure src="/a.png" caption="Shut" attr="Ann" attrlink="https://a.example" >}}',
        "\n\n![Shut Ann](/a.png)\n\nShut [Ann](https://a.example)\n\n",
    ),
    (
        '{{< figure src="/a.png" title="T" attrlink="https://a.example" >}}',
        '\n\n![T](/a.png "T")\n\n[https://a.example](https://a.example)\n\n',
    ),
    ('{{< figure src="a b.png" link="/x/" >}}', "[![](a%20b.png)](/x/)"),
    ("{{< youtube abc123 >}}", "[Video on YouTube](https://www.youtube.com/watch?v=abc123)"),
    ('{{< youtube id="abc" >}}', "[Video on YouTube](https://www.youtube.com/watch?v=abc)"),
    ("{{< gist ann 12ab >}}", "[Code on GitHub](https://gist.github.com/ann/12ab)"),
    ('[fog]({{< ref "posts/fog" >}})', "[fog](/fog/)"),
    ("{{< highlight go >}}\nx := 1\n{{< /highlight >}}", "```go\nx := 1\n```"),
    ("{{</* figure */>}}", "{{< figure >}}"),
    ("{{< raw >}}<b>x</b>{{< /raw >}}", "<b>x</b>"),
    ("`{{< figure src=x >}}`", "`{{< figure src=x >}}`"),
]


@pytest.mark.parametrize(("given", "made"), HUGO)
def test_shortcodes(given: str, made: str) -> None:
    entry = Entry(source="a.md")
    assert shortcodes.converted(given, resolve, entry) == made
    assert entry.odd == []


def test_shortcodes_that_are_not_known_stay_and_are_named() -> None:
    entry = Entry(source="a.md")
    text = 'A {{< weather "port" >}} and {{% note %}}this{{% /note %}}, {{< ref "nowhere" >}}.'
    assert shortcodes.converted(text, resolve, entry) == text
    assert entry.odd == ["weather", "note", "note", "ref"]


LIQUID = [
    ("[x]({% post_url 2024-02-03-fog %})", "[x](/fog/)"),
    ("[x]({{ site.baseurl }}/a/)", "[x](/a/)"),
    ("![x]({{ '/a.png' | relative_url }})", "![x](/a.png)"),
    ("{% highlight ruby linenos %}\nputs 1\n{% endhighlight %}", "```ruby\nputs 1\n```"),
    ("{% raw %}{{ kept }}{% endraw %}", "{{ kept }}"),
    ("a{% comment %}not shown{% endcomment %}b", "ab"),
    ('{% include figure.html src="/a.png" alt="A" %}', "![A](/a.png)"),
    (
        '{% include youtube.html id="abc" %}',
        "[Video on YouTube](https://www.youtube.com/watch?v=abc)",
    ),
    ("Words.\n{: .lead}\n\nMore{:.x}.", "Words.\n\nMore."),
    ("* TOC\n{:toc}\n\n# A", "\n# A"),
    ("# {{ page.title }}", "# A title"),
    ("```\n{% kept %}\n```", "```\n{% kept %}\n```"),
]


@pytest.mark.parametrize(("given", "made"), LIQUID)
def test_liquid(given: str, made: str) -> None:
    entry = Entry(source="a.md")
    known = {"site.baseurl": "", "page.title": "A title"}
    assert liquid.converted(given, known, resolve, entry) == made
    assert entry.odd == []


def test_liquid_that_is_not_known_stays_and_is_named() -> None:
    entry = Entry(source="a.md")
    text = "{% include weather.html %} {{ site.data.x }}"
    assert liquid.converted(text, {}, resolve, entry) == text
    assert entry.odd == ["{% include weather.html %}", "{{ site.data.x }}"]


def test_what_nobody_saw_of_a_text_is_taken_out_and_counted() -> None:
    entry = Entry(source="a.md")
    text = (
        "* TOC\n{:toc}\n\nA {% comment %}not\nseen{% endcomment %}b\n\n"
        "{::comment}\nnor this\n{:/comment}\nc {::comment}nor that{:/} d\n"
    )
    assert liquid.converted(text, {}, resolve, entry).split() == ["A", "b", "c", "d"]
    assert sorted(entry.lost) == ["{% comment %}", "{::comment}", "{::comment}", "{:toc}"]
    text = "a {{< comment >}}not\nseen{{< /comment >}}b {{% comment %}}nor this{{% /comment %}}c"
    assert shortcodes.converted(text, resolve, entry).split() == ["a", "b", "c"]
    assert entry.lost[-2:] == ["comment", "comment"]


def test_targets_are_changed_everywhere_but_in_code() -> None:
    text = (
        "[a](/x/) ![b](/x/ \"t\") <a href='/x/'>c</a> [d][e] `[f](/x/)`\n\n[e]: /x/\n\n"
        "~~~\n[g](/x/)\n~~~\n"
    )
    made = spans.retarget(text, lambda target: "/y/" if target == "/x/" else target)
    assert made.count("/y/") == 4
    assert "`[f](/x/)`" in made
    assert "[g](/x/)" in made


def test_a_footnote_is_no_target() -> None:
    text = "A claim.[^1]\n\n[^1]: see the keeper.\n\n[e]: see\n"
    assert spans.retarget(text, str.upper) == text.replace("[e]: see", "[e]: SEE")


def test_a_target_may_hold_brackets() -> None:
    assert spans.retarget("[a](/x_(y)/)", str.upper) == "[a](/X_(Y)/)"


def test_html_stays_on_the_site() -> None:
    entry = Entry(source="x")
    html = '<p><a href="../b/">b</a> <a href="#c">c</a> <img src="/d.png" alt="d"></p>'
    # no heading is there, so a link inside the page keeps its words alone
    assert markup.markdown(html, "/x/a/", entry) == "[b](/x/b/) c ![d](/d.png)\n"
    assert entry.faults == []
    assert len(entry.lost) == 1


HEADINGS = [
    ("## Numbers {#numbers}\n\nText.", "## Numbers\n\nText."),
    ("# A\n\n### Tides at Roe {#roe .wide}\n", "# A\n\n### Tides at Roe\n"),
    ("## Shut {not an id}", "## Shut {not an id}"),
    ("Words {#here}", "Words {#here}"),
    ("```\n## Numbers {#numbers}\n```", "```\n## Numbers {#numbers}\n```"),
    ("## `a {#b}`", "## `a {#b}`"),
]


@pytest.mark.parametrize(("given", "made"), HEADINGS)
def test_ids_of_headings_are_no_text(given: str, made: str) -> None:
    assert heading_ids.without(given) == made


@pytest.mark.parametrize("part", ["# {#x}" + " " * 200_000 + "y", "# a {#" + "x" * 200_000])
def test_a_long_heading_is_read_in_its_length(part: str) -> None:
    assert heading_ids.without(part) == part
