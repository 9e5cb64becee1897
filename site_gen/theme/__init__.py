"""A theme, resolved: its chain, templates and assets.

In: a theme's folders, options, a language. Out: `Theme`: what each name means, and its renderer.
May import: model, basics, problems, settings.
"""
