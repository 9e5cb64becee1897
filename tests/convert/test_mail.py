"""Mails, mailboxes and saved web archives: decoded, the best part taken, headers used."""

import html
import textwrap
from email.message import EmailMessage
from typing import Any

import pytest

from site_gen.convert.mail import messages, parts
from site_gen.convert.options import ConvertOptions
from site_gen.convert.run import drafts_of
from site_gen.model import Draft, RawDocument
from site_gen.problems import SiteError
from site_gen.settings import Settings

PROSE = (
    "The council of the harbour town voted on Tuesday to rebuild the old lighthouse by the spring.",
    "Work on the tower had stopped in 2019, when engineers found salt in the walls of the stair.",
    "The new plan keeps the lamp and its keeper's room, and replaces the lower third of the stone.",
)
LATER = "Thu, 20 Feb 2031 08:00 +0000"
PAGE = "".join(f"<p>{text}</p>" for text in PROSE)


def mail(plain: str = "", page: str = "", **headers: str) -> EmailMessage:
    made = EmailMessage()
    given = {
        "From": "Ann Example <ann@post.example>", "To": "desk@digest.example",
        "Subject": "=?utf-8?q?Leuchtturm_f=C3=BCr_alle?=", "Date": "Mon, 17 Feb 2031 21:15 -0500",
    }  # fmt: skip
    for name, value in {**given, **headers}.items():
        made[name.replace("_", "-")] = value
    if plain:
        made.set_content(plain)
    if page and plain:
        made.add_alternative(page, subtype="html")
    elif page:
        made.set_content(page, subtype="html")
    return made


def converted(data: bytes, name: str = "a.eml", **asked: Any) -> list[Draft]:
    return drafts_of(RawDocument(name=name, data=data), Settings(), ConvertOptions(**asked))


def test_headers_give_title_author_and_date() -> None:
    (draft,) = converted(mail(page=PAGE).as_bytes())
    assert draft.matter["title"] == "Leuchtturm für alle"
    assert f"{draft.matter['publishedDateTime']:%Y-%m-%dT%H:%MZ}" == "2031-02-18T02:15Z"
    assert draft.matter["authors"] == [{"name": "Ann Example"}]
    assert draft.matter["provider"] == {"domain": "post.example"}
    assert draft.body == "\n\n".join(PROSE) + "\n"
    assert "warnings" not in draft.matter
    assert draft.is_raw


def test_sender_of_a_list_is_a_publication() -> None:
    (draft,) = converted(mail(page=PAGE, List_Unsubscribe="<https://l.example/u>").as_bytes())
    assert draft.matter["provider"] == {"name": "Ann Example", "domain": "post.example"}
    assert "authors" not in draft.matter


@pytest.mark.parametrize(
    ("plain", "page", "bold"),
    [
        ("\n\n".join(PROSE), PAGE.replace("lamp", "<b>lamp</b>"), True),
        ("\n\n".join(PROSE), "<p>Your program shows no <b>mails</b> like this one.</p>", False),
    ],
)
def test_best_part_is_taken(plain: str, page: str, bold: bool) -> None:
    (draft,) = converted(mail(plain, page).as_bytes())
    assert ("**" in draft.body) is bold
    assert "council of the harbour town" in draft.body


@pytest.mark.parametrize("subject", ["Re: Fwd: A lamp", "AW: WG: A lamp", "RE[2]: A lamp"])
def test_subject_without_answers_and_forwards(subject: str) -> None:
    (draft,) = converted(mail(page=PAGE, Subject=subject).as_bytes())
    assert draft.matter["title"] == "A lamp"


def test_part_in_an_encoding_that_is_named_wrongly() -> None:
    head = b"From: a@b.example\nSubject: x\nDate: 17 Feb 2031 09:00 +0000\n"
    kind = b"Content-Type: text/plain; charset=no-such\nContent-Transfer-Encoding: 8bit\n\n"
    text = "\n\n".join(text.replace("lamp", "Lämpchen") for text in PROSE)
    (draft,) = converted(head + kind + text.encode("cp1252"))
    assert "keeps the Lämpchen" in draft.body


def test_attachments_are_left_out_and_said() -> None:
    message = mail(page=PAGE)
    message.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="plan.pdf")
    (draft,) = converted(message.as_bytes())
    assert draft.matter["warnings"] == ["1 attachment left out: plan.pdf"]


def test_pictures_inside_a_mail_are_named() -> None:
    shown = '<p><img src="cid:lamp@post.example"><img src="cid:stair@post.example"></p>'
    message = mail(page=f"{PAGE}{shown}")
    message.add_related(
        b"x", "image", "png", cid="<lamp@post.example>", filename="lamp.png", disposition="inline"
    )
    message.add_related(b"x", "image", "png", cid="<stair@post.example>")
    (draft,) = converted(message.as_bytes())
    assert draft.matter["warnings"] == ["2 pictures left out: lamp.png, stair@post.example"]
    assert "cid:" not in draft.body
    assert [cut.text for cut in draft.receipt.cuts if cut.rule == "picture"] == [
        "lamp.png",
        "stair@post.example",
    ]


def test_each_mail_of_a_mailbox_is_a_draft(folder: Any) -> None:
    mails = [
        mail(page=PAGE, Subject=f"Letter {n}").as_bytes().replace(b"<p>Work", b">From here.<p>Work")
        for n in (1, 2)
    ]
    box = b"".join(b"From ann Mon Feb 17 09:00:00 2031\n" + data + b"\n" for data in mails)
    folder.put("raw/all.mbox", box)
    assert folder.outcome("raw") == [
        ("created", "content/all-1.md"),
        ("created", "content/all-2.md"),
    ]
    assert 'title: "Letter 2"' in folder.text("content/all-2.md")
    assert folder.outcome("raw") == [
        ("unchanged", "content/all-1.md"),
        ("unchanged", "content/all-2.md"),
    ]


def test_of_a_mailbox_with_too_many_mails_none_is_lost_in_silence() -> None:
    data = mail("Words of a letter.").as_bytes()
    box = b"".join(b"From ann Mon Feb 17 09:00:00 2031\n" + data + b"\n" for _ in range(2001))
    with pytest.raises(SiteError, match="2,001 mails; at most 2,000 are read at once"):
        list(messages.read_messages(box, "all.mbox"))
    assert len(list(messages.read_messages(box, "all.mbox", 3000))) == 2001


def test_saved_web_archive_is_a_page() -> None:
    page = f"<title>Lamp</title><nav>Home Sport</nav><article><h1>A lamp</h1>{PAGE}{PAGE}</article>"
    archive = (
        "From: <Saved by a browser>\nSnapshot-Content-Location: https://post.example/lamp\n"
        "Subject: Lamp\nDate: Mon, 17 Feb 2031 09:00:00 -0000\nMIME-Version: 1.0\n"
        'Content-Type: multipart/related; type="text/html"; boundary="x"\n\n'
        f"--x\nContent-Type: text/html\nContent-Location: https://post.example/lamp\n\n{page}\n"
        "--x\nContent-Type: image/png\nContent-Transfer-Encoding: base64\n\niVBO\n--x--\n"
    )
    (draft,) = converted(archive.encode(), "a.mht")
    assert (draft.matter["title"], draft.matter["originalUrl"]) == (
        "A lamp",
        "https://post.example/lamp",
    )
    assert "Sport" not in draft.body
    assert "publishedDateTime" not in draft.matter, "the day on which it was saved"


def test_letter_in_a_mail_is_split_when_asked() -> None:
    rows = "".join(
        f"<tr><td><h2>Story {n}</h2><p>{text}</p></td></tr>" for n, text in enumerate(PROSE)
    )
    drafts = converted(mail(page=f"<table>{rows}</table>").as_bytes(), split=True)
    assert [draft.matter["title"] for draft in drafts] == ["Story 0", "Story 1", "Story 2"]
    assert {draft.matter["authors"][0]["name"] for draft in drafts} == {"Ann Example"}


def test_mail_without_a_text_is_refused() -> None:
    message = mail()
    message.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="a.png")
    with pytest.raises(SiteError, match="no text"):
        converted(message.as_bytes())


@pytest.mark.parametrize(
    "text", ["From: here it is far\n\nA text.\n", "Note: a\nTip: b\nWarn: c\n\nText"]
)
def test_what_is_no_mail(text: str) -> None:
    (draft,) = converted(text.encode(), "a.txt")
    assert draft.receipt.kind == "text"


def test_addresses_of_the_plain_part_are_no_words_that_html_lacks() -> None:
    message = EmailMessage()
    message.set_content("Ferries run again ( https://f.example/a/long-way-to/say?it=is&here=so )\n")
    message.add_alternative("<p><a href='https://f.example/a'>Ferries run again</a></p>", "html")
    part = parts.best_part(message)
    assert part is not None
    assert part.is_html


def test_wrapped_mail_with_a_wrapped_quote_is_paragraphs() -> None:
    lines = "\n\n".join(textwrap.fill(f"{text} {PROSE[0]}", 110) for text in PROSE)
    quote = "\n".join(f"> {line}" for line in textwrap.wrap(PROSE[1], 70))
    (draft,) = converted(mail(f"{lines}\n\n{quote}\n\nThat is all.\n").as_bytes())
    assert draft.body.startswith(f"{PROSE[0]} {PROSE[0]}\n\n{PROSE[1]} {PROSE[0]}\n\n")
    assert f"\n> {PROSE[1]}\n" in draft.body


def test_a_mail_with_a_subject_has_no_derived_title() -> None:
    (draft,) = converted(mail("\n\n".join(PROSE)).as_bytes())
    assert draft.matter["title"] == "Leuchtturm für alle"
    assert "title-derived" not in draft.matter.get("warnings", [])


FORWARDS = {
    "gmail": ("---------- Forwarded message ---------", "From", "Date: Mon, 17 Feb 2031 at 17:00"),
    "outlook": ("-----Original Message-----", "From", "Sent: 17 February 2031 17:00"),
    "apple": ("Begin forwarded message:\n", "From", "Date: 17 February 2031 at 17:00:00 GMT"),
    "marked by its headers alone": ("_" * 32, "From", "Sent: Monday, 17 February 2031 17:00"),
    "german": (
        "-------- Weitergeleitete Nachricht --------",
        "Von",
        "Datum: 17. Februar 2031 17:00",
    ),
}


def forwarded(kind: str, sender: str, text: str) -> str:
    mark, name, day = FORWARDS[kind]
    return f"For you? A.\n\n{mark}\n{name}: {sender}\n{day}\nTo: Ann\n\n{text}"


@pytest.mark.parametrize("kind", FORWARDS)
@pytest.mark.parametrize("as_page", [False, True])
def test_who_forwarded_a_mail_did_not_write_it(kind: str, as_page: bool) -> None:
    text = forwarded(kind, "Bo Roof <bo@roof.example>", "\n\n".join(PROSE))
    page = "".join(f"{html.escape(line)}<br>" for line in text.split("\n")) if as_page else ""
    made = mail("" if as_page else text, page, Subject="Fwd: The bees", Date=LATER)
    (draft,) = converted(made.as_bytes())
    assert draft.matter["authors"] == [{"name": "Bo Roof"}]
    assert draft.matter["provider"] == {"domain": "roof.example"}
    assert f"{draft.matter['publishedDateTime']:%Y-%m-%dT%H:%M}" == "2031-02-17T17:00"


def test_a_forwarded_letter_to_readers_is_its_publication_s() -> None:
    letter = "\n\n".join((*PROSE, "Unsubscribe"))
    text = forwarded("gmail", "Rail & Roof <post@roof.example>", letter)
    made = mail(text, Subject="Fwd: The bees", Date=LATER)
    (draft,) = converted(made.as_bytes())
    assert draft.matter["provider"] == {"name": "Rail & Roof", "domain": "roof.example"}
    assert "authors" not in draft.matter


def test_an_answer_that_quotes_is_from_who_answered() -> None:
    text = forwarded("outlook", "Bo Roof <bo@roof.example>", "\n\n".join(PROSE))
    (draft,) = converted(mail(text, Subject="Re: The bees").as_bytes())
    assert draft.matter["authors"] == [{"name": "Ann Example"}]


LEAVE = "https://post.example/u?reader=99"
FRAMES = (
    f"You receive this e-mail because you signed up. Unsubscribe: {LEAVE}",
    f"You're getting this newsletter as a friend of the harbour.\n{LEAVE}",
    f"Unsubscribe <{LEAVE}>\nHarbour Press, 3 Pier Road, Seaton",
    f"No longer want these emails? Leave at {LEAVE}",
    f"Sie erhalten diese E-Mail als Leser.\nAbmelden: {LEAVE}",
    f"Vous recevez cet e-mail en tant que lecteur : {LEAVE}",
)


@pytest.mark.parametrize("said", FRAMES)
@pytest.mark.parametrize("as_page", [True, False])
def test_no_draft_holds_an_address_to_leave(said: str, as_page: bool) -> None:
    page = f"<p>{said}</p>".replace(LEAVE, f"<a href='{LEAVE}'>here</a>")
    plain = "\n\n".join([f"View in your browser: {LEAVE}", *PROSE, "--\n" + said])
    made = mail(page=PAGE + page) if as_page else mail(plain)
    (draft,) = converted(made.as_bytes())
    assert "post.example" not in draft.body
    assert draft.body == "\n\n".join(PROSE) + "\n"
    assert "boilerplate_line" in {cut.rule for cut in draft.receipt.cuts}


def test_a_link_to_leave_goes_whatever_stands_around_it() -> None:
    frame = (
        f"<p>This one is for {PROSE[0][:30]} only. <a href='{LEAVE[:-10]}nsubscribe'>Bye</a></p>"
    )
    (draft,) = converted(mail(page=PAGE + frame).as_bytes())
    assert draft.body == "\n\n".join(PROSE) + "\n"
    assert [cut.rule for cut in draft.receipt.cuts] == ["leave_link"]


def test_a_plain_letter_of_several_stories_is_one_draft() -> None:
    plain = f"The lamp\n\n{PROSE[0]} {PROSE[1]}\n\nThe stair\n\n{PROSE[2]} {PROSE[1]}\n"
    (draft,) = converted(mail(plain, Subject="The week").as_bytes())
    assert draft.matter["title"] == "The week"
    assert all(text in draft.body for text in (PROSE[0], "The stair", PROSE[2]))


def test_a_text_about_leaving_is_kept() -> None:
    told = f"To leave the union is what {PROSE[0]} {PROSE[1]}"
    last = f"{PROSE[2]} The form is called unsubscribe, and nobody reads it to its end."
    (draft,) = converted(mail(f"{told}\n\nUnsubscribe\n\n{last}").as_bytes())
    assert draft.body == f"{told}\n\n{last}\n"


def test_a_plain_letter_keeps_its_first_heading_its_links_and_its_end() -> None:
    letter = (
        "View this email in your browser: https://slow.example/41\n\n"
        "THE BELLS OF THE OLD TOWER\n\n"
        "The council wants to silence the tower at night. Eleven people signed the petition.\n"
        "https://slow.example/bells\n\n"
        "A VALVE IN A TIN\n\n"
        "For eleven days the ferry sat at her berth, until a fitter found the part in his shed.\n\n"
        "THREE LINKS\n\n* A history of the tide table\n* The man who paints doors\n* Soda bread\n\n"
        "Until next week,\nNell\n"
    )
    (draft,) = converted(mail(letter).as_bytes())
    assert draft.body.startswith("## THE BELLS OF THE OLD TOWER\n\nThe council")
    assert (
        "## THREE LINKS\n\n- A history of the tide table\n- The man who paints doors\n"
        in draft.body
    )
    assert draft.body.endswith("Until next week,\\\nNell\n")
    assert "browser" not in draft.body
    assert "webUrl" not in draft.matter


def test_the_headers_of_a_forwarded_mail_are_none_of_its_text() -> None:
    text = (
        "Worth a note.\n\n---------- Forwarded message ---------\n"
        "From: Orla Finch <orla@harbour.example>\nDate: Wed, 12 Mar 2031 at 19:03\n"
        "Subject: Minutes\nTo: Board <board@harbour.example>\nCc: Tom <tom@home.example>\n\n"
        "Dear all,\n\n" + "\n\n".join(PROSE) + "\n"
    )
    (draft,) = converted(mail(text, Subject="Fwd: Minutes").as_bytes())
    assert "@" not in draft.body
    assert "Forwarded" not in draft.body
    assert PROSE[0] in draft.body
    assert draft.matter["authors"] == [{"name": "Orla Finch"}]


def test_a_quoted_sentence_that_a_column_broke_is_one_paragraph() -> None:
    quote = (
        "> Has anybody seen the old map of the canal? It hung in the hall until\n> they painted."
    )
    (draft,) = converted(mail(f"{PROSE[0]}\n\n{quote}\n\n{PROSE[1]}\n").as_bytes())
    assert "It hung in the hall until\n> they painted.\n" in draft.body


def test_a_link_to_leave_is_known_by_its_words() -> None:
    link = "<a href='https://click.example/x7/q'>{}</a>"
    for words in ("Unsubscribe", "Update your preferences", "Newsletter abbestellen"):
        frame = f"<p>For members of the harbour guild. {link.format(words)} at any time.</p>"
        told = f"<p>{PROSE[0]} {link.format('The unsubscribed')}</p>"
        (draft,) = converted(mail(page=PAGE + told + frame).as_bytes())
        assert draft.body.count("click.example") == 1, words
        assert "leave_link" in {cut.rule for cut in draft.receipt.cuts}


@pytest.mark.parametrize("words", ["Opt out of AI training: how", "Abmelden wird leichter"])
def test_a_link_that_begins_with_words_of_leaving_is_a_story(words: str) -> None:
    story = f"<p><a href='https://click.example/x7/q'>{words}</a></p>"
    (draft,) = converted(mail(page=PAGE + story + PAGE).as_bytes())
    assert words in draft.body
