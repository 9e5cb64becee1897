"""From a built site to its readers: letters sent, files published, others told.

In: an output folder, locks, settings; secrets from the environment alone. Out: mail, uploads,
receipts of what was done.
May import: engine and below. A build never calls it.
"""
