from site_gen.formats.deploy.host_headers import parse_headers

RULES = """\
# all
/*
  X-Frame-Options: DENY
  Content-Security-Policy: default-src 'self'; img-src 'self' https:

/search/*
  content-security-policy: default-src 'self'
/feed.xml
  Content-Type: application/rss+xml; charset=utf-8
  Cache-Control: max-age=0
  Cache-Control: must-revalidate
not a header
  : empty
  Bad Name: x
"""


def test_all_rules_that_match_apply() -> None:
    found = parse_headers(RULES).for_path("/feed.xml")
    assert found["x-frame-options"] == "DENY"
    assert found["content-type"] == "application/rss+xml; charset=utf-8"


def test_a_repeated_name_in_one_rule_is_joined() -> None:
    assert (
        parse_headers(RULES).for_path("/feed.xml")["cache-control"] == "max-age=0, must-revalidate"
    )


def test_the_last_rule_that_names_a_header_wins() -> None:
    rules = parse_headers(RULES)
    assert rules.for_path("/search/")["content-security-policy"] == "default-src 'self'"
    assert rules.for_path("/other/")["content-security-policy"].endswith("img-src 'self' https:")


def test_a_plain_path_and_a_pattern_keep_their_order() -> None:
    assert parse_headers("/a\n X: 1\n/*\n X: 2\n").for_path("/a") == {"x": "2"}
    assert parse_headers("/*\n X: 2\n/a\n X: 1\n").for_path("/a") == {"x": "1"}


def test_what_is_no_header_is_skipped() -> None:
    assert set(parse_headers(RULES).for_path("/feed.xml")) == {
        "x-frame-options",
        "content-security-policy",
        "content-type",
        "cache-control",
    }
    assert parse_headers("  X: 1\n/a\n  Y: a\x07b\n").for_path("/a") == {}


def test_a_colon_may_stand_in_a_path() -> None:
    assert parse_headers("/:section/x\n  X: 1\n").for_path("/a/x") == {"x": "1"}
