"""Checks articles and editions before publication, as a careful colleague would.

In: a site's folder, its catalog, cached results. Out: findings with place and cure.
May import: engine and below. A build never calls it; it changes files only with `--fix`.
"""
