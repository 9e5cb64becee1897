"""Ghost's Admin API (https://ghost.org/docs/admin-api/): an e-mail-only post to a newsletter."""

import hashlib
import hmac
import json
from base64 import urlsafe_b64encode
from datetime import datetime
from time import time
from typing import Any
from urllib.parse import quote

from site_gen.deliver.built_letter import Letter
from site_gen.deliver.secrets import secret
from site_gen.deliver.web_api import Api, DeliveryError
from site_gen.problems import Problem, UsageError
from site_gen.settings import GhostSettings

MINUTES = 5 * 60


class Ghost:
    """Letters as posts that are only sent. The tag is the slug of the post."""

    name = "ghost"

    def __init__(self, settings: GhostSettings) -> None:
        self._key = secret("GHOST_KEY")
        if ":" not in self._key:
            raise UsageError(
                [
                    Problem(
                        "deliver/secret",
                        "SITE_GEN_GHOST_KEY is not id:secret",
                        help="copy the Admin API key of a custom integration",
                    )
                ]
            )
        self._base = f"{settings.url.rstrip('/')}/ghost/api/admin"
        self._newsletter = settings.newsletter

    def find(self, letter: Letter) -> str:
        try:
            found = self._call("GET", f"/posts/slug/{_slug(letter)}/")
        except DeliveryError as error:
            if error.status == 404:
                return ""
            raise
        return str(found["posts"][0]["id"])

    def put(self, letter: Letter, id: str) -> str:
        # Ghost does not change the HTML in a card.
        html = f"<!--kg-card-begin: html-->\n{letter.html}\n<!--kg-card-end: html-->"
        post: dict[str, Any] = {
            "title": letter.subject,
            "slug": _slug(letter),
            "html": html,
            "custom_excerpt": letter.preview[:300],
            "email_only": True,
            "status": "draft",
        }
        if id:
            post["updated_at"] = self._get(id)["updated_at"]
            self._call("PUT", f"/posts/{quote(id)}/?source=html", {"posts": [post]})
            return id
        made = self._call("POST", "/posts/?source=html", {"posts": [post]})
        return str(made["posts"][0]["id"])

    def is_draft(self, id: str) -> bool:
        return bool(self._get(id).get("status") == "draft")

    def release(self, id: str, at: datetime | None) -> None:
        post: dict[str, Any] = {"updated_at": self._get(id)["updated_at"], "status": "published"}
        if at is not None:
            post |= {"status": "scheduled", "published_at": at.isoformat()}
        path = f"/posts/{quote(id)}/?newsletter={quote(self._newsletter)}"
        self._call("PUT", path, {"posts": [post]})

    def test(self, id: str, letter: Letter, address: str) -> None:
        data = {"emails": [address]}
        self._call("POST", f"/email_previews/posts/{quote(id)}/", data)

    def _get(self, id: str) -> dict[str, Any]:
        return dict(self._call("GET", f"/posts/{quote(id)}/")["posts"][0])

    def _call(self, method: str, path: str, data: Any = None) -> Any:
        headers = {"Authorization": f"Ghost {_token(self._key)}", "Accept-Version": "v5.0"}
        return Api(self._base, headers, "Ghost").call(method, path, data)


def _slug(letter: Letter) -> str:
    return f"letter-{letter.edition.lower()}"


def _token(key: str) -> str:
    """Return a token valid for five minutes: a JWT signed with HMAC-SHA-256 (RFC 7519)."""
    name, _, signer = key.partition(":")
    now = int(time())
    parts = (
        {"alg": "HS256", "typ": "JWT", "kid": name},
        {"iat": now, "exp": now + MINUTES, "aud": "/admin/"},
    )
    body = b".".join(_encoded(json.dumps(part).encode()) for part in parts)
    try:
        signature = hmac.new(bytes.fromhex(signer), body, hashlib.sha256).digest()
    except ValueError:
        raise UsageError(
            [
                Problem(
                    "deliver/secret",
                    "SITE_GEN_GHOST_KEY has no secret in it",
                    help="copy the Admin API key whole: id:secret",
                )
            ]
        ) from None
    return (body + b"." + _encoded(signature)).decode()


def _encoded(data: bytes) -> bytes:
    return urlsafe_b64encode(data).rstrip(b"=")
