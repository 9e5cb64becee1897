"""Delivers a built site: sends letters, publishes files, notifies hubs and search engines.

In: an output folder, locks, settings; secrets only from the environment. Out: mail, uploads,
receipts.
May import: engine and below. A build never calls it.
"""
