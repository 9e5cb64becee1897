"""Where a site is published to: one file a kind of host, each with one function `publish`."""
