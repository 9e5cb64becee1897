"""Drawings of content: inert ones are published as they are, all others are refused by name."""

from typing import Any

import pytest

from site_gen.formats.images.drawing import find_fault

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">'
FINE = [
    "<path d='M0 0h9'/><g style='fill: url(#a)'><text x='1'>Words</text></g>",
    "<style>.a { fill: red } .b { mask: url('#m') }</style>",
    "<use href='#a'/><use xlink:href='#a'/><image href='data:image/png;base64,AAAA'/>",
    "<metadata><r:RDF xmlns:r='http://www.w3.org/1999/02/22-rdf-syntax-ns#'/></metadata>",
    "<title>&lt;script&gt;</title><!-- <script> -->",
]
ACTIVE = [
    ("<script>canary()</script>", "holds <script>"),
    ("<g onload='canary()'/>", "holds onload="),
    ("<a href='https://x.example/'><text>x</text></a>", "holds <a>"),
    ("<foreignObject/>", "holds <foreignObject>"),
    ("<set attributeName='href' to='javascript:canary()'/>", "holds <set>"),
    ("<animate attributeName='href' values='javascript:canary()'/>", "holds <animate>"),
    ("<use href='https://x.example/a.svg#b'/>", "leads elsewhere (href=)"),
    ("<use xlink:href='data:image/svg+xml,x'/>", "leads elsewhere (href=)"),
    ("<image href='javascript:canary()'/>", "leads elsewhere (href=)"),
    ("<style>@import 'https://x.example/a.css'</style>", "holds a style that loads something"),
    ("<style>a{b:u\\72l(x)}</style>", "holds a style that loads something"),
    ("<style>a{b:ur<![CDATA[l(//x.example/)]]>}</style>", "holds a style that loads something"),
    ("<rect fill='url(https://x.example/a)'/>", "loads something (fill=)"),
    ("<rect style='background: url(//x.example)'/>", "loads something (style=)"),
    ("<h:script xmlns:h='http://www.w3.org/1999/xhtml'>canary()</h:script>", "holds <script>"),
    ("<x:template xmlns:x='http://www.w3.org/1999/XSL/Transform'/>", "holds <template>"),
    ("<handler/>", "holds <handler>"),
    ("<?xml-stylesheet href='a.xsl'?>", "holds <?xml-stylesheet?>"),
    ("<g xml:base='https://x.example/'/>", "holds base="),
    ("<g>" * 300 + "</g>" * 300, "is nested more than 200 deep"),
]


@pytest.mark.parametrize("inner", FINE)
def test_what_is_inert_may_be_published(inner: str) -> None:
    assert find_fault(f"{HEAD}{inner}</svg>".encode()) == ""


@pytest.mark.parametrize(("inner", "said"), ACTIVE)
def test_what_would_run_or_load_is_named(inner: str, said: str) -> None:
    assert find_fault(f"{HEAD}{inner}</svg>".encode()) == said
    assert find_fault(f"{HEAD}{inner}</svg>".encode("utf-16")) == said


@pytest.mark.parametrize(
    "data",
    [b"", b"<html><script>canary()</script></html>", b"<svg>", b"\x00\xff", b"<svg/>",
     b"<!DOCTYPE svg [<!ENTITY a 'b'>]><svg xmlns='http://www.w3.org/2000/svg'>&a;</svg>"],
)  # fmt: skip
def test_what_is_no_drawing_is_refused(data: bytes) -> None:
    assert find_fault(data)


@pytest.mark.parametrize("reference", ["[x](a.svg)", "![x](a.svg)", '<img src="a.svg" alt="x">'])
@pytest.mark.parametrize("name", ["a.svg", "a.svgz", "a.SVG"])
def test_no_active_drawing_is_published(site: Any, said: Any, reference: str, name: str) -> None:
    body = reference.replace("a.svg", name)
    site.put(
        "content/p.md", f"---\ntitle: P\npublishedDateTime: 2024-02-14\n---\n{body}\n".encode()
    )
    site.put(
        "site.toml", b'title = "T"\nbase_url = "https://t.example"\nfeeds.tag = "t.example,2024"\n'
    )
    site.put(f"content/{name}", f"{HEAD}<script>canary()</script></svg>".encode())
    report = site.build(keep_going=True)
    (problem,) = [p for p in report.problems if p.code == "link/active"]
    assert (problem.severity, str(problem.where)) == ("error", "content/p.md:5")
    assert ("holds <script>" in problem.message) == (not name.endswith("z"))
    assert not [path for path, data in site.tree().items() if b"canary" in data]
    site.put(f"content/{name}", f"{HEAD}<path d='M0 0'/></svg>".encode())
    report = site.build(keep_going=True)
    assert bool([p for p in report.problems if p.code == "link/active"]) == name.endswith("z")
