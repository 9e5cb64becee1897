"""A PNG of flat colours: what was drawn, wherever rows are empty."""

import io
import zlib

from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from site_gen.formats.images import flat_png
from site_gen.formats.images.flat_png import EDGE, encoded

PALETTE = bytes(range(48))
WIDTH, HEIGHT = 40, 30

boxes = st.lists(
    st.tuples(st.integers(0, 45), st.integers(-5, 35), st.integers(0, 30), st.integers(1, 15)),
    max_size=6,
)


@given(boxes)
def test_a_reader_sees_what_was_drawn(drawn: list[tuple[int, int, int, int]]) -> None:
    image = Image.new("P", (EDGE + WIDTH, HEIGHT))
    rows = []
    for left, top, size, colour in drawn:
        image.paste(colour, (EDGE + left, top, EDGE + left + size, top + size))
        rows.append((top, top + size))
    seen = Image.open(io.BytesIO(encoded(image, rows, PALETTE)))
    seen.load()  # Pillow compares the sums of each chunk and of the stream
    assert (seen.mode, seen.size) == ("P", (WIDTH, HEIGHT))
    assert seen.tobytes() == image.crop((EDGE, 0, EDGE + WIDTH, HEIGHT)).tobytes()
    assert bytes(seen.getpalette() or ())[:48] == PALETTE


def test_the_stream_is_whole_by_its_own_sum() -> None:
    image = Image.new("P", (EDGE + WIDTH, HEIGHT))
    image.paste(7, (EDGE, 10, EDGE + WIDTH, 12))
    data = encoded(image, [(10, 12)], PALETTE)
    start = data.index(b"IDAT")
    size = int.from_bytes(data[start - 4 : start], "big")
    rows = zlib.decompress(data[start + 4 : start + 4 + size])  # raises for a wrong Adler-32
    assert len(rows) == HEIGHT * (1 + WIDTH // 2)
    assert rows[10 * 21 : 11 * 21] == b"\0" + b"\x77" * 20


def test_empty_rows_are_packed_once() -> None:
    flat_png._nothing.cache_clear()
    for _ in range(3):
        encoded(Image.new("P", (EDGE + WIDTH, HEIGHT)), [], PALETTE)
    assert flat_png._nothing.cache_info().misses == 1
