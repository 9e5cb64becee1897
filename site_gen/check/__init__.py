"""The editor's second pair of eyes: what a careful colleague would say before publication.

In: a site's folder, its catalog, what was checked before. Out: findings, each with place and cure.
May import: engine and below. A build never calls it, and it changes no file but with `--fix`.
"""
