"""Services' template languages: what a stranger saw comes, a part for some readers does not."""

from collections import Counter
from typing import Any

import pytest

from site_gen.importers import report
from site_gen.importers.bodies import heading_ids, html_in_markdown, markup
from site_gen.importers.mails import links, tags
from site_gen.importers.mails import text as mail_text
from site_gen.importers.old_site import Entry
from site_gen.importers.wordpress import bodies
from site_gen.importers.wordpress.bodies import Library

PARTS = [
    ("a{% if subscriber.can_view_premium_content %}SECRET{% endif %}b", "ab"),
    ("a{% if subscriber.premium %}SECRET{% else %}join{% endif %}b", "ajoinb"),
    ('a{% if subscriber.type == "premium" %}SECRET{% elif "x" in subscriber.tags %}SECRET'
     "{% else %}c{% endif %}", "ac"),
    ("{% if not subscriber.premium %}join{% endif %}", "join"),
    ('{% if subscriber.type != "premium" %}join{% else %}SECRET{% endif %}', "join"),
    ('{% if medium == "web" %}here{% else %}SECRET{% endif %}', "here"),
    ("{% if medium == 'email' %}SECRET{% endif %}a", "a"),
    ('{% if medium != "email" %}x{% endif %}', "x"),
    ("{% if subscriber.a and not subscriber.b %}SECRET{% else %}b{% endif %}", "b"),
    ("{% if subscriber.a %}SECRET{% if x %}SECRET{% endif %}SECRET{% endif %}b", "b"),
    ("a{% if subscriber.a %}SECRET", "a"),
    ("{%- if contact.PLAN -%}SECRET{%- endif -%}a", "a"),
    ("{% unless subscriber.a %}join{% endunless %}", "join"),
    ("a{% for x in subscriber.tags %}SECRET{% empty %}b{% endfor %}c", "abc"),
    ("{% for x in issues %}kept{% endfor %}", "{% for x in issues %}kept{% endfor %}"),
    ("*|IFNOT:ARCHIVE_PAGE|*SECRET*|END:IF|**|IF:ARCHIVE_PAGE|*b*|END:IF|*", "b"),
    ("*|IF:TIER=gold|*SECRET*|ELSE:|*b*|END:IF|*c", "bc"),
    ("*|IFNOT:TIER|*b*|END:IF|*", "b"),
    ("*|INTERESTED:Groups:Gold|*SECRET*|ELSE:|*b*|END:INTERESTED|*", "b"),
    ("a{% comment %}SECRET{% endcomment %}b", "ab"),
    ("{% if page.x %}kept{% endif %}", "{% if page.x %}kept{% endif %}"),
    ("```\n{% if subscriber.a %}SECRET\n```\n{% endif %}b", "```\nb"),
]  # fmt: skip


@pytest.mark.parametrize(("given", "made"), PARTS)
def test_what_a_stranger_saw_comes(given: str, made: str) -> None:
    lost: list[str] = []
    assert tags.for_all(given, lost).strip() == made.strip()
    assert ("SECRET" in given) <= bool(lost)


VALUES = [
    ("Hi *|FNAME|*, hello", "Hi, hello"),
    ("Hi {{ subscriber.metadata.first_name | default: 'reader' }}!", "Hi reader!"),
    ("Sent to {{ subscriber.email }}.", "Sent to."),
    ("{{ page.title }} *|lower|*", "{{ page.title }} *|lower|*"),
]


@pytest.mark.parametrize(("given", "made"), VALUES)
def test_values_for_each_reader_are_left_out(given: str, made: str) -> None:
    assert tags.without_values(given, []) == made


def test_lines_around_a_mail_in_markdown_are_left_out_and_counted() -> None:
    text = (
        "Words.\n\nTired of it? [Leave]({{ unsubscribe_url }}).\n\n{{ subscribe_form }}\n\nMore.\n"
    )
    left: Counter[str] = Counter()
    made = mail_text.without_tags(text, left, [])
    assert made.split() == ["Words.", "More."]
    assert left.total() == 2


@pytest.mark.parametrize(
    "text", ["{% if subscriber %}" * 20_000, "*|IF:X|*" * 20_000, "{{" * 90_000]
)
def test_any_number_of_tags_is_read_in_its_length(text: str) -> None:
    assert len(tags.without_values(tags.for_all(text, []), [])) <= len(text)


MAILS = """
-- a.md --
---
title: A
date: 2024-03-01
archival_mode: disabled
---
Words of A.
-- b.md --
---
title: B
date: 2024-03-02
archival_mode: enabled
email_type: public
---
Words of B. {% if subscriber.premium %}Words for some.{% endif %}
"""


def test_a_mail_that_was_not_archived_is_a_draft(move: Any, put: Any, site: Any) -> None:
    put(MAILS)
    outcome = move("buttondown")
    assert site.build().ok
    everything = b"".join(site.tree().values())
    assert b"Words of B." in everything
    assert b"Words of A." not in everything
    assert b"Words for some." not in b"".join(site.tree("content").values())
    said = report.markdown(outcome)
    assert "part for some readers alone, left out`: 1 time, first in b.md" in said


def test_a_row_without_its_text_is_counted(move: Any, put: Any) -> None:
    put(MAILS + "-- emails.csv --\nid,subject,publish_date,status\n1,Gone,2024-03-03,sent\n")
    outcome = move("buttondown")
    assert outcome.site.out == {"a row of emails.csv for which there is no text": 1}
    said = report.markdown(outcome)
    assert "found: 3." in said
    assert "Shown: 1." in said
    assert "Held back: 1." in said


def test_what_a_table_or_a_head_says_beside_is_taken_or_told(
    move: Any, put: Any, site: Any
) -> None:
    put(
        "-- a.md --\n---\nsubject: A\npublish_date: 2024-03-01\nimage: https://i.example/a.png\n"
        "author: Ann Lee\nseries: Tides\n---\nWords.\n"
        "-- emails.csv --\nid,subject,publish_date,body,open_rate,campaign_code\n"
        "1,B,2024-03-02,Words,0.5,X1\n"
    )
    said = report.markdown(move("buttondown"))
    text = site.tree("content")["editions/a.md"].decode()
    assert "https://i.example/a.png" in text
    assert "Ann Lee" in text
    assert "series (" in said
    assert "no place for: `campaigncode`, `openrate`" in said


LONG = ["<!--" * 20_000, "zfnd1z" * 20_000, "x" + " " * 50_000 + "y", "`" * 50_000,
        "<!-- wp:x {" * 20_000, "# a" + " " * 50_000 + "b", '<a b="' * 10_000]  # fmt: skip


@pytest.mark.parametrize("text", LONG)
def test_any_body_is_read_in_its_length(text: str) -> None:
    """Each of these took the square of its length, which is minutes."""
    entry = Entry(source="x")
    assert isinstance(markup.markdown(text, "/a/", entry), str)
    assert isinstance(html_in_markdown.plain(text, entry), str)
    assert isinstance(mail_text.without_tags(text, Counter(), []), str)
    assert isinstance(heading_ids.ours(text), dict)
    assert isinstance(bodies.body(text, "1", "", Library({}, {}), entry), str)


@pytest.mark.parametrize(
    ("text", "private"),
    [("a {% if plan %}b{% endif %}", True), ("`{% if plan %}b{% endif %}`", False),
     ("a {% for x in y %}b{% endfor %}", False)],
)  # fmt: skip
def test_a_condition_that_nothing_here_knows_holds_a_mail_back(
    move: Any, put: Any, text: str, private: bool
) -> None:
    put(f"-- a.md --\n---\ntitle: A\ndate: 2024-01-05\n---\n{text}\n")
    (place,) = move("buttondown").places.placed
    assert bool(place.entry.private) == private


def test_links_through_counters_are_opened_or_told() -> None:
    packed = "https://click.convertkit-mail2.com/ab/cd/aHR0cHM6Ly9mb2cuZXhhbXBsZS8_YT0x"
    assert links.without_reader(packed) == "https://fog.example/?a=1"
    closed = "https://u12.ct.sendgrid.net/ls/click?upn=xyz"
    assert links.without_reader(closed) == closed
    told = links.through_counters(f"[a]({closed}) [b](https://fog.example/sendgrid.net/)")
    assert told == ["link through sendgrid.net, which alone knows where it leads"]
    broken = "https://click.convertkit-mail2.com/ab/aHR0cHM6Ly9m0_"
    assert links.without_reader(broken).startswith("https://")
