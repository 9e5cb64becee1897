"""Runs work in this process, in worker processes or on other machines; time limits and locks.

In: a function, a tool and items. Out: its results, in the order of the items.
May import: basics and problems.
"""
