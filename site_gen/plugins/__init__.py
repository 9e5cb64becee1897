"""Other people's code that a site names in its settings: found, trusted, loaded, blamed for
failures.

In: names. Out: `Plugins`, from which each package takes its kind, or problems.
May import: problems and basics. What formats, rules and channels are, their packages know.
"""
