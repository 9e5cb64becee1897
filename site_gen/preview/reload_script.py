"""The client in a page: one script element, put into the response and never into a file."""

import re
from dataclasses import dataclass
from html import escape
from pathlib import Path

from site_gen.basics import digest

FOLDER = Path(__file__).parent / "client"
PREFIX = "/.site_gen/"
ENTRY = "preview.js"
HEAD_ENDS = re.compile(rb"</head\s*>", re.IGNORECASE)
NOTHING_YET = (
    b"<!doctype html>\n<html lang=en><head><meta charset=utf-8><title>Nothing here yet</title>"
    b"</head>\n<body><h1>Nothing here yet</h1>\n"
    b"<p>No page has been built for this address. This one changes by itself once there is.</p>"
    b"</body></html>\n"
)


@dataclass(frozen=True, slots=True)
class Client:
    """The browser's side: its files by name, and one digest over them all."""

    files: dict[str, bytes]
    version: str


def load_client() -> Client:
    """The client as it lies in this package."""
    files = {path.name: path.read_bytes() for path in sorted(FOLDER.glob("*.js"))}
    parts = (text.decode() for item in files.items() for text in (item[0].encode(), item[1]))
    return Client(files=files, version=digest.of_parts(*parts))


@dataclass(frozen=True, slots=True)
class Label:
    """What a page must know of itself: its output path ("" = none), its etag, the moment."""

    page: str
    etag: str
    state: str
    client: str


def inject(html: bytes, label: Label) -> bytes:
    """`html` with the client's script element at the end of its head."""
    data = " ".join(
        f'data-{name}="{escape(getattr(label, name))}"'
        for name in ("page", "etag", "state", "client")
    )
    source = f"{PREFIX}{ENTRY}?{label.client}"
    tag = f'<script type="module" src="{source}" data-site-gen {data}></script>'.encode()
    found = HEAD_ENDS.search(html)
    at = found.start() if found else len(html)
    return html[:at] + tag + html[at:]
