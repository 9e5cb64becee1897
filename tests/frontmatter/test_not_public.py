from typing import Any

import pytest

from site_gen.frontmatter import not_public


def standings(fields: dict[str, Any], path: str = "") -> list[str]:
    return [f"{mark} ({mark.standing})" for mark in not_public.marks(fields, path)]


@pytest.mark.parametrize(
    "fields",
    [
        {"status": "draft"}, {"Status": "hidden"}, {"status": "private"}, {"status": "pending"},
        {"status": "future"}, {"status": 0}, {"visibility": "members"}, {"visibility": "private"},
        {"audience": "only_paid"}, {"wp_status": "private"}, {"post_status": "draft"},
        {"draft": True}, {"draft": "yes"}, {"private": True}, {"hidden": "true"},
        {"unlisted": True}, {"published": False}, {"publish": "no"}, {"public": False},
        {"permalink": False}, {"eleventyExcludeFromCollections": True}, {"headless": True},
        {"_build": {"render": "never"}}, {"build": {"list": False}}, {"post_password": "x"},
        {"embargo": "2030-01-01"}, {"published_at": None}, {"tags": ["news", "draft"]},
        {"tags": "news, private"}, {"render": False}, {"is_draft": 1}, {"membersOnly": True},
        {"premium": True}, {"isPaid": "yes"}, {"members": True}, {"paywall": 1}, {"free": False},
        {"access_level": "members"}, {"tier": "gold"}, {"loginRequired": True}, {"ready": "no"},
        {"build": {"render": "link"}}, {"_build": {"list": "local"}}, {"restricted-to": "staff"},
    ],
)  # fmt: skip
def test_what_other_systems_keep_back_is_a_draft(fields: dict[str, Any]) -> None:
    (found,) = standings(fields)
    assert found.endswith("(draft)")


@pytest.mark.parametrize(
    "fields",
    [
        {"status": "publish"}, {"Status": "published"}, {"status": 1}, {"visibility": "public"},
        {"draft": False}, {"draft": ""}, {"draft": None}, {"private": "no"}, {"published": True},
        {"published": "2024-01-01"}, {"permalink": "/a/"}, {"wp_post_type": "post"},
        {"tags": ["privacy", "drafting"]}, {"build": "webpack"}, {"password": ""},
        {"title": "draft", "category": "private"}, {"published_at": "2024-01-01"},
        {"access": "free"}, {"members": 12}, {"premium": False}, {"tiers": []}, {"free": True},
        {"build": {"render": "always", "list": True}}, {"build": {"publishResources": False}},
    ],
)  # fmt: skip
def test_what_is_public_stays_public(fields: dict[str, Any]) -> None:
    assert standings(fields) == []


@pytest.mark.parametrize(
    "fields",
    [
        {"status": "trash"}, {"wp_status": "auto-draft"}, {"status": "inherit"},
        {"wp_post_type": "attachment"}, {"wp:post_type": "nav_menu_item"},
        {"post_type": "revision"},
    ],
)  # fmt: skip
def test_what_was_thrown_away_or_is_no_text_stays_out(fields: dict[str, Any]) -> None:
    assert not_public.is_out(not_public.marks(fields))


@pytest.mark.parametrize(
    "path",
    ["_drafts/a.md", "blog/_drafts/a.md", "Drafts\\a.md", "private/a.md", "draft_a.html",
     "_trash/a.md", "fog.draft.md", "a/fog.WIP.html"],
)  # fmt: skip
def test_where_a_file_lies_may_say_it(path: str) -> None:
    (found,) = standings({}, path)
    assert found.endswith("(draft)")


@pytest.mark.parametrize(
    "path", ["_posts/a.md", "drafting/a.md", "drafts.md", "a/draftsman.md", "a.de.md"]
)
def test_other_places_say_nothing(path: str) -> None:
    assert standings({}, path) == []


def test_an_unknown_word_is_taken_for_a_draft_and_said_to_be_in_doubt() -> None:
    (mark,) = not_public.marks({"status": "Waiting for Ada"})
    assert (mark.standing, mark.sure, str(mark)) == ("draft", False, "status: waiting for ada")


def test_moments_before_which_a_page_is_not_shown() -> None:
    fields = {"date": "2024-01-01", "publishDate": "2099-01-01", "embargo_date": "2098-01-01"}
    assert [key for key, _ in not_public.not_before(fields)] == ["publishDate", "embargo_date"]


@pytest.mark.parametrize("key", ["password", "post_password", "wp:post_password"])
def test_a_password_is_never_said(key: str) -> None:
    (mark,) = not_public.marks({key: "open-sesame"})
    assert str(mark) == f"{key}: set"


@pytest.mark.parametrize(
    "fields",
    [
        {"stage": "draft"}, {"workflow_status": "in review"}, {"categories": ["News", "Drafts"]},
        {"labels": "private, ferries"}, {"type": "draft"}, {"params": {"private": True}},
        {"extra": {"status": "unlisted"}},
    ],
)  # fmt: skip
def test_words_and_nested_keys_say_it_too(fields: dict[str, Any]) -> None:
    (mark,) = not_public.marks(fields)
    assert mark.standing == "draft"


@pytest.mark.parametrize("key", ["publish_on", "goLive", "visible-from", "scheduled_at"])
def test_many_names_of_a_beginning(key: str) -> None:
    assert list(not_public.not_before({key: "2031-01-01"})) == [(key, "2031-01-01")]


@pytest.mark.parametrize("key", ["unpublish_on", "expiresAt", "expiration-date", "showUntil"])
def test_many_names_of_an_end(key: str) -> None:
    assert list(not_public.not_after({key: "2021-01-01"})) == [(key, "2021-01-01")]


@pytest.mark.parametrize(
    "fields",
    [{"stage": "final"}, {"type": "post"}, {"params": {"draft": False}}, {"category": "Privacy"}],
)
def test_what_is_meant_for_all_stays_so(fields: dict[str, Any]) -> None:
    assert not_public.marks(fields) == ()
