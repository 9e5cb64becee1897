"""The command line: one file a verb. The only room that prints or exits.

In: arguments, the environment, the clock. Out: data on stdout, messages on stderr, an exit code.
May import: everything; each verb imports its rooms when it is called.
"""
