"""When to do what: the stages of a build, in order, and what goes round them.

In: a site's folder and the options of a build. Out: files in the output, and a `Report`.
May import: every room below; nothing that watches, serves or prints. Its own rooms, from the bottom
up: `cache` and `inputs`.
"""
