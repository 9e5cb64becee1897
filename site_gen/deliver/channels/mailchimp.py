"""Mailchimp's Marketing API (https://mailchimp.com/developer/marketing/api/campaigns/)."""

import re
from base64 import b64encode
from datetime import UTC, datetime
from urllib.parse import quote

from site_gen.deliver.built_letter import Letter
from site_gen.deliver.secrets import secret
from site_gen.deliver.web_api import Api
from site_gen.problems import Problem, UsageError
from site_gen.settings import MailchimpSettings


class Mailchimp:
    """Letters as campaigns to an audience. The tag is the campaign's title."""

    name = "mailchimp"

    def __init__(self, settings: MailchimpSettings) -> None:
        key = secret("MAILCHIMP_TOKEN")
        # A key ends with its data centre.
        centre = key.rpartition("-")[2]
        if not settings.url and not re.fullmatch(r"[a-z]{2,4}\d{1,3}", centre):
            text = "SITE_GEN_MAILCHIMP_TOKEN does not end in a data centre"
            raise UsageError([Problem("deliver/secret", text, help="copy it whole: key-us1")])
        base = settings.url or f"https://{centre}.api.mailchimp.com/3.0"
        login = b64encode(f"site_gen:{key}".encode()).decode()
        self._api = Api(base, {"Authorization": f"Basic {login}"}, "Mailchimp")
        self._settings = settings

    def find(self, letter: Letter) -> str:
        path = "/campaigns?count=100&sort_field=create_time&sort_dir=DESC"
        for row in self._api.call("GET", path).get("campaigns", ()):
            if row.get("settings", {}).get("title") == letter.tag:
                return str(row["id"])
        return ""

    def put(self, letter: Letter, id: str) -> str:
        own = self._settings
        data = {
            "type": "regular",
            "recipients": {"list_id": own.audience},
            "settings": {
                "title": letter.tag,
                "subject_line": letter.subject,
                "preview_text": letter.preview[:150],
                "from_name": own.from_name,
                "reply_to": own.reply_to,
            },
        }
        if id:
            self._api.call("PATCH", f"/campaigns/{quote(id)}", data)
        else:
            id = str(self._api.call("POST", "/campaigns", data)["id"])
        content = {"html": letter.html, "plain_text": letter.text}
        self._api.call("PUT", f"/campaigns/{quote(id)}/content", content)
        return id

    def is_draft(self, id: str) -> bool:
        return bool(self._api.call("GET", f"/campaigns/{quote(id)}").get("status") == "save")

    def release(self, id: str, at: datetime | None) -> None:
        if at is None:
            self._api.call("POST", f"/campaigns/{quote(id)}/actions/send")
            return
        time = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S+00:00")
        self._api.call("POST", f"/campaigns/{quote(id)}/actions/schedule", {"schedule_time": time})

    def test(self, id: str, letter: Letter, address: str) -> None:
        data = {"test_emails": [address], "send_type": "html"}
        self._api.call("POST", f"/campaigns/{quote(id)}/actions/test", data)
