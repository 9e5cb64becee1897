"""security.txt: only with a contact, and then valid."""

from typing import Any

import pytest

from site_gen.formats.deploy import security_txt
from site_gen.problems import SiteError
from site_gen.settings.tables import SecuritySettings


def test_nothing_without_a_contact(desk: Any) -> None:
    assert desk.files(security_txt) == {}


def test_has_the_required_fields(desk: Any) -> None:
    contact = ("safe@digest.example", "https://digest.example/contact/")
    desk.set(security=SecuritySettings(contact=contact, expires="2027-01-01"))
    assert desk.files(security_txt)[".well-known/security.txt"].decode() == (
        "Contact: mailto:safe@digest.example\n"
        "Contact: https://digest.example/contact/\n"
        "Expires: 2027-01-01T00:00:00Z\n"
        "Canonical: https://digest.example/.well-known/security.txt\n"
    )


@pytest.mark.parametrize("expires", ["", "soon"])
def test_a_contact_without_a_date_is_a_problem(desk: Any, expires: str) -> None:
    desk.set(security=SecuritySettings(contact=("a@b.example",), expires=expires))
    with pytest.raises(SiteError, match=r"security\.expires: expected a date"):
        desk.files(security_txt)


def test_a_field_stays_on_its_line(desk: Any) -> None:
    desk.set(
        security=SecuritySettings(contact=("a@b.example",), expires="2027-01-01", policy="x\ny: z")
    )
    assert "Policy: x y: z\n" in desk.files(security_txt)[".well-known/security.txt"].decode()
