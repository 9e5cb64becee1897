"""The e-mail edition: what mail programs keep, what they must not load, and how long it gets."""

import email
import re
import smtplib
import socket
import threading
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from lxml import html as lxml_html
from msgspec.structs import replace

from site_gen.formats.mail import letter as email_edition
from site_gen.formats.mail.lint import find_unsupported
from site_gen.formats.mail.shorten import shorten_html
from site_gen.model import Picture, SafeHtml, StaticFile, Variant
from site_gen.settings.tables import NewsletterSettings

WEEK = "editions/2024-W07/"


def parsed(source: str) -> Any:
    return lxml_html.fromstring(source)


def files(desk: Any, theme: Any, catalog: Any = None) -> dict[str, str]:
    found = desk.files(email_edition, catalog, theme)
    return {path: data.decode() for path, data in found.items()}


def with_note(desk: Any, note: str) -> Any:
    catalog = desk.catalog()
    noted = tuple(replace(edition, note=SafeHtml(note)) for edition in catalog.editions)
    return replace(catalog, editions=noted)


def big_week(desk: Any, excerpt: int, title: int = 80) -> None:
    for number in range(88):
        desk.add(
            f"story-{number:02d}",
            title=("Word " * 70)[:title],
            excerpt=("Some words " * 60)[:excerpt],
        )


def test_both_parts_for_closed_editions_only(week_desk: Any, theme: Any) -> None:
    catalog = week_desk.catalog(open_week="2024-W08")
    assert list(files(week_desk, theme, catalog)) == [f"{WEEK}email.html", f"{WEEK}email.txt"]


@pytest.mark.parametrize("title", ["", "A quiet week"])
def test_one_heading_says_what_the_letter_is(week_desk: Any, theme: Any, title: str) -> None:
    catalog = week_desk.catalog()
    titled = tuple(
        replace(edition, ref=replace(edition.ref, title=title)) for edition in catalog.editions
    )
    found = files(week_desk, theme, replace(catalog, editions=titled))
    headings = [h.text_content() for h in parsed(found[f"{WEEK}email.html"]).iter("h1")]
    assert len(headings) == 1
    assert headings[0] == title or not title


def test_titles_and_absolute_links_in_order(week_desk: Any, theme: Any) -> None:
    found = files(week_desk, theme)
    document = parsed(found[f"{WEEK}email.html"])
    links = [(a.text_content(), a.get("href")) for a in document.iter("a")]
    assert links[2:4] == [
        ("Chips are short", "https://digest.example/articles/chips-are-short/"),
        ("Talks begin", "https://digest.example/articles/talks-begin/"),
    ]
    assert all(url.startswith("https://") for _, url in links)
    text = found[f"{WEEK}email.txt"]
    assert text.index("1. Chips are short") < text.index("2. Talks begin")
    assert "   https://digest.example/articles/talks-begin/\n" in text


def test_styles_are_literal_and_nothing_is_loaded(week_desk: Any, theme: Any) -> None:
    source = files(week_desk, theme)[f"{WEEK}email.html"]
    document = parsed(source)
    assert "var(" not in source
    assert not document.xpath("//script|//link|//iframe|//form|//img")
    assert set(document.xpath("//table/@role")) == {"presentation"}
    (kept,) = document.xpath("//style")
    assert kept.text.startswith("@media (prefers-color-scheme: dark)"), "all else is written in"
    assert all(cell.get("style") for cell in document.xpath("//td"))
    assert document.get("lang") == "en"


def test_preheader_stands_first_and_hidden(week_desk: Any, theme: Any) -> None:
    body = parsed(files(week_desk, theme)[f"{WEEK}email.html"]).find("body")
    assert body[0].get("style").startswith("display:none")
    assert body[0].text == "Chips are short; Talks begin"


def test_only_our_own_pictures_each_with_words(desk: Any, theme: Any) -> None:
    desk.add("a", image=Picture(url="/assets/a.png", local=True))
    note = (
        '<p>N <img src="https://t.example/x.png" alt="A map"><img src="/assets/n.png" alt=""></p>'
    )
    source = files(desk, theme, with_note(desk, note))[f"{WEEK}email.html"]
    pictures = parsed(source).xpath("//img")
    assert [p.get("src") for p in pictures] == [
        "https://digest.example/assets/n.png",
        "https://digest.example/assets/a.png",
    ]
    assert [p.get("alt") for p in pictures] == ["", "A"]
    assert "A map" in source
    assert "t.example/x" not in source


def test_a_remote_picture_would_tell_who_opens_it(week_desk: Any, theme: Any) -> None:
    assert all("a.jpg" not in source for source in files(week_desk, theme).values())


def test_the_note_is_in_both_parts(week_desk: Any, theme: Any) -> None:
    note = '<p>Dear <em>reader</em>,</p><ul><li>see <a href="/about/">About</a></li></ul>'
    found = files(week_desk, theme, with_note(week_desk, note))
    (link,) = parsed(found[f"{WEEK}email.html"]).xpath("//a[.='About']")
    assert link.get("href") == "https://digest.example/about/"
    assert "color:#8a1c1c" in link.get("style"), "links of the note are those of the letter"
    text = found[f"{WEEK}email.txt"]
    assert "Dear reader,\n\n- see About (https://digest.example/about/)\n" in text


def test_text_is_readable(week_desk: Any, theme: Any) -> None:
    week_desk.refs[0] = replace(
        week_desk.refs[0], card=replace(week_desk.refs[0].card, excerpt="A & B < C " * 25)
    )
    text = files(week_desk, theme)[f"{WEEK}email.txt"]
    lines = text.splitlines()
    assert "A & B < C" in text
    assert "&amp;" not in text
    assert all(len(line) <= 72 for line in lines if "https://" not in line)
    assert lines[0] == "Weekly Wire No. 1 · 12–18 February 2024"


@pytest.mark.parametrize(("excerpt", "title"), [(100, 80), (700, 120), (700, 300)])
def test_88_stories_are_under_100_kilobytes(
    desk: Any, theme: Any, excerpt: int, title: int
) -> None:
    big_week(desk, excerpt, title)
    found = files(desk, theme)
    for source in found.values():
        assert len(source.encode()) < 100_000
    stories = found[f"{WEEK}email.html"].count("https://digest.example/articles/")
    assert stories == 88


def test_what_does_not_fit_is_linked(desk: Any, theme: Any) -> None:
    for number in range(600):
        desk.add(f"story-{number:03d}", excerpt="Words " * 50)
    source = files(desk, theme)[f"{WEEK}email.html"]
    stories = source.count("https://digest.example/articles/")
    assert len(source.encode()) < 100_000
    assert 100 < stories < 600
    assert f"{600 - stories} more on the web" in source


def test_a_note_is_not_cut_after_a_heading() -> None:
    html = "<p>One.</p><h2>Two</h2><p>Three.</p>"
    for size in range(len(html)):
        assert not shorten_html(html, size).endswith("</h2>")
    assert shorten_html(html, len(html) - 1) == "<p>One.</p>"


def test_the_letter_says_minutes_in_its_language(desk: Any, theme: Any) -> None:
    desk.set(language="zh")
    desk.add("a", minutes=5)
    for source in files(desk, theme).values():
        assert "5 分钟" in source
        assert "5 min" not in source


def test_hostile_text_stays_text(desk: Any, theme: Any) -> None:
    desk.add("a", title='<script>x</script>"&\x00\r\nBcc: y', excerpt="<img src=x onerror=y>")
    found = files(desk, theme)
    document = parsed(found[f"{WEEK}email.html"])
    assert not document.xpath("//script|//img|//@onerror")
    assert '1. <script>x</script>"& Bcc: y\n' in found[f"{WEEK}email.txt"]


def test_rights_drafts_and_languages(desk: Any, theme: Any) -> None:
    picture = Picture(url="/assets/p.png", local=True)
    desk.add("a", rights="link", image=picture, language="ar")
    desk.add("unready", draft=True)
    source = files(desk, theme)[f"{WEEK}email.html"]
    assert "p.png" not in source
    assert "nready" not in source
    assert parsed(source).xpath("//td[@lang='ar' and @dir='rtl']")


def test_an_edition_of_drafts_only_is_not_sent(desk: Any, theme: Any) -> None:
    desk.add("a", draft=True)
    assert files(desk, theme) == {}


def test_a_broken_override_is_named(week_desk: Any, tmp_path: Path) -> None:
    from site_gen.problems import SiteError
    from site_gen.theme.load import load_theme

    folder = tmp_path / "themes/overrides/templates"
    folder.mkdir(parents=True)
    (folder / "email.txt").write_text("{{ mail.subjekt }}")
    theme = load_theme(tmp_path, "broadsheet", {}, "en")
    with pytest.raises(SiteError, match=r"email\.txt"):
        files(week_desk, theme)


def test_an_override_that_names_no_view_still_renders(week_desk: Any, tmp_path: Path) -> None:
    from site_gen.theme.load import load_theme

    folder = tmp_path / "themes/overrides/templates"
    folder.mkdir(parents=True)
    (folder / "email.txt").write_text("Hello.\n")
    theme = load_theme(tmp_path, "broadsheet", {}, "en")
    assert files(week_desk, theme)[f"{WEEK}email.txt"].strip() == "Hello."


class Catcher(threading.Thread):
    """An SMTP server for one message, on loopback."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.lines: list[bytes] = []

    def run(self) -> None:
        connection, _ = self.listener.accept()
        with self.listener, connection, connection.makefile("rwb") as stream:
            self._say(stream, "220 here")
            for line in stream:
                word = line[:4].upper().strip()
                if word == b"DATA":
                    self._say(stream, "354 go on")
                    for part in iter(stream.readline, b".\r\n"):
                        self.lines.append(part.removeprefix(b"."))  # RFC 5321, 4.5.2
                self._say(stream, "221 bye" if word == b"QUIT" else "250 yes")
                if word == b"QUIT":
                    return

    @staticmethod
    def _say(stream: Any, text: str) -> None:
        stream.write(text.encode() + b"\r\n")
        stream.flush()


def test_both_parts_survive_the_way_through_a_mail_server(week_desk: Any, theme: Any) -> None:
    found = files(week_desk, theme)
    message = EmailMessage()
    message["Subject"] = found[f"{WEEK}email.txt"].splitlines()[0]
    message["From"], message["To"] = "editor@digest.example", "reader@digest.example"
    message.set_content(found[f"{WEEK}email.txt"])
    message.add_alternative(found[f"{WEEK}email.html"], subtype="html")
    catcher = Catcher()
    catcher.start()
    with smtplib.SMTP("127.0.0.1", catcher.port, timeout=10) as client:
        client.send_message(message)
    catcher.join(10)
    caught = email.message_from_bytes(b"".join(catcher.lines), policy=default)
    assert caught["Subject"] == "Weekly Wire No. 1 · 12–18 February 2024"
    text, source = (part.get_content() for part in caught.iter_parts())
    squeezed = re.compile(r"\s+")
    assert squeezed.sub(" ", text) == squeezed.sub(" ", found[f"{WEEK}email.txt"])
    assert squeezed.sub(" ", source) == squeezed.sub(" ", found[f"{WEEK}email.html"])


@pytest.mark.browser
@pytest.mark.parametrize("width", [600, 320])
def test_nothing_scrolls_sideways_in_a_browser(desk: Any, theme: Any, width: int) -> None:
    sync_api = pytest.importorskip("playwright.sync_api")
    big_week(desk, 280, 300)
    desk.add("long", title="W" * 200, excerpt="https://digest.example/" + "x" * 200)
    source = files(desk, theme)[f"{WEEK}email.html"]
    with sync_api.sync_playwright() as playwright:
        chromium = Path("/usr/bin/chromium")
        if not chromium.exists():
            pytest.skip("needs Chromium")
        browser = playwright.chromium.launch(executable_path=str(chromium))
        page = browser.new_page(viewport={"width": width, "height": 800})
        page.set_content(source)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        browser.close()


def test_the_edition_has_its_title_and_the_reader_a_way_out(week_desk: Any, theme: Any) -> None:
    catalog = week_desk.catalog(titles={"2024-W07": "What came in"})
    letter = parsed(files(week_desk, theme, catalog)[f"{WEEK}email.html"])
    assert letter.xpath("string(//h1)") == "What came in"
    assert "Unsubscribe" not in letter.text_content()
    week_desk.set(
        newsletter=NewsletterSettings(service="listmonk", action="https://mail.example/form")
    )
    found = files(week_desk, theme, catalog)
    (leave,) = parsed(found[f"{WEEK}email.html"]).xpath("//a[.='Unsubscribe']")
    assert leave.get("href") == "{{ UnsubscribeURL }}"
    assert "Unsubscribe: {{ UnsubscribeURL }}" in found[f"{WEEK}email.txt"]


NOTE = (
    '<h2 id="c-a">Of the week</h2><p>See <a href="/a/">this</a>.<sup class="footnote-ref">'
    '<a href="#c-fn1" id="c-fnref1">1</a></sup></p><figure><img src="/assets/chart.png" alt="Bars"'
    ' loading="lazy" decoding="async"><figcaption>By month</figcaption></figure><ul><li>One</li>'
    "</ul><blockquote><p>Said</p></blockquote><table><thead><tr><th>A</th></tr></thead><tbody><tr>"
    '<td class="align-right">1</td></tr></tbody></table><pre><code>x</code></pre><hr><section'
    ' class="footnotes"><ol class="footnotes-list"><li id="c-fn1">Note</li></ol></section>'
)


@pytest.fixture
def full(desk: Any) -> Any:
    """A desk whose edition has all that a letter may show, and its catalog."""
    desk.set(newsletter=NewsletterSettings(service="mailchimp", action="https://mail.example/form"))
    cover = Picture(url="/assets/cover.jpg", local=True, alt="A quay")
    desk.add("a", image=cover, why="It is ours", excerpt="In short.")
    desk.add("b", language="ar", title="عنوان", topics=())
    copies = (Variant(url="/assets/x.webp", width=480, height=270, format="webp"),)
    sizes = (
        Picture(url="/assets/cover.jpg", width=2400, height=1350, local=True, variants=copies),
        Picture(url="/assets/chart.png", width=500, height=900, local=True, variants=copies),
    )
    stored = tuple(
        StaticFile(source=f"pictures/{name}", path=f"assets/{name}", digest=name)
        for name in ("cover.jpg", "chart.png")
    )
    catalog = with_note(desk, NOTE)
    return desk, replace(catalog, pictures=sizes, files=stored)


def test_no_construct_that_a_mail_program_drops(full: Any, theme: Any) -> None:
    desk, catalog = full
    pages = [p for p in desk.themed(email_edition, catalog, theme) if p.template == "email.html"]
    (page,) = pages
    letter = bytes(desk.render(email_edition, page, theme)).decode()
    assert find_unsupported(letter) == []
    assert "<!--[if mso]><table" in letter


def test_pictures_are_jpeg_of_the_letters_width(full: Any, theme: Any) -> None:
    desk, catalog = full
    pages = list(desk.themed(email_edition, catalog, theme))
    copies = {p.path: p.views["variant"].value for p in pages if p.format == "images"}
    sizes = [(v.width, v.height, v.format) for v in copies.values()]
    assert sizes == [(1200, 675, "jpeg"), (500, 900, "jpeg")]
    (page,) = [p for p in pages if p.template == "email.html"]
    letter = parsed(bytes(desk.render(email_edition, page, theme)).decode())
    shown = [(i.get("src"), i.get("width"), i.get("alt")) for i in letter.xpath("//img")]
    first, second = (f"https://digest.example/{path}" for path in copies)
    assert shown == [(second, "389", "Bars"), (first, "600", "A quay")]


@pytest.mark.browser
def test_pictures_fit_into_a_narrow_window_while_they_are_not_loaded(full: Any, theme: Any) -> None:
    sync_api = pytest.importorskip("playwright.sync_api")
    chromium = Path("/usr/bin/chromium")
    if not chromium.exists():
        pytest.skip("needs Chromium")
    desk, catalog = full
    pages = [p for p in desk.themed(email_edition, catalog, theme) if p.template == "email.html"]
    (page,) = pages
    letter = bytes(desk.render(email_edition, page, theme)).decode()
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(chromium))
        window = browser.new_page(viewport={"width": 320, "height": 800}, offline=True)
        window.set_content(letter)
        assert window.evaluate("document.documentElement.scrollWidth") <= 320
        browser.close()
