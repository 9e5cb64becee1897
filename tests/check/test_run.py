"""A check as a whole: what is asked, what is read again, what is kept silent."""

import os
from datetime import UTC, datetime
from typing import Any

import pytest

from site_gen.check import cross_file
from site_gen.check.scorecard import as_lines, scorecard
from site_gen.problems import SiteError, UsageError

SHARED = "https://harbour.example/ferry"


def test_a_good_site_has_nothing_to_say(site: Any) -> None:
    site.article("ferry")
    site.put("content/editions/2026-W10.md", "---\ntitle: The week\nlead: ferry\n---\n\nText.\n")
    assert site.rules() == []


def test_two_articles_with_one_original(site: Any) -> None:
    site.article("one", webUrl=SHARED)
    site.article("two", webUrl="http://www.harbour.example/ferry/?utm_source=x#top",
                 checkIgnore=["links/tracking: it is what the case is about"])  # fmt: skip
    assert ("links/same-story", "two.md", 5) in site.rules() or (
        "links/same-story", "one.md", 5) in site.rules()  # fmt: skip
    found = [f for f in site.check().findings if f.hit.rule == "links/same-story"]
    assert len(found) == 1
    assert "is the webUrl of content/" in found[0].hit.message


def test_titles_that_say_the_same(site: Any) -> None:
    site.article("one", title="A ferry burns shells of mussels at Port Isaac")
    site.article("two", title="Ferry burns shells of mussels at Port Isaac")
    site.article("other", title="A lighthouse is for sale on the north coast")
    assert [r for r, _, _ in site.rules(only=("links",))] == ["links/near-title"]


def test_a_link_of_an_earlier_edition(site: Any) -> None:
    site.article("old", webUrl=SHARED, publishedDateTime="2026-02-18T09:00:00Z")
    site.article("new", webUrl=SHARED)
    found = [f for f in site.check().findings if f.hit.rule == "links/seen-before"]
    assert [(f.path, f.hit.message.rpartition(" stood ")[2]) for f in found] == [
        ("content/new.md", "already in No. 1")
    ]
    site.settings("[check]\nrepeat_editions = 0")
    assert [r for r, _, _ in site.rules() if r == "links/seen-before"] == []


def test_a_section_that_runs_on_is_no_repetition(site: Any) -> None:
    site.settings('[editions]\nevery = "note"')
    calendar = "".join(f"- [Event {n}](https://events.example/{n})\n" for n in range(6))
    for day, story in (("2026-02-20", "a"), ("2026-02-27", "a"), ("2026-03-04", "b")):
        site.put(
            f"content/editions/{day}.md",
            f"---\ntitle: Issue\ndate: {day}\n---\n\n## News\n\n- [Story](https://n.example/{story})"
            f"\n\n## Calendar\n\n{calendar}",
        )
    found = [(f, line) for r, f, line in site.rules(only=("links",)) if r == "links/seen-before"]
    assert found == [("editions/2026-02-27.md", 8)]


def test_an_edition_over_its_budget_and_of_one_voice(site: Any) -> None:
    site.settings('[check]\nstories = 4\nwords = 4\nlanguages = ["en"]')
    for n in range(5):
        site.article(f"a{n}", language="fr" if n == 0 else "en")
    found = [rule for rule, _, _ in site.rules(only=("editions",))]
    assert sorted(found) == [
        "editions/budget", "editions/budget", "editions/language", "editions/note",
        "editions/one-voice",
    ]  # fmt: skip


def test_a_note_without_lead_and_stories_behind_paywalls(site: Any) -> None:
    site.put("content/editions/2026-W10.md", "---\ntitle: The week\n---\n\nText.\n")
    for n in range(5):
        site.article(f"a{n}", provider={"name": f"P{n}"}, isAccessibleForFree=False)
    assert sorted(r for r, _, _ in site.rules(only=("editions",))) == [
        "editions/lead", "editions/paywalls",
    ]  # fmt: skip


def test_a_note_that_is_still_a_draft(site: Any) -> None:
    site.article("a")
    site.put("content/editions/2026-W10.md", "---\ntitle: W\nlead: a\ndraft: true\n---\nText.\n")
    assert ("editions/draft-note", "editions/2026-W10.md", 4) in site.rules()


def test_an_edition_that_has_not_begun_is_not_asked_for_a_note(site: Any) -> None:
    site.settings("[[sections]]\nname = 'A'\ntopics = ['A']\n[[sections]]\nname = 'B'\n")
    site.article("a", publishedDateTime="2026-03-12T07:30:00Z", topics=["A"])
    site.article("b")
    wanted = [("editions/note", "editions/2026-W11.md", 0),
              ("editions/section", "editions/2026-W11.md", 0)]  # fmt: skip
    for name in ("note", "section"):
        found = site.rules(only=(f"editions/{name}",))
        assert [path for _, path, _ in found if "W11" in path] == []
    assert site.rules(only=("editions",), edition="2026-W11") == wanted
    later = datetime(2026, 3, 9, 1, tzinfo=UTC)  # nothing changed but the day
    assert site.rules(only=("editions",), now=later) == wanted


def test_what_a_build_says_shows_its_line(site: Any, run: Any) -> None:
    site.article("a", "See [x](nowhere.md).")
    assert "| See [x](nowhere.md)." in run("-C", str(site.root), "check", "--now", "2026-03-05").out


def test_one_topic_alone_is_looked_at_too(site: Any) -> None:
    site.settings('[[topics]]\nname = "Energy"\nslug = "energy"')
    site.article("a", topics="Enegry")
    assert [r for r, _, _ in site.rules(only=("front-matter",))] == ["front-matter/topic"]


def test_a_section_without_a_story(site: Any) -> None:
    site.settings('[[sections]]\nname = "Sea"\n[[sections]]\nname = "Land"')
    site.article("a", section="Sea")
    found = site.check(only=("editions/section",)).findings
    assert [f.hit.message for f in found] == ['the section "Land" of 2026-W10 has no story']
    site.article("b", section="Land")
    assert site.rules(only=("editions/section",)) == []


def test_an_article_that_only_its_arrival_dates(site: Any) -> None:
    site.put(
        "content/a.md",
        "---\ntitle: A story\naddedDateTime: 2026-03-04\nprovider: {name: H}\n---\nText.\n",
    )
    assert "editions/undated" in {r for r, _, _ in site.rules()}


def test_a_date_far_ahead(site: Any) -> None:
    site.article("a", publishedDateTime="2027-03-04T07:30:00Z")
    assert "front-matter/future" in {r for r, _, _ in site.rules()}


def test_a_heavy_picture(site: Any) -> None:
    site.put("content/a.png", "x" * (1 << 20) + "x")
    site.article("a", images=[{"url": "a.png", "alt": "Quay", "credit": "Ann"}])
    assert "pictures/heavy" in {r for r, _, _ in site.rules()}


def test_what_an_article_silences_is_counted(site: Any) -> None:
    site.article("a", title="THE FERRY HAS LEFT THE HARBOUR",
                 checkIgnore=[{"rule": "text/capitals", "reason": "so it is spelt"}])  # fmt: skip
    outcome = site.check(only=("text",))
    assert (outcome.findings, outcome.ignored) == ([], 1)
    assert not [p for p in outcome.problems if "unknown" in p.code]


def test_levels_are_settings(site: Any) -> None:
    site.article("a", title="THE FERRY HAS LEFT THE HARBOUR")
    site.settings('[check.levels]\n"text/capitals" = "error"')
    assert [f.level for f in site.check(only=("text",)).findings] == ["error"]
    site.settings('[check.levels]\ntext = "off"')
    assert site.rules(only=("text",)) == []


def test_rules_and_editions_and_paths_are_asked_for_by_name(site: Any) -> None:
    site.article("a", title="THE FERRY HAS LEFT THE HARBOUR")
    site.article("b/c", title="THE FERRY HAS LEFT THE HARBOUR AGAIN")
    assert {f for _, f, _ in site.rules(only=("text/capitals",))} == {"a.md", "b/c.md"}
    assert site.rules(only=("text",), skip=("text/capitals",)) == []
    assert {f for _, f, _ in site.rules(paths=("content/b",), only=("text",))} == {"b/c.md"}
    assert {f for _, f, _ in site.rules(paths=("content/a.md",), only=("text",))} == {"a.md"}
    assert {f for _, f, _ in site.rules(edition="2026-W10", only=("text",))} == {"a.md", "b/c.md"}
    with pytest.raises(UsageError):
        site.check(only=("txt",))
    for wrong in ({"edition": "2026-W99"}, {"paths": ("content/no.md",)}):
        with pytest.raises(SiteError):
            site.check(**wrong)


def test_a_second_check_reads_what_changed_and_nothing_else(site: Any) -> None:
    for name in ("a", "b", "c"):
        site.article(name)
        old = 1_700_000_000_000_000_000
        os.utime(site.root / f"content/{name}.md", ns=(old, old))
    assert site.check().read == 3
    assert site.check().read == 0
    site.article("b", "Other text.")
    assert site.check().read == 1
    before = site.rules()
    (site.root / ".site_gen/check.sqlite").write_bytes(b"\x93\x00nonsense")
    assert site.rules() == before
    site.settings("[check]\ntitle_length = 5")
    assert site.check().read == 3


def test_what_the_build_says_comes_too(site: Any) -> None:
    site.article("a", quality="lots")
    assert [p.code for p in site.check().problems if p.severity == "error"] == ["article/quality"]


def test_findings_are_in_one_order_whatever_the_folders(site: Any) -> None:
    for name in ("z", "b", "k/y"):
        site.article(name, "The the quay. [x]()")
    found = site.check(only=("text", "links")).findings
    assert [f.path for f in found] == sorted(f.path for f in found)
    assert found == site.check(only=("links", "text")).findings


def test_the_clock_decides_what_is_far_ahead(site: Any) -> None:
    site.article("a", publishedDateTime="2026-03-20T07:30:00Z")
    late = datetime(2026, 3, 15, tzinfo=UTC)
    assert "front-matter/future" in {r for r, _, _ in site.rules()}
    assert "front-matter/future" not in {r for r, _, _ in site.rules(now=late)}


LINKS = """[nowhere](/nowhere/) [own](https://t.example/nix/?a=b#c) [topics](/topics/) [old](/old/)
[feed](/feed.xml) [file](/a.pdf) ![lost](/lost.jpg) [up](#text)
[article](/articles/b/) [other](https://elsewhere.example/nowhere/) [topic](/topics/sea/)"""


def test_links_from_the_top_of_the_site(site: Any, run: Any) -> None:
    site.article("b", topics=["Sea"], aliases=["/old/"])
    site.article("a", LINKS)
    site.put("content/a.pdf", "%PDF")
    found = [f.hit.message.split('"')[1] for f in site.check(only=("links/dead",)).findings]
    assert found == ["/nowhere/", "https://t.example/nix/?a=b#c", "/lost.jpg"]
    built = run("-C", str(site.root), "build", "-D", "--now", "2026-03-05T12:00:00Z", "-v")
    assert built.err.count("[link/dead]") == len(found)
    site.settings('[check.levels]\n"links/dead" = "error"')
    assert [f.level for f in site.check(only=("links/dead",)).findings] == ["error"] * 3


def test_aliases_that_do_nothing_and_those_that_stop_a_build(site: Any) -> None:
    site.settings('article_permalink = "/{year}/{slug}.html"')
    site.article("b", aliases=["/taken/"])
    site.article("a", aliases=["/2026/a.html", "/old/", "/old", "/2026/b.html", "/taken", "/fine/"])
    found = [
        (f.hit.rule, f.path, f.hit.message) for f in site.check(only=("front-matter",)).findings
    ]
    assert found == [
        ("front-matter/alias", "content/a.md",
         'the alias "/2026/a.html" is the article\'s own address'),
        ("front-matter/alias", "content/a.md", 'the alias "/old" stands twice'),
        ("front-matter/alias-taken", "content/a.md",
         'the alias "/2026/b.html" is an address of the site itself'),
        ("front-matter/alias-taken", "content/b.md",
         'the alias "/taken/" is claimed by content/a.md too'),
    ]  # fmt: skip


def test_a_part_of_the_site_reads_only_what_it_needs(site: Any) -> None:
    for name, day in (("a", "2026-03-04"), ("b", "2026-02-25"), ("c", "2025-02-04")):
        site.article(name, publishedDateTime=f"{day}T07:30:00Z")
    site.settings("[check]\nrepeat_editions = 1")
    assert site.check(edition="open").read == 2
    assert site.check(paths=("content/c.md",)).read == 1
    assert site.check().read == 0


def test_what_is_found_across_files_is_kept_until_one_of_them_changes(
    site: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[str] = []
    whole = cross_file.find_in_edition

    def counted(edition: Any, view: Any) -> Any:
        looked.append(edition.ref.id)
        return whole(edition, view)

    monkeypatch.setattr(cross_file, "find_in_edition", counted)
    site.settings("[check]\nrepeat_editions = 1")
    days = {"a": "2026-03-04", "b": "2026-02-25", "c": "2026-02-18", "d": "2026-02-11"}
    for name, day in days.items():
        site.article(name, publishedDateTime=f"{day}T07:30:00Z", webUrl=f"https://h.example/{name}")
    first = site.rules()
    assert sorted(looked) == ["2026-W07", "2026-W08", "2026-W09", "2026-W10"]
    looked.clear()
    assert site.rules() == first
    assert looked == []
    site.article("c", publishedDateTime="2026-02-18T07:30:00Z", webUrl="https://h.example/d")
    assert {r for r, _, _ in site.rules()} - {r for r, _, _ in first} == {"links/seen-before"}
    assert sorted(looked) == ["2026-W08", "2026-W09"]  # it, and the one that may repeat it


def test_names_of_rules_that_are_none_are_told(site: Any) -> None:
    site.article("a", checkIgnore=["text/capitls: it is spelt so", "links: all of them"])
    site.settings('[check.levels]\n"links/ded" = "off"\ntext = "error"')
    outcome = site.check()
    told = [f.hit.message for f in outcome.findings if f.hit.rule == "front-matter/ignore"]
    assert told == ['checkIgnore names no rule "text/capitls". Did you mean "text/capitals"?']
    assert [p.message for p in outcome.problems if p.code == "check/levels"] == [
        'check.levels names no rule "links/ded". Did you mean "links/dead"?'
    ]


def test_the_scorecard_tells_how_many_links_were_asked(site: Any) -> None:
    site.article("a", "[x](https://a.example/1) [y](https://b.example/2) [z](https://c.example/)")
    outcome = site.check(edition="open")
    edition = outcome.view.chosen[0]
    line = as_lines(scorecard(edition, outcome.view, outcome.findings))[0]
    assert "3 links, 0 behind" in line
    assert ": 1 story, " in line
    assert ", 1 minute, " in line
    kept = '{"https://a.example/1": {"kind": "ok", "at": 1}, "https://b.example/2": '
    site.put(".site_gen/links.json", kept + '{"kind": "gone", "at": 1, "status": 404}}')
    line = as_lines(scorecard(edition, outcome.view, outcome.findings))[0]
    assert "3 links (2 asked, 1 broken), 0 behind" in line


def test_the_scorecard_of_a_whole_issue_counts_what_its_note_holds(site: Any) -> None:
    site.settings('[editions]\nevery = "note"')
    links = "- [the quay](https://www.a.example/1)\n- [a ship](https://a.example/2)\n"
    site.put("content/editions/3.md", f"---\ndate: 2026-03-04\n---\n{'word ' * 600}\n\n{links}")
    outcome = site.check(edition="3")
    card = scorecard(outcome.view.chosen[0], outcome.view, outcome.findings)
    assert (card["words"], card["minutes"], card["links"]) == (604, 3, 2)
    assert card["sources"] == {"a.example": 2}
    assert as_lines(card)[0].startswith("No. 1 (3), closed: 604 words, 3 minutes, 2 links, ")


def test_a_long_address_shows_what_was_to_be_replaced(site: Any) -> None:
    site.article("a", "See [it](https://h.example/a/very/long/path/to/a/story/REDDIT_LINK_HERE).")
    (found,) = [f.hit for f in site.check().findings if f.hit.rule == "links/placeholder"]
    assert 'REDDIT_LINK_HERE" was to be replaced' in found.message
