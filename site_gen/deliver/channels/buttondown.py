"""Buttondown (https://docs.buttondown.com/api-introduction)."""

from datetime import datetime
from typing import Any
from urllib.parse import quote

from site_gen.deliver.built_letter import Letter
from site_gen.deliver.secrets import secret
from site_gen.deliver.web_api import Api
from site_gen.settings import ButtondownSettings

MODE = "<!-- buttondown-editor-mode: fancy -->"
"""Tells Buttondown that the body is HTML, not Markdown."""


class Buttondown:
    """Letters as e-mails of a newsletter. The tag is in the metadata of the e-mail."""

    name = "buttondown"

    def __init__(self, settings: ButtondownSettings) -> None:
        token = secret("BUTTONDOWN_TOKEN")
        self._api = Api(settings.url, {"Authorization": f"Token {token}"}, "Buttondown")

    def find(self, letter: Letter) -> str:
        path = "/v1/emails?ordering=-creation_date"
        for row in self._api.call("GET", path).get("results", ()):
            if (row.get("metadata") or {}).get("tag") == letter.tag:
                return str(row["id"])
        return ""

    def put(self, letter: Letter, id: str) -> str:
        data: dict[str, Any] = {
            "subject": letter.subject,
            "body": f"{MODE}\n{letter.html}",
            "description": letter.preview,
            "canonical_url": letter.url,
            "metadata": {"tag": letter.tag},
        }
        if id:
            self._api.call("PATCH", f"/v1/emails/{quote(id)}", data)
            return id
        return str(self._api.call("POST", "/v1/emails", {**data, "status": "draft"})["id"])

    def is_draft(self, id: str) -> bool:
        return bool(self._api.call("GET", f"/v1/emails/{quote(id)}").get("status") == "draft")

    def release(self, id: str, at: datetime | None) -> None:
        data: dict[str, Any] = {"status": "about_to_send"}
        if at is not None:
            data = {"status": "scheduled", "publish_date": at.isoformat()}
        self._api.call("PATCH", f"/v1/emails/{quote(id)}", data)

    def test(self, id: str, letter: Letter, address: str) -> None:
        self._api.call("POST", f"/v1/emails/{quote(id)}/send-draft", {"recipients": [address]})
