"""What the inputs of a page are, in words: for `explain`, and for docs/themes.md."""

TEMPLATE_VIEWS = {
    "site": "the site's title, address and settings",
    "page": "the head of this page",
    "options": "the theme's options, by name",
    "navigation": "the main menu",
    "feeds": "the feeds for the `<head>` of this page",
    "newsletter": "the sign-up form for the newsletter",
    "edition": "the edition; on an article's page only its reference",
    "lead": "the story that opens the edition",
    "also": "the next stories: pins if the edition has sections, else at most six",
    "sections": "the rest, by section, or by topic",
    "covered_by": "by a card's id: other articles on the same event",
    "threads": "by a card's id: its story's page, and earlier editions that covered it",
    "minutes": "reading time of the whole edition",
    "budgets": "selections for readers with few minutes",
    "previous_edition": "the one before",
    "next_edition": "the one after",
    "downloads": "the edition as e-mail and e-book, if it is closed",
    "recent": "the last editions, at most ten",
    "article": "the article",
    "body": "the text; none if rights forbid it or the file has none",
    "previous": "the story before in the edition's order",
    "next": "the story after",
    "more": "other stories of the edition, at most four",
    "see_also": "from earlier editions: same story, topic or provider, at most four",
    "count": "number of articles in the list; none on its older pages",
    "groups": "the articles of this page of the list, by edition",
    "pager": "position of this page in the list",
    "own_feeds": "the feeds of this topic, provider or author",
    "topic": "the topic",
    "description": "the description in the settings",
    "parents": "its parent topics, the nearest last",
    "children": "its direct subtopics",
    "section": "the section",
    "story": "the title of the first article of the story",
    "thread": "earlier coverage of this story",
    "provider": "the provider",
    "domain": "its domain",
    "author": "the author",
    "bio": "a sentence or two on the author",
    "links": "the author's links",
    "entries": "the lines of the index",
    "corrections": "all corrections, newest first",
    "years": "all editions by year",
    "feed_list": "every feed of the site",
    "outlines": "OPML files: our feeds, and our sources",
    "content_page": "the page of `content/pages/`",
    "search_config": "data for the search script",
    "mail": "the letter",
    "note": "the editor's note",
    "words": "strings of the letter; `{}` stands for a name or a number",
}
"""The views of templates."""

_DATA_VIEWS = {
    "articles": "the articles of the edition",
    "asset": "the file of the theme",
    "base": "the site's address (base_url)",
    "bodies": "the texts of its articles",
    "book": "the edition, its stories and what the book says of itself",
    "card": "what the picture shows",
    "cards": "the articles of this page of the list",
    "data": "the data in it",
    "entries": "the entries of the feed",
    "feed": "the feed's title, address and other settings",
    "file": "the file that is copied",
    "frame": "the data around the articles: list or edition, addresses, settings",
    "hits": "the articles that a search shows",
    "icon": "the site's icon",
    "items": "the articles of the last two days",
    "language": "the site's language",
    "lines": "the lines that the settings make",
    "manifest": "the site's title, colours and icon",
    "maps": "the addresses of the sitemaps",
    "metadata": "the setting images.metadata",
    "name": "the publisher's name",
    "noindex": "the setting noindex",
    "outlines": "the feeds in it",
    "own": "the site's own lines, from content/static",
    "pictures": "the pictures in it",
    "places": "the pages in it, with their dates",
    "root": "the site's folder (from base_url)",
    "rules": "the rules in it",
    "script": "the script",
    "shard": "the part of the index",
    "site": "the site's title, address and settings",
    "target": "the address that it leads to",
    "terms": "the words of the articles",
    "texts": "which articles have a text, and their addresses",
    "traits": "topics, providers and dates of the articles",
    "urls": "the addresses of the pictures in it",
    "variant": "size and format of the copy",
    "words": "strings in the site's language",
    "zone": "the site's time zone",
}
"""The views of outputs without a template."""


def describe(name: str, template: str) -> str:
    """What an input of an output is; `template` is its template, or a format that needs none.

    "" for a view of a plugin's format.
    """
    if name == "program":
        return "site_gen, its libraries and plugins"
    has_template = "." in template
    if name == "template":
        return f"{template} and the templates that it uses" if has_template else ""
    return (TEMPLATE_VIEWS if has_template else _DATA_VIEWS).get(name, "")
