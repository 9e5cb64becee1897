"""A folder that holds no texts: what it may be instead."""

import re

from site_gen.importers.reading.folder import Folder
from site_gen.problems import Problem


def nothing(folder: Folder) -> Problem:
    """What to say of a folder without texts: exports are known by how they begin."""
    cure = "name the folder in which the Markdown files lie"
    for name in folder.under("", ".xml", ".txt", ".json")[:20]:
        start = folder.data(name)[:5000]
        if b"blogger" in start:
            cure = f"{name} is an export of Blogger: site-gen import blogger {name}"
        elif b"wordpress.org/export" in start:
            cure = f"{name} is an export of WordPress: site-gen import wordpress {name}"
        elif re.match(rb"(?:[A-Z ]+:.*\n)+-----\n", start.replace(b"\r\n", b"\n")):
            cure = (
                f"{name} is an export of Movable Type, which is not read: WordPress takes it in"
                " (Tools, Import), and `site-gen import wordpress` what that exports"
            )
    return Problem("import/nothing", "there is no Markdown here", help=cure)
