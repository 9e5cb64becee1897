"""The list of readers: a file beside the settings, an address a line."""

import re
from email.headerregistry import Address
from email.utils import parseaddr
from pathlib import Path

from site_gen.basics import files
from site_gen.problems import Problem, SiteError, Where, shown

_UNSAFE = re.compile(r"[\x00-\x20\x7f-\x9f\ud800-\udfff\ufffd]")


def recipients(path: Path) -> list[str]:
    """Addresses of the list, each once, in its order. Raises SiteError naming bad lines."""
    try:
        text = files.decode(files.read_bytes(path.resolve())).text
    except files.Unreadable as error:
        raise SiteError(
            [
                Problem(
                    "send/recipients",
                    f"the list of recipients {error.reason}",
                    Where(str(path)),
                    "write an address a line",
                )
            ]
        ) from None
    found: dict[str, str] = {}
    problems = []
    for number, line in enumerate(text.split("\n"), 1):
        entry = line.partition("#")[0].strip()
        if not entry:
            continue
        address = address_of(entry)
        if address:
            found.setdefault(address.casefold(), address)
        else:
            where = Where(str(path), number, 1, len(entry), line)
            problems.append(
                Problem(
                    "send/recipients",
                    f"{shown(entry)} is no address",
                    where,
                    "correct the line, or take it out",
                )
            )
    if problems:
        raise SiteError(problems)
    return list(found.values())


def address_of(entry: str) -> str:
    """The one address of `ann@example.org` or `Ann <ann@example.org>`, its host as the name system
    has it; "" where there is none, more than one, or one that no server is sure to take."""
    text = parseaddr(entry)[1]
    name, _, host = text.rpartition("@")
    if not name or "." not in host.strip(".") or _UNSAFE.search(text):
        return ""
    if entry != text and not entry.endswith(f"<{text}>"):
        return ""  # a second address behind the first would be lost
    try:
        text = f"{name}@{host.encode('idna').decode()}" if not host.isascii() else text
        Address(addr_spec=text)
    except Exception:  # the libraries raise errors of many kinds for what is no address
        return ""
    return text if text.isascii() else ""
