"""The allow list for addresses from outside."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from site_gen.basics import urls

FORBIDDEN = set(
    " \t\n\r\x00\"'<>\\^`{|}\x7f\x85\xa0\u00ad\u061c\u200b\u2028\u202e\u2066\ufeff\u3000"
)
PIECES = st.lists(
    st.one_of(
        st.sampled_from(
            ["http", "https:", "//", "javascript:", "data:", "@", "example.org", ":80", "/", "?q=",
             "#f", "%00", "[::1]", "mailto:", "\\", "'", "\u202e", "&#106;", "//evil.example"]
        ),
        st.text(max_size=6),
    ),
    max_size=6,
).map("".join)  # fmt: skip


@given(PIECES)
@example("https://example.org/it's")
@example("https://a:b@example.org/")
@example("https://\u3000example.org")
@example("http:///path")
def test_what_passes_holds_nothing_forbidden(text: str) -> None:
    try:
        url = urls.check(text, urls.LINKS)
    except ValueError:
        return
    assert not set(url) & FORBIDDEN
    assert urls.scheme_of(url) in urls.LINKS
    assert urls.check(url, urls.LINKS) == url
    if urls.scheme_of(url) in urls.WEB:
        assert "@" not in url.split("/")[2]
        assert urls.host(url)


@given(PIECES)
def test_a_local_reference_stays_on_the_site(text: str) -> None:
    if urls.is_local(text):
        assert text[0] in "/#"
        assert not text.startswith(("//", "/\\"))
        assert not set(text) & FORBIDDEN


@pytest.mark.parametrize(
    "text",
    [
        "https://example.org",
        "http://example.org:8080/a?b=c&d#e",
        "https://例え.jp/道",
        "https://[2001:db8::1]/",
        "HTTPS://EXAMPLE.ORG/",
        "https://a-b.example.org./",
    ],
)
def test_good_addresses_stay_as_they_are(text: str) -> None:
    assert urls.check(f"  {text}\n") == text


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "is empty"),
        ("javascript:alert(1)", "does not start with http: or https:"),
        ("java\nscript:alert(1)", "holds a space"),
        ("data:text/html,x", "does not start with"),
        ("//example.org/", "does not start with"),
        ("example.org", "does not start with"),
        ("/a", "does not start with"),
        ("https:example.org", "has no host"),
        ("https://", "has no valid host"),
        ("https:///a", "has no valid host"),
        ("https://user:secret@example.org/", "holds a user name or password"),
        ("https://example.org\\@evil.example/", "holds a space, a quote, a backslash"),
        ('https://example.org/"onclick="x', "holds a space, a quote"),
        ("https://example.org/a b", "holds a space"),
        ("https://example.org/\u202eb", "holds a space"),
        ("https://exa\u00admple.org/", "holds a space"),
        ("https://example.org:99999/", "has no valid host"),
        ("https://[::1/", "has no valid host"),
        ("https://-a.example/", "has no valid host"),
        ("https://example.org/" + "a" * 5000, "is longer than 4096"),
    ],
)
def test_bad_addresses_say_why(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        urls.check(text)


def test_mail_and_telephone_only_where_links_may_be() -> None:
    assert urls.check("mailto:a@example.org", urls.LINKS) == "mailto:a@example.org"
    assert urls.check("tel:+49301234", urls.LINKS) == "tel:+49301234"
    with pytest.raises(ValueError, match="does not start"):
        urls.check("mailto:a@example.org")


def test_an_apostrophe_is_encoded() -> None:
    assert urls.check("https://example.org/it's") == "https://example.org/it%27s"


def test_hosts_and_domains() -> None:
    assert urls.host("https://www.Example.org:80/a") == "example.org"
    for url in ("https://www.example.org/a", "http://example.org?q", "https://example.org#a"):
        assert urls.host(url) == urls._host(url) == "example.org"
    for url in ("https://www.example", "https://a@www.b.org/", "https://[::1]/", "/a", "mailto:a"):
        assert urls.host(url) == urls._host(url)
    assert urls.domain(" News.Example.ORG. ") == "news.example.org"
    for text in ("localhost", "a b.org", "https://example.org", "a..org", "-a.org", ""):
        with pytest.raises(ValueError, match="is not a domain name"):
            urls.domain(text)


@pytest.mark.parametrize("text", ["a://[", "http://]/x", "//[v1.a]:x", "http://[x]/", "\u2100://a"])
def test_the_parts_of_what_is_no_address_are_empty_or_words(text: str) -> None:
    found = urls.parts(text)
    assert found.hostname is None or found.netloc
    assert urls.parts("a://[") == ("", "", "", "", "")


@pytest.mark.parametrize(
    "path", ["/a/b.html", "/%C3%BCber/", "/a%20b", "/a..b/", "/100%/x", "/.well/x"]
)
def test_a_former_path_may_be_encoded(path: str) -> None:
    assert urls.is_alias_path(path)
