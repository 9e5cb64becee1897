"""The stages of a build, in order, with the lock, snapshot and recovery around them.

In: a site's folder and the options of a build. Out: files in the output, and a `Report`.
May import: every package below it; nothing that watches, serves or prints. Its own packages, from
the bottom up: `cache` and `inputs`.
"""
