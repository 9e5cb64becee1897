"""Posts whose class names say what is what (h-entry), as in Medium's export."""

from typing import Any

import pytest

POST = """<!DOCTYPE html><html><head><title>The tower leans</title></head><body>
<article class="h-entry"><header><h1 class="p-name">The tower leans</h1></header>
<section data-field="subtitle" class="p-summary">And nobody knows why</section>
<section data-field="body" class="e-content"><section><hr class="section-divider"><div>
<h3 class="graf--title">The tower leans</h3><h4>And nobody knows why</h4>
<p>The tower leans by two degrees more than last year, the harbour board said on Tuesday.</p>
<h3>The tower leans</h3><p>So it goes on, as it did in the years before, and nobody sees it.</p>
<hr><p>Of the pillars below eleven are eaten by the salt, and of the others nothing is known.</p>
</div></section></section>
<footer><p>By <a href="https://medium.example/@orla" class="p-author h-card">Orla Finch</a> on
<a href="https://x.example/p/1"><time class="dt-published" datetime="2020-03-04T10:11:12.000Z">March
4, 2020</time></a>.</p><p><a href="URL" class="p-canonical">Canonical link</a></p>
<p>Exported from there on June 9, 2026.</p></footer></article></body></html>
"""
HOSTED = "https://medium.com/@orla/the-tower-leans-abc123def456"


def moved(move: Any, put: Any, url: str) -> Any:
    put(f"-- posts/2020-03-04_The-tower-abc123def456.html --\n{POST.replace('URL', url)}")
    (place,) = move("markdown").places.placed
    return place.entry


@pytest.mark.parametrize("url", [HOSTED, "https://tower.example/leans-abc123"])
def test_head_and_foot_of_a_post_are_front_matter(move: Any, put: Any, url: str) -> None:
    entry = moved(move, put, url)
    assert entry.title == "The tower leans"
    assert entry.matter["excerpt"] == "And nobody knows why"
    assert entry.matter["authors"] == [{"name": "Orla Finch"}]
    assert f"{entry.date:%Y-%m-%dT%H:%M:%SZ}" == "2020-03-04T10:11:12Z"
    lines = [line for line in entry.body.split("\n") if line]
    assert lines[0].startswith("The tower leans by two degrees")
    assert lines[1].strip("# ") == "The tower leans", "a heading further below is not the title"
    assert lines[3] == "---"
    assert not any(said in entry.body for said in ("Canonical", "Exported", "nobody knows why"))


def test_an_address_of_many_writers_is_none_of_the_old_site(move: Any, put: Any) -> None:
    entry = moved(move, put, HOSTED)
    assert (entry.address, entry.matter["originalUrl"]) == ("", HOSTED)


def test_an_address_of_its_own_is_kept(move: Any, put: Any) -> None:
    entry = moved(move, put, "https://tower.example/leans-abc123")
    assert entry.address == "/leans-abc123"
    assert "originalUrl" not in entry.matter


def test_a_list_of_posts_is_read_as_any_page(move: Any, put: Any) -> None:
    one = (
        '<article class="h-entry"><p class="p-name">{}</p><p class="e-content">Words.</p></article>'
    )
    page = "".join(map(one.format, ("First", "Second")))
    put(f"-- 2020-03-04.html --\n<!DOCTYPE html><html><body>{page}</body></html>\n")
    (place,) = move("markdown").places.placed
    assert all(word in place.entry.body for word in ("First", "Second"))
