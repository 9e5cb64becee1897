"""A text that says it may not be published yet stays a draft, whatever is asked."""

from email.message import EmailMessage

import pytest

from site_gen.convert.options import ConvertOptions
from site_gen.convert.run import drafts_of
from site_gen.model import Draft, RawDocument
from site_gen.settings import Settings

PROSE = (
    "The port of Selwick will rebuild its northern pier by the spring, the harbour board said.",
    "Work stopped in 2019, when divers found that salt had eaten the feet of eleven pillars.",
    "The new plan keeps the lamp and its keeper's room, and replaces the lower third of the stone.",
)
SAID = (
    "EMBARGOED UNTIL 00:01 GMT, 5 March 2031",
    "Under embargo until Monday",
    "Sperrfrist: 5. März 2031, 9 Uhr",
    "Sous embargo jusqu'au 5 mars 2031",
    "HOLD FOR RELEASE",
    "Not for publication before 5 March",
)


def converted(text: str, name: str = "a.txt") -> Draft:
    (draft,) = drafts_of(
        RawDocument(name=name, data=text.encode()), Settings(), ConvertOptions(publish=True)
    )
    return draft


def text(line: str) -> str:
    return "\n\n".join((line, "Harbour to rebuild its northern pier", *PROSE)) + "\n"


@pytest.mark.parametrize("line", SAID)
def test_a_text_under_an_embargo_stays_a_draft(line: str) -> None:
    draft = converted(text(line))
    assert draft.matter["draft"] is True
    assert any(line.strip() in warning for warning in draft.matter["warnings"])


def test_so_do_a_page_and_a_mail() -> None:
    inner = "".join(f"<p>{each}</p>" for each in (SAID[0], *PROSE))
    page = f"<html><head><title>Harbour</title></head><body><article><h1>Harbour</h1>{inner}"
    assert converted(page, "a.html").matter["draft"] is True
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "Ann <a@b.example>", "Harbour to rebuild its pier"
    mail.set_content(text(SAID[0]))
    assert converted(mail.as_string(), "a.eml").matter["draft"] is True


@pytest.mark.parametrize(
    "line",
    [
        "Embargo on grain is lifted as talks resume",
        "Embargoed goods rot in the harbour",
        "Press and police: who may publish what",
    ],
)
def test_a_text_about_an_embargo_is_no_secret(line: str) -> None:
    assert "draft" not in converted(text(line)).matter
