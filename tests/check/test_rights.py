"""Rules for rights that need a long text."""

from collections.abc import Callable

from site_gen.check.findings import Hit

LONG = "A sentence of a text that somebody else wrote. " * 40


def test_a_republished_text_says_what_is_original(hits: Callable[..., list[Hit]]) -> None:
    head = "title: A\nprovider: {name: H}\nwebUrl: https://h.example/a\n"
    found = [hit.rule for hit in hits(f"---\n{head}---\n{LONG}")]
    assert found == ["rights/canonical"]
    assert hits(f"---\n{head}canonical: original\n---\n{LONG}") == []
    assert hits(f"---\n{head}rights: excerpt\n---\n{LONG}") == []
    settings = '[[providers]]\nname = "H"\ncanonical = "original"\n'
    assert hits(f"---\n{head}---\n{LONG}", "a.md", settings) == []
