"""Content types by file name, from a fixed table, as that of the system varies."""

from mimetypes import MimeTypes
from pathlib import PurePosixPath

_STANDARD_TYPES = MimeTypes()
_OWN_TYPES = {
    ".atom": "application/atom+xml",
    ".avif": "image/avif",
    ".css": "text/css",
    ".epub": "application/epub+zip",
    ".ico": "image/x-icon",
    ".js": "text/javascript",
    ".json": "application/json",
    ".map": "application/json",
    ".md": "text/markdown",
    ".mjs": "text/javascript",
    ".opml": "text/x-opml",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
}
_UNKNOWN_TYPE = "application/octet-stream"


def content_type(name: str) -> str:
    """The Content-Type of a file called `name`; text is UTF-8."""
    suffix = PurePosixPath(name).suffix.lower()
    kind = _OWN_TYPES.get(suffix) or _STANDARD_TYPES.types_map[True].get(suffix, _UNKNOWN_TYPE)
    is_text = kind.startswith("text/") or kind.endswith(("+xml", "+json", "/json", "/xml"))
    return f"{kind}; charset=utf-8" if is_text else kind
