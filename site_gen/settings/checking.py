"""The tables of `site-gen check`: levels, limits of rules, budgets."""

from typing import Literal

from site_gen.settings.base import Table


class CheckSettings(Table, frozen=True, kw_only=True):
    """`site-gen check`: levels by rule or family, and limits of rules; 0 = no limit.

    repeat_editions  how many editions back a repeated link is reported
    similar_titles   from which similarity (0 to 1) two titles of an edition are reported
    provider_share, paywalled_share  of an edition's stories, 0 to 1
    languages        of articles, such as ["en", "fr"]; none = any
    editor_link      address that opens a file in an editor, for the preview; "" = none
    """

    levels: dict[str, Literal["error", "warning", "hint", "off"]] = {}
    repeat_editions: int = 25
    similar_titles: float = 0.8
    title_length: int = 110
    excerpt_length: int = 300
    stories: int = 0
    words: int = 0
    minutes: int = 0
    provider_share: float = 0.5
    paywalled_share: float = 0.5
    languages: tuple[str, ...] = ()
    editor_link: str = "vscode://file/{path}:{line}"


class BudgetSettings(Table, frozen=True, kw_only=True):
    """Largest sizes of outputs in bytes, for `check --budgets`; 0 = no limit. Text counts as
    compressed, except letters, which mail programs cut by their full size."""

    page_bytes: int = 100_000
    picture_bytes: int = 1_000_000
    requests: int = 50
    feed_bytes: int = 300_000
    letter_bytes: int = 100_000
