"""Files that the old site's server kept from readers."""

from typing import Any

import pytest

SHUT = {
    "of Apache 2.4": "Require all denied\n",
    "of Apache 2.2": "Order deny,allow\nDeny from all\n",
    "behind a password": 'AuthType Basic\nAuthName "x"\nRequire valid-user\n',
    "by a pattern": '<FilesMatch "\\.(txt|pdf)$">\nRequire all denied\n</FilesMatch>\n',
    "by a name": "<Files a.txt>\n  Deny from all\n</Files>\n",
}
OPEN = {
    "scripts alone": '<FilesMatch "\\.php$">\nDeny from all\n</FilesMatch>\nOptions -Indexes\n',
    "a rule that is off": "# Deny from all\n",
    "a list of redirects": "Redirect 301 /a /b\n",
}


@pytest.mark.parametrize("rule", [*SHUT, *OPEN])
def test_files_that_a_server_shut_stay_behind(rule: str, move: Any, put: Any, site: Any) -> None:
    put(
        "-- hugo.toml --\ntitle = 'T'\n"
        "-- content/p/a.md --\n---\ntitle: A\ndate: 2024-03-01\n---\nx\n"
    )
    put(f"-- static/up/.htaccess --\n{(SHUT | OPEN)[rule]}-- static/up/deep/a.txt --\nx\n")
    put("-- static/b.txt --\nx\n")
    outcome = move("hugo")
    came = [p for p in site.tree("content") if p.startswith("static/")]
    assert came == ["static/b.txt", *(["static/up/deep/a.txt"] if rule in OPEN else [])]
    named = [path for path, _ in outcome.site.unpublished]
    assert named == (["static/up/deep/a.txt"] if rule in SHUT else [])
