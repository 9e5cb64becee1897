"""Settings, programs and rules of an old site that somebody made to take for ever."""

from collections.abc import Callable
from pathlib import Path

import pytest

from site_gen.convert import time_limit
from site_gen.importers.astro import collections, conditions
from site_gen.importers.bodies import link_cards, mdx, remarks
from site_gen.importers.eleventy import lists, permalinks
from site_gen.importers.folders import (
    docusaurus,
    exclude_patterns,
    graphs,
    html_page,
    private_markers,
    vault,
)
from site_gen.importers.reading import htaccess, javascript_settings, matter
from site_gen.importers.reading.folder import Folder

SIZE = 100_000
SECONDS = 4
"""What takes squares of this size takes minutes; what does not, less than a quarter of it."""
Reader = Callable[[str, Path], object]


def _settings(text: str, root: Path) -> object:
    made = docusaurus.settings(text, "docusaurus.config.js", Folder(root))
    return [made.address(f"blog/{text[:4000]}.md", "", None), made.takes(f"blog/{text[:4000]}.md")]


READERS: dict[str, Reader] = {
    "a server's rules": lambda text, root: htaccess.Closed(_with(".htaccess", text, root)),
    "a program": lambda text, _: (
        javascript_settings.plain(text), javascript_settings.value(text, "a"),
        javascript_settings.listed(text, "a"), javascript_settings.block(text, "a"),
        javascript_settings.calls(text, "a"), javascript_settings.strings(text),
    ),
    "docusaurus": _settings,
    "astro's collections": lambda text, root: collections.read(
        _with("src/content.config.ts", text, root), (".md",)
    ),
    "a condition": lambda text, _: conditions.refused(text, {"a": 1}, shows=True),
    "copies": lambda text, _: lists.copied(f"addPassthroughCopy({{{text}}})", "")("a"),
    "a permalink": lambda text, _: permalinks.address({"permalink": text}, "a.md", None),
    "a page": lambda text, _: html_page.read(text),
    "components": lambda text, _: mdx.plain(f"<A {text}>", []),
    "cards": lambda text, _: link_cards.split(f"- {text[:10_000]}\n"),
    "a first line": lambda text, _: private_markers.said("a.md", text),
    "a head": lambda text, _: matter.head(text, "a.md"),
    "what is kept back": lambda text, root: [
        exclude_patterns.ExcludePatterns(_with(name, text, root)).why("docs/a.md")
        for name in ("mkdocs.yml", ".vuepress/config.ts", "Rules", "gatsby-config.js")
    ],
    "a note": lambda text, _: vault.withheld("a.md", {}, text, marked=False),
    "a graph": lambda text, _: graphs.head(text),
    "remarks": lambda text, _: remarks.plain(text),
}  # fmt: skip
PIECES = (
    "/*", "//", "\"", "'\\", "`", "a: {", "a: [", "a(", "a( ", "a=", "_", "!", "! ", "[", "](", "<",
    "- ", "– ", "\n", " \n", "\n ", "<Files a", "<Files a>\n", "order allow,deny\n", "deny from ",
    "rewriterule x [", "rewriterule [x", "<!-- ", "<!---->", "<!-- --> ", "{{", "{{ a | ", "{",
    "plugin-content-blog', {", "2024-1-1", "2024/1/1/", "a.data.", "data: {", "**draft", "draft ",
    "title: a\n", "<!--a: b\n", "# a", "ignore [", "ignore 'a", "encrypt: {", "[]{.", "{>>", "{~~",
    "exclude_docs: |\n a", "- exclude:\n a", "#a", "#a ", "a:: ", "[a:: ", "[a]{.deletion ",
)  # fmt: skip


def _with(name: str, text: str, root: Path) -> Folder:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return Folder(root)


@pytest.mark.any_version
@pytest.mark.parametrize("reader", READERS)
def test_any_text_is_read_in_its_length(reader: str, tmp_path: Path) -> None:
    for piece in PIECES:
        with time_limit.within(SECONDS, f"{reader} of {piece!r}"):
            READERS[reader](piece * (SIZE // len(piece)), tmp_path)


@pytest.mark.parametrize(
    ("rules", "shut"),
    [
        ("Order Allow,Deny\n", True),
        ("Order allow,deny\nAllow from all\n", False),
        ("Order allow,deny\nAllow from 10.0.0.1\n", True),
        ("Order deny,allow\nDeny from all\n", True),
        ("  RewriteRule ^ - [F,L]\n", True),
        ("RewriteRule ^a$ /b [R=301,L]\n", False),
        ("RewriteRule ^a$ /b [FOO]\n", False),
        ("# Require all denied\n", False),
        ("Require all granted\n", False),
        ('<FilesMatch "^b">\nRequire all denied\n</FilesMatch>\n', False),
        ('<FilesMatch "^a">\nOrder allow,deny\n</FilesMatch>\nAllow from all\n', True),
    ],
)
def test_a_directive_shuts_or_it_does_not(rules: str, shut: bool, tmp_path: Path) -> None:
    closed = htaccess.Closed(_with("up/.htaccess", rules, tmp_path))
    assert bool(closed.why("up/a.txt")) == shut


def test_what_nothing_closes_in_a_program_is_taken_once() -> None:
    assert javascript_settings.plain("a = 'b' /* c") == "a = 'b' "
    assert (
        javascript_settings.plain('a = "**/*.md" // x\nb = 1 /* c */')
        == 'a = "**/*.md" // x\nb = 1 '
    )
