"""The output folder: staging and publishing files, the list of files that are ours, their stamps,
and conflicts between output paths.

In: bytes by path. Out: a folder in which each page is whole, old or new.
May import: problems, model and basics.
"""
