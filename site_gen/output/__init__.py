"""The output folder: files staged and committed, the list of what is ours, what stands there now,
and pages in each other's way.

In: bytes by path. Out: each page old or new whole, and stamps of what is there.
May import: problems, model and basics.
"""
