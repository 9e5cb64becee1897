import pytest

from site_gen.formats.deploy.content_type import content_type


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("index.html", "text/html; charset=utf-8"),
        ("a.CSS", "text/css; charset=utf-8"),
        ("feed.json", "application/json; charset=utf-8"),
        ("feed.xml", "application/xml; charset=utf-8"),
        ("i.svg", "image/svg+xml; charset=utf-8"),
        ("i.webp", "image/webp"),
        ("f.woff2", "font/woff2"),
        ("e.epub", "application/epub+zip"),
        ("CNAME", "application/octet-stream"),
        ("a.b.js", "text/javascript; charset=utf-8"),
    ],
)
def test_types(name: str, kind: str) -> None:
    assert content_type(name) == kind
