BLOG_AUTHOR = "Lane Smith"
BLOG_TITLE = "Harbour Weekly"
SITE_URL = "https://harbour.example/"
BLOG_EMAIL = "lane@harbour.example"
BLOG_DESCRIPTION = "News of the harbour"
DEFAULT_LANG = "en"
TRANSLATIONS = {DEFAULT_LANG: "", "de": "./de"}
TRANSLATIONS_PATTERN = "{path}.{lang}.{ext}"
NAVIGATION_LINKS = {
    DEFAULT_LANG: (
        ("/archive.html", "Archive"),
        ("/pages/about/", "About"),
        ("/rss.xml", "Feed"),
    ),
    "de": (),
}
THEME = "base"
POSTS = (("posts/*.md", "letters", "post.tmpl"), ("posts/*.html", "letters", "post.tmpl"))
PAGES = (("pages/*.md", "pages", "page.tmpl"),)
TIMEZONE = "Europe/Berlin"
COMPILERS = {"markdown": [".md"], "html": [".html"]}
INDEX_DISPLAY_POST_COUNT = 2
CATEGORY_PATH = "categories"
AUTHOR_PATH = "people"
FEED_LENGTH = 10
REDIRECTIONS = [("old/fog.html", "/letters/fog/")]
PRETTY_URLS = True
STRIP_INDEXES = True
