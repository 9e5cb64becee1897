"""Where a letter goes out: one file a service, each as `channel.Channel` describes."""
