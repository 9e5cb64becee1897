"""What WordPress, its plugins and its authors keep beside a post."""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

_SUMMARIES = (
    "_yoast_wpseo_metadesc", "rank_math_description", "_aioseo_description",
    "_seopress_titles_desc", "_genesis_description",
)  # fmt: skip
"""The text for search engines, by plugin: the excerpt of a post that has none of its own."""
_OF_PLUGINS = ("_", "rank_math_", "footnotes", "jetpack_", "wp_", "amp_", "ampforwp", "rcp_",
               "enclosure", "hide_", "classic-editor", "om_", "wpil_", "litespeed")  # fmt: skip
"""How keys begin that no author wrote."""
_LAYOUTS = {
    "_elementor_edit_mode": "Elementor",
    "_fl_builder_enabled": "Beaver Builder",
    "_et_pb_use_builder": "Divi",
    "_wpb_vc_js_status": "WPBakery",
    "ct_builder_shortcodes": "Oxygen",
    "_bricks_page_content_2": "Bricks",
}

_ACTION = re.compile(r"\"expireType\";s:\d+:\"([^\"]*)\"")


def summary(meta: Mapping[str, str]) -> str:
    """What search engines were to show, "" for nothing; patterns with `%` are no text."""
    found = (" ".join(meta.get(key, "").split()) for key in _SUMMARIES)
    return next((text for text in found if text and "%" not in text), "")


def own_fields(meta: Mapping[str, str]) -> list[str]:
    """The names of fields that the author filled."""
    return [key for key, value in meta.items() if value and not key.startswith(_OF_PLUGINS)]


def layouts(meta: Mapping[str, str]) -> Iterator[str]:
    """The programs that laid the page out: of what they made only the plain text is exported."""
    for key, name in _LAYOUTS.items():
        if meta.get(key, "") not in ("", "off", "false", "0"):
            yield f"layout of {name}, of which its text alone came"


def expiry(meta: Mapping[str, str]) -> datetime | None:
    """When PublishPress Future takes the post away; None where it does something else with it."""
    told = _ACTION.search(meta.get("_expiration-date-options", ""))
    action = told[1] if told else meta.get("_expiration-date-type", "")
    is_on = meta.get("_expiration-date-status", "saved") == "saved"
    if not is_on or "category" in action or "stick" in action:
        return None
    try:
        return datetime.fromtimestamp(int(meta.get("_expiration-date", "")), UTC)
    except (ValueError, OverflowError, OSError):
        return None
