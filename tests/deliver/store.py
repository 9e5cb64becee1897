"""An object store that speaks S3, on loopback: moto's, in a process of its own."""

import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from typing import Any

from site_gen.deliver.targets import object_store
from site_gen.deliver.targets.folder import MARK

SIGNED = {
    "Authorization": "AWS4-HMAC-SHA256 Credential=key/20260309/us-east-1/s3/aws4_request, "
    "SignedHeaders=host, Signature=none"
}
"""Enough for the stand-in, which checks no signature."""


def running() -> Iterator[str]:
    """Its address, while it runs."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    words = [sys.executable, "-W", "ignore", "-m", "moto.server", "-H", "127.0.0.1", "-p"]
    process = subprocess.Popen([*words, str(port)], stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL)  # fmt: skip
    for _ in range(600):
        try:
            urllib.request.urlopen(f"{url}/moto-api/", timeout=1).close()
            break
        except OSError:
            assert process.poll() is None, "the store did not start"
            time.sleep(0.05)  # until the process listens: nothing else tells
    yield url
    process.terminate()
    process.wait()


def emptied(store: str) -> None:
    """A bucket `site` with nothing in it."""
    for path, method in (("moto-api/reset", "POST"), ("site", "PUT")):
        request = urllib.request.Request(f"{store}/{path}", method=method, headers=SIGNED)
        urllib.request.urlopen(request, timeout=10).close()


def objects(digest: Any, names: Any) -> dict[str, bytes]:
    from site_gen import settings

    loaded = settings.load(digest.root).settings
    assert loaded is not None
    obstore, opened = object_store._store(loaded.publish.s3)
    rows = [row["path"] for part in obstore.list(opened) for row in part if row["path"] != MARK]
    return {row: bytes(obstore.get(opened, row).bytes()) for row in rows}
