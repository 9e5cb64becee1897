"""Measures the local pictures of articles, and keeps the results in the memo."""

import os
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from posixpath import splitext
from typing import NamedTuple

import msgspec

from site_gen.basics import digest, files
from site_gen.memo.memo import Memo
from site_gen.model import PictureFile
from site_gen.workers import pool
from site_gen.workers.deadline import TooSlow, deadline

_MEASURED = msgspec.json.Decoder(PictureFile)
MAX_PICTURE = 1 << 28
SLOW_CODE = "slow"
BYTES_PER_MS = 100_000
"""Bytes of a picture's file that are decoded in a millisecond."""


class Picture(NamedTuple):
    """A picture to be measured: its content path and the digest of its bytes."""

    path: str
    digest: str


class Measurer:
    """Measures pictures in the folder `content`, each in at most `seconds`. Picklable."""

    def __init__(self, content: Path, seconds: float) -> None:
        self.content = content
        self.seconds = seconds

    def cost_ms(self, picture: Picture) -> int:
        """About how many milliseconds it takes to measure a picture."""
        try:
            return 1 + os.stat(self.content / picture.path).st_size // BYTES_PER_MS
        except OSError:
            return 1

    def measure(self, picture: Picture) -> PictureFile | None:
        """The picture's measures; None if the file changed since it was hashed. Copying it will
        report that."""
        from site_gen.formats.images.measure import measure

        try:
            data = files.read_bytes(self.content / picture.path, MAX_PICTURE)
        except files.Unreadable:
            return None
        if digest.of_bytes(data) != picture.digest:
            return None
        try:
            with deadline(self.seconds):
                return measure(data, picture.path)
        except TooSlow:
            return PictureFile(
                code=SLOW_CODE,
                fault=f"takes over {self.seconds:g} s to open; it is published as it is",
                cure="save it anew, and smaller",
            )


def measure_pictures(
    paths: Collection[str],
    digests: Mapping[str, str],
    memo: Memo,
    measurer: Measurer,
    jobs: int,
) -> dict[str, PictureFile]:
    """The measures of pictures by content path; `digests` are those of all files. Measured in up to
    `jobs` processes."""
    wanted = {path: _key(path, digests[path]) for path in sorted(paths) if digests.get(path)}
    if not wanted:
        return {}
    known = memo.pictures()
    new = {key: path for path, key in wanted.items() if key not in known}
    pictures = [Picture(path, digests[path]) for path in sorted(new.values())]
    for rows in pool.map_chunks(
        _measure_all, measurer, pictures, jobs, _crashed, cost=measurer.cost_ms
    ):
        found = {_key(p.path, p.digest): m for p, m in rows if m is not None}
        known |= {key: _encoded(m) for key, m in found.items()}
        # Slow ones are tried again next time, when the machine may be less busy.
        kept = {key: known[key] for key, m in found.items() if m.code != SLOW_CODE}
        with memo.transaction():
            memo.put_pictures(kept)
    return {path: _MEASURED.decode(known[key]) for path, key in wanted.items() if key in known}


def _key(path: str, file_digest: str) -> str:
    """The key in the memo. It includes the extension, as that can be wrong."""
    return file_digest + splitext(path)[1].lower()


def _encoded(found: PictureFile) -> str:
    return msgspec.json.encode(found).decode()


def _measure_all(
    measurer: Measurer, pictures: Sequence[Picture]
) -> list[tuple[Picture, PictureFile | None]]:
    return [(picture, measurer.measure(picture)) for picture in pictures]


def _crashed(picture: Picture) -> tuple[Picture, PictureFile | None]:
    found = PictureFile(
        code="crash",
        fault="ends the process that opens it; it is published as it is",
        cure="save it anew, and report it to us",
    )
    return picture, found
