"""Results of past builds: the catalog and keys of units, in the memo on disk and in one process.

In: values under keys of everything they are made from. Out: the same values, or nothing.
May import: leaf files of the engine, and what is below it; types of values come from the model.
"""
