"""What the user lets run: plugins by their digest, site by site, in the user's own data folder.

A site's settings can come from a stranger as well as its plugins. So neither says what may run.
"""

import json
import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, NamedTuple

from site_gen.basics import user_data
from site_gen.problems import Problem, SiteError, Where

SIZE = 1 << 20
NAME = "trusted.json"


class Trust(NamedTuple):
    """What may run of one site: digests by name; with `edits` whatever they become."""

    seals: Mapping[str, str]
    edits: bool = False

    def of(self, name: str, seal: str) -> Literal["yes", "changed", "no"]:
        """Whether the plugin with that digest may run."""
        if name not in self.seals:
            return "no"
        return "yes" if self.edits or self.seals[name] == seal else "changed"


def file() -> Path | None:
    """Where it is kept; None for a user without a home."""
    folder = user_data.data_folder()
    return folder / NAME if folder else None


def of_site(root: Path) -> Trust:
    """What may run of the site at `root`; nothing where the file is not the user's alone."""
    found = _read().get(str(root.resolve()))
    if not isinstance(found, dict) or not isinstance(found.get("plugins"), dict):
        return Trust({})
    seals = {str(name): str(seal) for name, seal in found["plugins"].items()}
    return Trust(seals, found.get("edits") is True)


def keep(root: Path, trust: Trust) -> None:
    """From now on this may run of that site, and nothing else. Raises SiteError."""
    path = file()
    if path is None:
        raise SiteError([Problem("plugin/trust", "there is no folder for the user's own data",
                                 help="set XDG_DATA_HOME")])  # fmt: skip
    known = _read()
    known.pop(str(root.resolve()), None)
    if trust.seals:
        known[str(root.resolve())] = {"plugins": dict(trust.seals), "edits": trust.edits}
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
    path = file()
    data = user_data.read_private(path, SIZE, 0o022) if path else b""
    try:
        found = json.loads(data)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
