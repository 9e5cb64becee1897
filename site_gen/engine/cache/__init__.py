"""What past builds learnt: the memo on disk, what one process keeps, the catalog and keys in both.

In: values under keys of all they are made from. Out: the same values, or nothing.
May import: leaf files of the engine, below it; what a value is, it knows from the model.
"""
