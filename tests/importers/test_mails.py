"""A folder of mails with a table of some service: dates, files, frames, readers' addresses."""

import base64
from collections import Counter
from html import unescape
from typing import Any

import pytest

from site_gen.importers import report
from site_gen.importers.mails import mail_html
from site_gen.importers.mails import text as mail_text
from site_gen.importers.reading.folder import Folder

BODY = "<html><body><p>A ferry runs again, every hour, from the old pier.</p></body></html>"
TABLES = {
    ";": "Betreff;Versanddatum;Datei\nBrief Nr. 1;05.03.2024 07:30;a.html\n",
    ",": "Subject,Sent on,Filename\nBrief Nr. 1,2024-03-05 07:30,html/a.html\n",
    "\t": "Campaign\tSend Date\tFile\nBrief Nr. 1\tMar 5, 2024\ta.html\n",
    "slashes": "Subject,Date,File\nBrief Nr. 1,3/5/2024 7:30,a.html\nNr. 2,3/14/2024 7:30,b.html\n",
}


@pytest.mark.parametrize("kind", TABLES)
def test_a_table_says_which_file_was_sent_when(kind: str, move: Any, put: Any) -> None:
    put(f"-- html/a.html --\n{BODY}\n-- html/b.html --\n{BODY}\n-- sent.csv --\n{TABLES[kind]}")
    outcome = move("mails")
    entry = next(p.entry for p in outcome.places.placed if p.entry.title == "Brief Nr. 1")
    assert (str(entry.date)[:10], entry.number) == ("2024-03-05", 1)
    assert "A ferry runs again" in entry.body


def test_a_date_that_may_be_two_days_is_none(move: Any, put: Any) -> None:
    put(f"-- a.html --\n{BODY}\n-- sent.csv --\nSubject,Date,File\nOne,3/5/2024,a.html\n")
    (row,) = move("mails").quarantined
    assert row.reasons == ("it has no date, and its name tells none",)


def test_a_file_that_a_table_names_and_is_not_there(move: Any, put: Any) -> None:
    put("-- sent.csv --\nSubject,Date,File\nOne,2024-03-05,a.html\n")
    (row,) = move("mails").quarantined
    assert row.reasons == ("its text, a.html, is not in the export",)


def test_a_mail_without_a_table_says_its_day_itself(move: Any, put: Any) -> None:
    put(
        "-- a.html --\n<html><title>Brief Nr. 1</title><body>"
        "<p>5 March 2024</p><p>Words.</p></body></html>"
    )
    assert move("mails").quarantined == []


FRAMED = """<body><div style="display: none; max-height:0">Seen in the inbox</div>
<table><tr><td><a href="https://m.example/v?u=1">View this mail in your browser</a></td></tr>
</table>
<table><tr><td><h2>Ferries</h2><p>They run, says
<a href="https://f.example/a?mail=ann%40x.example&b=1">Ann</a>.</p>
</td></tr></table><p>You get this because you signed up.
<a href="https://m.example/unsub?e=ann@x.example">Leave</a></p>
<img src="https://t.example/o.gif" width="1"><p>A story on how to <a href="https://s.example/unsubscribe-law">
unsubscribe by law</a>, LONG.</p></body>"""


def test_what_only_a_mail_has_is_left_out_and_counted() -> None:
    left: Counter[str] = Counter()
    lost: list[str] = []
    made = mail_html.cleaned(FRAMED.replace("LONG", "and more of it " * 30), left, lost)
    assert "They run, says" in made
    assert "and more of it" in made
    for gone in ("Seen in the inbox", "browser", "signed up", "o.gif", "ann@", "ann%40"):
        assert gone not in made, gone
    assert left.total() == 3
    assert len(lost) == 1


@pytest.mark.parametrize(
    "text", ["", "<", "<body>", "<table>" * 300, "<p>x<!-- x", "\x00x", "<p>a" * 2000]
)
def test_whatever_a_mail_holds_is_read(text: str) -> None:
    assert isinstance(mail_html.cleaned(text, Counter(), []), str)


def test_what_is_no_html_at_all_is_put_aside(move: Any, put: Any) -> None:
    put("-- a.html --\n<!-- x\n-- sent.csv --\nSubject,Date,File\nOne,2024-03-05,a.html\n")
    (row,) = move("mails").quarantined
    assert "its HTML cannot be read" in row.reasons


def test_pictures_beside_a_mail_come_with_it(move: Any, put: Any, site: Any) -> None:
    put(
        "-- mails/a.html --\n<p>5 March 2024</p><p>Words.</p><img src='../img/map.png' alt='Map'>\n"
        "-- img/map.png --\nx\n"
        "-- sent.csv --\nSubject,Date,File\nOne,2024-03-05,a.html\n"
    )
    move("mails")
    assert "img/map.png" in site.tree("content/static")
    assert "(/img/map.png)" in site.tree("content")["editions/a.md"].decode()


CAMPAIGNS = """
-- campaigns.csv --
Title,Subject,List,Send Date,Total Recipients,Unique Id
March,Issue 3: locks,All,"Mar 04, 2024 09:00 am",100,a1
Try,A try,All,,0,a2
-- campaigns_content/8279_issue-3-locks.html --
<p>Words of 3.</p>
-- campaigns_content/8280_a_try.html --
<p>Words of a try.</p>
"""


def test_mailchimp_names_files_after_titles(move: Any, put: Any, site: Any) -> None:
    put(CAMPAIGNS)
    outcome = move("mailchimp")
    assert outcome.quarantined == []
    found = {place.entry.title: place.entry for place in outcome.places.placed}
    assert found["Issue 3: locks"].number == 3
    assert str(found["Issue 3: locks"].date)[:10] == "2024-03-04"
    assert found["A try"].private == "never sent"
    assert site.build().ok
    assert b"Words of a try" not in b"".join(site.tree().values())


def test_a_link_around_a_table_keeps_its_address(move: Any, put: Any, site: Any) -> None:
    card = "<table><tr><td><h3>The pier</h3><p>Words.</p></td></tr></table>"
    put(f'-- 2024-03-05-a.html --\n<title>A</title><a href="https://p.example/">{card}</a>')
    move("mails")
    text = site.tree("content")["editions/a.md"].decode()
    assert "[The pier](https://p.example/)\n\nWords." in text


def test_pictures_that_count_readers_and_places_of_other_services(
    move: Any, put: Any, site: Any
) -> None:
    words = "Hi {$name}, %%first%%, [[first]] and %FIRSTNAME% {{ x.y }}"
    pixel = '<img src="https://t.example/o" style="width: 1px; height:1px">'
    put(f"-- 2024-03-05-a.html --\n<title>A</title><p>x</p><p>{words}</p>{pixel}")
    said = report.markdown(move("mails"))
    for name in ("{$name}", "%%first%%", "[[first]]", "%FIRSTNAME%", "{{ x.y }}"):
        assert f"`{name}`: 1 time, first in content/editions/a.md:" in said, name
    assert "t.example" not in site.tree("content")["editions/a.md"].decode()


def test_a_table_of_which_nothing_is_read_is_told(move: Any, put: Any) -> None:
    put("-- 2024-03-05-a.html --\n<title>A</title><p>x</p>\n-- posts.csv --\n\x01\x02\n")
    assert "posts.csv: no row of it is a mail, or it cannot be read" in move("mails").site.left


@pytest.mark.parametrize(
    "name",
    ["subscribers.csv", "email_list.quay.csv", "posts/12.delivers.csv", "posts/12.opens.csv",
     "lists/members.csv", "subscribed_email_list.csv", "contacts-2024.json"],
)  # fmt: skip
def test_readers_addresses_are_never_opened(
    name: str, move: Any, put: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(f"-- 2024-03-05-a.html --\n<title>A</title><p>x</p>\n-- {name} --\nemail\na@b.example\n")
    opened: list[str] = []
    read = Folder.data
    monkeypatch.setattr(
        Folder, "data", lambda self, path, *most: (opened.append(path), read(self, path, *most))[1]
    )
    (said,) = move("mails").site.left
    assert said == f"tables that may hold readers' addresses, not opened: 1 (such as {name})"
    assert opened == ["2024-03-05-a.html"]


def test_an_issue_may_be_called_as_such_a_table(move: Any, put: Any) -> None:
    put(
        "-- 2024-03-05-members.html --\n<title>A</title><p>x</p>\n"
        "-- list.md --\n# B\n\n5 May 2024\n"
    )
    assert len(move("mails").places.placed) == 2


def test_pictures_of_mails_for_some_stay_behind(move: Any, put: Any, site: Any) -> None:
    put(
        "-- a.md --\n---\nsubject: A\npublish_date: 2024-03-01\n---\n![x](img/My%20map.png)\n"
        "-- b.md --\n---\nsubject: B\npublish_date: 2024-03-02\nemail_type: premium\n---\n"
        "![x](img/plan.png)\n-- img/My map.png --\nx\n-- img/plan.png --\nx\n"
    )
    outcome = move("buttondown")
    assert [p for p in site.tree("content") if p.startswith("static/")] == ["static/img/My map.png"]
    assert any("no mail for all shows: 1 (such as img/plan.png)" in s for s in outcome.site.left)


PACKED = base64.urlsafe_b64encode(b'{"e":"https://f.example/a?b=1","u":12345}').decode().rstrip("=")
LINKS = {
    "https://f.example/?a=1&user=ann%40q.example&b=2#c": "https://f.example/?a=1&b=2#c",
    "https://f.example/?user=ann@q.example": "https://f.example/",
    "https://substack.com/redirect/ab-1?j=abc.def": "https://substack.com/redirect/ab-1",
    f"https://substack.com/redirect/2/{PACKED}.sig?": "https://f.example/a?b=1",
    "https://f.example/go?x=eyJ1IjoiMTIzNDUi.e30.-_a&y=1": "https://f.example/go?y=1",
    "https://q.us1.list-manage.com/track/click?u=1&id=2&e=99": (
        "https://q.us1.list-manage.com/track/click?u=1&id=2"
    ),
    "https://mailchi.mp/q/no-1?e=99": "https://mailchi.mp/q/no-1",
    "https://f.example/?e=99&j=2": "https://f.example/?e=99&j=2",
    "https://substack.com/redirect/2/eyJub3QganNvbg": "https://substack.com/redirect/2/eyJub3QganNvbg",
    "mailto:ann@q.example": "mailto:ann@q.example",
}


@pytest.mark.parametrize("link", LINKS)
def test_links_say_nothing_of_the_reader_to_whom_a_mail_went(link: str) -> None:
    made = mail_html.cleaned(f'<p>A <a href="{link}">ferry</a>.</p>', Counter(), [])
    assert f'href="{LINKS[link]}"' in unescape(made)
    if link.startswith("http"):
        assert mail_text.markdown(f"See {link} now.", Counter()) == f"See {LINKS[link]} now."
