"""The preview: rebuilds the site after each change, and serves it.

In: changes of files, requests of browsers. Out: builds, responses, events for open pages.
May import: engine and below.
"""
