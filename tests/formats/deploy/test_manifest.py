"""The manifest names icons that are there, drawn from the title or a theme's own."""

import io
import json
from types import SimpleNamespace
from typing import Any

import pytest
from PIL import Image

from site_gen.formats.deploy import manifest

SITE = """
-- site.toml --
title = "Harbour Weekly"
base_url = "https://t.example/digest"
[feeds]
tag = "t.example,2024"
-- content/a.md --
---
title: Alpha
publishedDateTime: 2024-02-13T09:00:00Z
---
One.
"""


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def test_pages_name_the_manifest_and_it_names_icons_of_the_size_it_says(site: Any) -> None:
    site.write(SITE)
    site.good()
    said = json.loads(site.page("manifest.webmanifest"))
    assert (said["name"], said["start_url"], said["scope"]) == (
        "Harbour Weekly", "/digest/", "/digest/",
    )  # fmt: skip
    files = site.tree()
    for icon in said["icons"]:
        picture = opened(files[icon["src"].removeprefix("/digest/")])
        assert f"{picture.width}x{picture.height}" == icon["sizes"]
    page = site.page("articles/a/index.html")
    assert '<link rel="manifest" href="/digest/manifest.webmanifest">' in page
    assert f'<link rel="apple-touch-icon" href="{said["icons"][0]["src"]}">' in page


def test_an_icon_of_the_sites_own_stands_in_for_the_drawn_one(site: Any) -> None:
    buffer = io.BytesIO()
    Image.new("RGB", (256, 256), "#004a7c").save(buffer, "PNG")
    site.write(SITE)
    site.put("themes/overrides/assets/icon.png", buffer.getvalue())
    site.good()
    (icon,) = json.loads(site.page("manifest.webmanifest"))["icons"]
    assert icon["sizes"] == "256x256"
    assert site.tree()[icon["src"].removeprefix("/digest/")] == buffer.getvalue()
    assert not [path for path in site.tree() if path.startswith("assets/icon-")]


@pytest.mark.parametrize("title", ["Harbour", "週刊", "", "🚢 News", "نشرة"])
def test_an_icon_is_drawn_whatever_the_title(desk: Any, theme: Any, title: str) -> None:
    desk.set(title=title)
    pictures = [
        opened(data) for path, data in desk.files(manifest, theme=theme).items()
        if path.endswith(".png")
    ]  # fmt: skip
    assert [picture.size for picture in pictures] == [(192, 192), (512, 512)]
    assert all(len(picture.getcolors(99_999) or ()) > 1 for picture in pictures), "nothing on it"


@pytest.mark.parametrize("data", [b"", b"GIF89a", b"\x89PNG\r\n\x1a\n"])
def test_what_is_no_png_is_no_icon(desk: Any, theme: Any, data: bytes) -> None:
    asset = SimpleNamespace(data=data, url="/assets/icon.0.png")
    broken = SimpleNamespace(assets={**theme.assets, manifest.THEME_ICON: asset})
    assert len(manifest.icons(broken, desk.settings)) == 2
