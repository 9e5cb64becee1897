"""Where work is done, how long, by whom at a time: in this process, forked ones, other machines.

In: a function, a tool and items. Out: its results, in the order of the items.
May import: basics and problems.
"""
