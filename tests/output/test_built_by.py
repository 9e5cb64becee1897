"""Which version built a site last."""

from typing import Any

from site_gen import __version__
from site_gen.output import built_by

ARTICLE = "-- content/a.md --\n---\ntitle: A\npublishedDateTime: 2024-02-14\n---\nWords.\n"


def last(site: Any) -> str:
    return built_by.read_version(site.root, site.root / "public")


def test_a_build_notes_it_and_its_pages_say_it(site: Any) -> None:
    site.write(ARTICLE)
    assert last(site) == ""
    site.good()
    assert last(site) == __version__
    site.remove(".site_gen/version")
    assert last(site) == __version__, "the pages say it, too"


def test_a_build_with_nothing_to_do_writes_nothing(site: Any) -> None:
    site.write(ARTICLE)
    site.good()
    site.put(".site_gen/version", b"0.0.1\n")
    site.good()
    assert last(site) == "0.0.1"


def test_nonsense_is_no_version_and_a_link_is_not_followed(site: Any, tmp_path: Any) -> None:
    site.write(ARTICLE)
    site.put(".site_gen/version", b"\x1b[31m\xff" * 9)
    assert last(site) == ""
    site.remove(".site_gen/version")
    victim = tmp_path / "victim"
    victim.write_text("mine", "utf-8")
    (site.root / ".site_gen/version").symlink_to(victim)
    site.good()
    assert victim.read_text("utf-8") == "mine"
    assert last(site) == __version__
