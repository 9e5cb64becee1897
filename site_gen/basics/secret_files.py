"""Files that are hardly meant for readers, by their names: dot-files, keys, passwords, dumps."""

import re
from collections.abc import Collection

FOR_HOSTS = frozenset({".well-known", ".nojekyll", ".htaccess", ".domains"})
"""Names with a dot that hosts and browsers ask for."""
_OF_TOOLS = frozenset({".keep", ".editorconfig"})
_KEYS = re.compile(
    r"(?:id_(?:rsa|dsa|ecdsa|ed25519)(?:_sk)?|[._]?netrc|wp-config\.php|.*\.(?:pem|key|p12|pfx|ppk"
    r"|jks|keystore|kdbx?|ovpn|htpasswd|pyc)|site\.toml|CVS|__pycache__|node_modules"
    r"|.*\.(?:sql|sqlite3?|dump)(?:\.(?:gz|bz2|xz|zip))?)",
    re.IGNORECASE,
)


def private_part(path: str, allowed: Collection[str] = ()) -> str:
    """The first name in `path` that is not for readers and none of `allowed`; "" for none."""
    for name in path.split("/"):
        if name in allowed:
            continue
        if (name[:1] == "." and name not in FOR_HOSTS) or _KEYS.fullmatch(name):
            return name
    return ""


def is_of_tools(name: str) -> bool:
    """Whether a tool keeps such a file in any folder: nobody misses it."""
    return name in _OF_TOOLS or name.startswith(".git")
