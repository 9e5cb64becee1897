"""The command line: one file for each command. The only package that prints or exits.

In: arguments, the environment, the clock. Out: data on stdout, messages on stderr, an exit code.
May import: everything; each command imports what it needs when it is called.
"""
