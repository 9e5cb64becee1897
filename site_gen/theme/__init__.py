"""Themes: inheritance chain, templates, assets, strings.

In: a theme's folders, options, a language. Out: `Theme`: what each name means, and its renderer.
May import: model, basics, problems, settings.
"""
