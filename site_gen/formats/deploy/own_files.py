"""`_redirects` and `_headers` that a site keeps in `content/static/`: they are joined with ours."""

from site_gen.model import Catalog, Page, Stored, View

REDIRECTS, HEADERS = "_redirects", "_headers"
NAMES = {REDIRECTS: "redirects", HEADERS: "headers"}
"""Path: the format that joins it."""


def own_view(catalog: Catalog, name: str) -> dict[str, View]:
    """The view of the site's own file, where it has one."""
    for file in catalog.files:
        if file.path == name:
            stored = Stored(part="file", path=file.source, digest=file.digest)
            return {"own": View(digest=file.digest, value=stored)}
    return {}


def own_text(page: Page) -> bytes:
    """Its bytes, ended by a line break; none where there is no such file."""
    data: bytes = page.views["own"].value if "own" in page.views else b""
    return data if not data or data.endswith(b"\n") else data + b"\n"
