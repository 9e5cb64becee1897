"""What the settings of an old site leave out of it comes in no other way either."""

from typing import Any

import pytest

from tests.importers.test_exports import HEAD, item

PAGE = "---\ntitle: {}\ndate: 2024-03-01\n{}---\nWords of {}.\n"
SITES = {
    "hugo": (
        "-- hugo.toml --\ntitle = \"H\"\nignoreFiles = ['\\.foo\\.md$']\n",
        ("content/p/b.foo.md", "", "content/p/a.md", ""),
    ),
    "zola": (
        '-- config.toml --\nbase_url = "https://t.example"\nignored_content = ["x/*"]\n',
        ("content/x/b.md", "", "content/p/a.md", ""),
    ),
    "jekyll": (
        '-- _config.yml --\ntitle: H\nexclude: ["_posts/old"]\n',
        ("_posts/old/2024-03-02-b.md", "", "_posts/2024-03-01-a.md", ""),
    ),
    "eleventy": (
        "-- .eleventy.js --\nmodule.exports = () => ({});\n",
        ("posts/b.md", "permalink:\n  build: false\n", "posts/a.md", ""),
    ),
}


@pytest.mark.parametrize("kind", SITES)
def test_what_the_settings_leave_out_is_not_public(
    kind: str, move: Any, put: Any, site: Any
) -> None:
    settings, (out, shut, came, open_) = SITES[kind]
    put(settings)
    put(f"-- {out} --\n{PAGE.format('B', shut, 'B')}")
    put(f"-- {came} --\n{PAGE.format('A', open_, 'A')}")
    move(kind)
    assert site.build().ok
    everything = b"".join(site.tree().values())
    assert b"Words of A." in everything
    assert b"Words of B." not in everything


def test_uploads_that_buyers_alone_may_have_stay_behind(move: Any, old: Any, site: Any) -> None:
    (old / "export.xml").write_text(HEAD + item(1) + "</channel></rss>", "utf-8")
    for name in ("woocommerce_uploads/paid.txt", "backup.sql", "2024/03/a.jpg"):
        (old / "uploads" / name).parent.mkdir(parents=True, exist_ok=True)
        (old / "uploads" / name).write_text("x", "utf-8")
    outcome = move("wordpress")
    came = [path for path in site.tree("content") if path.startswith("static/")]
    assert came == ["static/wp-content/uploads/2024/03/a.jpg"]
    assert any("not everybody (2 in all" in said for said in outcome.site.left)


def test_a_former_address_that_is_one_of_ours_stops_no_build(
    move: Any, put: Any, site: Any
) -> None:
    put(
        '-- hugo.toml --\ntitle = "H"\n'
        "-- content/p/a.md --\n---\ntitle: A\ndate: 2024-03-01\n"
        "aliases: [/, /search/, /editions/, /topics/, /404.html, /old/]\n---\nx\n"
    )
    move("hugo")
    report = site.build()
    assert report.ok, report.problems
    assert "/old/" in site.page("_redirects")


SHUT = (
    "wp-personal-data-exports/a.jpg", "wpforms/a.jpg", "wpcf7_uploads/a.jpg", "dlm_uploads/a.jpg",
    "updraft/a.jpg", "ai1wm-backups/a.jpg", "mailpoet/a.jpg", "_wpprivate/a.jpg", "error_log",
    "backwpup-3f/a.jpg", "sites/2/private/a.jpg", "2024/03/all.tar.gz",
)  # fmt: skip
DOUBTFUL = ("people.xlsx", "2024/03/all.zip", "my-forms/1/a.jpg", "README")
OF_TEXTS = ("a.jpg", "2024/03/b.png", "sites/2/2024/03/c.webp", "2024/03/filed.pdf")


@pytest.mark.parametrize("linked", [False, True])
def test_of_uploads_what_was_for_readers_comes(
    linked: bool, move: Any, old: Any, site: Any
) -> None:
    """Folders of plugins never; what is in no library only where a text leads to it."""
    links = "".join(f'<a href="/wp-content/uploads/{name}">x</a>' for name in (*SHUT, *DOUBTFUL))
    url = "https://harbour.example/wp-content/uploads/2024/03/filed.pdf"
    filed = item(2, kind="attachment", more=f"<wp:attachment_url>{url}</wp:attachment_url>")
    items = item(1, body=links if linked else "<p>x</p>") + filed
    (old / "export.xml").write_text(f"{HEAD}{items}</channel></rss>", "utf-8")
    for name in (*SHUT, *DOUBTFUL, *OF_TEXTS):
        (old / "uploads" / name).parent.mkdir(parents=True, exist_ok=True)
        (old / "uploads" / name).write_text("x", "utf-8")
    outcome = move("wordpress")
    start = "static/wp-content/uploads/"
    came = {p.removeprefix(start) for p in site.tree("content") if p.startswith(start)}
    assert came == {*OF_TEXTS, *(DOUBTFUL if linked else ())}
    said = "\n".join(outcome.site.left)
    assert f"not everybody ({len(SHUT)} in all" in said
    assert f"not in the library ({len(DOUBTFUL)} in all" in said


def test_keys_and_passwords_of_an_old_site_stay_behind(move: Any, put: Any, site: Any) -> None:
    put(
        '-- hugo.toml --\ntitle = "H"\n-- static/ca/server.pem --\nx\n-- static/id_rsa --\nx\n'
        "-- static/.env --\nx\n-- static/.well-known/a.txt --\nx\n"
    )
    outcome = move("hugo")
    came = [path for path in site.tree("content") if path.startswith("static/")]
    assert came == ["static/.well-known/a.txt"]
    assert {source for source, _ in outcome.site.unpublished} >= {
        "static/ca/server.pem",
        "static/id_rsa",
    }
