"""Where work is done: in this process, in forked ones, on other machines; and how long it may take.

In: a function, a tool and items. Out: its results, in the order of the items.
May import: basics and problems.
"""
