"""Whatever comes in, nothing but a SiteError comes out, and what is accepted can be built."""

import contextlib
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from site_gen import frontmatter
from site_gen.convert.html import fragment
from site_gen.convert.options import ConvertOptions
from site_gen.convert.receipts.inspect import as_lines, inspect_document
from site_gen.convert.run import convert_sources
from site_gen.problems import SiteError
from site_gen.settings import FeedSettings, Settings

SETTINGS = Settings(feeds=FeedSettings(tag="t.example,2024"))
NOW = datetime(2024, 6, 1, tzinfo=UTC)

TAGS = (
    "p div b i a ul ol li table tr td th blockquote pre code figure figcaption img iframe br h1 h2"
    " article main span script style svg noscript td caption dl dt dd video source base meta link"
).split()
WORDS = st.text(max_size=30) | st.sampled_from(
    ["A sentence of words stands here.", "Sign up for", "&amp;&lt;&#0;", "]]>", "\x00", "|", "`"]
)
OPEN = st.builds(
    "<{} {}={}>".format,
    st.sampled_from(TAGS),
    st.sampled_from(["href", "src", "class", "style", "colspan", "start", "rel", "content"]),
    st.sampled_from(["'x y'", '"javascript:x"', "http://[", "'//a'", "99999999", "'\u202e'"]),
)
CLOSE = st.builds("</{}>".format, st.sampled_from(TAGS))
HTML = st.lists(WORDS | OPEN | CLOSE, max_size=40).map("".join)
YAML = st.lists(
    st.builds(
        "{}: {}".format,
        st.sampled_from(["title", "date", "tags", "webUrl", "author", "image", "published", "x"]),
        WORDS | st.sampled_from(["2024-01-01", "[a, b]", "{a: b}", "true", "|", "&a", "!!x", "-1"]),
    ),
    max_size=6,
).map("\n".join)
ENTRY = st.builds("{0}\n{1}\n{0}\n{2}".format, st.sampled_from(["---", "+++"]), YAML, WORDS)
HEADERS = st.builds("Title: {}\nDate: {}\n\n{}".format, WORDS, WORDS, WORDS)
FEED = st.builds(
    "<{0}><channel><title>{1}</title><item><title>{2}</title><link>{3}</link><pubDate>{4}</pubDate>"
    "<description>{5}</description></item></channel></{0}>".format,
    st.sampled_from(["rss version='2.0'", "feed", "rdf:RDF"]),
    WORDS, WORDS, WORDS, WORDS | st.just("Sat, 17 Feb 2024 09:00:00 GMT"), HTML,
)  # fmt: skip
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["id", "title", "tags", "authors", "items"]), inner)
    ),
    max_leaves=8,
)
DOCUMENTS = st.one_of(
    st.binary(max_size=200),
    WORDS.map(lambda text: text.encode("utf-8", "replace")),
    HTML.map(lambda text: ("<html>" + text).encode("utf-8", "replace")),
    ENTRY.map(lambda text: text.encode("utf-8", "replace")),
    HEADERS.map(lambda text: text.encode("utf-8", "replace")),
    FEED.map(lambda text: text.encode("utf-8", "replace")),
)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(DOCUMENTS)
def test_every_document_ends_in_a_row_and_good_ones_can_be_read(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        (root / "a.txt").write_bytes(data)
        report = convert_sources(root, SETTINGS, ["a.txt"], ConvertOptions(), NOW)
        for row in report.rows:
            if row.status != "created":
                continue
            text = (root / row.path).read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
            parts = frontmatter.split(text)
            checked = frontmatter.check(frontmatter.load(parts.head), parts.head, row.path, UTC)
            assert checked.matter is not None
        again = convert_sources(root, SETTINGS, ["a.txt"], ConvertOptions(), NOW)
        created = [row.path for row in report.rows if row.status == "created"]
        assert [row.path for row in again.rows if row.status == "unchanged"] == created


@given(st.dictionaries(st.sampled_from(["title", "items", "language"]), JSON))
def test_json_feeds(found: dict[str, object]) -> None:
    import json

    text = json.dumps({"version": "https://jsonfeed.org/version/1.1", **found})
    with tempfile.TemporaryDirectory() as name:
        (Path(name) / "f.json").write_text(text)
        report = convert_sources(Path(name), SETTINGS, ["f.json"], ConvertOptions(), NOW)
        assert all(row.status in ("created", "quarantined", "failed") for row in report.rows)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(HTML)
def test_inspect_and_fragment(text: str) -> None:
    with tempfile.TemporaryDirectory() as name, contextlib.suppress(SiteError):
        (Path(name) / "a.html").write_text(text, "utf-8", "replace")
        found = inspect_document(Path(name), SETTINGS, "a.html")
        assert all("\x1b" not in line and "\n" not in line for _, line in as_lines(found))
    with contextlib.suppress(SiteError):
        assert "<script" not in fragment(text, "https://h.example/")
