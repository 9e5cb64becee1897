"""Links in the place of the folders that a site is read from."""

from pathlib import Path
from typing import Any

import pytest


@pytest.mark.parametrize("name", ["content", "themes", "themes/overrides", "themes/mine"])
def test_g07_a_link_in_the_place_of_a_folder_is_refused(
    site: Any, tmp_path: Path, name: str
) -> None:
    """What lies where it leads is somebody else's: not published, and nothing is taken down."""
    site.write(
        "-- content/a.md --\n---\ntitle: A\npublishedDateTime: 2024-02-14\n---\nWords.\n"
        "-- themes/mine/theme.toml --\nname = 'mine'\nextends = 'minimal'\n"
        "-- themes/overrides/templates/extra.html --\nx\n"
    )
    site.good()
    before = site.tree()
    outside = tmp_path / "outside"
    (site.root / name).rename(outside)
    (outside / "secret.md").write_text(
        "---\ntitle: S\npublishedDateTime: 2024-02-15\n---\nSECRET\n"
    )
    (site.root / name).symlink_to(outside)
    report = site.build()
    assert [(p.code, str(p.where)) for p in report.problems if p.severity == "error"] == [
        ("file/refused", name)
    ]
    assert site.tree() == before
