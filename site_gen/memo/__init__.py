"""What past builds learnt, in one SQLite file: disposable, sealed with a key of the user's own.

In: rows under paths and keys. Out: the same rows, or nothing; a damaged file is made anew.
May import: basics and problems; what its values mean, it does not know.
"""
