"""Mails as mail programs keep them: single files, mailboxes, folders; answers stay behind."""

from collections import Counter
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from site_gen.importers.mails import text

PIXEL = bytes.fromhex("89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de")
TEXT = "A ferry runs again, every hour, from the old pier.\n"


def mail(subject: str, day: int, **heads: str) -> EmailMessage:
    made = EmailMessage()
    made["From"] = heads.pop("sender", "The Pier <news@pier.example>")
    made["To"] = "readers@pier.example"
    made["Date"] = f"Tue, {day} Mar 2024 07:30:00 +0100"
    made["Subject"] = subject
    made["Message-ID"] = f"<{subject.replace(' ', '-').encode().hex()}@pier.example>"
    for name, value in heads.items():
        made[name.replace("_", "-")] = value
    made.set_content(TEXT)
    return made


def boxed(*mails: EmailMessage) -> bytes:
    return b"".join(b"From x@y Tue Mar 05 07:30:00 2024\n" + bytes(m) + b"\n\n" for m in mails)


def titles(outcome: Any) -> list[str]:
    return sorted(place.entry.title for place in outcome.places.placed)


@pytest.mark.parametrize("kind", ["mails", "buttondown", "mailchimp"])
def test_a_mail_is_an_issue(move: Any, old: Path, site: Any, kind: str) -> None:
    (old / "letter-12.eml").write_bytes(bytes(mail("Brief Nr. 12", 5)))
    outcome = move(kind)
    (place,) = outcome.places.placed
    assert (place.kind, place.entry.number, place.entry.title) == ("edition", 12, "Brief Nr. 12")
    assert site.build().ok
    assert "A ferry runs again" in site.page("editions/letter-12/index.html")


def test_a_mailbox_gives_its_issues_and_no_letter_of_others(move: Any, old: Path) -> None:
    issue = {"List_Unsubscribe": "<mailto:leave@pier.example>"}
    (old / "Sent").write_bytes(
        boxed(
            mail("Brief Nr. 1", 5, **issue), mail("Brief Nr. 2", 12, **issue),
            mail("Brief Nr. 2", 12, **issue), mail("Lunch on Friday", 13),
            mail("Re: Brief Nr. 2", 13, sender="Ann <ann@home.example>", **issue),
            mail("Thanks", 14, In_Reply_To="<a@b>"), mail("Offer", 15, sender="a@shop.example",
            **issue),
        )
    )  # fmt: skip
    outcome = move("mails")
    assert titles(outcome) == ["Brief Nr. 1", "Brief Nr. 2"]
    left = " ".join(outcome.site.left)
    assert "twice, taken once: 1" in left
    assert "answer or forward others, which are no issues: 2" in left
    assert "subscribers: 2 (from pier.example, shop.example)" in left
    assert "ann@" not in left


def test_what_its_program_calls_a_draft_is_one(move: Any, old: Path) -> None:
    sent, begun, gone = (mail(name, 5) for name in ("Nr. 1", "Nr. 2", "Nr. 3"))
    gone["X-Gmail-Labels"] = "Newsletter,Trash"
    (old / "cur").mkdir()
    (old / "cur" / "1.host:2,S").write_bytes(bytes(sent))
    (old / "cur" / "2.host:2,DS").write_bytes(bytes(begun))
    (old / "three.eml").write_bytes(bytes(gone))
    outcome = move("mails")
    private = {p.entry.title: bool(p.entry.private) for p in outcome.places.placed}
    assert private == {"Nr. 1": False, "Nr. 2": True, "Nr. 3": True}


def test_pictures_come_with_a_mail_and_attachments_are_named(
    move: Any, old: Path, site: Any
) -> None:
    made = mail("Brief Nr. 1", 5)
    made.add_alternative(f'<p>{TEXT}</p><img src="cid:map" alt="A map">', subtype="html")
    part = made.get_payload()[1]
    part.add_related(PIXEL, "image", "png", cid="<map>")
    made.add_attachment(b"a,b", maintype="text", subtype="csv", filename="prices.csv")
    (old / "a.eml").write_bytes(bytes(made))
    outcome = move("mails")
    (path,) = [p for p in site.tree("content/static") if p.endswith(".png")]
    assert f"(/{path})" in site.tree("content")["editions/a.md"].decode()
    assert any("attached to mails: 1 (such as prices.csv)" in line for line in outcome.site.left)


def test_apples_and_outlooks_files(move: Any, old: Path) -> None:
    data = bytes(mail("Brief Nr. 1", 5))
    (old / "1.emlx").write_bytes(f"{len(data)}  \n".encode() + data + b"<plist></plist>")
    (old / "2.msg").write_bytes(b"\xd0\xcf\x11\xe0")
    outcome = move("mails")
    assert "plist" not in outcome.places.placed[0].entry.body
    assert [row.reasons for row in outcome.quarantined] == [
        ("it is Outlook's own form: save its mails as .eml",)
    ]


def test_text_of_a_mail_is_markdown_as_it_looked() -> None:
    left: Counter[str] = Counter()
    made = text.markdown(
        "THE PIER\n========\n\nIt opens\nagain.\n-----------\nMore news.\n\n• one\n• two\n\n"
        "    Shifted words.\n\nTo leave the list, unsubscribe: https://m.example/u?e=a@b.example\n\n"
        "See https://f.example/a?mail=ann@x.example\n\n-- \nThe Pier, Harbour St. 1\n",
        left,
    )
    assert made == (
        "## THE PIER\n\nIt opens\nagain.\n\n---\n\nMore news.\n\n- one\n- two\n\n"
        "Shifted words.\n\nSee https://f.example/a"
    )
    assert left.total() == 2
