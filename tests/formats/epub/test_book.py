"""The e-book: valid by epubcheck, the same bytes each time, within the rights."""

import shutil
import subprocess
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from msgspec.structs import replace
from PIL import Image

from site_gen.formats.common.units import Digests
from site_gen.formats.epub import book as epub
from site_gen.model import Band, Picture, SafeHtml, StaticFile

NS = {
    "h": "http://www.w3.org/1999/xhtml",
    "opf": "http://www.idpf.org/2007/opf",
    "dc": "http://purl.org/dc/elements/1.1/",
}
CHECKER = Path("/usr/share/java/epubcheck.jar")
"""Where Debian puts it."""
SHORT_RUN = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
"""Java compiles for long runs else: that alone takes longer than the check."""

WEEK = "editions/2024-W07/2024-W07.epub"
RICH = (
    '<h2 id="c-über">Part</h2><p>A<sup class="footnote-ref" id="c-fnref1">'
    '<a href="#c-fn1">1</a></sup> <a href="/about/" rel="nofollow">b</a>'
    '<img src="https://wire.example/p.png" alt="A map" loading="lazy" decoding="async">'
    '<a href="https://x.example/"><img src="/assets/q.png" alt=""></a> '
    '<a href="#nowhere">c</a> <a href="mailto:a@b.example">d</a></p>'
    '<table><thead><tr><th class="align-right">x</th></tr></thead>'
    "<tbody><tr><td>1</td></tr></tbody></table><pre><code>a &lt; b\n</code></pre><hr>"
    '<ol start="3"><li>three<br>more</li></ol><blockquote><p>q</p></blockquote>'
    '<h2 id="c-über">Again</h2>'
    '<section class="footnotes"><ol class="footnotes-list"><li id="c-fn1" class="footnote-item">'
    '<p>note <a href="#c-fnref1" class="footnote-backref">↩︎</a></p></li></ol></section>'
)


def books(desk: Any, catalog: Any = None) -> dict[str, zipfile.ZipFile]:
    found = desk.files(epub, catalog)
    return {path: zipfile.ZipFile(BytesIO(data)) for path, data in found.items()}


def page(book: zipfile.ZipFile, name: str) -> Any:
    return etree.fromstring(book.read(f"EPUB/{name}"))


def rich_week(desk: Any) -> Any:
    picture = Picture(url="/assets/a.png", local=True)
    desk.add("rich", RICH, title="Rich & <b>bold</b>", image=picture, topics=())
    desk.add("foreign", "<p>مرحبا</p>", language="ar", provider=None, original="")
    desk.add("odd", language="not a tag", excerpt="", rights="link")
    catalog = desk.catalog(titles={"2024-W07": "A week of <many> things & a long name for it"})
    noted = (replace(catalog.editions[0], note=SafeHtml(f"<p>Note.</p>{RICH}")),)
    return replace(catalog, editions=noted)


def test_only_closed_editions(week_desk: Any) -> None:
    assert list(books(week_desk, week_desk.catalog(open_week="2024-W08"))) == [WEEK]


def test_the_archive_is_as_the_standard_asks(week_desk: Any) -> None:
    book = books(week_desk)[WEEK]
    first = book.infolist()[0]
    assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
    assert book.read("mimetype") == b"application/epub+zip"
    assert not first.extra
    assert {info.date_time for info in book.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert len(set(book.namelist())) == len(book.namelist())


def test_the_same_edition_gives_the_same_bytes(week_desk: Any) -> None:
    assert week_desk.files(epub) == week_desk.files(epub)


def test_the_id_stays_when_text_and_host_change(week_desk: Any) -> None:
    def identifier() -> str:
        return str(page(books(week_desk)[WEEK], "package.opf").findtext(".//dc:identifier", "", NS))

    before = identifier()
    assert before.startswith("urn:uuid:")
    week_desk.set(title="Other", base_url="https://else.example")
    assert identifier() == before


def test_metadata(week_desk: Any) -> None:
    package = page(books(week_desk)[WEEK], "package.opf")
    assert package.findtext(".//dc:title", "", NS) == "Weekly Wire No. 1 · 12–18 February 2024"
    assert package.findtext(".//dc:language", "", NS) == "en"
    facts = {m.get("property"): m.text for m in package.iterfind(".//opf:meta", NS)}
    assert facts["dcterms:modified"] == "2024-02-19T00:00:00Z"
    assert facts["group-position"] == "1"


def test_articles_in_order_with_links_back(week_desk: Any) -> None:
    book = books(week_desk)[WEEK]
    entries = [a.text for a in page(book, "nav.xhtml").iterfind(".//h:nav//h:a", NS)]
    assert entries == ["Cover", "Contents", "Chips are short", "Talks begin"]
    text = book.read("EPUB/article-001.xhtml").decode()
    assert 'href="https://digest.example/articles/chips-are-short/"' in text
    assert "Nobody has" in text
    assert 'href="https://wire.example/talks-begin"' in book.read("EPUB/article-002.xhtml").decode()


def test_contents_are_in_sections(week_desk: Any) -> None:
    week_desk.add("apart", topics=())
    catalog = week_desk.catalog()
    band = Band(name="AI", slug="ai", permalink="/topics/ai/", stories=1)
    editions = (replace(each, bands=(band,)) for each in catalog.editions)
    catalog = replace(catalog, editions=tuple(editions))
    contents = page(books(week_desk, catalog)[WEEK], "contents.xhtml")
    assert [h.text for h in contents.iterfind(".//h:h2", NS)] == ["AI", "Other stories"]
    assert len(contents.findall(".//h:li", NS)) == 3


def test_bodies_become_xhtml(desk: Any) -> None:
    book = books(desk, rich_week(desk))[WEEK]
    names = [n for n in book.namelist() if n.endswith(".xhtml")]
    rich = next(n for n in names if b"Rich &amp;" in book.read(n) and "article" in n)
    root: Any = etree.fromstring(book.read(rich))
    hrefs = [a.get("href") for a in root.iterfind(".//h:a", NS)]
    assert "https://digest.example/about/" in hrefs
    assert "#c-fn1" in hrefs
    assert "#nowhere" not in hrefs
    assert root.find(".//h:img", NS) is None
    assert "Picture: A map" in "".join(root.itertext())
    assert "https://wire.example/p.png" in hrefs
    ids = [e.get("id") for e in root.iter() if e.get("id")]
    assert len(set(ids)) == len(ids)
    assert all(i.isascii() for i in ids)


def test_rights_and_drafts(desk: Any) -> None:
    desk.add("short", "<p>SECRET</p>", rights="excerpt")
    desk.add("unready", "<p>DRAFT</p>", draft=True)
    book = books(desk)[WEEK]
    everything = b"".join(book.read(name) for name in book.namelist())
    assert b"SECRET" not in everything
    assert b"DRAFT" not in everything
    assert b"In short, short." in everything


def test_right_to_left(desk: Any) -> None:
    desk.set(language="ar", title="الأسبوع")
    desk.add("a")
    book = books(desk)[WEEK]
    spine = page(book, "package.opf").find("opf:spine", NS)
    assert spine.get("page-progression-direction") == "rtl"
    assert page(book, "article-001.xhtml").get("dir") == "rtl"


def test_hostile_text_is_escaped_everywhere(desk: Any) -> None:
    hostile = '</title><script>x</script>"&\x00\ud800\ufffe'
    desk.set(title=hostile)
    desk.add("a", "<p>x\x0b</p>", title=hostile, excerpt=hostile)
    book = books(desk)[WEEK]
    for name in book.namelist():
        if name.endswith((".xhtml", ".opf", ".svg", ".xml")):
            root = etree.fromstring(book.read(name))
            assert not root.xpath("//*[local-name() = 'script']"), name


def test_no_remote_resource(desk: Any) -> None:
    book = books(desk, rich_week(desk))[WEEK]
    for name in book.namelist():
        assert b'src="http' not in book.read(name), name


def drawn(form: str, size: tuple[int, int], mode: str = "RGB", **options: Any) -> bytes:
    buffer = BytesIO()
    Image.new(mode, size, (0, 128, 128, 90)[: len(mode)]).save(buffer, form, **options)
    return buffer.getvalue()


PICTURES = {
    "first.jpg": drawn("JPEG", (900, 600)),
    "wide.png": drawn("PNG", (3200, 100)),
    "tall.jpg": drawn("JPEG", (200, 2400)),
    "clear.webp": drawn("WEBP", (40, 30), "RGBA"),
    "plain.webp": drawn("WEBP", (40, 30)),
    "broken.jpg": drawn("JPEG", (900, 600))[:700],
    "unused.png": drawn("PNG", (20, 20)),
    "note.png": drawn("PNG", (20, 20)),
}


def illustrated_week(desk: Any) -> Any:
    """An article that shows local pictures of every kind, and a note with one."""
    shown = ("wide.png", "tall.jpg", "clear.webp", "plain.webp", "broken.jpg")
    body = "<p>Look:</p>" + "".join(
        f'<figure><img src="/assets/{name}" alt="A {name}" loading="lazy" width="3">'
        "<figcaption>So.</figcaption></figure>"
        for name in shown
    )
    lead = Picture(url="/assets/first.jpg", local=True, alt="A <quay>", caption="B", credit="C")
    desk.add("shown", body + RICH, image=lead)
    desk.add("hidden", rights="link", image=Picture(url="/assets/unused.png", local=True))
    desk.originals |= PICTURES
    known = tuple(Picture(url=f"/assets/{name}", local=True, width=9) for name in PICTURES)
    catalog = desk.catalog()
    note = SafeHtml('<p>N <img src="/assets/note.png" alt="">.</p>')
    return replace(
        catalog,
        articles=tuple(
            replace(ref, pictures=known if ref.card.id == "shown" else ())
            for ref in catalog.articles
        ),
        editions=(replace(catalog.editions[0], note=note),),
        pictures=known,
        files=tuple(StaticFile(source=n, path=f"assets/{n}", digest=n) for n in PICTURES),
    )


def test_local_pictures_are_within_the_book(desk: Any) -> None:
    book = books(desk, illustrated_week(desk))[WEEK]
    names = [name for name in book.namelist() if name.startswith("EPUB/pictures/")]
    found = [Image.open(BytesIO(book.read(name))) for name in names]
    assert [(each.format, each.size) for each in found] == [
        ("PNG", (20, 20)),
        ("JPEG", (900, 600)),
        ("PNG", (1600, 50)),
        ("JPEG", (133, 1600)),
        ("PNG", (40, 30)),
        ("JPEG", (40, 30)),
    ]
    assert book.read(names[1]) == PICTURES["first.jpg"]
    package = page(book, "package.opf")
    listed = [i.get("href") for i in package.iterfind(".//opf:item", NS)]
    assert [f"EPUB/{href}" for href in listed if href.startswith("pictures/")] == names
    chapters = [n for n in book.namelist() if "article-" in n]
    text = next(t for t in (book.read(n).decode() for n in chapters) if "Look:" in t)
    assert '<img src="pictures/002.jpg" alt="A &lt;quay&gt;"/><figcaption>B · C<' in text
    assert "https://digest.example/assets/broken.jpg" in text
    assert "https://wire.example/p.png" in text


def test_a_picture_of_other_bytes_makes_another_book(desk: Any) -> None:
    catalog = illustrated_week(desk)
    other = tuple(replace(f, digest=f"{f.digest}2") for f in catalog.files)
    first, second = (
        {u.name: u.digest() for u in epub.units(c, None, desk.settings, Digests(c))}
        for c in (catalog, replace(catalog, files=other))
    )
    assert first != second


@pytest.mark.slow
@pytest.mark.skipif(not (CHECKER.exists() and shutil.which("java")), reason="needs epubcheck")
@pytest.mark.parametrize(
    ("language", "week"), [("en", rich_week), ("ar", rich_week), ("en", illustrated_week)]
)
def test_epubcheck_finds_nothing(desk: Any, tmp_path: Path, language: str, week: Any) -> None:
    desk.set(language=language, title="Weekly & <Wire>")
    (data,) = desk.files(epub, week(desk)).values()
    file = tmp_path / "book.epub"
    file.write_bytes(data)
    done = subprocess.run(
        ["java", *SHORT_RUN, "-jar", str(CHECKER), "--failonwarnings", str(file)],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr
