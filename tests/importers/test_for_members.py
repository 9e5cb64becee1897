"""Parts that not everybody saw, folders of a server that nobody may ask for, exports cut off."""

import json
from pathlib import Path
from typing import Any

import pytest

from site_gen.convert import time_limit
from site_gen.importers.wordpress import members
from site_gen.problems import SiteError
from tests.importers.test_exports import HEAD, item

META = "<wp:postmeta><wp:meta_key>{}</wp:meta_key><wp:meta_value>{}</wp:meta_value></wp:postmeta>"
PAID = {
    "newsletter": {"more": META.format("_jetpack_newsletter_access", "paid_subscribers")},
    "role": {"more": META.format("_members_access_role", "subscriber")},
    "level": {"more": META.format("rcp_user_level", "Subscriber")},
    "block": {"body": "<!-- wp:premium-content/subscriber-view --><p>Words of 1.</p>"},
    "wall": {"body": "<p>For all.</p><!-- wp:jetpack/paywall /--><p>Words of 1.</p>"},
    "hidden": {
        "body": '<!-- wp:paragraph {"metadata":{"blockVisibility":false}} --><p>Words of 1.</p>'
    },
    "shortcode": {"body": '[membership level="1"]Words of 1.[/membership]'},
}
PAID |= {
    block: {"body": f"<!-- wp:{block} --><p>Words of 1.</p>"}
    for block in (
        'pmpro/membership {"levels":["1"]}',
        "restrict-content-pro/restrict",
        "memberpress/protected-content",
        "jetpack/paywall /",
        'paragraph {"contentControls":{"enabled":true,"rules":{"userRoles":{"value":"x"}}}}',
        'group {"newspackAccessControlVisibility":"visible",'
        '"newspackAccessControlRules":{"registration":{"active":true}}}',
        'group {"newsletterVisibility":"email"}',
        'group {"someConditions":[[{"type":"loggedInUser"}]]}',
        'group {"hideForLoggedOut":true}',
        'group {"className":"hide-for-guests"}',
        'group {"className":"box is-members-only"}',
    )
}
PAID |= {
    f"[{name}]": {"body": f"[{name}{said}]Words of 1.[/{name}]"}
    for name, said in {
        "s2If": " current_user_can(level1)", "swpm_protected": "", "wlm_private": ' "Gold"',
        "ihc-hide-content": "", "groups_member": ' group="g"', "um_show_content": ' roles="r"',
        "um_loggedin": "", "passster": ' password="p"', "content_protector": "",
        "ppress-restrict": "", "emember_protected": "", "is_logged_in": "", "user_only": "",
        "our_premium_part": "", "if": ' a="b"', "if_user": "", "draft": "", "expire": ' on="x"',
        "note": "", "editor_notes": "",
        "our_schedule": "", "Subscriber": "", "box": ' capability="read_all"',
    }.items()
}  # fmt: skip
PAID |= {
    f"{key}={value}": {"more": META.format(key, value)}
    for key, value in (
        ("um_content_restriction", 'a:1:{s:26:"_um_custom_access_settings";b:1;}'),
        ("patreon-level", "5"), ("ihc_mb_type", "block"), ("ihc_mb_who", "reg"),
        ("swpm-protect", "1"), ("our_access_level", "gold"), ("_is_public", "0"),
        ("_visibility", "unlisted"), ("members_only", "yes"), ("_private", "1"),
        ("rcp_subscription_level", "any-paid"), ("rcp_subscription_level", "all"),
        ("_is_paid", "1"), ("memberful_acl", "1"), ("_wpmem_block", "1"), ("our_gated", "1"),
        ("_content_visibility", "logged_in"), ("_hide_from_all", "1"), ("s2member_lock", "1"),
        ("_requires_login", "1"), ("our_visibility_roles", "editor"), ("_subscribers_only", "1"),
        ("_wp_page_template", "page-members-only.php"), ("_wp_page_template", "private.php"),
    )
}  # fmt: skip
FOR_ALL = {
    'wp:group {"metadata":{"blockVisibility":{"viewport":{"mobile":false}}}}': "",
    'wp:group {"contentControls":{"enabled":false,"rules":{"userRoles":{"value":"x"}}}}': "",
    'wp:group {"newsletterVisibility":"web","hideOnMobile":true,"isVisible":true}': "",
    'wp:our/team-members {"className":"a"}': "",
    "[tip]b[/tip] [member_list] [box level='2']b[/box] [[private]b[/private]] [hide": "",
    "um_content_restriction": 'a:1:{s:26:"_um_custom_access_settings";b:0;}',
    "patreon-level": "0",
    "ihc_mb_type": "show",
    "rcp_user_level": "All",
    "rcp_access_level": "None",
    "_members_access_error": "Only for members.",
    "force_public_access_rule": "no",
    "_wp_page_template": "members.php",
}


@pytest.mark.parametrize("way", FOR_ALL)
def test_what_keeps_nobody_out_keeps_nothing_back(way: str) -> None:
    meta = {way: FOR_ALL[way]} if FOR_ALL[way] else {}
    text = f"<!-- {way} --><p>x</p>" if way.startswith("wp:") else f"{way if not meta else ''}"
    assert members.for_members(meta, text) == ""


def test_a_part_for_members_may_come_from_a_text_that_several_show(move: Any, old: Path) -> None:
    shared = item(5, kind="wp_block", body="[private]Words.[/private]")
    text = HEAD + item(1, body='<!-- wp:block {"ref":5} /-->') + shared + "</channel></rss>"
    (old / "export.xml").write_text(text, "utf-8")
    (place,) = move("wordpress").places.placed
    assert place.entry.private == "a part not for all: [private]"
    assert (place.entry.address, place.entry.guid, place.aliases) == ("", "", [])


@pytest.mark.parametrize("mark", ["<!-- wp:", "[a", "[/a", "[" + "a" * 50_000, "[a b"])
def test_marks_that_do_not_end_are_read_once(mark: str) -> None:
    with time_limit.within(5, "marks"):
        assert members.for_members({}, mark * (50_000 // len(mark))) == ""


@pytest.mark.parametrize("way", PAID)
def test_wordpress_keeps_back_what_was_for_members(
    way: str, move: Any, site: Any, old: Path
) -> None:
    open_to_all = {"more": META.format("_jetpack_newsletter_access", "everybody")}
    text = HEAD + item(1, **PAID[way]) + item(2, **open_to_all) + "</channel></rss>"
    (old / "export.xml").write_text(text, "utf-8")
    outcome = move("wordpress", source=old / "export.xml")
    assert [bool(place.entry.private) for place in outcome.places.placed].count(True) == 1
    assert site.build().ok
    everything = b"".join(site.tree().values())
    assert b"Words of 2." in everything
    assert b"Words of 1." not in everything


def test_a_control_character_ends_no_import(move: Any, old: Path) -> None:
    text = HEAD + item(1, body="One\x0bTwo") + item(2) + item(3) + "</channel></rss>"
    (old / "export.xml").write_text(text, "utf-8")
    outcome = move("wordpress", source=old / "export.xml")
    assert outcome.ok
    assert len(outcome.places.placed) == 3


def test_an_export_that_is_cut_off_is_refused(move: Any, old: Path) -> None:
    text = HEAD + item(1) + item(2)[:300]
    (old / "export.xml").write_text(text, "utf-8")
    with pytest.raises(SiteError, match=r"export\.xml is cut off at line \d+"):
        move("wordpress", source=old / "export.xml")


def test_a_fault_amid_an_export_is_refused_with_its_line(move: Any, old: Path) -> None:
    text = HEAD + item(1) + "<item><title>A</item>" + item(2) + "</channel></rss>"
    (old / "export.xml").write_text(text, "utf-8")
    with pytest.raises(SiteError, match=r"export\.xml is no XML at line \d+"):
        move("wordpress", source=old / "export.xml")


def test_of_a_ghost_server_only_what_readers_see_comes(move: Any, old: Path, site: Any) -> None:
    (old / "export.json").write_text(json.dumps({"db": [{"data": {"posts": []}}]}), "utf-8")
    for path in ("data/members.csv", "logs/a.log", "settings/routes.yaml", "images/a.txt"):
        (old / "content" / path).parent.mkdir(parents=True, exist_ok=True)
        (old / "content" / path).write_text("x", "utf-8")
    outcome = move("ghost")
    came = [path for path in site.tree("content") if path.startswith("static/")]
    assert came == ["static/content/images/a.txt"]
    assert any("shows nobody (3 in all)" in said for said in outcome.site.left)


def test_hugo_has_two_names_of_the_day_on_which_a_page_appears(move: Any, put: Any) -> None:
    put(
        '-- hugo.toml --\ntitle = "H"\n'
        "-- content/a.md --\n---\ntitle: A\ndate: 2024-03-01\npublished: 2031-01-01\n---\nx\n"
    )
    (place,) = move("hugo").places.placed
    assert place.entry.date.year == 2031


@pytest.mark.parametrize("key", ["publishDate: 2031-01-01", "expiryDate: 2020-01-01"])
def test_a_date_from_a_section_keeps_its_pages_back(key: str, move: Any, put: Any) -> None:
    put(
        '-- hugo.toml --\ntitle = "H"\n'
        f"-- content/s/_index.md --\n---\ntitle: S\ncascade:\n  {key}\n---\n"
        "-- content/s/a.md --\n---\ntitle: A\ndate: 2024-03-01\n---\nx\n"
        "-- content/t/b.md --\n---\ntitle: B\ndate: 2024-03-01\n---\nx\n"
    )
    found = {place.entry.title: place.entry.private for place in move("hugo").places.placed}
    assert found["A"] == f"{key} (from its section)"
    assert found["B"] == ""


def test_a_ghost_site_behind_a_password_comes_as_drafts(move: Any, old: Path, site: Any) -> None:
    post = {
        "id": "1", "title": "A", "slug": "a", "status": "published", "visibility": "public",
        "type": "post", "published_at": "2024-03-04T09:00:00.000Z", "html": "<p>Words.</p>",
    }  # fmt: skip
    data = {"posts": [post], "settings": [{"key": "is_private", "value": "true"}]}
    (old / "export.json").write_text(json.dumps({"db": [{"data": data}]}), "utf-8")
    (place,) = move("ghost").places.placed
    assert "password" in place.entry.private
    assert place.entry.address == ""
