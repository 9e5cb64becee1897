"""Publishes to Netlify (https://docs.netlify.com/api/get-started/#deploy-with-the-api).

Netlify gets the SHA-1 of every file, requests the files that it lacks, and publishes the deploy
when it is complete. Readers never see an interrupted deploy.
"""

import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

from site_gen.deliver.secrets import secret
from site_gen.deliver.site_files import Changes, SiteFile
from site_gen.deliver.web_api import Api, DeliveryError, checking_answers
from site_gen.problems import Problem
from site_gen.settings import NetlifySettings

READY = ("ready", "current")
MAX_POLLS = 120
"""How often to ask, once a second, whether a deploy is ready."""
TRIES = 3


def publish(
    output: Path,
    files: Mapping[str, SiteFile],
    settings: NetlifySettings,
    progress: Callable[[int, int], None],
    *,
    pause: Callable[[float], None] = time.sleep,
) -> Changes:
    """Publish the files. Raises DeliveryError; the next call sends only what is missing."""
    token = secret("NETLIFY_TOKEN")
    api = Api(settings.url, {"Authorization": f"Bearer {token}"}, "Netlify")
    digests = {f"/{path}": file.sha1 for path, file in files.items()}
    with checking_answers("Netlify"):
        path = f"/api/v1/sites/{quote(settings.site, safe='')}/deploys"
        made = api.call("POST", path, {"files": digests})
        deploy, wanted = str(made["id"]), set(made.get("required") or ())
    due = {file.sha1: file for file in files.values() if file.sha1 in wanted}
    for number, file in enumerate(sorted(due.values()), 1):
        _send(api, deploy, file, (output / file.path).read_bytes())
        progress(number, len(due))
    with checking_answers("Netlify"):
        _wait(api, deploy, pause)
    new = sorted(due.values())
    assets = tuple(file for file in new if not file.path.endswith(".html"))
    pages = tuple(file for file in new if file.path.endswith(".html"))
    return Changes(assets, pages, (), len(files) - len(new))


def _send(api: Api, deploy: str, file: SiteFile, data: bytes) -> None:
    path = f"/api/v1/deploys/{quote(deploy)}/files/{quote(file.path)}"
    for attempt in range(TRIES):
        try:
            api.call("PUT", path, form=data)
            return
        except DeliveryError:  # sending the same bytes twice does no harm
            if attempt == TRIES - 1:
                raise


def _wait(api: Api, deploy: str, pause: Callable[[float], None]) -> None:
    for _ in range(MAX_POLLS):
        state: Any = api.call("GET", f"/api/v1/deploys/{quote(deploy)}")
        if state.get("state") in READY:
            return
        if state.get("state") == "error":
            text = f"Netlify refused the deploy: {state.get('error_message')}"
            raise DeliveryError(Problem("publish/deploy", text, help="look at its log there"))
        pause(1.0)
    text = f"the deploy {deploy} is not ready after {MAX_POLLS} seconds"
    raise DeliveryError(Problem("publish/deploy", text, help="look at it there"))
