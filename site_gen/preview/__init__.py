"""The preview server: the build in a loop, beside the editor.

In: changes of files, requests of browsers. Out: builds, responses, events for open pages.
May import: engine and below.
"""
