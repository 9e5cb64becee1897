"""An arrangement that goes on from the last one is the one that all articles come to, or none."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from site_gen.arrange.catalog import Arranged, arrange
from site_gen.arrange.inputs import Inputs
from site_gen.arrange.patch import Changed, patched
from site_gen.model import (
    Author,
    AuthorRef,
    Correction,
    Facts,
    LocalLink,
    ProviderRef,
    SectionRef,
    TopicRef,
    Withdrawn,
)
from site_gen.settings import Settings

BEGIN = datetime(2024, 2, 5, 9, tzinfo=UTC)
NOW = datetime(2024, 2, 27, tzinfo=UTC)
NAMES = tuple("abcdefgh")

OTHERWISE: tuple[dict[str, Any], ...] = (
    {},
    *({"title": title} for title in ("Fog", "Rain")),
    *({"day": day} for day in (0, 3, 8, 15, 21, 30)),
    *({"topics": names} for names in (("Tides",), ("Tides", "Ferries"), ("ferries",), ("Docks",))),
    *({"section": name} for name in ("News", "Notes", "news")),
    *({"provider": name} for name in ("post.example", "Herald", "herald")),
    *({"authors": said} for said in ((("Ada", ""),), (("Ada", "Sails."), ("Bo", "")))),
    *({"story": name} for name in ("Bridge", "bridge")),
    *({"links": (target,)} for target in ("a.md", "b.md", "z.md", "raw.txt", "/about/")),
    *({"heat": heat} for heat in (3, 9)),
    *({"slug": "a"}, {"guid": "tag:b"}, {"draft": True}, {"published": False}),
    *({"corrected": True}, {"withdrawn": True}, {"until": 25}, {"anchors": (("x", "x"),)}),
)


def article(name: str, said: dict[str, Any], desk: Any) -> Facts:
    """One article of which this is said."""
    when = BEGIN + timedelta(days=said.get("day", NAMES.index(name) * 2))
    people = said.get("authors", ())
    section, provider = said.get("section"), said.get("provider")
    card = desk.card(
        name,
        date=when,
        title=said.get("title", name.upper()),
        slug=said.get("slug", name),
        permalink=f"/articles/{said.get('slug', name)}/",
        guid=said.get("guid", f"tag:{name}"),
        topics=tuple(ref(TopicRef, each, "topics") for each in said.get("topics", ())),
        section=ref(SectionRef, section, "sections") if section else None,
        provider=ProviderRef(name=provider, key=provider.lower(), permalink=f"/{provider}/")
        if provider
        else None,
        authors=tuple(ref(AuthorRef, each, "authors") for each, _ in people),
        story=said.get("story", ""),
        heat=said.get("heat"),
        draft=said.get("draft", False),
    )
    until = said.get("until")
    return Facts(
        card=card,
        path=f"{name}.md",
        detail=name,
        body=name,
        published=said.get("published", True),
        visible_from=when,
        visible_until=BEGIN + timedelta(days=until) if until else None,
        withdrawn=Withdrawn(reason="wrong") if said.get("withdrawn") else None,
        links=tuple(LocalLink(target=each, line=3) for each in said.get("links", ())),
        anchors=said.get("anchors", ()),
        authors=tuple(Author(name=each, bio=bio) for each, bio in people),
        corrections=(Correction(date=NOW, text="A word."),) if said.get("corrected") else (),
    )


def ref(kind: Any, name: str, folder: str) -> Any:
    slug = name.lower()
    return kind(name=name, slug=slug, permalink=f"/{folder}/{slug}/")


State = dict[str, dict[str, Any]]
sayings = st.lists(st.sampled_from(OTHERWISE), max_size=3).map(
    lambda many: {key: value for each in many for key, value in each.items()}
)


class Site:
    """What stands beside the articles."""

    def __init__(self, desk: Any, **beside: Any) -> None:
        self.desk, self.settings = desk, beside.get("settings", Settings())
        self.pins, self.files = beside.get("pins", ()), beside.get("files", {})
        desk.notes.clear()
        if self.pins:
            desk.note("2024-W07", pins=self.pins, sections=("News",))

    def facts(self, state: State) -> list[Facts]:
        return [article(name, said, self.desk) for name, said in sorted(state.items())]

    def whole(self, state: State) -> Arranged:
        """All articles arranged."""
        facts, notes = self.facts(state), self.desk.notes
        return arrange(Inputs(facts, notes, (), self.files, self.settings), NOW)

    def patched(self, before: State, after: State) -> Arranged | None:
        """What goes on from the one before."""
        old, new = ({f.path: f for f in self.facts(each)} for each in (before, after))
        paths = {path for path in {*old, *new} if old.get(path) != new.get(path)}

        def facts_of(wanted: Any) -> Sequence[Facts]:
            return [facts for path, facts in new.items() if path in wanted]

        changed = Changed(
            paths=paths,
            added=paths - old.keys(),
            same_links={
                p
                for p in paths
                if p in old and p in new and link_digest(old[p]) == link_digest(new[p])
            },
            facts=[facts for path, facts in new.items() if path in paths],
        )
        inputs = Inputs([*new.values()], self.desk.notes, (), self.files, self.settings)
        return patched(self.whole(before), changed, inputs, facts_of, NOW)


def link_digest(facts: Facts) -> Any:
    return facts.links, facts.anchors


def same(found: Arranged, wanted: Arranged) -> None:
    assert found.catalog == wanted.catalog
    assert found.gone == wanted.gone
    assert sorted(map(repr, found.problems)) == sorted(map(repr, wanted.problems))
    (since, until), (first, last) = found.valid, wanted.valid
    assert first is None or (since is not None and first <= since <= NOW)
    assert last is None or (until is not None and NOW < until <= last)


states = st.dictionaries(st.sampled_from(NAMES), sayings, min_size=2)


@settings(max_examples=250, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    before=states,
    changes=st.dictionaries(st.sampled_from(NAMES), st.none() | sayings, min_size=1, max_size=2),
    pins=st.sampled_from(((), ("a",), ("b", "nobody"))),
    files=st.sampled_from(({}, {"raw.txt": "1"})),
    hides=st.booleans(),
)
def test_whatever_changes(
    desk: Any, before: State, changes: dict[str, Any], hides: bool, **beside: Any
) -> None:
    own = Settings()
    if hides:
        own = replace(own, editions=replace(own.editions, show_open=False))
    site = Site(desk, settings=own, **beside)
    after = {**before, **changes}
    after = {name: said for name, said in after.items() if said is not None}
    found = site.patched(before, after)
    if found is not None:
        same(found, site.whole(after))


PLAIN: State = {
    name: {
        "topics": ("Tides",) if number % 2 else ("Tides", "Ferries"),
        "provider": "post.example",
        "authors": (("Ada", "Sails." if name == "c" else ""),),
        "story": "Bridge" if number > 3 else "",
        "section": "News" if number < 4 else "Notes",
    }
    for number, name in enumerate(NAMES[:-1])
}


@pytest.mark.parametrize(
    "changes",
    [
        {"g": {**PLAIN["g"], "title": "Another"}},
        {"a": {**PLAIN["a"], "topics": ("Ferries",)}},
        {"c": {**PLAIN["c"], "authors": ()}},
        {"h": {**PLAIN["g"], "day": 12}},
        {"h": {"topics": ("Docks",), "day": 12, "story": "Bridge", "authors": (("Bo", "New."),)}},
        {"d": None},
        {"b": {**PLAIN["b"], "day": 5}, "c": {**PLAIN["c"], "heat": 9}},
        {"h": {"draft": True}},
        {"g": {**PLAIN["g"], "draft": True}},
    ],
)
def test_a_few_articles_that_nothing_depends_on(desk: Any, changes: dict[str, Any]) -> None:
    site = Site(desk)
    after = {name: said for name, said in {**PLAIN, **changes}.items() if said is not None}
    found = site.patched(PLAIN, after)
    assert found is not None
    same(found, site.whole(after))


LOST: State = {**PLAIN, "b": {**PLAIN["b"], "links": ("z.md", "raw.txt")}}


@pytest.mark.parametrize("changes", [
    {"g": {**LOST["g"], "title": "Another"}},
    {"a": {**LOST["a"], "topics": ("Ferries",)}, "g": {**LOST["g"], "day": 13}},
])  # fmt: skip
def test_others_whose_links_lead_nowhere_stay_as_they_are(
    desk: Any, changes: dict[str, Any]
) -> None:
    site = Site(desk)
    after = {**LOST, **changes}
    found = site.patched(LOST, after)
    assert found is not None
    assert {problem.code for problem in found.problems} == {"link/nowhere"}
    same(found, site.whole(after))


@pytest.mark.parametrize("changes", [
    {"b": {**LOST["b"], "title": "Another"}}, {"h": {"day": 12}}, {"d": None},
])  # fmt: skip
def test_where_links_that_lead_nowhere_may_lead_elsewhere_all_is_arranged(
    desk: Any, changes: dict[str, Any]
) -> None:
    after = {name: said for name, said in {**LOST, **changes}.items() if said is not None}
    assert Site(desk).patched(LOST, after) is None


@pytest.mark.parametrize(
    "said",
    [
        {"slug": "a"},
        {"guid": "tag:b"},
        {"topics": ("tides",)},
        {"links": ("a.md",)},
        {"corrected": True},
        {"withdrawn": True},
        {"day": 15},
    ],
)
def test_what_others_may_depend_on_is_arranged_anew(desk: Any, said: dict[str, Any]) -> None:
    assert Site(desk).patched(PLAIN, {**PLAIN, "h": said}) is None
