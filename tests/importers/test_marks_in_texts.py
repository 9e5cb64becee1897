"""Marks of template languages in texts: what they hide stays hidden, and nothing takes for ever."""

import time
from collections.abc import Callable
from timeit import repeat

import pytest

from site_gen.importers.bodies import kept_text, liquid, markup, mdx, shortcodes
from site_gen.importers.folders import vault
from site_gen.importers.old_site import Entry
from site_gen.importers.reading import listings
from site_gen.importers.zola import site

Call = Callable[[str], str]
CALLS: dict[str, Call] = {
    "liquid": lambda text: liquid.converted(text, {}, lambda _: "", Entry(source="a")),
    "nunjucks": lambda text: liquid.without_remarks(text, Entry(source="a")),
    "hugo": lambda text: shortcodes.converted(text, lambda _: "", Entry(source="a")),
    "zola": lambda text: site.body(text, lambda _: "", []),
    "mdx": lambda text: mdx.plain(text, []),
    "obsidian": lambda text: vault.body(text, lambda _: "", []),
    "lists": lambda text: str(listings.has_words(text)),
}
PIECES = ("{{ ", "{{#", "{{", "{", "{{< ", "{{% ", "{{< a", "{{</* ", "{{< code ", "{{< raw >}}",
          "{{< highlight go >}}", "{% ", "{% #", "{% a ", "{% raw %}", "{% comment %}", "{%",
          "{% highlight x %}", "{% quote x %}", "{% code %}", "{::comment}", "{: ", "{# ",
          "{{ a(", "{% a(", "{% a() %}", "{/* ", "<A a={", "export const a = {\n",
          "import a", "[[", "%%")  # fmt: skip
ENDLESS = ("{{ ", "{{< a", "{% a", "{% highlight ", "{{< highlight ", "{{ a(", "{{ 'x'|")


def seconds(call: Call, text: str) -> float:
    return min(repeat(lambda: call(text), timer=time.process_time, number=1, repeat=3))


def in_proportion(call: Call, make: Callable[[int], str]) -> bool:
    """Whether eight times the text takes about eight times the time: squares take 64 times."""
    return seconds(call, make(24_000)) < 24 * max(seconds(call, make(3_000)), 0.002)


@pytest.mark.parametrize("kind", CALLS)
@pytest.mark.parametrize("piece", PIECES)
def test_marks_that_nothing_closes_take_no_longer_than_the_text(kind: str, piece: str) -> None:
    assert in_proportion(CALLS[kind], lambda size: piece * (size // len(piece)))


@pytest.mark.parametrize("kind", CALLS)
@pytest.mark.parametrize("start", ENDLESS)
@pytest.mark.parametrize("more", ["a", " ", "-", "' ", "\n"])
def test_a_mark_as_long_as_the_text_takes_no_longer(kind: str, start: str, more: str) -> None:
    assert in_proportion(CALLS[kind], lambda size: start + more * (size // len(more)))


def test_comments_of_html_that_nothing_closes() -> None:
    def call(text: str) -> str:
        return markup.markdown(text, "", Entry(source="a"))

    assert in_proportion(call, lambda size: "<!-- " * (size // 5))


@pytest.mark.parametrize(
    "mark", ["{% # {} %}", "{%- # {} -%}", "{%# {} %}", "{%\n # {}\n # more\n%}"]
)
def test_comments_in_one_tag_are_hidden_and_told(mark: str) -> None:
    entry = Entry(source="a")
    text = f"Before {mark.replace('{}', 'kept `back`')} after `code`"
    made = liquid.converted(text, {}, lambda _: "", entry)
    assert made == "Before  after `code`"
    assert entry.lost == ["{% # %}"]
    assert not entry.odd


def test_comments_that_are_shown_as_code_stay() -> None:
    text = (
        "{% raw %}{% # shown %}{% endraw %}\n{% highlight x %}\n{% # shown %}\n{% endhighlight %}"
    )
    made = liquid.converted(text, {}, lambda _: "", Entry(source="a"))
    assert made == "{% # shown %}\n```x\n{% # shown %}\n```"


def test_what_is_raw_in_a_piece_of_code_comes_as_it_stands() -> None:
    text = "{% highlight html %}{% raw %}\n{{ a }}\n{% endraw %}{% endhighlight %}"
    assert liquid.converted(text, {}, lambda _: "", Entry(source="a")) == "```html\n{{ a }}\n```"


@pytest.mark.parametrize(("body", "has"), [
    ("<p>Welcome</p>{% for a in b %}{{ a }}{% endfor %}", True),
    ("{% for a in b %}x{% for c in a %}y{% endfor %} z{% endfor %}", False),
    ("{% for a in b %}{% endfor %}\n## Earlier\n{%- for a in b -%}{% endfor %}", True),
    ("<ul class='posts'>{{ list | reversed }}</ul><style>.a {}</style>{# no #}&nbsp;", False),
])  # fmt: skip
def test_words_beside_a_list(body: str, has: bool) -> None:
    assert listings.has_words(body) is has


@pytest.mark.parametrize("piece", ["[", "{% a %}\n", "{% a{} %}\n", "<%#"])
def test_the_lines_of_what_is_kept_are_found_in_the_length_of_the_text(piece: str) -> None:
    def call(text: str) -> str:
        odd = [*dict.fromkeys(["{% z %}", *text.split("\n")[:-1]])] * (1 + text.count("% a %"))
        return str(list(kept_text.found(Entry(source="a", odd=odd), "a.md", text)))

    def make(size: int) -> str:
        return "".join(piece.replace("{}", str(n)) for n in range(size // len(piece)))

    assert in_proportion(call, make)
    found = kept_text.found(Entry(source="a", odd=["{% a %}"] * 3), "a.md", "\n{% a %}\n{% a %}")
    assert [place for _, place in found] == ["content/a.md:2", "content/a.md:3", "content/a.md:2"]
