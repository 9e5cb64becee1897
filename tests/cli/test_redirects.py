"""`site-gen redirects`."""

import json
from typing import Any

SITE = """
-- content/a.md --
---
title: A
publishedDateTime: 2024-02-14
aliases: ["/old/"]
---
Words.
-- content/static/_redirects --
/blog/* /news/:splat
"""


def test_rules_are_those_that_were_built(site: Any, run: Any) -> None:
    site.write(SITE)
    unbuilt = run("-C", site.root, "redirects", "nginx")
    assert (unbuilt.code, "nothing is built yet" in unbuilt.err) == (1, True)
    site.good()
    said = run("-C", site.root, "redirects", "nginx")
    assert said.code == 0
    assert 'location = "/old/" { return 301 "/articles/a/"; }' in said.out
    assert "a line of _redirects" in said.err
    assert "2 former addresses" in said.err
    rows = json.loads(run("-C", site.root, "--format", "json", "redirects", "s3").out)
    assert {"from": "/old/", "to": "/articles/a/", "status": 301} in rows


def test_pages_that_lead_on_hide_no_rule(site: Any, run: Any) -> None:
    site.write(SITE)
    site.put(
        "site.toml",
        (site.root / "site.toml").read_bytes().replace(b"title", b"alias_pages = true\ntitle", 1),
    )
    site.good()
    assert site.has("old/index.html")
    assert 'redir "/old/" /articles/a/ 301' in run("-C", site.root, "redirects", "caddy").out


def test_a_site_without_the_format_is_told(site: Any, run: Any) -> None:
    site.write(SITE)
    site.put("site.toml", b'title = "T"\nformats = ["html"]\n')
    said = run("-C", site.root, "redirects", "nginx")
    assert said.code == 2
    assert "redirects" in said.err
