"""listmonk (https://listmonk.app/docs/apis/campaigns/)."""

from datetime import datetime
from urllib.parse import quote

from site_gen.deliver.built_letter import Letter
from site_gen.deliver.secrets import secret
from site_gen.deliver.web_api import Api
from site_gen.settings import ListmonkSettings


class Listmonk:
    """Letters as campaigns to lists. The tag is the campaign's name."""

    name = "listmonk"

    def __init__(self, settings: ListmonkSettings) -> None:
        token = f"token {settings.user}:{secret('LISTMONK_TOKEN')}"
        self._api = Api(settings.url, {"Authorization": token}, "listmonk")
        self._lists = list(settings.lists)

    def find(self, letter: Letter) -> str:
        path = f"/api/campaigns?per_page=all&no_body=true&query={quote(letter.tag)}"
        for row in self._api.call("GET", path)["data"].get("results") or ():
            if row.get("name") == letter.tag:
                return str(row["id"])
        return ""

    def put(self, letter: Letter, id: str) -> str:
        data = {
            "name": letter.tag,
            "subject": letter.subject,
            "lists": self._lists,
            "type": "regular",
            "content_type": "html",
            "body": letter.html,
            "altbody": letter.text,
            "tags": [letter.edition],
        }
        if id:
            self._api.call("PUT", f"/api/campaigns/{quote(id)}", data)
            return id
        return str(self._api.call("POST", "/api/campaigns", data)["data"]["id"])

    def is_draft(self, id: str) -> bool:
        found = self._api.call("GET", f"/api/campaigns/{quote(id)}?no_body=true")
        return bool(found["data"].get("status") == "draft")

    def release(self, id: str, at: datetime | None) -> None:
        if at is not None:
            found = self._api.call("GET", f"/api/campaigns/{quote(id)}")["data"]
            keys = ("name", "subject", "type", "content_type", "body", "altbody", "tags")
            data = {key: found.get(key) for key in keys}
            data |= {"lists": self._lists, "send_at": at.isoformat()}
            self._api.call("PUT", f"/api/campaigns/{quote(id)}", data)
        status = "running" if at is None else "scheduled"
        self._api.call("PUT", f"/api/campaigns/{quote(id)}/status", {"status": status})

    def test(self, id: str, letter: Letter, address: str) -> None:
        data = {
            "name": letter.tag,
            "subject": letter.subject,
            "lists": self._lists,
            "type": "regular",
            "content_type": "html",
            "body": letter.html,
            "altbody": letter.text,
            "subscribers": [address],
        }
        self._api.call("POST", f"/api/campaigns/{quote(id)}/test", data)
