"""Files that readers should not see, by name: dot-files, keys, passwords, dumps."""

import re
from collections.abc import Collection

FOR_HOSTS = frozenset({".well-known", ".nojekyll", ".htaccess", ".domains"})
"""Dot-files that hosts and browsers request."""
_TOOL_FILES = frozenset({".keep", ".editorconfig"})
_KEYS = re.compile(
    r"(?:id_(?:rsa|dsa|ecdsa|ed25519)(?:_sk)?|[._]?netrc|wp-config\.php|.*\.(?:pem|key|p12|pfx|ppk"
    r"|jks|keystore|kdbx?|ovpn|htpasswd|pyc)|site\.toml|CVS|__pycache__|node_modules"
    r"|.*\.(?:sql|sqlite3?|dump)(?:\.(?:gz|bz2|xz|zip))?)",
    re.IGNORECASE,
)


def private_part(path: str, allowed: Collection[str] = ()) -> str:
    """The first private name in `path` that is not `allowed`; "" for none."""
    for name in path.split("/"):
        if name in allowed:
            continue
        if (name[:1] == "." and name not in FOR_HOSTS) or _KEYS.fullmatch(name):
            return name
    return ""


def is_tool_file(name: str) -> bool:
    """Whether tools keep files of this name in any folder, so that leaving it out needs no
    message."""
    return name in _TOOL_FILES or name.startswith(".git")
