"""Kit, once ConvertKit (https://developers.kit.com/api-reference/broadcasts)."""

from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from site_gen.deliver.built_letter import Letter
from site_gen.deliver.secrets import secret
from site_gen.deliver.web_api import Api, DeliveryError
from site_gen.problems import Problem
from site_gen.settings import KitSettings


class Kit:
    """Letters as broadcasts. The tag is the broadcast's description, which readers never see."""

    name = "kit"

    def __init__(self, settings: KitSettings) -> None:
        self._api = Api(settings.url, {"X-Kit-Api-Key": secret("KIT_TOKEN")}, "Kit")
        self._template = settings.template

    def find(self, letter: Letter) -> str:
        for row in self._api.call("GET", "/v4/broadcasts?per_page=100").get("broadcasts", ()):
            full = row if "description" in row else self._get(str(row["id"]))
            if full.get("description") == letter.tag:
                return str(row["id"])
        return ""

    def put(self, letter: Letter, id: str) -> str:
        data: dict[str, Any] = {
            "subject": letter.subject,
            "preview_text": letter.preview,
            "description": letter.tag,
            "content": letter.html,
            "public": False,
            "published_at": None,
            "send_at": None,
        }
        if self._template:
            data["email_template_id"] = self._template
        if id:
            self._api.call("PUT", f"/v4/broadcasts/{quote(id)}", data)
            return id
        return str(self._api.call("POST", "/v4/broadcasts", data)["broadcast"]["id"])

    def is_draft(self, id: str) -> bool:
        return not self._get(id).get("send_at")

    def release(self, id: str, at: datetime | None) -> None:
        row = self._get(id)
        keys = ("subject", "preview_text", "description", "content", "public", "published_at")
        time = at or datetime.now(UTC)
        data = {key: row.get(key) for key in keys} | {"send_at": time.isoformat()}
        self._api.call("PUT", f"/v4/broadcasts/{quote(id)}", data)

    def test(self, id: str, letter: Letter, address: str) -> None:
        raise DeliveryError(
            Problem(
                "send/test",
                "Kit sends no tests through its API",
                help="open the draft there and send one to yourself",
            )
        )

    def _get(self, id: str) -> dict[str, Any]:
        found = self._api.call("GET", f"/v4/broadcasts/{quote(id)}")["broadcast"]
        return dict(found)
