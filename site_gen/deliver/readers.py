"""Reads the list of recipients: a file beside the settings with an address on each line."""

import re
from email.headerregistry import Address
from email.utils import parseaddr
from pathlib import Path

from site_gen.basics import files
from site_gen.problems import Problem, SiteError, Where, shown

_UNSAFE = re.compile(r"[\x00-\x20\x7f-\x9f\ud800-\udfff\ufffd]")


def read_recipients(path: Path) -> list[str]:
    """Return the addresses in order without duplicates. Raises SiteError naming bad lines."""
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
        address = parse_address(entry)
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


def parse_address(entry: str) -> str:
    """Return the address in `ann@example.org` or `Ann <ann@example.org>`, its host in IDNA form.

    Returns "" for none, for several, and for an address that not every mail server accepts.
    """
    text = parseaddr(entry)[1]
    name, _, host = text.rpartition("@")
    if not name or "." not in host.strip(".") or _UNSAFE.search(text):
        return ""
    if entry != text and not entry.endswith(f"<{text}>"):
        return ""  # a second address behind the first would be lost
    try:
        text = f"{name}@{host.encode('idna').decode()}" if not host.isascii() else text
        Address(addr_spec=text)
    except Exception:  # the libraries raise many kinds of errors for invalid addresses
        return ""
    return text if text.isascii() else ""
