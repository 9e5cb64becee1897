"""A site's own `_redirects` and `_headers` in `content/static/`, which are added to ours."""

from site_gen.model import Catalog, Page, Stored, View

REDIRECTS, HEADERS = "_redirects", "_headers"
FORMATS_BY_PATH = {REDIRECTS: "redirects", HEADERS: "headers"}
"""Path -> the format that includes the file."""


def own_file_view(catalog: Catalog, name: str) -> dict[str, View]:
    """The view of the site's own file called `name`; no view if there is none."""
    for file in catalog.files:
        if file.path == name:
            stored = Stored(part="file", path=file.source, digest=file.digest)
            return {"own": View(digest=file.digest, value=stored)}
    return {}


def own_file_text(page: Page) -> bytes:
    """The bytes of the site's own file, with a final line break; b"" if there is none."""
    data: bytes = page.views["own"].value if "own" in page.views else b""
    return data if not data or data.endswith(b"\n") else data + b"\n"
