"""Draws the pictures of the demo digest: charts and illustrations, all of them CC0.

    python docs/pictures/draw.py [NAME...]

Needs Playwright, Pillow and Chromium. Each picture is a function of this folder that gives the
inside of an SVG of 1600 by 900; it is rasterised once, into content/pictures/.
"""

import io
import shutil
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from charts import CHARTS  # noqa: E402 - a script's own folder
from scenes import SCENES  # noqa: E402

OUT = HERE.parents[1] / "content" / "pictures"
WIDTH, HEIGHT = 1600, 900
COLOURS = 96


def main(wanted: list[str]) -> None:
    """Draws the pictures named, or all of them."""
    OUT.mkdir(exist_ok=True)
    pictures = {**CHARTS, **SCENES}
    with sync_playwright() as playwright:
        chromium = shutil.which("chromium") or shutil.which("chromium-browser")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        for name in wanted or sorted(pictures):
            page.set_content(document(pictures[name]()))
            found = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
            small = found.quantize(COLOURS, dither=Image.Dither.NONE)
            small.save(OUT / f"{name}.png", optimize=True)
        browser.close()


def document(inside: str) -> str:
    """A page that is nothing but the picture."""
    size = f'width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}"'
    return f'<body style="margin:0"><svg xmlns="http://www.w3.org/2000/svg" {size}>{inside}</svg>'


if __name__ == "__main__":
    main(sys.argv[1:])
