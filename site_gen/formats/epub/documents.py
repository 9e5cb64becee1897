"""The text files of an EPUB 3 book: package, navigation, cover, contents, articles."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from html import escape
from textwrap import wrap

from site_gen.basics.dates import iso
from site_gen.formats.common.links import absolute_html
from site_gen.formats.common.wording import Words
from site_gen.formats.epub.pictures import EmbeddedPictures
from site_gen.formats.epub.xhtml import language_attributes, language_tag, to_xhtml
from site_gen.model import Record

CONTAINER = """<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="EPUB/package.opf"
 media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""
STYLE = """body { line-height: 1.5; }
h1 { line-height: 1.2; }
.meta { font-size: 0.85em; }
.standfirst { font-style: italic; }
.cover { margin: 0; text-align: center; }
.cover img { max-width: 100%; max-height: 100%; }
figure { margin: 1em 0; }
img { max-width: 100%; height: auto; }
figcaption { font-size: 0.85em; }
blockquote { margin-left: 1em; }
pre { white-space: pre-wrap; }
.align-center { text-align: center; }
.align-right { text-align: right; }
"""
ACCESSIBILITY = (
    ("schema:accessMode", "textual"),
    ("schema:accessModeSufficient", "textual"),
    ("schema:accessibilityFeature", "tableOfContents"),
    ("schema:accessibilityFeature", "readingOrder"),
    ("schema:accessibilityFeature", "structuralNavigation"),
    ("schema:accessibilityHazard", "none"),
)


class Chapter(Record, frozen=True, kw_only=True):
    """An article. `link` is the absolute URL of our page, or of the original if there is none;
    `image` the site-absolute URL of its first picture if that is local."""

    title: str
    link: str
    day: str
    excerpt: str = ""
    provider: str = ""
    authors: tuple[str, ...] = ()
    topic: str = ""
    section: str = ""
    why: str = ""
    original: str = ""
    language: str = ""
    direction: str = ""
    image: str = ""
    alt: str = ""
    caption: str = ""
    has_body: bool = False


class Book(Record, frozen=True, kw_only=True):
    """An edition; `note` is sanitised HTML as its page shows it."""

    id: str
    title: str
    series: str
    heading: str
    number: str
    position: int
    dates: str
    language: str
    direction: str
    publisher: str
    day: str
    modified: datetime
    url: str
    base: str
    note: str
    byline: str = ""
    corrections: str = ""
    chapters: tuple[Chapter, ...]


class _SpineDocument(Record, frozen=True, kw_only=True):
    """A document of the spine: file name, title in the navigation, XHTML."""

    name: str
    title: str
    text: str


def documents(
    book: Book, bodies: Sequence[str], spoken: Words, carried: EmbeddedPictures
) -> Iterator[tuple[str, str]]:
    """(path in the archive, text) of every file except `mimetype` and the pictures."""
    spine = list(_spine(book, bodies, spoken, carried))
    yield "META-INF/container.xml", CONTAINER
    yield "EPUB/package.opf", _package(book, spine, carried)
    yield "EPUB/nav.xhtml", _navigation(book, spine, spoken)
    yield "EPUB/style.css", STYLE
    yield "EPUB/cover.svg", _cover_svg(book)
    for file in spine:
        yield f"EPUB/{file.name}", file.text


def _spine(
    book: Book, bodies: Sequence[str], spoken: Words, carried: EmbeddedPictures
) -> Iterator[_SpineDocument]:
    picture = f'<div class="cover"><img src="cover.svg" alt="{escape(book.title)}"/></div>'
    yield _SpineDocument(
        name="cover.xhtml", title=spoken.cover, text=_page(book, spoken.cover, picture)
    )
    contents = _contents(book, spoken)
    yield _SpineDocument(
        name="contents.xhtml", title=spoken.contents, text=_page(book, spoken.contents, contents)
    )
    if book.note:
        by = f'<p class="meta">{escape(book.byline)}</p>\n' if book.byline else ""
        note = absolute_html(book.note, book.base, book.url)
        words = to_xhtml(note, book.base, book.url, spoken.picture, carried.path_of)
        note = f"<h1>{spoken.note}</h1>\n{by}{words}"
        yield _SpineDocument(
            name="note.xhtml", title=spoken.note, text=_page(book, spoken.note, note)
        )
    left = iter(bodies)
    for number, chapter in enumerate(book.chapters, 1):
        body = next(left) if chapter.has_body else ""
        inner = _chapter(chapter, body, book, spoken, carried)
        text = _page(book, chapter.title, inner, chapter.language, chapter.direction)
        yield _SpineDocument(name=_chapter_file(number), title=chapter.title, text=text)


def _chapter(
    chapter: Chapter, body: str, book: Book, spoken: Words, carried: EmbeddedPictures
) -> str:
    facts = [*chapter.authors, chapter.provider, chapter.topic]
    meta = " · ".join(escape(fact) for fact in facts if fact)
    parts = [f"<h1>{escape(chapter.title)}</h1>"]
    parts.append(
        f'<p class="meta">{meta}{" · " if meta else ""}'
        f'<time datetime="{chapter.day}">{chapter.day}</time></p>'
    )
    if chapter.excerpt:
        parts.append(f'<p class="standfirst">{escape(chapter.excerpt)}</p>')
    if chapter.why:
        parts.append(f"<p>{escape(spoken.why.format(chapter.why))}</p>")
    if chapter.image and f'src="{escape(chapter.image)}"' not in body:
        parts.append(_first_picture(chapter, carried))
    if body:
        parts.append(to_xhtml(body, book.base, chapter.link, spoken.picture, carried.path_of))
    parts.append(_links_out(chapter, spoken))
    return "\n".join(parts)


def _first_picture(chapter: Chapter, carried: EmbeddedPictures) -> str:
    """The picture above an article's text; "" if it is not embedded."""
    name = carried.path_of(chapter.image)
    if not name:
        return ""
    caption = f"<figcaption>{escape(chapter.caption)}</figcaption>" if chapter.caption else ""
    return f'<figure><img src="{name}" alt="{escape(chapter.alt)}"/>{caption}</figure>'


def _links_out(chapter: Chapter, spoken: Words) -> str:
    """Links to our page and to the original."""
    links = [(chapter.link, spoken.read_story)]
    if chapter.original and chapter.original != chapter.link:
        links.append((chapter.original, _original_label(chapter, spoken)))
    elif chapter.original:
        links = [(chapter.original, _original_label(chapter, spoken))]
    named = (f'<a href="{escape(url)}">{escape(text)}</a>' for url, text in links)
    return f'<p class="meta">{" · ".join(named)}</p>'


def _original_label(chapter: Chapter, spoken: Words) -> str:
    return spoken.read_at.format(chapter.provider) if chapter.provider else spoken.read_original


def _contents(book: Book, spoken: Words) -> str:
    """The contents page: the top stories, then the sections, in the edition's order."""
    sections: dict[str, list[str]] = {}
    for number, chapter in enumerate(book.chapters, 1):
        line = f'<li><a href="{_chapter_file(number)}">{escape(chapter.title)}</a></li>'
        sections.setdefault(chapter.section, []).append(line)
    parts = [f"<h1>{escape(book.title)}</h1>"]
    for section, lines in sections.items():
        heading = f"<h2>{escape(section)}</h2>\n" if section else ""
        parts.append(f"{heading}<ol>{''.join(lines)}</ol>")
    if book.corrections:
        parts.append(to_xhtml(book.corrections, book.base, book.url, spoken.picture))
    parts.append(
        f'<p class="meta"><a href="{escape(book.url)}">{escape(spoken.read_online)}</a></p>'
    )
    return "\n".join(parts)


def _page(book: Book, title: str, inner: str, language: str = "", direction: str = "") -> str:
    says = language_attributes(language or book.language, direction or book.direction)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html>\n'
        '<html xmlns="http://www.w3.org/1999/xhtml" '
        f'xmlns:epub="http://www.idpf.org/2007/ops"{says}>\n'
        f'<head><title>{escape(title)}</title>\n<link rel="stylesheet" href="style.css"/></head>\n'
        f"<body>\n{inner}\n</body>\n</html>\n"
    )


def _navigation(book: Book, spine: Sequence[_SpineDocument], spoken: Words) -> str:
    lines = "\n".join(f'<li><a href="{f.name}">{escape(f.title)}</a></li>' for f in spine)
    inner = (
        f'<nav epub:type="toc" role="doc-toc"><h1>{escape(spoken.contents)}</h1>\n'
        f"<ol>\n{lines}\n</ol></nav>"
    )
    return _page(book, spoken.contents, inner)


def _package(book: Book, spine: Sequence[_SpineDocument], carried: EmbeddedPictures) -> str:
    items = "\n".join(
        f'<item id="{_document_id(f.name)}" href="{f.name}" media-type="application/xhtml+xml"/>'
        for f in spine
    )
    items += "".join(
        f'\n<item id="{_picture_id(name)}" href="{name}" media-type="{each.media_type}"/>'
        for name, each in carried.pictures.items()
    )
    order = "\n".join(f'<itemref idref="{_document_id(f.name)}"/>' for f in spine)
    turning = ' page-progression-direction="rtl"' if book.direction == "rtl" else ""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
{_metadata(book, bool(carried.pictures))}
</metadata>
<manifest>
<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="style" href="style.css" media-type="text/css"/>
<item id="picture" href="cover.svg" media-type="image/svg+xml" properties="cover-image"/>
{items}
</manifest>
<spine{turning}>
{order}
</spine>
</package>
"""


def _metadata(book: Book, is_illustrated: bool) -> str:
    lines = [
        f'<dc:identifier id="id">{escape(book.id)}</dc:identifier>',
        f"<dc:title>{escape(book.title)}</dc:title>",
        f"<dc:language>{language_tag(book.language)}</dc:language>",
        f"<dc:creator>{escape(book.publisher)}</dc:creator>",
        f"<dc:publisher>{escape(book.publisher)}</dc:publisher>",
        f"<dc:date>{book.day}</dc:date>",
        f"<dc:source>{escape(book.url)}</dc:source>",
        f'<meta property="dcterms:modified">{iso(book.modified)}</meta>',
        f'<meta property="belongs-to-collection" id="series">{escape(book.series)}</meta>',
        '<meta refines="#series" property="collection-type">series</meta>',
    ]
    if book.position:
        lines.append(f'<meta refines="#series" property="group-position">{book.position}</meta>')
    lines += [f'<meta property="{name}">{value}</meta>' for name, value in ACCESSIBILITY]
    if is_illustrated:
        lines.append('<meta property="schema:accessMode">visual</meta>')
    return "\n".join(lines)


def _cover_svg(book: Book) -> str:
    """The cover as SVG: site title, heading, number and dates."""
    name = wrap(book.series, 16)[:4]
    rows = [_cover_line(text, 360 + 110 * n, 104) for n, text in enumerate(name)]
    below = 360 + 110 * len(name)
    rows += [
        _cover_line(text, below + 80 * n, 60) for n, text in enumerate(wrap(book.heading, 26)[:4])
    ]
    title = "\n".join(rows)
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="1600" viewBox="0 0 1200 1600">
<title>{escape(book.title)}</title>
<rect width="1200" height="1600" fill="#fbfaf7"/>
<rect x="80" y="200" width="1040" height="8" fill="#1b1a17"/>
<rect x="80" y="216" width="1040" height="3" fill="#1b1a17"/>
<g fill="#1b1a17" font-family="Georgia, serif" text-anchor="middle">
{title}
<text x="600" y="1320" font-size="80" fill="#8a1c1c">{escape(book.number)}</text>
<text x="600" y="1420" font-size="48">{escape(book.dates)}</text>
</g>
</svg>
"""


def _cover_line(text: str, y: int, size: int) -> str:
    return f'<text x="600" y="{y}" font-size="{size}" font-weight="bold">{escape(text)}</text>'


def _chapter_file(number: int) -> str:
    return f"article-{number:03d}.xhtml"


def _document_id(name: str) -> str:
    return name.removesuffix(".xhtml")


def _picture_id(name: str) -> str:
    return name.partition(".")[0].replace("/", "-")
