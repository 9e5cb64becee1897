"""The inputs of a build: settings, theme and content files, each read once.

In: the site's folder and a snapshot of it. Out: settings, a theme, facts of each file, problems.
May import: `cache`, `workers`, `up_to_date` and leaf files of the engine; nothing that plans
or renders.
"""
