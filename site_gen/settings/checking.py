"""The tables of `site-gen check`: levels, limits of rules, budgets."""

from typing import Literal

from site_gen.settings.base import Table


class CheckSettings(Table, frozen=True, kw_only=True):
    """`site-gen check`: levels by rule or family, and the limits of rules; 0 = no limit.

    repeat_editions  editions back in which a link that comes again is told of
    similar_titles   how alike two titles of an edition are, 0 to 1, to be told of
    provider_share, paywalled_share  of an edition's stories, 0 to 1
    languages        of articles, such as ["en", "fr"]; none = any
    editor_link      address that opens a file in an editor, for the preview's hints; "" = none
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
    """The most bytes of outputs, by `check --budgets`; 0 = no limit. Text is counted as served
    compressed, but for letters, which mail programs cut by their full length."""

    page_bytes: int = 100_000
    picture_bytes: int = 1_000_000
    requests: int = 50
    feed_bytes: int = 300_000
    letter_bytes: int = 100_000
