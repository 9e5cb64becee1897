"""The views that each template can use."""

COMMON = ("site", "page", "options", "navigation", "feeds", "newsletter")
_EDITION = (*COMMON, "edition", "lead", "also", "sections", "covered_by", "threads", "minutes",
            "budgets", "previous_edition", "next_edition",
            "downloads")  # fmt: skip
_LIST = (*COMMON, "count", "groups", "pager", "own_feeds")
OFFERED: dict[str, tuple[str, ...]] = {
    "home.html": (*_EDITION, "recent"),
    "edition.html": _EDITION,
    "article.html": (
        *COMMON,
        "article",
        "body",
        "edition",
        "previous",
        "next",
        "more",
        "see_also",
        "thread",
    ),
    "topic.html": (*_LIST, "topic", "description", "parents", "children"),
    "section.html": (*_LIST, "section"),
    "story.html": (*_LIST, "story"),
    "provider.html": (*_LIST, "provider", "domain", "description"),
    "author.html": (*_LIST, "author", "bio", "links"),
    "topics.html": (*COMMON, "entries"),
    "sections.html": (*COMMON, "entries"),
    "providers.html": (*COMMON, "entries"),
    "authors.html": (*COMMON, "entries"),
    "corrections.html": (*COMMON, "corrections", "own_feeds"),
    "archive.html": (*COMMON, "years"),
    "feeds.html": (*COMMON, "feed_list", "outlines"),
    "page.html": (*COMMON, "content_page", "body"),
    "404.html": (*COMMON, "recent"),
    "search.html": (*COMMON, "search_config"),
}
"""The views that a template may name, by template: None where a page has none."""
