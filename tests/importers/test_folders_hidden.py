"""Folders of Markdown: what their system never reads, and files that drafts alone show."""

from typing import Any

POST = "---\ntitle: T{0}\ndate: 2024-03-01\n{1}---\nword{0}\n"
NIKOLA = (
    '-- conf.py --\nBLOG_TITLE = "N"\nSITE_URL = "https://n.example/"\n'
    'POSTS = (("posts/*.md", "posts", "post.tmpl"),)\n'
    'PAGES = (("pages/*.md", "", "page.tmpl"),)\nFILES_FOLDERS = {"files": ""}\n'
)
HEXO = "-- _config.yml --\ntitle: H\nurl: https://x.example\nsource_dir: source\n"


def came(site: Any) -> list[str]:
    return sorted(p.rpartition("/")[2] for p in site.tree("content"))


def test_nikola_reads_the_folders_of_its_settings_alone(move: Any, put: Any, site: Any) -> None:
    put(
        f"{NIKOLA}-- posts/a.md --\n{POST.format('a', '')}"
        f"-- posts/sub/b.md --\n{POST.format('b', '')}"
        f"-- plans/c.md --\n{POST.format('c', '')}-- plans/d.pdf --\nx\n-- files/e.pdf --\nx\n"
        "-- images/f.png --\nx\n-- galleries/pier/g.jpg --\nx\n-- includes/h.txt --\nx\n"
    )
    outcome = move("markdown")
    assert came(site) == ["a.md", "b.md", "e.pdf", "f.png", "g.jpg"]
    left = ["includes/h.txt", "plans/c.md", "plans/d.pdf"]
    assert [path for path, _ in outcome.site.unpublished] == left


def test_hexo_reads_its_source_alone(move: Any, put: Any, site: Any) -> None:
    put(
        f"{HEXO}-- source/_posts/a.md --\n{POST.format('a', '')}"
        f"-- source/_hush/b.md --\n{POST.format('b', '')}-- source/_hush/b.pdf --\nx\n"
        f"-- plans/c.md --\n{POST.format('c', '')}-- source/files/e.pdf --\nx\n"
    )
    outcome = move("markdown")
    assert came(site) == ["a.md", "e.pdf"]
    left = {path for path, _ in outcome.site.unpublished}
    assert left == {"source/_hush/b.md", "source/_hush/b.pdf", "plans/c.md"}


def test_files_that_hidden_texts_alone_show_stay_behind(move: Any, put: Any, site: Any) -> None:
    put(
        f"-- a.md --\n{POST.format('a', '')}![](both.png) ![](open.png)\n"
        f"-- b.md --\n{POST.format('b', 'draft: true' + chr(10))}![](both.png) [p](plan.pdf)\n"
        f"-- c.md --\n{POST.format('c', 'publishDate: 2031-01-01' + chr(10))}![](later.png)\n"
    )
    for name in ("both.png", "open.png", "plan.pdf", "later.png", "alone.png"):
        put(f"-- {name} --\nx\n")
    outcome = move("markdown")
    assert [n for n in came(site) if not n.endswith(".md")] == [
        "alone.png",
        "both.png",
        "open.png",
    ]
    assert any("not shown (2 in all" in said for said in outcome.site.left)
