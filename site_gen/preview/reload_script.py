"""Adds the client's script element to pages: to responses only, never to files."""

import re
from dataclasses import dataclass
from html import escape
from pathlib import Path

from site_gen.basics import digest

FOLDER = Path(__file__).parent / "client"
PREFIX = "/.site_gen/"
ENTRY = "preview.js"
END_OF_HEAD = re.compile(rb"</head\s*>", re.IGNORECASE)
NOT_BUILT_PAGE = (
    b"<!doctype html>\n<html lang=en><head><meta charset=utf-8><title>Nothing here yet</title>"
    b"</head>\n<body><h1>Nothing here yet</h1>\n"
    b"<p>No page has been built for this address. This one changes by itself once there is.</p>"
    b"</body></html>\n"
)


@dataclass(frozen=True, slots=True)
class Client:
    """The scripts for the browser by name, and a digest of them all."""

    files: dict[str, bytes]
    version: str


def load_client() -> Client:
    """Read the client from this package."""
    files = {path.name: path.read_bytes() for path in sorted(FOLDER.glob("*.js"))}
    parts = (text.decode() for item in files.items() for text in (item[0].encode(), item[1]))
    return Client(files=files, version=digest.of_parts(*parts))


@dataclass(frozen=True, slots=True)
class Label:
    """What the script in a page needs to know.

    page    the output path, "" for none
    state   a name of the last build (see `Tabs.state`)
    client  the version of the client
    """

    page: str
    etag: str
    state: str
    client: str


def inject(html: bytes, label: Label) -> bytes:
    """Insert the script element at the end of the head."""
    data = " ".join(
        f'data-{name}="{escape(getattr(label, name))}"'
        for name in ("page", "etag", "state", "client")
    )
    source = f"{PREFIX}{ENTRY}?{label.client}"
    tag = f'<script type="module" src="{source}" data-site-gen {data}></script>'.encode()
    found = END_OF_HEAD.search(html)
    at = found.start() if found else len(html)
    return html[:at] + tag + html[at:]
