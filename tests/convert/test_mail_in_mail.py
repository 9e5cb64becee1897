"""Mails in mails: what one answers, forwards or carries, and what its sender keeps from others."""

import pytest

from tests.convert.test_mail import FORWARDS, PAGE, PROSE, converted, forwarded, mail

EARLIER = "Off the record: the mason was paid twice."
ANSWERED = {
    "gmail": f"On Mon, 17 Feb 2031 at 18:02, Desk <desk@digest.example>\nwrote:\n> Dear Ann,\n>\n"
    f"> {EARLIER}\n",
    "german": f"Am 17.02.2031 um 18:02 schrieb Desk:\n\n> {EARLIER}\n",
    "outlook": f"________________________________\nFrom: Desk <desk@digest.example>\n"
    f"Sent: Monday, February 17, 2031 5:00 PM\nTo: Ann\nSubject: Lamp\n\n{EARLIER}\n",
    "original": f"-----Original Message-----\nFrom: Desk\nSent: Monday 17 February 2031 17:00\n"
    f"To: Ann\n\n{EARLIER}\n",
}
PROGRAMS = {
    "gmail": '<div class="gmail_quote"><div class="gmail_attr">On Monday Desk wrote:<br></div>'
    '<blockquote class="gmail_quote"><p>{}</p></blockquote></div><br>',
    "outlook": '<div id="appendonsend"></div><hr><div id="divRplyFwdMsg"><b>From:</b> Desk<br>'
    "<b>Sent:</b> Monday</div><div><p>{}</p></div>",
    "apple": '<blockquote type="cite"><div>On 17 Feb 2031, Desk wrote:</div><p>{}</p></blockquote>',
    "thunderbird": '<div class="moz-cite-prefix">Desk wrote:</div>'
    '<blockquote type="cite"><p>{}</p></blockquote>',
}


@pytest.mark.parametrize("program", ANSWERED)
def test_an_answer_does_not_publish_the_mail_that_it_answers(program: str) -> None:
    text = "\n\n".join((*PROSE, ANSWERED[program]))
    subject = "Re: Fwd: Lamp" if program == "gmail" else "Re: Lamp"
    (draft,) = converted(mail(text, Subject=subject).as_bytes())
    assert draft.body == "\n\n".join(PROSE) + "\n"
    (warning,) = draft.matter["warnings"]
    assert warning.startswith("an earlier mail is left out (")
    assert EARLIER in " ".join(cut.text for cut in draft.receipt.cuts if cut.rule == "other_mail")


@pytest.mark.parametrize("program", PROGRAMS)
def test_an_answer_in_html_does_not_either(program: str) -> None:
    page = f"<html><body><div>{PAGE}</div>{PROGRAMS[program].format(EARLIER)}</body></html>"
    (draft,) = converted(mail(page=page, Subject="Re: Lamp").as_bytes())
    assert draft.body == "\n\n".join(PROSE) + "\n"
    assert draft.matter["warnings"][0].startswith("an earlier mail is left out (")
    assert EARLIER in [cut.text for cut in draft.receipt.cuts if cut.rule == "other_mail"]


@pytest.mark.parametrize("as_page", [True, False])
def test_an_earlier_mail_stays_if_it_may_be_the_text(as_page: bool) -> None:
    plain = f"See below, for print.\n\n{ANSWERED['outlook']}" + "\n\n".join(PROSE)
    page = f"<p>See below, for print.</p>{PROGRAMS['outlook'].format(EARLIER)}{PAGE}"
    made = mail(page=page) if as_page else mail(plain)
    (draft,) = converted(made.as_bytes())
    assert all(text in draft.body for text in ("See below", EARLIER, *PROSE))
    assert draft.matter["warnings"] == ["an earlier mail is in the text: is it for readers?"]


def test_an_answer_between_the_lines_is_kept() -> None:
    plain = f"{PROSE[0]}\n\nOn Monday, Desk wrote:\n> Why?\n\n{PROSE[1]}\n\n> When?\n\n{PROSE[2]}\n"
    (draft,) = converted(mail(plain).as_bytes())
    assert all(text in draft.body for text in ("Why?", "When?", *PROSE))
    cited = "<blockquote type='cite'><p>Why on earth?</p></blockquote>"
    (draft,) = converted(mail(page=f"<p>{PROSE[0]}</p>{cited}<p>{PROSE[1]}</p>").as_bytes())
    assert all(text in draft.body for text in ("Why on earth?", *PROSE[:2]))
    assert draft.matter["warnings"] == ["an earlier mail is in the text: is it for readers?"]


@pytest.mark.parametrize("as_page", [True, False])
@pytest.mark.parametrize("kind", FORWARDS)
def test_the_note_above_a_forwarded_mail_is_not_by_its_author(kind: str, as_page: bool) -> None:
    note = "He is a bore, but can we use this?"
    plain = forwarded(kind, "Bo Roof <bo@roof.example>", "\n\n".join(PROSE))
    plain = plain.replace("For you? A.", note)
    head = "---------- Forwarded message ---------<br>From: Bo Roof &lt;bo@roof.example&gt;<br>"
    page = f'<div>{note}</div><div class="gmail_quote"><div class="gmail_attr">{head}</div>{PAGE}'
    made = mail("" if as_page else plain, page if as_page else "", Subject="Fwd: The bees")
    (draft,) = converted(made.as_bytes())
    assert draft.body == "\n\n".join(PROSE) + "\n"
    assert draft.matter["excerpt"] == PROSE[0]
    assert draft.matter["authors"] == [{"name": "Bo Roof"}]
    (warning,) = draft.matter["warnings"]
    assert warning == "what was written above the forwarded mail is left out (1 line)"


def test_a_mail_that_another_carries_is_a_draft_of_its_own() -> None:
    inner = mail(page=PAGE, Subject="The bees", From="Bo Roof <bo@roof.example>")
    inner.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="plan.pdf")
    outer = mail(" ".join((PROSE[0], PROSE[1])), Subject="Please use")
    outer.add_attachment(inner)
    first, second = converted(outer.as_bytes())
    assert (first.matter["title"], second.matter["title"]) == ("Please use", "The bees")
    assert PROSE[2] not in first.body
    assert "warnings" not in first.matter
    assert second.body == "\n\n".join(PROSE) + "\n"
    assert second.matter["authors"] == [{"name": "Bo Roof"}]
    assert second.matter["warnings"] == ["1 attachment left out: plan.pdf"]


@pytest.mark.parametrize("said", ["Private", "Personal", "Company-Confidential"])
def test_a_mail_that_its_sender_calls_private_is_kept_back(said: str) -> None:
    (draft,) = converted(mail(page=PAGE, Sensitivity=said).as_bytes())
    assert draft.matter["draft"] is True
    assert draft.matter["warnings"] == [f"Sensitivity: {said}: kept back as a draft"]
    (draft,) = converted(mail(page=PAGE, Sensitivity="Normal").as_bytes())
    assert "warnings" not in draft.matter


def test_a_table_of_journeys_is_no_earlier_mail() -> None:
    trip = "From: Seaton\nDate: 17 February\nFare: 3 crowns\n"
    (draft,) = converted(mail("\n\n".join((*PROSE, trip, PROSE[0]))).as_bytes())
    assert "From: Seaton" in draft.body
    assert "warnings" not in draft.matter
