"""A style sheet written into the elements of a letter."""

import re

_HEAD = re.compile(r"<head>(<style>.*?</style>)(.*?)</head>", re.DOTALL)


def inlined(html: str) -> str:
    """`html` with the rules of its style sheets as style attributes; of the sheets stay the rules
    for media, such as those for a dark scheme. Nothing is fetched and no file is read."""
    import css_inline

    text = css_inline.inline(
        html,
        keep_style_tags=False,
        keep_at_rules=True,
        load_remote_stylesheets=False,
        minify_css=True,
    )
    # What is kept comes first, where a browser looks for the encoding.
    return _HEAD.sub(r"<head>\2\1</head>", text, count=1)
