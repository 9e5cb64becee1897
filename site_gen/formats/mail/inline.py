"""Inlines the style sheet of a letter."""

import re

_HEAD = re.compile(r"<head>(<style>.*?</style>)(.*?)</head>", re.DOTALL)


def inline_styles(html: str) -> str:
    """`html` with the rules of its style sheets as style attributes. Media rules, such as those for
    a dark scheme, are kept in a style sheet. Nothing is fetched and no file is read."""
    import css_inline

    text = css_inline.inline(
        html,
        keep_style_tags=False,
        keep_at_rules=True,
        load_remote_stylesheets=False,
        minify_css=True,
    )
    # css-inline puts it first, where browsers look for the encoding.
    return _HEAD.sub(r"<head>\2\1</head>", text, count=1)
