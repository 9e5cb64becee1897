from site_gen.formats.deploy.host_headers import parse

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
    found = parse(RULES).of("/feed.xml")
    assert found["x-frame-options"] == "DENY"
    assert found["content-type"] == "application/rss+xml; charset=utf-8"


def test_a_repeated_name_in_one_rule_is_joined() -> None:
    assert parse(RULES).of("/feed.xml")["cache-control"] == "max-age=0, must-revalidate"


def test_the_last_rule_that_names_a_header_wins() -> None:
    rules = parse(RULES)
    assert rules.of("/search/")["content-security-policy"] == "default-src 'self'"
    assert rules.of("/other/")["content-security-policy"].endswith("img-src 'self' https:")


def test_a_plain_path_and_a_pattern_keep_their_order() -> None:
    assert parse("/a\n X: 1\n/*\n X: 2\n").of("/a") == {"x": "2"}
    assert parse("/*\n X: 2\n/a\n X: 1\n").of("/a") == {"x": "1"}


def test_what_is_no_header_is_skipped() -> None:
    assert set(parse(RULES).of("/feed.xml")) == {
        "x-frame-options",
        "content-security-policy",
        "content-type",
        "cache-control",
    }
    assert parse("  X: 1\n/a\n  Y: a\x07b\n").of("/a") == {}


def test_a_colon_may_stand_in_a_path() -> None:
    assert parse("/:section/x\n  X: 1\n").of("/a/x") == {"x": "1"}
