"""The memo: results of past builds in one SQLite file, disposable and signed with the user's key.

In: rows by path or key. Out: the same rows, or nothing; a damaged file is replaced by an empty one.
May import: basics, model and problems; it does not interpret the values it keeps.
"""
