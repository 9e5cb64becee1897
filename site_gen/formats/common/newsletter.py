"""The sign-up form of the newsletter, sent to the service that keeps the readers."""

from urllib.parse import urlsplit

from site_gen.model import NewsletterView
from site_gen.settings import Settings

FIELDS = {
    "buttondown": "email",
    "listmonk": "email",
    "mailchimp": "EMAIL",
    "kit": "email_address",
    "form": "email",
}
"""By service the name of the field for the address, as its own embedded form has it."""


UNSUBSCRIBE = {
    "buttondown": "{{ unsubscribe_url }}",
    "listmonk": "{{ UnsubscribeURL }}",
    "mailchimp": "*|UNSUB|*",
    "kit": "{{ unsubscribe_url }}",
}
"""By service what it replaces by the address at which this reader leaves the list."""


def unsubscribe(settings: Settings) -> str:
    """What stands in the letter for the address to leave, "" where nothing is known of it."""
    found = settings.newsletter
    return found.unsubscribe or UNSUBSCRIBE.get(found.service, "")


def newsletter_view(settings: Settings) -> NewsletterView | None:
    """None where the settings name no service."""
    found = settings.newsletter
    if not found.service:
        return None
    return NewsletterView(
        action=found.action,
        field="" if found.service == "ghost" else found.field or FIELDS[found.service],
        hidden=tuple(found.hidden.items()),
        text=found.text,
    )


def form_target(settings: Settings) -> str:
    """The origin that the form is sent to, for the Content-Security-Policy; "" where none is."""
    view = newsletter_view(settings)
    if view is None or not view.field:
        return ""
    parts = urlsplit(view.action)
    return f"{parts.scheme}://{parts.netloc}"
