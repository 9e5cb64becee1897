"""When to do what: snapshot, memo, keys, pool, publish, build.

In: a site's folder and the options of a build. Out: files in the output, and a `Report`.
May import: every room below; nothing that watches, serves or prints.
"""
