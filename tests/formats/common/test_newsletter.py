"""The sign-up form: the field that each service asks for, and the one address it may go to."""

from typing import get_args

import pytest

from site_gen.formats.common.newsletter import EMAIL_FIELDS, form_origin, newsletter_view
from site_gen.formats.deploy.headers import content_security_policy
from site_gen.settings import parse
from site_gen.settings.tables import NewsletterService, NewsletterSettings, Settings

ADDRESS = "https://mail.example/in?list=7"


def settings(service: str, **fields: object) -> Settings:
    letter = NewsletterSettings(service=service, action=ADDRESS, **fields)  # type: ignore[arg-type]
    return Settings(newsletter=letter)


def test_every_service_has_its_field_or_is_a_link() -> None:
    assert set(get_args(NewsletterService)) == {*EMAIL_FIELDS, "ghost", ""}
    for service, field in EMAIL_FIELDS.items():
        found = newsletter_view(settings(service))
        assert found
        assert (found.action, found.field) == (ADDRESS, field)
    own = newsletter_view(settings("listmonk", field="mail", hidden={"l": "uuid"}))
    assert own
    assert (own.field, own.hidden) == ("mail", (("l", "uuid"),))


def test_the_policy_allows_the_forms_address_and_no_other() -> None:
    assert newsletter_view(Settings()) is None
    assert "form-action 'self';" in content_security_policy(Settings())
    assert form_origin(settings("kit")) == "https://mail.example"
    assert "form-action 'self' https://mail.example;" in content_security_policy(settings("kit"))
    assert "form-action 'self';" in content_security_policy(settings("ghost"))


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ('service = "kit"', 'newsletter.action: "" is empty'),
        ('service = "kit"\naction = "http://a.example/"', "does not start with https:"),
        ('action = "https://a.example/"', "newsletter.service: is needed beside action"),
        ('service = "form"\naction = "https://a.example/"\nfield = "a b"', "no name of a field"),
    ],
)
def test_what_cannot_be_is_said(lines: str, message: str) -> None:
    found = parse(f"[newsletter]\n{lines}\n")
    assert found.settings is None
    assert [message in p.message for p in found.problems] == [True]
