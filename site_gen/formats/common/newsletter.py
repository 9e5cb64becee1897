"""The sign-up form for the newsletter, which is sent to the service that keeps the subscribers."""

from urllib.parse import urlsplit

from site_gen.model import NewsletterView
from site_gen.settings import Settings

EMAIL_FIELDS = {
    "buttondown": "email",
    "listmonk": "email",
    "mailchimp": "EMAIL",
    "kit": "email_address",
    "form": "email",
}
"""By service the name of the e-mail field in the service's own embedded form."""

UNSUBSCRIBE_TAGS = {
    "buttondown": "{{ unsubscribe_url }}",
    "listmonk": "{{ UnsubscribeURL }}",
    "mailchimp": "*|UNSUB|*",
    "kit": "{{ unsubscribe_url }}",
}
"""By service the merge tag that it replaces by the subscriber's unsubscribe link."""


def unsubscribe_link(settings: Settings) -> str:
    """The unsubscribe URL or merge tag for the letter; "" if there is none."""
    found = settings.newsletter
    return found.unsubscribe or UNSUBSCRIBE_TAGS.get(found.service, "")


def newsletter_view(settings: Settings) -> NewsletterView | None:
    """The sign-up form for templates; None if the settings name no service."""
    found = settings.newsletter
    if not found.service:
        return None
    return NewsletterView(
        action=found.action,
        field="" if found.service == "ghost" else found.field or EMAIL_FIELDS[found.service],
        hidden=tuple(found.hidden.items()),
        text=found.text,
    )


def form_origin(settings: Settings) -> str:
    """The origin that the form is sent to, for the Content-Security-Policy; "" without a form."""
    view = newsletter_view(settings)
    if view is None or not view.field:
        return ""
    parts = urlsplit(view.action)
    return f"{parts.scheme}://{parts.netloc}"
