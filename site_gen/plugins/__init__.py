"""Code of others that a site names in its settings: found, trusted, loaded, and blamed.

In: names. Out: `Plugins`, from which each room takes what is of its kind, or problems.
May import: problems and basics alone; what a format, a rule or a channel is, the rooms know.
"""
