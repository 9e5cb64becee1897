"""The one cross-page index: order, conflicts, what it hides."""

from datetime import timedelta
from typing import Any

from hypothesis import HealthCheck, given
from hypothesis import settings as limits
from hypothesis import strategies as st
from msgspec.structs import replace

from site_gen.basics import digest
from site_gen.model import LocalLink

HOUR = timedelta(hours=1)


def test_articles_are_newest_first_and_end_in_the_identity(desk: Any) -> None:
    first = desk.add("b").card.date
    desk.add("a")
    desk.add("c", date=first + HOUR)
    assert [a.card.id for a in desk.good().articles] == ["c", "a", "b"]


@limits(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(range(6)))
def test_the_order_of_files_does_not_matter(desk: Any, order: list[int]) -> None:
    desk.facts = []
    facts = [
        desk.add(f"a{n}", date=desk.card().date + (n % 3) * HOUR, heat=n % 2) for n in range(6)
    ]
    expected = digest.of_value(desk.good())
    desk.facts = [facts[n] for n in order]
    assert digest.of_value(desk.good()) == expected


def test_equal_slugs_name_both_also_where_only_case_differs(desk: Any) -> None:
    desk.add("a", slug="Café", slug_line=4)
    desk.add("b", slug="CAFE\u0301", slug_line=5)
    (problem,) = desk.arranged().problems
    assert problem.code == "article/slug"
    assert [str(problem.where), *map(str, problem.also)] == ["content/a.md:4", "content/b.md:5"]


def test_equal_guids_name_both(desk: Any) -> None:
    desk.add("a", guid="same", guid_line=3)
    desk.add("b", guid="same")
    assert desk.said() == [
        'error[article/guid] two articles have the guid "same"\n'
        "  --> content/a.md:3\n"
        "  and content/b.md:1\n"
        "help: remove the `guid` of the copy"
    ]


def test_equal_originals_are_no_conflict(desk: Any) -> None:
    desk.add("a", original="https://w.example/1")
    desk.add("b", original="https://w.example/1")
    assert len(desk.good().articles) == 2


def test_what_is_not_shown_conflicts_with_nothing(desk: Any) -> None:
    desk.add("a", slug="x")
    desk.add("b", slug="x", draft=True)
    desk.good()
    assert len(desk.said(drafts=True)) == 1


def test_nothing_of_a_hidden_article_is_in_the_catalog(desk: Any) -> None:
    desk.add("a")
    desk.add("zzz", published=False, title="zzz")
    assert "zzz" not in repr(desk.good(drafts=True, future=True))


def test_pages_by_order_then_slug(desk: Any) -> None:
    desk.page("b")
    desk.page("a")
    desk.page("z", order=-1)
    assert [page.slug for page in desk.good().pages] == ["z", "a", "b"]


def test_static_files_keep_their_paths(desk: Any) -> None:
    desk.files = {"static/.well-known/x.txt": "d", "static/CNAME": "e", "pic.png": "f"}
    assert [f.path for f in desk.good().files] == [".well-known/x.txt", "CNAME"]


def test_the_digest_of_a_detail_follows_what_is_shown(desk: Any) -> None:
    link = LocalLink(target="b.md", line=1)
    desk.add("a", (link,))
    desk.add("b")
    before = desk.good().articles
    moved = desk.card("b", permalink="/articles/c/", link="/articles/c/")
    desk.facts[1] = replace(desk.facts[1], card=moved)
    after = desk.good().articles
    assert before[0].body != after[0].body


def test_a_future_article_carries_that(desk: Any) -> None:
    now = desk.add("a").card.date - HOUR
    assert desk.good(now).articles == ()
    assert desk.good(now, future=True).articles[0].card.future
