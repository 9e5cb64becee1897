"""Hugo's odder corners: sections in sections, parts of bundles, forms, languages, taxonomies."""

from typing import Any

import pytest

from site_gen.importers.reading import addresses

CONFIG = 'baseURL = "https://h.example/"\ntitle = "Tides"\n'
POST = "---\ntitle: {0}\ndate: 2024-03-0{1}\n---\nWords.\n"


def rules(outcome: Any) -> dict[str, str]:
    return {rule.source: rule.target for rule in outcome.redirects.rules}


def found(outcome: Any) -> dict[str, str]:
    return {p.entry.title: p.entry.address for p in outcome.places.placed}


def test_what_is_no_page_there_is_none_here(move: Any, put: Any) -> None:
    put(
        f"-- hugo.toml --\n{CONFIG}-- content/posts/a/index.md --\n{POST.format('A', 1)}"
        f"-- content/posts/a/part.md --\n{POST.format('Part', 2)}"
        f"-- content/posts/a/deep/part.md --\n{POST.format('Deep', 3)}"
        "-- content/posts/plan.org --\n#+title: Plan\n#+draft: true\n\nSecret.\n"
        "-- static/.well-known/security.txt --\nContact: mailto:a@h.example\n"
    )
    outcome = move("hugo")
    assert list(found(outcome)) == ["A"]
    assert {s.address for s in outcome.site.static} == {"/.well-known/security.txt"}
    parts = [
        path for path, why in outcome.site.unpublished if "is a part of the page beside it" in why
    ]
    assert parts == ["content/posts/a/deep/part.md", "content/posts/a/part.md"]
    assert [row.source for row in outcome.quarantined] == ["content/posts/plan.org"]
    assert any(row.path.endswith("security.txt") for row in outcome.rows)


def test_sections_in_sections_and_their_other_addresses(move: Any, put: Any) -> None:
    put(
        f"-- hugo.toml --\n{CONFIG}[permalinks.page]\nletters = '/l/:sections[1:]/:filename/'\n"
        "[permalinks.term]\ntags = '/about/:slug/'\n"
        "-- content/letters/_index.md --\n---\ntitle: L\naliases: [/archive/, ../old.html]\n---\n"
        "-- content/letters/2023/_index.md --\n---\ntitle: Y\n---\n"
        f"-- content/letters/2023/one.md --\n{POST.format('One', 1).replace('---', '---', 1)}"
        "-- content/letters/two.md --\n---\ntitle: Two\ndate: 2024-03-02\ntags: [C#]\n"
        "aliases: ['../up.html']\n---\nx\n"
        "-- content/legal/imprint/index.md --\n---\ntitle: Imprint\n---\nx\n"
    )
    outcome = move("hugo")
    assert found(outcome) == {"One": "/l/2023/one/", "Two": "/l/two/",
                              "Imprint": "/legal/imprint/"}  # fmt: skip
    made = rules(outcome)
    for address in ("/archive/", "/old.html", "/letters/2023/", "/letters/2023/index.xml",
                    "/legal/", "/about/c%23/"):  # fmt: skip
        assert address in made, address
    two = next(p for p in outcome.places.placed if p.entry.title == "Two")
    assert "/up.html" in two.aliases
    assert outcome.lost == []


def test_paths_in_their_own_case(move: Any, put: Any) -> None:
    put(
        f"-- hugo.toml --\n{CONFIG}disablePathToLower = true\n"
        f"-- content/Posts/Low Water.md --\n{POST.format('Low', 1)}"
    )
    outcome = move("hugo")
    assert found(outcome) == {"Low": "/Posts/Low-Water/"}
    assert outcome.places.placed[0].entry.guid == "https://h.example/Posts/Low-Water/"


@pytest.mark.parametrize("below", ["true", "false"])
def test_languages_stand_below_their_name(move: Any, put: Any, below: str) -> None:
    put(
        f"-- hugo.toml --\n{CONFIG.replace('title', '# ')}defaultContentLanguage = 'de'\n"
        f"defaultContentLanguageInSubdir = {below}\n"
        "[languages.de]\ntitle = 'Gezeiten'\n[languages.en]\ntitle = 'Tides'\n"
        f"-- content/posts/a.md --\n{POST.format('Ebbe', 1)}"
        f"-- content/posts/a.en.md --\n{POST.format('Ebb', 1)}"
    )
    outcome = move("hugo")
    own = "/de" if below == "true" else ""
    assert found(outcome) == {"Ebbe": f"{own}/posts/a/", "Ebb": "/en/posts/a/"}
    assert outcome.site.title == "Gezeiten"
    told = {p.entry.title: p.entry.matter.get("language") for p in outcome.places.placed}
    assert told == {"Ebbe": None, "Ebb": "en"}
    known = {addresses.same(a) for a in rules(outcome)}
    assert {"/en", "/en/posts", "/en/index.xml"} <= known


def test_what_a_section_keeps_back_below_it_stays_back(move: Any, put: Any) -> None:
    """Hugo's `cascade`, of a section, of a list with targets, of the settings; Zola's drafts."""
    put(
        f"-- hugo.toml --\n{CONFIG}"
        "-- content/vault/_index.md --\n---\ntitle: V\ncascade:\n  draft: true\n---\n"
        f"-- content/vault/deep/one.md --\n{POST.format('One', 1)}"
        "-- content/vault/two.md --\n---\ntitle: Two\ndate: 2024-03-02\ndraft: false\n---\nx\n"
        "-- content/desk/_index.md --\n---\ntitle: D\ncascade:\n- target: {path: /desk/**}\n"
        "  params: {private: true}\n---\n"
        f"-- content/desk/three.md --\n{POST.format('Three', 3)}"
        f"-- content/posts/four.md --\n{POST.format('Four', 4)}"
    )
    private = {p.entry.title: p.entry.private for p in move("hugo").places.placed}
    assert private == {"One": "draft: true (from its section)", "Two": "",
                       "Three": "private: true (from its section)", "Four": ""}  # fmt: skip


def test_a_draft_section_of_zola_keeps_its_pages_back(move: Any, put: Any) -> None:
    put(
        '-- config.toml --\nbase_url = "https://z.example"\ntitle = "Z"\ncompile_sass = true\n'
        "-- content/vault/_index.md --\n+++\ntitle = 'V'\ndraft = true\n+++\n"
        "-- content/vault/one.md --\n+++\ntitle = 'One'\ndate = 2024-03-01\n+++\nWords.\n"
    )
    (placed,) = move("zola").places.placed
    assert placed.entry.private == "draft: true (from its section)"


ADDRESSES = (
    "[permalinks.page]\nposts = '/:year/:contentbasename/'\nnotes = '/n/:sectionslug/:slug/'\n"
    "deep = '/:sections[last]/:title/'\n[permalinks.section]\nposts = '/journal/'\n"
    "[permalinks.taxonomy]\ntags = '/old-topics/'\n[uglyurls]\nplain = true\n"
)
LISTED = (
    "[[permalinks]]\npattern = '/j/:slug/'\n[permalinks.target]\npath = '/posts/**'\n"
    "[[permalinks]]\npattern = '/all/:slug/'\n[permalinks.target]\nkind = 'page'\n"
)


def test_addresses_by_the_settings_of_kinds_and_sections(move: Any, put: Any) -> None:
    put(
        f"-- hugo.toml --\n{CONFIG}{ADDRESSES}"
        f"-- content/posts/low.en.md --\n{POST.format('A', 1)}"
        f"-- content/notes/b.md --\n{POST.format('Fog', 2)}"
        "-- content/notes/_index.md --\n---\ntitle: My Notes\n---\n"
        f"-- content/deep/x/y/c.md --\n{POST.format('Cee', 3)}"
        f"-- content/plain/d.md --\n{POST.format('Dee', 4)}"
    )
    outcome = move("hugo")
    assert found(outcome) == {"A": "/2024/low/", "Fog": "/n/my-notes/fog/", "Cee": "/deep/cee/",
                              "Dee": "/plain/d.html"}  # fmt: skip
    made = rules(outcome)
    assert {"/journal/", "/journal/index.xml", "/old-topics/", "/notes/"} <= set(made)
    assert not {"/posts/", "/tags/"} & set(made)


def test_addresses_by_a_list_of_patterns_with_targets(move: Any, put: Any) -> None:
    put(
        f"-- hugo.toml --\n{CONFIG}{LISTED}"
        f"-- content/posts/a.md --\n{POST.format('Aay', 1)}"
        f"-- content/notes/b.md --\n{POST.format('Bee', 2)}"
    )
    assert found(move("hugo")) == {"Aay": "/j/aay/", "Bee": "/all/bee/"}


def test_pages_that_a_layout_made_are_lists_or_named(move: Any, put: Any, site: Any) -> None:
    put(
        f"-- hugo.toml --\n{CONFIG}-- content/posts/a.md --\n{POST.format('A', 1)}"
        "-- content/archives.md --\n---\ntitle: Archive\nlayout: archives\n---\n"
        "-- content/search.md --\n---\ntitle: Search\nlayout: search\n---\n"
        "-- content/map.md --\n---\ntitle: Map\nlayout: map\n---\n"
        "-- content/404.md --\n---\ntitle: Gone\nurl: /404.html\n---\nGone.\n"
        "-- content/about.md --\n---\ntitle: About\nlayout: wide\n---\nUs.\n"
    )
    outcome = move("hugo")
    assert sorted(found(outcome)) == ["A", "About"]
    assert rules(outcome)["/archives/"] == "/editions/"
    assert outcome.lost == ["/map/"]
    assert [path for path, _ in outcome.site.unpublished] == ["content/404.md"]
    assert site.build().ok


@pytest.mark.parametrize("zone", ["", "timeZone = 'America/New_York'\n"])
@pytest.mark.parametrize(("date", "day"), [
    ("2024-02-01T00:30:00+02:00", "2024/02/01"),
    ("2024-02-01T23:30:00-05:00", "2024/02/01"),
    ("2024-02-01 00:30:00 +0200", "2024/02/01"),
    ("2024-01-01T00:30:00Z", "2024/01/01"),
    ("2024-01-01T00:30:00", "2024/01/01"),
    ("2024-01-01", "2024/01/01"),
])  # fmt: skip
def test_an_address_has_the_day_as_it_is_written(
    zone: str, date: str, day: str, move: Any, put: Any
) -> None:
    put(f"-- hugo.toml --\nbaseURL = 'https://h.example'\n{zone}"
        "[permalinks]\np = '/:year/:month/:day/:slug/'\n"
        f"-- content/p/a.md --\n---\ntitle: A\ndate: {date}\n---\nx\n"
        f"-- content/p/b.md --\n+++\ntitle = 'B'\ndate = {date}\n+++\nx\n")  # fmt: skip
    entries = {entry.title: entry for entry in move("hugo").site.entries}
    assert entries["A"].address == f"/{day}/a/"
    assert entries["A"].guid == f"https://h.example/{day}/a/"
    if "T" in date or len(date) == 10:  # what TOML knows as a date
        assert entries["B"].address == f"/{day}/b/"


def test_programs_that_make_pages_are_told_with_what_they_make(
    move: Any, put: Any, site: Any
) -> None:
    put(
        f"-- hugo.toml --\n{CONFIG}-- content/p/a.md --\n{POST.format('A', 1)}"
        '-- content/p/_content.gotmpl --\n{{ $.AddPage (dict "path" "Ferry Plan" "title" "F") }}\n'
        '{{ range $i := seq 3 }}{{ $.AddPage (dict "path" (printf "n%d" $i)) }}{{ end }}\n'
    )
    outcome = move("hugo")
    assert outcome.lost == ["/p/ferry-plan/"]
    assert [said for said in outcome.site.left if said.startswith("content/p/_content.gotmpl ")]
    assert not [path for path in site.tree("content") if "gotmpl" in path]


def test_a_page_without_a_date_has_an_address_with_one(move: Any, put: Any) -> None:
    put(
        f"-- hugo.toml --\n{CONFIG}[permalinks]\np = '/:year-:month/:day/:monthname/:slug/'\n"
        "-- content/p/plan.md --\n---\ntitle: Plan\n---\nx\n"
    )
    outcome = move("hugo")
    assert found(outcome) == {"Plan": "/1-01/01/january/plan/"}
    assert outcome.lost == []


def test_pages_have_the_authors_and_terms_that_their_sections_give(move: Any, put: Any) -> None:
    put(
        f"-- hugo.toml --\n{CONFIG}[[cascade]]\ntags = ['Sea']\nauthor = 'The desk'\n"
        "-- content/tides/_index.md --\n---\ntitle: T\ncascade:\n- target: {path: /tides/n**}\n"
        "  params: {author: Nell}\n  categories: [Reports]\n  banner: x.jpg\n---\n"
        f"-- content/tides/neap.md --\n{POST.format('Neap', 1)}"
        f"-- content/tides/spring.md --\n{POST.format('Spring', 2)}"
        "-- content/tides/nine.md --\n---\ntitle: Nine\nauthor: Ida\ndate: 2024-03-03\n---\nx\n"
    )
    made = {p.entry.title: p.entry.matter for p in move("hugo").places.placed}
    assert made["Neap"]["authors"] == [{"name": "Nell"}]
    assert made["Spring"]["authors"] == [{"name": "The desk"}]
    assert made["Nine"]["authors"] == [{"name": "Ida"}]
    assert sorted(made["Neap"]["topics"]) == ["Reports", "Sea"]
    assert made["Spring"]["topics"] == ["Sea"]
    assert "banner" not in made["Neap"]
