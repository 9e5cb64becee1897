"""Which plugins the user allows to run: by digest, for each site, in the user's own data folder.

A stranger's site can bring settings as well as plugins, so neither decides what may run.
"""

import json
import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, NamedTuple

from site_gen.basics import user_data
from site_gen.problems import Problem, SiteError, Where

MAX_SIZE = 1 << 20
FILE_NAME = "trusted.json"


class Trust(NamedTuple):
    """What may run of one site: digests by name; with `edits`, also after changes."""

    digests: Mapping[str, str]
    edits: bool = False

    def verdict(self, name: str, digest: str) -> Literal["yes", "changed", "no"]:
        """Whether the plugin with this digest may run."""
        if name not in self.digests:
            return "no"
        return "yes" if self.edits or self.digests[name] == digest else "changed"


def trust_file() -> Path | None:
    """Where it is stored; None for a user without a home."""
    folder = user_data.data_folder()
    return folder / FILE_NAME if folder else None


def read_trust(root: Path) -> Trust:
    """What may run of the site at `root`; nothing if the file is not private to the user."""
    found = _read().get(str(root.resolve()))
    if not isinstance(found, dict) or not isinstance(found.get("plugins"), dict):
        return Trust({})
    digests = {str(name): str(digest) for name, digest in found["plugins"].items()}
    return Trust(digests, found.get("edits") is True)


def write_trust(root: Path, trust: Trust) -> None:
    """Allow these plugins of the site, and no others. Raises SiteError."""
    path = trust_file()
    if path is None:
        raise SiteError([Problem("plugin/trust", "there is no folder for the user's own data",
                                 help="set XDG_DATA_HOME")])  # fmt: skip
    known = _read()
    known.pop(str(root.resolve()), None)
    if trust.digests:
        known[str(root.resolve())] = {"plugins": dict(trust.digests), "edits": trust.edits}
    text = json.dumps(known, indent=1, sort_keys=True) + "\n"
    fresh = path.with_name(f".{secrets.token_hex(8)}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as out:
            out.write(text)
        os.replace(fresh, path)
    except OSError as error:
        where = Where(str(path))
        told = f"it cannot be written down ({error.strerror})"
        raise SiteError([Problem("plugin/trust", told, where, "give rights to write it")]) from None
    finally:
        fresh.unlink(missing_ok=True)


def _read() -> dict[str, Any]:
    path = trust_file()
    data = user_data.read_private(path, MAX_SIZE, 0o022) if path else b""
    try:
        found = json.loads(data)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
