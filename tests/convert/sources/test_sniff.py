"""Documents told apart by content, decoded, refused by name."""

import pytest

from site_gen.convert.sources.sniff import MAX_BYTES, Kind, sniff
from site_gen.model import RawDocument
from site_gen.problems import SiteError


def raw(data: bytes, name: str = "a.txt", **more: str) -> RawDocument:
    return RawDocument(name=name, data=data, **more)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"---\ntitle: a\npublishedDateTime: 2024-01-01\n---\n", Kind.ENTRY),
        (b"\xef\xbb\xbf---\ntitle: a\nwebUrl: https://a.example/\n---\n", Kind.ENTRY),
        (b"---\ntitle: a\ndate: 2024-01-01\n---\nbody", Kind.FOREIGN),
        (b'+++\ntitle = "a"\n+++\nbody', Kind.FOREIGN),
        (b'{\n "title": "a"\n}\n\nbody', Kind.FOREIGN),
        (b"Title: A walk\nDate: 2024-01-01\n\nbody", Kind.FOREIGN),
        (b"Title: An essay on titles\n\nIt begins here.", Kind.TEXT),
        (b"---\n\nA text that begins with a rule.\n", Kind.TEXT),
        (b"<!doctype html><p>x", Kind.HTML),
        (b"\n <html><head>", Kind.HTML),
        (b"<?xml version='1.0'?><rss version='2.0'>", Kind.FEED),
        (b"<feed xmlns='http://www.w3.org/2005/Atom'>", Kind.FEED),
        (b'{"version":"https://jsonfeed.org/version/1.1","items":[]}', Kind.FEED),
        (b"<?xml version='1.0'?><opml version='2.0'>", Kind.OPML),
        (b"Plain words with 2 < 3 in them.", Kind.TEXT),
        (b"From: a@b.example\r\nTo: c@d.example\r\nSubject: x\r\n\r\nHello", Kind.MAIL),
        (b"MIME-Version: 1.0\nContent-Type: text/html\nX-A: b\n\n<p>x", Kind.MAIL),
        (b"# A title\n\n## A part\n\n[a](https://a.example/)\n", Kind.MARKDOWN),
    ],
)
def test_kind_is_told_by_content(data: bytes, kind: Kind) -> None:
    assert sniff(raw(data)).kind is kind


@pytest.mark.parametrize(
    ("data", "more", "text"),
    [
        ("né".encode("cp1252"), {}, "né"),
        ("né".encode(), {}, "né"),
        ("né".encode("utf-16"), {}, "né"),
        ("né".encode("latin-1"), {"charset": "iso-8859-1"}, "né"),
        ("“x”".encode("cp1252"), {"charset": "iso-8859-1"}, "“x”"),
        ("東京".encode("shift_jis"), {"charset": "shift_jis"}, "東京"),
        (b"a\r\nb\rc", {}, "a\nb\nc"),
        ("né".encode(), {"charset": "no-such-charset"}, "né"),
    ],
)
def test_text_is_decoded(data: bytes, more: dict[str, str], text: str) -> None:
    assert sniff(raw(data, **more)).text == text


def test_declared_charset_of_a_page_counts() -> None:
    page = '<html><head><meta charset="windows-1251"></head><p>Привет</p>'
    assert "Привет" in sniff(raw(page.encode("cp1251"))).text


def test_characters_no_output_may_hold_are_replaced() -> None:
    assert sniff(raw(b"a\x0bb")).text == "a\ufffdb"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty"),
        (b" \n\n", "is empty"),
        (b"%PDF-1.7 ...", "is a PDF"),
        (b"\x89PNG\r\n\x1a\n", "is a PNG picture"),
        (b"PK\x03\x04 ...", "office document"),
        (b"PK\x03\x04 word/document.xml", "is a Word document"),
        (b"PK\x03\x04 mimetypeapplication/epub+zip", "is an EPUB book"),
        (bytes(range(8)) * 50, "is a binary file"),
        (b"x" * (MAX_BYTES + 1), "the limit is"),
    ],
    ids=["empty", "blank", "pdf", "png", "zip", "docx", "epub", "binary", "huge"],
)
def test_what_is_no_document_is_refused_by_name(data: bytes, words: str) -> None:
    with pytest.raises(SiteError) as caught:
        sniff(raw(data, "dir/a.txt"))
    (problem,) = caught.value.problems
    assert problem.code == "convert/refused"
    assert words in problem.message
    assert problem.message.startswith("dir/a.txt")


def test_a_feed_behind_a_long_document_type_is_a_feed() -> None:
    declared = "".join(f'<!ENTITY e{n} "&#38;#{n}; [x] > y">\n' for n in range(400))
    for before in (
        f"<!DOCTYPE rss [\n{declared}]>",
        f"<!-- {'long ' * 2000} -->",
        f'<?xml-stylesheet href="{"a" * 5000}"?>',
    ):
        text = f'<?xml version="1.0"?>\n{before}\n<rss version="2.0"><channel></channel></rss>'
        assert sniff(RawDocument(name="feed", data=text.encode())).kind is Kind.FEED
    page = f"<!-- {'long ' * 2000} --><!DOCTYPE html><html><body><p>x</p></body></html>"
    assert sniff(RawDocument(name="a", data=page.encode())).kind is Kind.HTML
